// Search.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { onPage, tabShown } from "../support/browser.js";

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
}
