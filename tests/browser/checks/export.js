// What leaves the desk: the files are what the API gives.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";

import { onPage, tabHash, tabShown } from "../support/browser.js";

const FORMATS = [
  { label: "Markdown", format: "markdown", name: /^draft-.+\.md$/ },
  { label: "HTML", format: "html", name: /^draft-.+\.html$/ },
  { label: "ninjs", format: "ninjs", name: /^draft-.+\.ninjs\.json$/ },
];

export function exportTests(desk) {
  const path = (format) => `/api/stories/${encodeURIComponent(desk.story.id)}/draft?format=${format}`;
  const onDraft = (use, options = {}) =>
    onPage(desk, { hash: tabHash(desk.story, "draft"), ...options }, async (page) => {
      await tabShown(page, "draft");
      await use(page);
    });

  describe("exports", () => {
    for (const { label, format, name } of FORMATS)
      it(`${label} is downloaded and is what the API gives`, () =>
        onDraft(async (page) => {
          const [download] = await Promise.all([
            page.waitForEvent("download"),
            page.getByRole("link", { name: label, exact: true }).click(),
          ]);
          assert.match(download.suggestedFilename(), name);
          const saved = await readFile(await download.path());
          assert.ok(saved.length > 1000);
          assert.ok(saved.equals(await desk.program.bytes(`${path(format)}&download=1`)));
          assert.ok(saved.toString().includes("Rehearsal: "), "the notice goes with it");
          assert.ok(saved.toString().includes("Source: Anne Hidalgo on Facebook"));
        }));

    it("Copy Markdown copies the same words", () =>
      onDraft(
        async (page) => {
          await page.getByRole("button", { name: "Copy Markdown" }).click();
          await page.getByRole("button", { name: "Copied" }).waitFor();
          const copied = await page.evaluate(() => navigator.clipboard.readText());
          assert.equal(copied, (await desk.program.bytes(path("markdown"))).toString());
        },
        { permissions: ["clipboard-read", "clipboard-write"] },
      ));
  });
}
