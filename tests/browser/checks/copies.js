// Copies: what an editor says of them, and that the story shows it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { onPage, tabHash, tabShown } from "../support/browser.js";
import { card, fold, House, keptApart, onPosts, opened, parts, signed } from "../support/copies.js";
import { shapeTests, suggestionTests, wayTests, whyTests } from "./copies_shown.js";

export function copiesTests(desk) {
  describe("copies", () => {
    answerTests(desk);
    suggestionTests(desk);
    whyTests(desk);
    wayTests(desk);
    shapeTests(desk);
    realTests(desk);
  });
}

function answerTests(desk) {
  it("are taken apart by who says so, by the keyboard, and the story shows it", () => {
    const { copy, shown } = parts(desk);
    const house = new House();
    return onPosts(desk, house, async (page) => {
      const row = fold(page, copy.id);
      const button = row.getByRole("button", { name: /^Not the same as / });
      await button.focus();
      await page.keyboard.press("Enter");
      const form = row.getByRole("form", { name: /^Not the same/ });
      await page.keyboard.press("Enter");
      await form.getByText("Who says so?").waitFor();
      await page.keyboard.type("Mira");
      await page.keyboard.press("Enter");
      await card(page, copy.id).waitFor();
      assert.deepEqual(house.answers, [{ item_id: copy.id, of: shown.id, same: false, by: "Mira" }]);
      await page.getByRole("status").filter({ hasText: "Done: kept apart by Mira." }).waitFor();
      assert.equal(await fold(page, copy.id).count(), 0);
      const inside = (node) => node.contains(document.activeElement);
      assert.ok(await card(page, copy.id).evaluate(inside), "the focus goes where the post went");
      assert.equal(await page.evaluate(() => localStorage.getItem("copytaster.name")), "Mira");
    });
  });

  it("say that it is being done until the story shows it", () => {
    const { copy } = parts(desk);
    const house = new House();
    return onPosts(
      desk,
      house,
      async (page) => {
        house.done = -1;
        const row = fold(page, copy.id);
        await keptApart(row);
        await row.getByText("Being kept apart, as Mira said.", { exact: false }).waitFor();
        assert.equal(await row.getByRole("button", { name: /^Not the same/ }).count(), 0, "asked once");
      },
      { clock: (page) => page.clock.install() },
    );
  });

  it("escape and Cancel leave all as it is, and the focus goes back", () => {
    const { copy } = parts(desk);
    const house = new House();
    return onPosts(desk, house, async (page) => {
      const button = fold(page, copy.id).getByRole("button", { name: /^Not the same as/ });
      for (const leave of ["Escape", "Cancel"]) {
        const form = await opened(fold(page, copy.id), /^Not the same as/);
        if (leave === "Escape") await page.keyboard.press("Escape");
        else await form.getByRole("button", { name: "Cancel" }).click();
        assert.equal(await form.count(), 0);
        assert.ok(await button.evaluate((node) => node === document.activeElement), leave);
      }
      await page.locator("#story-title", { hasText: desk.story.title }).waitFor();
      assert.deepEqual(house.answers, []);
    });
  });

  it("say beside the form what the desk found wrong, and keep what was typed", () => {
    const { copy } = parts(desk);
    const house = new House();
    house.refusal = {
      status: 503,
      json: { error: { code: "unavailable", message: "no answer can be kept here", hint: "Try later." } },
    };
    return onPosts(
      desk,
      house,
      async (page) => {
        const form = await keptApart(fold(page, copy.id));
        await form.getByRole("alert").filter({ hasText: "No answer can be kept here Try later." }).waitFor();
        assert.equal(await form.getByLabel("Your name").inputValue(), "Mira");
      },
      { expected: [/503/] },
    );
  });

  it("are folded by hand with any other statement of the story", () => {
    const { one, two } = parts(desk);
    const house = new House();
    return onPosts(desk, house, async (page) => {
      const form = await opened(card(page, one.id), /^Same as…/);
      const menu = form.getByLabel("The same as");
      const offered = await menu.locator("option").evaluateAll((all) => all.map((option) => option.value));
      const statements = await page
        .locator(".cards > .post:not(.is-gone)")
        .evaluateAll((all) => all.map((post) => post.dataset.item));
      assert.deepEqual(offered.filter(Boolean).sort(), statements.filter((id) => id !== one.id).sort());
      await signed(form, "Fold");
      await form.getByText("The same as which?").waitFor();
      await menu.selectOption(two.id);
      await form.getByRole("button", { name: "Fold" }).click();
      const folded = fold(page, one.id);
      await folded.waitFor();
      assert.deepEqual(house.answers, [{ item_id: one.id, of: two.id, same: true, by: "Mira" }]);
      assert.match(await folded.locator(".reason").first().innerText(), /^Folded by Mira/);
      assert.equal(await card(page, one.id).count(), 0);
      await page.getByRole("status").filter({ hasText: "Done: folded by Mira" }).waitFor();
    });
  });

  it("keep the form while the story changes, which is shown when she has left it", () => {
    const { copy } = parts(desk);
    let title = "";
    const house = new House(({ story }) => title && (story.title = title));
    return onPosts(
      desk,
      house,
      async (page) => {
        const name = (await opened(fold(page, copy.id), /^Not the same/)).getByLabel("Your name");
        await name.click();
        await page.keyboard.type("Mi");
        title = "A title that has just changed";
        const before = house.asked;
        await page.clock.fastForward(5000);
        const again = page.waitForResponse("**/api/status");
        await page.clock.fastForward(5000);
        await again;
        assert.ok(house.asked > before);
        await page.keyboard.type("ra");
        assert.equal(await name.inputValue(), "Mira");
        assert.equal(await page.locator("#story-title").innerText(), desk.story.title);
        await page.locator("#tab-posts").focus();
        await page.clock.fastForward(5000);
        await page.locator("#story-title", { hasText: title }).waitFor();
        assert.equal(await name.inputValue(), "Mira", "what she typed is still there");
      },
      { clock: (page) => page.clock.install() },
    );
  });
}

// With nothing in between, where the program can be asked.
function realTests(desk) {
  it("are taken apart and folded again by the program itself", async () => {
    const { copy, shown } = parts(desk);
    const path = `/api/items/${encodeURIComponent(copy.id)}/copies`;
    const asked = await fetch(`${desk.base}${path}?of=${encodeURIComponent(shown.id)}`);
    assert.equal(asked.status, 200);
    assert.equal((await asked.json()).folded, true);
    await onPage(desk, { hash: tabHash(desk.story, "posts") }, async (page) => {
      await tabShown(page, "posts");
      await keptApart(fold(page, copy.id));
      await card(page, copy.id).waitFor();
      const again = await opened(card(page, copy.id), /^Same as…/);
      await again.getByLabel("The same as").selectOption(shown.id);
      await again.getByRole("button", { name: "Fold" }).click();
      await page.locator(".reason", { hasText: "Folded by Mira" }).first().waitFor();
    });
  });
}
