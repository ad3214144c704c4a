// The desk's page as an editor uses it: the built program plays the rehearsal day, headless Chromium opens it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";

import { accessTests } from "./checks/access.js";
import { copiesTests } from "./checks/copies.js";
import { dateTests } from "./checks/dates.js";
import { draftTests } from "./checks/draft.js";
import { evidenceTests } from "./checks/evidence.js";
import { exportTests } from "./checks/export.js";
import { hostileTests } from "./checks/hostile.js";
import { intakeTests } from "./checks/intake.js";
import { keyboardTests } from "./checks/keyboard.js";
import { listTests } from "./checks/list.js";
import { loginTests } from "./checks/login.js";
import { rightsTests } from "./checks/rights.js";
import { samePictureTests } from "./checks/same_pictures.js";
import { searchTests } from "./checks/search.js";
import { sourcesTests } from "./checks/sources.js";
import { storyTests } from "./checks/story.js";
import { troubleTests } from "./checks/trouble.js";
import { launch } from "./support/browser.js";
import { Program } from "./support/program.js";

// What the checks share: where the page is, what the API says the day's first story is.
const desk = {};

describe("the desk's page", () => {
  before(async () => {
    [desk.program, desk.browser] = await Promise.all([
      Program.start(process.env.COPYTASTER_BINARY),
      launch(process.env.CHROMIUM || "/usr/bin/chromium"),
    ]);
    desk.base = desk.program.base;
    desk.stories = (await desk.program.json("/api/stories?limit=300")).stories;
    const id = encodeURIComponent(desk.stories[0].id);
    Object.assign(desk, await desk.program.json(`/api/stories/${id}`));
    desk.draft = await desk.program.json(`/api/stories/${id}/draft`);
  });

  after(async () => {
    await desk.browser?.close();
    const ended = await desk.program?.stop();
    assert.equal(ended?.code, 0, ended?.log.slice(-4000));
    assert.doesNotMatch(ended.log, /Sanitizer|runtime error:/);
  });

  listTests(desk);
  storyTests(desk);
  dateTests(desk);
  evidenceTests(desk);
  samePictureTests(desk);
  draftTests(desk);
  exportTests(desk);
  searchTests(desk);
  sourcesTests(desk);
  keyboardTests(desk);
  accessTests(desk);
  loginTests(desk);
  hostileTests(desk);
  troubleTests(desk);
  rightsTests(desk); // it decides, and takes back
  intakeTests(desk); // it adds posts to the day
  copiesTests(desk); // last: where the program can be asked, it folds and unfolds posts of the day
});

it("the lock file names no host to fetch from", async () => {
  const lock = JSON.parse(await readFile(new URL("package-lock.json", import.meta.url), "utf8"));
  const pinned = Object.entries(lock.packages).filter(([path]) => path);
  assert.ok(pinned.length > 0);
  for (const [path, one] of pinned) {
    assert.equal(one.resolved, undefined, path);
    assert.match(one.integrity, /^sha512-/, path);
  }
});
