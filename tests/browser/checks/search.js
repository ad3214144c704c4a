// Search and the view of the sources.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { onPage, tabShown, texts } from "../support/browser.js";

export function searchTests(desk) {
  describe("search", () => {
    it("finds posts by a word and leads to their story", () =>
      onPage(desk, {}, async (page) => {
        await page.getByRole("searchbox", { name: "Search posts" }).fill("Borodianka");
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { name: "Posts with “Borodianka”" }).waitFor();
        const { items } = await desk.program.json("/api/search?q=Borodianka");
        assert.ok(items.length > 0);
        assert.equal(await page.locator("#story-pane .post").count(), items.length);
        await page.getByRole("link", { name: "Go to its story" }).first().click();
        await tabShown(page, "posts");
        assert.equal(await page.locator("#story-title").innerText(), desk.story.title);
      }));

    it("says so when nothing is found", () =>
      onPage(desk, { hash: "#/search/qqqxxyyzz" }, async (page) => {
        await page.getByText("Nothing found", { exact: false }).waitFor();
        assert.equal(await page.locator("#story-pane .post").count(), 0);
      }));
  });

  describe("the sources", () => {
    it("are all listed with what they last said", () =>
      onPage(desk, {}, async (page) => {
        await page.getByRole("link", { name: "Sources" }).click();
        await page.getByRole("heading", { name: "Sources" }).waitFor();
        const { sources } = await desk.program.json("/api/sources");
        assert.equal(await page.locator("table.sources tbody tr").count(), sources.length);
        assert.deepEqual(await texts(page.locator("table.sources thead th")), [
          "Account",
          "State",
          "Last answer",
          "Posts",
        ]);
        const states = await texts(page.locator("table.sources tbody td:nth-child(2)"));
        assert.equal(
          states.filter((one) => one === "Answers").length,
          sources.filter((one) => one.lastSuccess && !one.failures).length,
        );
      }));
  });
}
