// Posts are strangers' text. Whatever is in them stays text.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { onPage, tabHash, tabShown } from "../support/browser.js";
import { EXPLANATION } from "../support/copies.js";

const MARKUP = `"'><img src=x onerror="window.pwned=1"><script>window.pwned=2</script><svg onload=pwned=3></svg>{{7*7}}`;
const ADDRESS = "javascript:window.pwned=4//";
// Fields that are names of things, not words.
const KEPT =
  /^(id|itemId|itemIds|likeId|answer|storyId|sha256|platform|state|kind|rule|field|origin|language|languages|relation|alsoIn|officialId)$/;

// The same records with markup in every word and a script in every address.
function poison(value, name = "") {
  if (Array.isArray(value)) return value.map((one) => poison(one, name));
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, poison(one, key)]));
  if (typeof value !== "string" || KEPT.test(name)) return value;
  return /url|target/i.test(name) ? ADDRESS : MARKUP + value;
}

const poisonAnswers = (page) =>
  page.route("**/api/**", async (route) => {
    const response = await route.fetch();
    const type = response.headers()["content-type"] || "";
    if (!type.includes("json") || response.status() !== 200) return route.fulfill({ response });
    await route.fulfill({ response, json: poison(await response.json()) });
  });

// Why posts are folded is told where somebody folds: here it is told in any case.
const poisonAll = async (page) => {
  await poisonAnswers(page);
  const items = [{ id: "a", name: "A", platform: "x" }];
  const editor = { by: "Mira", same: true };
  await page.route("**/api/items/*/copies?*", (route) =>
    route.fulfill({ json: poison({ ...EXPLANATION, items, editor }) }),
  );
};

// What of it came alive.
const alive = () => ({
  pwned: window.pwned,
  elements: document.querySelectorAll("img[src='x'], [onerror], [onload], script:not([src]), svg, iframe")
    .length,
  addresses: [...document.querySelectorAll("[href], [src], [cite], [action]")]
    .flatMap((one) => ["href", "src", "cite", "action"].map((name) => one.getAttribute(name) || ""))
    .filter((one) => /^\s*(javascript|data|vbscript):/i.test(one)),
});
const NOTHING = { pwned: undefined, elements: 0, addresses: [] };

export function hostileTests(desk) {
  describe("hostile posts", () => {
    it("stay text in the list and in every tab", () =>
      onPage(desk, { hash: tabHash(desk.story, "draft"), prepare: poisonAll }, async (page) => {
        await page.locator("#stories .row-title", { hasText: "<script>" }).first().waitFor();
        for (const tab of ["draft", "posts", "pictures", "quotes", "background"]) {
          await page.locator(`#tab-${tab}`).click();
          await tabShown(page, tab);
          await page.locator("#tab-panel", { hasText: "onerror=" }).waitFor();
          for (const fold of await page.locator("#tab-panel summary").all()) await fold.click();
          if (tab === "posts") await page.locator(".why-words", { hasText: "onerror=" }).first().waitFor();
          assert.deepEqual(await page.evaluate(alive), NOTHING, tab);
        }
      }));

    it("stay text in the source beside a sentence", () =>
      onPage(desk, { hash: tabHash(desk.story, "draft"), prepare: poisonAnswers }, async (page) => {
        await tabShown(page, "draft");
        await page.locator(".draft .is-quote .marks").first().click();
        await page.locator(".source-card", { hasText: "onerror=" }).first().waitFor();
        assert.deepEqual(await page.evaluate(alive), NOTHING);
      }));

    it("stay text in search results and sources", () =>
      onPage(
        desk,
        { hash: `#/search/${encodeURIComponent("Kyiv")}`, prepare: poisonAnswers },
        async (page) => {
          await page.locator("#story-pane .post", { hasText: "onerror=" }).first().waitFor();
          assert.deepEqual(await page.evaluate(alive), NOTHING);
          await page.evaluate(() => (location.hash = "#/sources"));
          await page.locator("table.sources", { hasText: "onerror=" }).waitFor();
          assert.deepEqual(await page.evaluate(alive), NOTHING);
        },
      ));

    it("stay text in what the address fills into the form", () =>
      onPage(
        desk,
        {
          hash: `#/intake?${new URLSearchParams({ url: ADDRESS, text: MARKUP, title: MARKUP })}`,
          prepare: poisonAnswers,
        },
        async (page) => {
          await page.locator(".intake-form").waitFor();
          assert.equal(await page.getByLabel("Text, as it stands there").inputValue(), MARKUP);
          const found = await page.evaluate(alive);
          assert.equal(found.addresses.length, 1, "the bookmarklet, and nothing of what came");
          assert.ok(!found.addresses[0].includes("pwned"), found.addresses[0]);
          assert.deepEqual({ ...found, addresses: [] }, NOTHING);
        },
      ));

    it("an address that carries markup is shown as words", () =>
      onPage(desk, { hash: `#/search/${encodeURIComponent(MARKUP)}` }, async (page) => {
        await page.getByRole("heading", { name: /Posts with/ }).waitFor();
        assert.ok((await page.getByRole("heading", { name: /Posts with/ }).innerText()).includes("<script>"));
        assert.deepEqual(await page.evaluate(alive), NOTHING);
      }));

    it("the page's own builder refuses what could run", () =>
      onPage(desk, {}, async (page) => {
        const made = await page.evaluate(
          async ([markup, address]) => {
            const { h, outLink, picture } = await import("/assets/dom.js");
            const refused = (props) => {
              try {
                h("a", props);
                return false;
              } catch {
                return true;
              }
            };
            return {
              text: h("p", { title: markup }, markup).textContent,
              children: h("p", { title: markup }, markup).childElementCount,
              handler: refused({ onclick: "pwned=5" }),
              style: refused({ style: "x" }),
              srcdoc: refused({ srcdoc: markup }),
              address: refused({ href: address }),
              spaced: refused({ href: " \u0001Java\nScript\t:pwned=6" }),
              data: refused({ href: "data:text/html,x" }),
              own: refused({ href: "/login#javascript:" }),
              script: outLink(address, "x").tagName,
              blank: outLink("  https://a.example/", "x").tagName,
              web: outLink("https://a.example/", "x").rel,
              picture: picture(`${markup}`, 160, "x"),
            };
          },
          [MARKUP, ADDRESS],
        );
        assert.deepEqual(made, {
          text: MARKUP,
          children: 0,
          handler: true,
          style: true,
          srcdoc: true,
          address: true,
          spaced: true,
          data: true,
          own: false,
          script: "SPAN",
          blank: "SPAN",
          web: "noopener noreferrer",
          picture: null,
        });
      }));
  });
}
