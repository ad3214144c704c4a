// The left pane: what an editor sees first.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";

import { onPage, NARROW, texts, WIDE } from "../support/browser.js";

const NOTICE = new URL("../../../rehearsal/day/notice.txt", import.meta.url);

export function listTests(desk) {
  describe("the list", () => {
    it("shows the visit to Kyiv first, with who, where and how much was folded", () =>
      onPage(desk, { viewport: WIDE }, async (page) => {
        const first = page.locator("#stories .row").first();
        await first.waitFor();
        const words = await first.innerText();
        for (const wanted of [
          "Anne Hidalgo",
          "Mayor of Paris",
          "Vitali Klitschko",
          "Mayor of Kyiv",
          "Kyiv",
          "Bucha",
        ])
          assert.ok(words.includes(wanted), `${wanted} in: ${words}`);
        assert.match(words, /\d+ posts, \d+ copies, \d+ reshares/);
        assert.equal(await page.locator("#stories .row").count(), desk.stories.length);
        assert.ok(desk.stories.length > 5, `${desk.stories.length} stories`);
      }));

    it("opens the first story by itself where both panes have room", () =>
      onPage(desk, { viewport: WIDE }, async (page) => {
        await page.locator("article.draft").waitFor();
        assert.equal(await page.locator("#story-title").innerText(), desk.story.title);
        assert.equal(await page.locator("#stories .row").first().getAttribute("aria-current"), "true");
      }));

    it("shows only the list on a narrow screen, and the story when it is chosen", () =>
      onPage(desk, { viewport: NARROW }, async (page) => {
        await page.locator("#stories .row").first().click();
        await page.locator("article.draft").waitFor();
        assert.equal(await page.locator("#list-pane").isVisible(), false);
        await page.getByRole("link", { name: "All stories" }).click();
        await page.locator("#stories .row").first().waitFor();
        assert.equal(await page.locator("#story-pane").isVisible(), false);
      }));

    it("says that the words were written for the rehearsal", () =>
      onPage(desk, {}, async (page) => {
        const notice = page.locator("#notice");
        await notice.waitFor();
        assert.equal((await notice.innerText()).trim(), (await readFile(NOTICE, "utf8")).trim());
        assert.equal(await notice.isVisible(), true);
      }));

    it("says that the service lives, and how much it has", () =>
      onPage(desk, {}, async (page) => {
        await page.locator('#pulse[data-state="live"]').waitFor();
        const { counters, sources } = await desk.program.json("/api/status");
        const look = { 0: "", 1: ", 1 needs a look" }[sources.alarms] ?? `, ${sources.alarms} need a look`;
        assert.deepEqual(await texts(page.locator("#pulse-text")), [
          `${counters.stored} posts and edits, ${sources.all} sources${look}`,
        ]);
      }));

    it("says how many sources need a look, and leads to them", () =>
      onPage(
        desk,
        {
          prepare: (page) =>
            page.route("**/api/status", async (route) => {
              const response = await route.fetch();
              const status = await response.json();
              Object.assign(status.sources, { all: 21, alarms: 3 });
              await route.fulfill({ response, json: status });
            }),
        },
        async (page) => {
          await page.getByRole("link", { name: "21 sources, 3 need a look" }).click();
          await page.getByRole("heading", { name: "Sources" }).waitFor();
        },
      ));

    it("keeps each reason short", () =>
      onPage(desk, {}, async (page) => {
        await page.locator("#stories .why").first().waitFor();
        const lines = await page
          .locator("#stories .why")
          .evaluateAll((all) =>
            all.map((one) => one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)),
          );
        assert.ok(Math.max(...lines) < 2.5, `${lines}`);
      }));
  });
}
