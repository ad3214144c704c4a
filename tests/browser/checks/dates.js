// Dates of which only the day is known: no time is told of them, wherever they stand.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { onPage, tabHash, tabShown, texts } from "../support/browser.js";
import { card, parts } from "../support/copies.js";
import { changeStory } from "./story.js";

const MIDNIGHT = "2022-04-14T00:00:00Z";
const DAY = { firstAt: MIDNIGHT, lastAt: MIDNIGHT, firstDayOnly: true, lastDayOnly: true };

// The list and the story, changed on their way to the page.
const changeStories = async (page, change) => {
  await changeStory(page, ({ story }) => Object.assign(story, change));
  await page.route("**/api/stories?*", async (route) => {
    const response = await route.fetch({ headers: {} });
    const body = await response.json();
    Object.assign(body.stories[0], change);
    await route.fulfill({ json: body });
  });
};

function periodTests(desk) {
  for (const [name, change, list, head] of [
    ["a day of which no post has a time", DAY, "14 Apr 2022", "14 Apr 2022"],
    [
      "midnight where a post says so itself",
      { ...DAY, firstDayOnly: undefined, lastDayOnly: undefined },
      "14 Apr 2022, 00:00",
      "14 Apr 2022, 00:00 UTC",
    ],
    [
      "a day of which no post has a time, and a later one of which some have",
      { ...DAY, lastAt: "2022-04-15T09:00:00Z", lastDayOnly: undefined },
      "14 Apr 2022 to 15 Apr 2022",
      "14 Apr 2022 to 15 Apr 2022",
    ],
  ])
    it(`of a story: ${name}`, () =>
      onPage(
        desk,
        {
          hash: tabHash(desk.story, "posts"),
          prepare: (page) => changeStories(page, change),
          timezoneId: "America/New_York",
        },
        async (page) => {
          await tabShown(page, "posts");
          assert.equal((await texts(page.locator(".story-head .story-meta > span")))[0], head);
          const row = page.locator("#stories .row").first();
          assert.ok((await texts(row.locator(".row-meta > span"))).includes(list));
        },
      ));
}

function editTests(desk) {
  for (const [name, change, flag] of [
    [
      "a day only, of a post with a time",
      { editedAt: "2022-04-15T00:00:00Z", editedDayOnly: true },
      "Edited, 15 Apr 2022",
    ],
    [
      "a time, of a post without one",
      { createdAt: MIDNIGHT, dayOnly: true, editedAt: "2022-04-15T09:30:00Z" },
      "Edited, 15 Apr 2022, 09:30 UTC",
    ],
    [
      "a time on the day of the post",
      { createdAt: "2022-04-14T06:12:00Z", editedAt: "2022-04-14T09:30:00Z" },
      "Edited, 09:30 UTC",
    ],
    [
      "the midnight that the platform tells",
      { editedAt: "2022-04-15T00:00:00Z" },
      "Edited, 15 Apr 2022, 00:00 UTC",
    ],
  ])
    it(`of an edit: ${name}`, () => {
      const { one } = parts(desk);
      const prepare = (page) =>
        changeStory(page, ({ items }) =>
          Object.assign(
            items.find((item) => item.id === one.id),
            change,
          ),
        );
      return onPage(desk, { hash: tabHash(desk.story, "posts"), prepare }, async (page) => {
        await tabShown(page, "posts");
        assert.equal(await card(page, one.id).locator("> .byline .flag.edited").innerText(), flag);
      });
    });
}

export function dateTests(desk) {
  describe("dates", () => {
    periodTests(desk);
    editTests(desk);
  });
}
