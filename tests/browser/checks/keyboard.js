// Without a mouse.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { NARROW, onPage, tabHash, tabShown } from "../support/browser.js";

const focused = (page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    const box = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    return {
      id: at.id,
      tag: at.tagName,
      classes: at.className,
      story: at.dataset.id,
      seen: box.width > 1 && box.left >= 0 && box.top >= 0 && box.bottom <= innerHeight,
      ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    };
  });

export function keyboardTests(desk) {
  describe("the keyboard", () => {
    it("skips to the story first", () =>
      onPage(desk, { hash: tabHash(desk.stories[1], "posts") }, async (page) => {
        await tabShown(page, "posts");
        await page.keyboard.press("Tab");
        const first = await focused(page);
        assert.equal(first.classes, "skip");
        assert.ok(first.seen && first.ring >= 2, JSON.stringify(first));
        await page.keyboard.press("Enter");
        assert.equal((await focused(page)).id, "story-pane");
        assert.equal(new URL(page.url()).hash, tabHash(desk.stories[1], "posts"), "the story stays");
      }));

    it("skips to the list where only that is shown", () =>
      onPage(desk, { viewport: NARROW }, async (page) => {
        await page.locator("#stories .row").first().waitFor();
        await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
        assert.equal((await focused(page)).id, "list-pane");
      }));

    it("moves with j and k, opens with Enter, and goes back with Escape", () =>
      onPage(desk, {}, async (page) => {
        await page.locator("article.draft").waitFor();
        await page.keyboard.press("j");
        assert.equal((await focused(page)).story, desk.stories[1].id);
        await page.keyboard.press("j");
        const third = await focused(page);
        assert.equal(third.story, desk.stories[2].id);
        assert.ok(third.seen && third.ring >= 2, JSON.stringify(third));
        await page.keyboard.press("k");
        await page.keyboard.press("Enter");
        await page.locator("#story-title", { hasText: desk.stories[1].title }).waitFor();
        await page.waitForFunction(() => document.activeElement?.id === "story-title");
        await page.keyboard.press("Escape");
        await page.waitForFunction(() => document.activeElement?.classList.contains("row"));
        assert.equal((await focused(page)).story, desk.stories[1].id);
      }));

    it("changes the tab with the arrows and the digits", () =>
      onPage(desk, { hash: tabHash(desk.story, "draft") }, async (page) => {
        await tabShown(page, "draft");
        await page.locator("#tab-draft").focus();
        await page.keyboard.press("ArrowRight");
        await tabShown(page, "posts");
        await page.waitForFunction(() => document.activeElement?.id === "tab-posts");
        assert.ok((await focused(page)).ring >= 2);
        await page.keyboard.press("ArrowLeft");
        await tabShown(page, "draft");
        await page.keyboard.press("4");
        await tabShown(page, "quotes");
      }));

    it("goes from sentence to sentence, into the source and back", () =>
      onPage(desk, { hash: tabHash(desk.story, "draft") }, async (page) => {
        await tabShown(page, "draft");
        await page.locator(".draft .marks").first().focus();
        await page.keyboard.press("ArrowDown");
        await page.locator(".is-standfirst.is-shown").waitFor();
        const at = await focused(page);
        assert.ok(at.classes === "marks" && at.ring >= 2, JSON.stringify(at));
        await page.keyboard.press("Enter");
        await page.waitForFunction(() => document.activeElement?.classList.contains("source-card"));
        assert.ok((await focused(page)).ring >= 2);
        await page.keyboard.press("Escape");
        await page.waitForFunction(() => document.activeElement?.classList.contains("marks"));
        assert.equal(await page.locator("#story-title").innerText(), desk.story.title, "the story stays");
      }));

    it("reaches the search with / and types j and k into it", () =>
      onPage(desk, {}, async (page) => {
        await page.locator("article.draft").waitFor();
        await page.keyboard.press("/");
        assert.equal((await focused(page)).id, "search");
        await page.keyboard.type("jk1/");
        assert.equal(await page.locator("#search").inputValue(), "jk1/");
      }));
  });
}
