// The right pane: the tabs Posts, Pictures, Quotes and Background.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { onPage, tabHash, tabShown, texts } from "../support/browser.js";

const CREDIT = "Source: Anne Hidalgo on Facebook";
const CITY_CREDIT = "Photo: Inès Brémontier / Ville de Paris. Source: City of Paris, paris.example";

export function storyTests(desk) {
  const onTab = (tab, use, options = {}) =>
    onPage(desk, { hash: tabHash(desk.story, tab), ...options }, async (page, context) => {
      await tabShown(page, tab);
      await use(page, context);
    });

  describe("a story", () => {
    it("opens by a click, and each tab says how much it holds", () =>
      onPage(desk, {}, async (page) => {
        await page.locator("#stories .row").nth(1).click();
        await page.locator("#story-title", { hasText: desk.stories[1].title }).waitFor();
        await page.locator("#stories .row").first().click();
        await page.locator("#story-title", { hasText: desk.story.title }).waitFor();
        await page.getByRole("tab", { name: /^Posts/ }).click();
        await tabShown(page, "posts");
        const count = Number(/\d+/.exec(await page.locator("#tab-posts").innerText())[0]);
        assert.equal(await page.locator(".cards > .post").count(), count);
        assert.match(await page.title(), /Copytaster$/);
      }));

    it("folds copies and reshares, shows them when unfolded, and says why", () =>
      onTab("posts", async (page) => {
        const folded = desk.items.filter((item) => item.duplicateOf?.itemId);
        assert.ok(folded.length >= 3, `${folded.length} copies`);
        for (const item of folded) {
          const fold = page.locator(`li[data-item="${item.id}"]`);
          assert.equal(await fold.count(), 1, `${item.id} is folded`);
          assert.match(
            await fold.locator(".reason").innerText(),
            /^(Same person|Another person|Passed on by another person): \S/,
          );
          if (!item.text) continue;
          const words = fold.locator(".post-text");
          assert.equal(await words.isVisible(), false, "folded at first");
          await fold.locator(":scope > details > summary").click();
          assert.equal(await words.isVisible(), true);
          assert.ok((await words.textContent()).includes(item.text.slice(0, 40)), item.id);
        }
      }));

    it("keeps open what was unfolded while the page goes on refreshing", () =>
      onTab(
        "posts",
        async (page) => {
          await page.locator("li[data-item] summary").first().click();
          await page.locator("li[data-item] summary").first().focus();
          await page.evaluate(() => (document.querySelector("#tab-panel").dataset.before = "yes"));
          await changeStory(page, ({ story }) => (story.title = "A title that has just changed"));
          await page.clock.fastForward(5000);
          await page.locator("#story-title", { hasText: "just changed" }).waitFor();
          assert.equal(await page.locator("#tab-panel[data-before]").count(), 0, "made anew");
          assert.equal(await page.locator("li[data-item] details").first().getAttribute("open"), "");
          assert.equal(await page.evaluate(() => document.activeElement.tagName), "SUMMARY");
        },
        { prepare: (page) => page.clock.install() },
      ));

    it("marks an edit and shows what changed", () =>
      onTab("posts", async (page) => {
        const edited = page.locator(".post:has(> .versions)").first();
        await edited.locator(".flag.edited").first().waitFor();
        await edited.locator(".versions summary").click();
        await edited.locator(".diff ins").first().waitFor();
        assert.ok((await edited.locator(".diff ins").count()) > 0);
      }));

    it("does not show the words of a deleted post", () => {
      const copied = new Set(desk.items.flatMap((item) => [item.duplicateOf?.itemId, item.repostOf?.itemId]));
      const own = (item) => item.text && !item.duplicateOf && !item.repostOf && !copied.has(item.id);
      const { id, text } = desk.items.find(own);
      return onTab(
        "posts",
        async (page) => {
          const card = page.locator(`.post[data-item="${id}"]`);
          assert.match(await card.innerText(), /Deleted by its author, seen 14 Apr 2022, 20:00 UTC/);
          assert.equal(await card.locator(".post-text").count(), 0);
          assert.equal(await page.getByText(text.slice(0, 40)).count(), 0);
        },
        {
          prepare: (page) =>
            changeStory(page, ({ items }) => {
              const gone = items.find((item) => item.id === id);
              gone.state = "GONE";
              gone.goneAt = "2022-04-14T20:00:00Z";
            }),
        },
      );
    });

    it("has three pictures, each with caption and credit line, and they load", () =>
      onTab("pictures", async (page) => {
        const credits = page.locator(".picture .credit-line");
        assert.deepEqual(await credits.evaluateAll((all) => all.map((one) => one.textContent)), [
          CREDIT,
          CREDIT,
          CITY_CREDIT,
        ]);
        const captions = await texts(page.locator(".picture .caption"));
        assert.equal(captions.length, 3);
        for (const [i, shown] of desk.story.pictures.entries())
          assert.ok(captions[i].startsWith(shown.caption.text), captions[i]);
        await allLoad(page, 3);
        await page.getByText("Rights are not cleared", { exact: false }).waitFor();
      }));

    it("copies caption and credit as two lines", () =>
      onTab(
        "pictures",
        async (page) => {
          await page.getByRole("button", { name: "Copy caption and credit" }).first().click();
          await page.getByRole("button", { name: "Copied" }).waitFor();
          const copied = await page.evaluate(() => navigator.clipboard.readText());
          assert.equal(copied, `${desk.story.pictures[0].caption.text}\n${CREDIT}`);
        },
        { permissions: ["clipboard-read", "clipboard-write"] },
      ));

    it("says who quotes another's words", () =>
      onTab(
        "quotes",
        async (page) => {
          const who = page.locator(".quote figcaption b").first();
          assert.equal(await who.innerText(), "Olha Testova, Judge, quoted by Anne Hidalgo");
          const others = await page.locator(".quote figcaption b").allInnerTexts();
          assert.ok(others.some((one) => !one.includes("quoted by")), "one's own words are one's own");
        },
        {
          prepare: (page) =>
            changeStory(page, ({ items }) => {
              const living = items.filter((item) => !item.duplicateOf?.itemId && item.quotes?.length);
              const hers = living.find((item) => item.attribution?.name === "Anne Hidalgo");
              hers.quotes[0].speaker = { name: "Olha Testova", role: "Judge" };
              items.splice(0, items.length, hers, ...items.filter((item) => item !== hers));
            }),
        },
      ));

    it("has quotes with speaker, platform and language", () =>
      onTab("quotes", async (page) => {
        const wanted = desk.items
          .filter((item) => item.state !== "GONE" && !item.duplicateOf?.itemId)
          .flatMap((item) => (item.quotes || []).map((quote) => quote.text));
        assert.ok(wanted.length > 0);
        const shown = await texts(page.locator(".quote blockquote"));
        assert.deepEqual(
          shown.map((one) => one.slice(1, -1)),
          wanted.map((one) => one.trim()),
        );
        const closing = page.locator(".quote", { hasText: "pour reconstruire" }).first();
        assert.match(await closing.innerText(), /Anne Hidalgo, Mayor of Paris/);
        assert.match(await closing.innerText(), /Facebook/);
        assert.match(await closing.innerText(), /French/);
      }));

    it("has the newsroom's own article as background", () =>
      onTab("background", async (page) => {
        const card = page.locator(".cards .post", { hasText: "Paris makes Kyiv an honorary citizen" });
        await card.locator(".post-text", { hasText: "Council of Paris" }).waitFor();
        assert.match(await card.innerText(), /22 Mar 2022/);
        assert.match(await card.innerText(), /Why it is here: \S/);
      }));

    it("says why it ranks where it does", () =>
      onTab("posts", async (page) => {
        await page.locator(".why-box summary").click();
        const values = await texts(page.locator(".why-box .figure"));
        const sum = values.reduce((total, one) => total + Number(one), 0);
        assert.ok(
          values.length > 1 && Math.abs(sum - desk.story.score) < 0.1,
          `${values} is ${desk.story.score}`,
        );
      }));
  });
}

// What the API says of the story, changed on its way to the page.
export const changeStory = (page, change) =>
  page.route("**/api/stories/*", async (route) => {
    const response = await route.fetch({ headers: {} });
    const body = await response.json();
    change(body);
    await route.fulfill({ json: body });
  });

export async function allLoad(page, atLeast) {
  const images = page.locator("#story-pane img");
  assert.ok((await images.count()) >= atLeast, `${await images.count()} pictures`);
  for (const image of await images.all()) {
    await image.scrollIntoViewIfNeeded();
    await image.evaluate((one) => one.decode());
    assert.ok((await image.evaluate((one) => one.naturalWidth)) > 0);
    assert.ok(await image.getAttribute("alt"), "a picture has a text of its own");
  }
}
