// The rights to a picture: decided on the page, kept by the house, shown in the story and in the draft.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { onPage, tabHash, tabShown } from "../support/browser.js";

const STORY = (desk) => `/api/stories/${encodeURIComponent(desk.story.id)}`;

export function rightsTests(desk) {
  const onTab = (tab, use) =>
    onPage(desk, { hash: tabHash(desk.story, tab) }, async (page) => {
      await tabShown(page, tab);
      await use(page);
    });

  async function decide(page, label, note, row = page.locator(".picture .rights-row").first()) {
    await row.getByRole("button", { name: /^Change the rights to the picture posted by Anne Hidalgo/ }).click();
    const form = row.getByRole("form", { name: /^Rights to / });
    await form.getByLabel("Rights", { exact: true }).selectOption({ label });
    await form.getByLabel("Note").fill(note);
    await form.getByRole("button", { name: "Note it" }).click();
    if (!(await form.getByLabel("Your name").inputValue())) {
      await form.getByText("Who says so?").waitFor();
      await form.getByLabel("Your name").fill("Mira");
      await page.keyboard.press("Enter");
    }
    return row;
  }

  describe("rights", () => {
    it("are not cleared until somebody says so, on the page and in the draft", () =>
      onTab("draft", async (page) => {
        const marks = page.locator(".draft figure .rights-mark");
        assert.equal(await marks.count(), 2);
        assert.match(await marks.first().innerText(), /^Rights not cleared: ask the holder/);
      }));

    it("are granted with who, when and a note, and the draft loses its mark", () =>
      onTab("pictures", async (page) => {
        const row = await decide(page, "Granted", "by mail, for one story");
        await row.getByText(/Rights granted, says Mira, .*Note: by mail, for one story/).waitFor();
        const { story } = await desk.program.json(STORY(desk));
        assert.equal(story.pictures[0].rights.state, "granted");
        assert.equal(story.pictures[0].rights.by, "Mira");
        await page.getByRole("tab", { name: "Draft" }).click();
        await tabShown(page, "draft");
        await page.locator(".draft-notes").getByText("Of picture 1: Rights granted, says Mira").waitFor();
        assert.equal(await page.locator(".draft figure .rights-mark").count(), 1);
      }));

    it("refused, it is in no draft and no export, and the draft says why", () =>
      onTab("pictures", async (page) => {
        const { sha256, itemId } = desk.story.pictures[0];
        await decide(page, "Refused", "the holder objects");
        const refused = page.locator('.picture .rights-row[data-state="refused"]');
        await refused.getByText(/Rights refused, says Mira/).waitFor();
        const refusedCard = page.locator(".picture").last(); // once the story is made anew
        await refusedCard.locator('.rights-row[data-state="refused"]').waitFor();
        assert.equal(await refusedCard.getByRole("button", { name: /^Copy caption/ }).count(), 0);
        await refusedCard.getByText("Refused: caption and credit are not copied.").waitFor();
        assert.equal((await fetch(`${desk.base}/media/${sha256}`)).status, 409);
        const { story } = await desk.program.json(STORY(desk));
        assert.equal(story.pictures.at(-1).sha256, sha256, "it comes last");
        const draft = await desk.program.json(`${STORY(desk)}/draft`);
        const shown = draft.blocks.filter((block) => block.kind === "picture").map((block) => block.picture.sha256);
        assert.ok(!shown.includes(sha256));
        assert.ok(draft.blocks.some((block) => block.rule === "picture-rights" && /^Left out/.test(block.text)));
        const copies = await Promise.all(
          (story.pictures.at(-1).alsoIn || []).map((id) => desk.program.json(`/api/items/${encodeURIComponent(id)}`)),
        );
        assert.ok(copies.length > 0);
        for (const copy of copies)
          assert.ok(
            copy.media.some((media) => media.rights?.state === "refused"),
            `${copy.id} shows what was refused at ${itemId}`,
          );
      }));

    it("embed only, the desk gives no file and leads to the post", () =>
      onTab("pictures", async (page) => {
        const { sha256 } = desk.story.pictures[0];
        await decide(page, "Embed only", "", page.locator('.picture .rights-row[data-state="refused"]'));
        const embed = page.locator('.picture:has([data-state="embed-only"])');
        await embed.getByRole("link", { name: /^the post itself/ }).waitFor();
        assert.equal(await embed.locator('a[href^="/media/"]').count(), 0);
        assert.equal(await embed.getByRole("button", { name: /^Copy caption/ }).count(), 1);
        assert.equal((await fetch(`${desk.base}/media/${sha256}`)).status, 409);
        const small = await fetch(`${desk.base}/media/${sha256}?edge=960`);
        assert.equal(small.status, 200, "small, for the desk's own view");
      }));

    it("can be taken back", () =>
      onTab("pictures", async (page) => {
        const row = page.locator('.picture .rights-row[data-state="embed-only"]');
        await decide(page, "Not cleared", "", row);
        await row.waitFor({ state: "detached" });
        const { story } = await desk.program.json(STORY(desk));
        assert.equal(story.pictures[0].sha256, desk.story.pictures[0].sha256);
      }));
  });
}
