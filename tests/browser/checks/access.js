// Every view, narrow and wide, light and dark: nothing sticks out, nothing is nameless or too faint.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";

import { NARROW, onPage, tabHash, WIDE } from "../support/browser.js";

export const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
export const SHAPES = [
  { name: "wide-light", viewport: WIDE, colorScheme: "light" },
  { name: "wide-dark", viewport: WIDE, colorScheme: "dark" },
  { name: "narrow-light", viewport: NARROW, colorScheme: "light" },
  { name: "narrow-dark", viewport: NARROW, colorScheme: "dark" },
];

// name of the view -> its address and what shows that it is there.
const views = (story) => ({
  list: { hash: "#/", there: "#stories .row" },
  draft: { hash: tabHash(story, "draft"), there: "article.draft" },
  posts: { hash: tabHash(story, "posts"), there: ".cards > .post" },
  pictures: { hash: tabHash(story, "pictures"), there: ".picture" },
  quotes: { hash: tabHash(story, "quotes"), there: ".quote" },
  background: { hash: tabHash(story, "background"), there: ".cards .post-text:not(:empty)" },
  search: { hash: "#/search/Kyiv", there: ".cards > .post" },
  sources: { hash: "#/sources", there: "table.sources tbody tr" },
  intake: { hash: "#/intake?url=https%3A%2F%2Fa.example%2F1&text=Words", there: ".intake-form" },
  missing: { hash: "#/story/none", there: "text=This cannot be shown" },
});

async function show(page, { hash, there }) {
  await page.evaluate((to) => (location.hash = to), hash);
  await page.locator(there).first().waitFor();
}

// Boxes that are wider than what holds them, as an editor would see it: she would have to scroll sideways.
export const tooWide = () =>
  [document.scrollingElement, ...document.querySelectorAll(".list-pane, .story-pane, .source, .tab-panel")]
    .filter((box) => box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0)
    .map((box) => `${box.tagName}.${box.className} ${box.scrollWidth} > ${box.clientWidth}`);

// The whole document once; then only the pane that has changed.
export async function faults(page, view) {
  const { violations } = await page.evaluate(
    (where) => window.axe.run(where, { resultTypes: ["violations"], elementRef: false }),
    view === "list" ? "html" : "#story-pane",
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 3)
      .map((node) => `${id}: ${help}: ${node.html.slice(0, 160)} ${node.any?.[0]?.message || ""}`),
  );
}

export async function keepPicture(page, name) {
  const folder = process.env.COPYTASTER_SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

export function accessTests(desk) {
  describe("every view", () => {
    for (const shape of SHAPES)
      it(`${shape.name}: no sideways scrolling, and axe-core finds no fault`, async () => {
        const axe = await readFile(AXE, "utf8");
        const { name, ...options } = shape;
        await onPage(desk, { ...options, expected: [/404/] }, async (page) => {
          await page.locator("#stories .row").first().waitFor();
          await page.evaluate(axe);
          for (const [view, where] of Object.entries(views(desk.story))) {
            await show(page, where);
            await keepPicture(page, `${view}-${name}`);
            assert.deepEqual(await page.evaluate(tooWide), [], view);
            assert.deepEqual(await faults(page, view), [], view);
          }
        });
      });

    it("has room at the widths between", () =>
      onPage(desk, { hash: tabHash(desk.story, "draft") }, async (page) => {
        await page.locator("article.draft").waitFor();
        for (const width of [320, 600, 899, 900, 1180, 1181, 1920]) {
          await page.setViewportSize({ width, height: 800 });
          assert.deepEqual(await page.evaluate(tooWide), [], String(width));
        }
      }));
  });
}
