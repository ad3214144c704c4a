// Copies: what the page says of them, in every shape.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { it } from "node:test";

import { AXE, faults, keepPicture, SHAPES, tooWide } from "./access.js";
import { texts } from "../support/browser.js";
import {
  asks,
  card,
  EXPLANATION,
  fold,
  House,
  keptApart,
  onPosts,
  opened,
  parts,
  signed,
  words,
} from "../support/copies.js";

export function suggestionTests(desk) {
  it("that may be are asked about, in words: who, where, when, and how it begins", () => {
    const { one, two } = parts(desk);
    const house = new House(asks(one, two));
    return onPosts(desk, house, async (page) => {
      const line = card(page, one.id).locator(".may-copy");
      const said = await line.locator("p").first().innerText();
      assert.match(said, /^May be the same as \S.* \(.*UTC: “/);
      assert.ok(said.includes(words(two).slice(0, 20)), said);
      await signed(await opened(line, /^Same as/), "Same");
      await fold(page, one.id).waitFor();
      assert.match(await fold(page, one.id).locator(".reason").first().innerText(), /^Folded by Mira/);
      assert.equal(await page.locator(".may-copy").count(), 0);
      assert.deepEqual(house.answers, [{ item_id: one.id, of: two.id, same: true, by: "Mira" }]);
    });
  });

  it("that may be are not asked about again when they are not", () => {
    const { one, two } = parts(desk);
    const house = new House(asks(one, two));
    return onPosts(desk, house, async (page) => {
      const line = card(page, one.id).locator(".may-copy");
      await keptApart(line);
      await page.getByRole("status").filter({ hasText: "Done: kept apart by Mira." }).waitFor();
      assert.equal(await page.locator(".may-copy").count(), 0);
      assert.equal(await card(page, one.id).count(), 1);
      assert.equal(house.answers[0].same, false);
    });
  });

  it("that may be stand best first, three at once, none that is folded already or gone", () => {
    const { copy, shown, one } = parts(desk);
    const others = desk.items.filter((item) => words(item) && !item.duplicateOf && item.id !== shown.id);
    const gone = others[0];
    const house = new House((body) => {
      asks(shown, copy, 0.99)(body);
      others.forEach((item, i) => asks(shown, item, 0.5 + i / 100)(body));
      body.items.find((item) => item.id === gone.id).state = "GONE";
    });
    return onPosts(desk, house, async (page) => {
      assert.ok(others.length > 4 && one);
      const lines = card(page, shown.id).locator(".may-copies > ul > .may-copy");
      assert.deepEqual(
        await lines.evaluateAll((all) => all.map((line) => line.dataset.other)),
        others
          .slice(-3)
          .reverse()
          .map((item) => item.id),
      );
      await card(page, shown.id)
        .getByText(`${others.length - 4} more it may be the same as`)
        .click();
      assert.equal(await card(page, shown.id).locator(".may-copy:visible").count(), others.length - 1);
    });
  });

  it("that may be in another story are fetched and lead there", async () => {
    const { one } = parts(desk);
    const ids = new Set(desk.story.itemIds);
    const { items } = await desk.program.json("/api/items?limit=200");
    const other = items.find((item) => item.storyId && !ids.has(item.id) && words(item));
    const house = new House(asks(one, other));
    return onPosts(desk, house, async (page) => {
      const line = card(page, one.id).locator(".may-copy");
      await line.getByRole("button", { name: /^Same as/ }).waitFor();
      assert.ok((await line.innerText()).includes(words(other).slice(0, 15)));
      const link = line.getByRole("link", { name: "In another story" });
      assert.ok((await link.getAttribute("href")).includes(encodeURIComponent(other.storyId)));
    });
  });
}

export function whyTests(desk) {
  const itemsOf = ({ copy, shown }) => [
    { id: copy.id, name: "Anne Hidalgo", platform: "bluesky", at: "2022-04-14T06:20:00Z", words: 21 },
    {
      id: shown.id,
      name: "Anne Hidalgo",
      platform: "facebook",
      at: "2022-04-14T06:12:00Z",
      words: 52,
      shown: true,
    },
  ];

  it("tell why, in plain words with the figures and each rule", () => {
    const house = new House();
    const found = parts(desk);
    house.explanation = { ...EXPLANATION, items: itemsOf(found) };
    return onPosts(desk, house, async (page) => {
      const why = fold(page, found.copy.id).locator(".copy-why");
      await why.locator("summary").focus();
      await page.keyboard.press("Enter");
      await why.getByText("The rules fold them: the same person on another platform (93 %).").waitFor();
      assert.deepEqual(await texts(why.locator(".pair li")), [
        "Anne Hidalgo, Bluesky, 14 Apr 2022, 06:20 UTC, 21 words",
        "Anne Hidalgo, Facebook, 14 Apr 2022, 06:12 UTC, 52 words, shown",
      ]);
      assert.deepEqual(await texts(why.locator(".rules li")), [
        "✗Does not hold: exact text: the words differ",
        "✓Holds: cross post: 95 % of the shorter one's words (80 % needed)",
      ]);
      const facts = await why.locator(".facts").innerText();
      for (const [label, value] of [
        ["Words of the shorter post that are in the other", "95 %"],
        ["Its words that are in the other in their order", "94 %"],
        ["Posted apart", "12 minutes"],
        ["Same platform", "no"],
        ["Pictures in both", "1"],
      ])
        assert.match(facts, new RegExp(`${label}\\s+${value}`));
    });
  });

  it("tell of a post of which only the day is known no time, and no hours between the two", () => {
    const house = new House();
    const found = parts(desk);
    const items = itemsOf(found);
    Object.assign(items[0], { at: "2022-04-13T00:00:00Z", day_only: true });
    const figures = { ...EXPLANATION.figures, hours_apart: undefined, days_apart: 1 };
    house.explanation = { ...EXPLANATION, items, figures };
    return onPosts(desk, house, async (page) => {
      const why = fold(page, found.copy.id).locator(".copy-why");
      await why.locator("summary").click();
      await why.locator(".rules").waitFor();
      assert.deepEqual(await texts(why.locator(".pair li")), [
        "Anne Hidalgo, Bluesky, 13 Apr 2022, 21 words",
        "Anne Hidalgo, Facebook, 14 Apr 2022, 06:12 UTC, 52 words, shown",
      ]);
      assert.match(await why.locator(".facts").innerText(), /Posted apart\s+1 day\s/);
    });
  });

  it("tell what an editor has said, and when the rules say otherwise", () => {
    const house = new House();
    const found = parts(desk);
    house.explanation = {
      ...EXPLANATION,
      items: itemsOf(found),
      answer: "apart",
      score: 0.41,
      reason: "too few words in common",
      editor: { by: "Mira", at: "2026-11-26T09:00:00Z", same: true },
      figures: undefined,
      rules: [],
    };
    return onPosts(desk, house, async (page) => {
      const why = fold(page, found.copy.id).locator(".copy-why");
      await why.locator("summary").click();
      await why
        .getByText("Folded by Mira on 26 Nov 2026, 09:00 UTC. That holds, whatever the rules say.")
        .waitFor();
      await why.getByText("The rules keep them apart: too few words in common (41 %).").waitFor();
      assert.equal(await why.locator(".facts, .rules").count(), 0);
    });
  });

  it("are compared with the post they were found to be like, and stand under the one that is shown", () => {
    const { copy, shown, one } = parts(desk);
    const house = new House(({ items }) => {
      const found = items.find((item) => item.id === copy.id).duplicateOf;
      Object.assign(found, {
        likeId: one.id,
        reason: `93 % of the words of ${one.id}, which is ${shown.id}`,
      });
    });
    return onPosts(desk, house, async (page) => {
      const why = fold(page, copy.id).locator(".copy-why");
      await why.locator("summary").click();
      await why.locator(".rules").waitFor();
      assert.deepEqual(house.compared, [[copy.id, one.id]]);
      await why.getByText("93 %", { exact: false }).first().waitFor();
      const reason = await fold(page, copy.id).locator(".reason").innerText();
      assert.match(
        reason,
        /93 % of the words of the post on \S.* of \d\d:\d\d UTC, which is the post above$/,
      );
      await keptApart(fold(page, copy.id));
      await card(page, copy.id).waitFor();
      assert.deepEqual(house.answers, [{ item_id: copy.id, of: shown.id, same: false, by: "Mira" }]);
    });
  });

  it("say that it cannot be told where nobody folds", () => {
    const house = new House();
    const { copy } = parts(desk);
    const prepare = house.prepare;
    house.prepare = async (page) => {
      await prepare(page);
      await page.route("**/api/items/*/copies*", (route) =>
        route.fulfill({
          status: 503,
          json: { error: { code: "unavailable", message: "Posts cannot be compared here." } },
        }),
      );
    };
    return onPosts(
      desk,
      house,
      async (page) => {
        const why = fold(page, copy.id).locator(".copy-why");
        await why.locator("summary").click();
        await why.getByRole("alert").filter({ hasText: "Posts cannot be compared here." }).waitFor();
      },
      { expected: [/503/] },
    );
  });
}

export function wayTests(desk) {
  it("by another person in the same words are both named, and reshares are reach", () => {
    const { copy, shown } = parts(desk);
    const house = new House(({ items }) => {
      const said = items.find((item) => item.id === copy.id);
      Object.assign(said, {
        officialId: "someone",
        attribution: undefined,
        author: { name: "Olha Testova" },
      });
      said.duplicateOf = {
        itemId: shown.id,
        rule: "same-words",
        relation: "other-person",
        reason: "word for word",
      };
      items.find((item) => item.id === shown.id).engagement = { reposts: "12" };
      const pass = { repostOf: { itemId: shown.id, url: "https://a.example/1" }, platform: "facebook" };
      for (const id of ["facebook:r1", "facebook:r2", "facebook:r3"])
        items.push({ ...pass, id, officialId: id, author: { name: id }, createdAt: shown.createdAt });
    });
    return onPosts(desk, house, async (page) => {
      const said = card(page, shown.id);
      assert.equal(await said.locator(".sayers").innerText(), "Also said by Olha Testova");
      assert.match(await said.locator(".byline").first().innerText(), /^\S+ \S+/);
      assert.match(await fold(page, copy.id).locator(".reason").innerText(), /^Another person: same words; /);
      const reached = await said.locator(".reach").innerText();
      assert.match(reached, /^Reach: \d+ reshares, \d+ by officials$/);
      assert.ok(Number(/\d+/.exec(reached)[0]) >= 12, reached);
      const row = fold(page, "facebook:r1");
      assert.equal(await row.getByRole("button", { name: /^Not the same/ }).count(), 0, "it has no words");
    });
  });
}

// All the states at once: a suggestion with its form, an explanation, the menu, in words from right to left too.
function crowded(desk) {
  const { copy, shown, one, two } = parts(desk);
  return new House((body) => {
    asks(one, two)(body);
    const other = body.items.find((item) => item.id === two.id);
    other.text = `بدأ العمل اليوم في المدرسة الجديدة. ${"و".repeat(300)}`;
    other.language = "ar";
    body.items.find((item) => item.id === copy.id).duplicateOf = {
      itemId: shown.id,
      rule: "editor",
      by: "Mira",
      relation: "same-person",
    };
    body.items.find((item) => item.id === shown.id).engagement = { reposts: "12" };
  });
}

export function shapeTests(desk) {
  for (const shape of SHAPES)
    it(`${shape.name}: nothing sticks out, and axe-core finds no fault`, async () => {
      const axe = await readFile(AXE, "utf8");
      const { name, ...options } = shape;
      const { copy, shown, one } = parts(desk);
      const house = crowded(desk);
      house.explanation = {
        ...EXPLANATION,
        editor: { by: "Mira", at: "2026-11-26T09:00:00Z", same: true },
        items: [
          { id: copy.id, name: "عبد الله", platform: "bluesky", at: "2022-04-14T06:20:00Z", words: 21 },
          { id: shown.id, name: "Anne Hidalgo", platform: "facebook", words: 52, shown: true },
        ],
      };
      await onPosts(
        desk,
        house,
        async (page) => {
          await page.evaluate(axe);
          const check = async (state, where) => {
            await where.scrollIntoViewIfNeeded();
            await keepPicture(page, `copies-${state}-${name}`);
            assert.deepEqual(await page.evaluate(tooWide), [], state);
            assert.deepEqual(await faults(page, "posts"), [], state);
          };
          const line = card(page, one.id).locator(".may-copy");
          await check("asked", line);
          await line.getByRole("button", { name: /^Not the same/ }).click();
          await line.locator(".copy-why summary").click();
          await line.locator(".rules").waitFor();
          await check("form", line.locator(".rules"));
          await line.getByRole("button", { name: "Cancel" }).click();
          const row = fold(page, copy.id);
          await row.locator(".copy-why summary").click();
          await row.locator(".rules").waitFor();
          await check("folded", row.locator(".facts"));
          await card(page, one.id)
            .getByRole("button", { name: /^Same as…/ })
            .click();
          await check("menu", card(page, one.id).getByRole("form"));
          await page.setViewportSize({ width: 320, height: 700 });
          assert.deepEqual(await page.evaluate(tooWide), []);
        },
        options,
      );
    });
}
