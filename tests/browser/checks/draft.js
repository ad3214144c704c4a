// The tab Draft: every sentence leads to the post and marks the very bytes it rests on.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { NARROW, onPage, tabHash, tabShown, texts } from "../support/browser.js";
import { allLoad } from "./story.js";

const CREDIT = "Source: Anne Hidalgo on Facebook";
const ITEM = (id) => `/api/items/${encodeURIComponent(id)}`;
const forPrint = (block) => block.kind !== "note" && block.kind !== "section";

// The bytes a support names, worked out here without the page's code.
async function bytesOf(desk, support) {
  let item = await desk.program.json(ITEM(support.itemId));
  if (support.version && support.version !== (item.version || 1)) {
    const { versions } = await desk.program.json(`${ITEM(support.itemId)}/versions`);
    item = versions.find((one) => (one.version || 1) === support.version);
  }
  const steps = support.field.replace(/\[(\d+)\]/g, ".$1").split(".");
  const words = steps.reduce((at, step) => at[step.replace(/_(.)/g, (_, c) => c.toUpperCase())], item);
  return Buffer.from(words, "utf8")
    .subarray(support.begin || 0, support.end)
    .toString("utf8");
}

export function draftTests(desk) {
  const onDraft = (use, options = {}) =>
    onPage(desk, { hash: tabHash(desk.story, "draft"), ...options }, async (page, context) => {
      await tabShown(page, "draft");
      await use(page, context);
    });

  describe("the draft", () => {
    it("scrolls in its pane; the page itself does not", () =>
      onDraft(async (page) => {
        const over = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
        assert.ok(over <= 0, `${over} pixels of nothing below the page`);
      }));

    it("has headline, standfirst, two pictures, quotes and background, each with its sources", () =>
      onDraft(async (page) => {
        const printed = desk.draft.blocks.filter(forPrint);
        assert.equal(await page.locator(".draft .sentence").count(), printed.length);
        assert.equal(await page.locator(".draft .marks").count(), printed.length);
        assert.equal(await page.locator(".draft h3.is-headline").count(), 1);
        for (const kind of ["standfirst", "quote", "background"])
          assert.ok((await page.locator(`.draft .is-${kind}`).count()) > 0, kind);
        assert.deepEqual(await texts(page.locator(".draft .credit")), [CREDIT, CREDIT]);
        await allLoad(page, 2);
      }));

    it("shows for every sentence its posts with exactly the bytes it rests on", () =>
      onDraft(async (page) => {
        const blocks = desk.draft.blocks.filter(forPrint);
        for (const [i, block] of blocks.entries()) {
          const sentence = page.locator(".draft .sentence").nth(i);
          await sentence.locator(".marks").click();
          await sentence.and(page.locator(".is-shown")).waitFor();
          const numbers = await texts(sentence.locator("[data-number]"));
          await page.locator(`.source-card[data-source="${numbers[0].slice(1, -1)}"]`).waitFor();
          const more = page.locator(".source .more");
          if (await more.count()) await more.click();
          await more.waitFor({ state: "detached" });
          const wanted = await Promise.all(block.support.map((one) => bytesOf(desk, one)));
          assert.deepEqual(
            await page.locator(".source-card mark").evaluateAll((all) => all.map((one) => one.textContent)),
            wanted,
            block.text,
          );
        }
      }));

    it("aims at the post whose number is clicked", () =>
      onDraft(async (page) => {
        const number = page.locator(".draft .is-standfirst [data-number]").nth(2);
        await number.click();
        const card = page.locator(
          `.source-card.is-aimed[data-source="${await number.getAttribute("data-number")}"]`,
        );
        await card.locator("mark").waitFor();
        const [at, panel] = [await card.boundingBox(), await page.locator(".source").boundingBox()];
        assert.ok(at.y >= panel.y && at.y < panel.y + panel.height, `${at.y} in ${JSON.stringify(panel)}`);
      }));

    it("underlines verbatim words only", () =>
      onDraft(async (page) => {
        const wanted = desk.draft.blocks
          .filter((block) => block.verbatimEnd > (block.verbatimBegin || 0))
          .map((block) =>
            Buffer.from(block.text)
              .subarray(block.verbatimBegin || 0, block.verbatimEnd)
              .toString(),
          );
        const shown = await page
          .locator(".sentence .verbatim")
          .evaluateAll((all) => all.map((one) => one.textContent));
        assert.ok(wanted.length > 3);
        assert.deepEqual(shown, wanted);
      }));

    it("shows the sources of a sentence that is pointed at", () =>
      onDraft(async (page) => {
        await page.locator(".draft .is-quote").first().hover();
        await page.getByRole("heading", { name: "Verbatim from" }).waitFor();
        const quote = desk.draft.blocks.find((block) => block.kind === "quote");
        const words = await bytesOf(desk, quote.support[0]);
        // Before the pointer came another sentence's source may stand there.
        const mark = page.locator(".source-card mark", { hasText: words.trim() }).first();
        await mark.waitFor();
        assert.equal(await mark.textContent(), words);
        assert.equal(
          await page.locator(".source a", { hasText: "Open the post" }).first().getAttribute("href"),
          quote.support[0].url,
        );
      }));

    it("leads on to the post among its copies", () =>
      onDraft(async (page) => {
        const i = desk.draft.blocks.filter(forPrint).findIndex((block) => block.kind === "quote");
        const { itemId } = desk.draft.blocks.filter(forPrint)[i].support[0];
        await page.locator(".draft .sentence").nth(i).locator("[data-number]").first().click();
        await page.locator(".source-card.is-aimed").getByRole("link", { name: "With its copies" }).click();
        await tabShown(page, "posts");
        const card = page.locator(`.is-aimed[data-item="${itemId}"]`);
        await card.waitFor();
        assert.equal(
          await card.evaluate((one) => {
            const box = one.getBoundingClientRect();
            return box.top < innerHeight && box.bottom > 0;
          }),
          true,
        );
      }));

    it("opens the source over the text where there is no room beside it, and closes it again", () =>
      onDraft(
        async (page) => {
          const panel = page.locator(".source");
          assert.equal(await panel.isVisible(), false);
          await page.locator(".draft .is-standfirst .marks").tap();
          await panel.locator("mark").first().waitFor();
          await panel.getByRole("button", { name: "Close" }).tap();
          assert.equal(await panel.isVisible(), false);
        },
        { viewport: NARROW, hasTouch: true, isMobile: true },
      ));
  });
}
