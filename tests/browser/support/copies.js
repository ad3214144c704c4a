// A desk behind which somebody folds: what an editor answers is kept, and the story shows it a little later. The
// story is the program's own, changed on its way to the page.

import { createHash } from "node:crypto";

import { onPage, tabHash, tabShown } from "./browser.js";

export const EXPLANATION = {
  folded: true,
  answer: "fold",
  rule: "cross-post",
  score: 0.93,
  reason: "the same person on another platform",
  figures: {
    words_inside: 0.95,
    in_order: 0.94,
    replaced: 0,
    negated: false,
    shingles_inside: 0.9,
    similarity: 0.5,
    same_person: true,
    same_platform: false,
    same_link: false,
    shared_pictures: 1,
    hours_apart: 0.2,
    numbers_agree: true,
    names_agree: true,
    same_start: true,
    lengths: 0.4,
  },
  rules: [
    { rule: "exact-text", holds: false, why: "the words differ" },
    { rule: "cross-post", holds: true, why: "95 % of the shorter one's words (80 % needed)" },
  ],
};

const without = (item, id) => {
  item.mayCopy = (item.mayCopy || []).filter((one) => one.itemId !== id);
};

function apply(items, { item_id, of, same, by }) {
  const item = items.find((one) => one.id === item_id);
  const other = items.find((one) => one.id === of);
  if (item) without(item, of);
  if (other) without(other, item_id);
  if (same) item.duplicateOf = { itemId: of, rule: "editor", score: 1, relation: "same-person", by };
  else if (item.duplicateOf?.itemId === of) delete item.duplicateOf;
}

export class House {
  answers = []; // {item_id, of, same, by}, oldest first
  compared = []; // [item_id, of], what was asked why
  done = 0; // of them the story shows so many
  asked = 0; // how often it was asked for the story
  refusal = null; // {status, json} of the next answer
  explanation = EXPLANATION;

  // change(body): what the story is before anybody says anything.
  constructor(change = () => {}) {
    this.change = change;
  }

  prepare = async (page) => {
    await page.route("**/api/stories/*", (route) => this.story(route));
    await page.route("**/api/items/*/copies*", (route) => this.copies(route));
  };

  async story(route) {
    this.asked += 1;
    const body = await (await route.fetch({ headers: {} })).json();
    this.change(body);
    for (const answer of this.answers.slice(0, this.done)) apply(body.items, answer);
    this.done = this.answers.length; // the next time
    const etag = `"${createHash("sha256").update(JSON.stringify(body)).digest("hex")}"`;
    if (route.request().headers()["if-none-match"] === etag) return route.fulfill({ status: 304 });
    return route.fulfill({ json: body, headers: { ETag: etag } });
  }

  copies(route) {
    const request = route.request();
    const path = new URL(request.url()).pathname.split("/");
    const item_id = decodeURIComponent(path[3]);
    if (request.method() === "GET") {
      this.compared.push([item_id, new URL(request.url()).searchParams.get("of")]);
      return route.fulfill({ json: this.explanation });
    }
    if (this.refusal) return route.fulfill(this.refusal);
    const { of, same, by } = request.postDataJSON();
    this.answers.push({ item_id, of, same, by });
    return route.fulfill({ status: 202, json: { item_id, other_id: of, same } });
  }
}

export const card = (page, id) => page.locator(`.cards > .post[data-item="${id}"]`);
export const fold = (page, id) => page.locator(`li[data-item="${id}"]`);

// The form behind a button of a card or a row.
export async function opened(row, button) {
  await row.getByRole("button", { name: button }).click();
  return row.getByRole("form");
}
// Mira says so, in that form.
export async function signed(form, button) {
  await form.getByLabel("Your name").fill("Mira");
  await form.getByRole("button", { name: button }).click();
}
export async function keptApart(row) {
  const form = await opened(row, /^Not the same/);
  await signed(form, "Not the same");
  return form;
}

export const words = (item) => (item.text || "").trim();

// Statements of the story with words of their own, and a copy with the post it is folded under.
export function parts(desk) {
  const live = desk.items.filter((item) => item.state !== "GONE" && words(item));
  const copy = live.find((item) => item.duplicateOf?.itemId && !item.repostOf);
  const shown = desk.items.find((item) => item.id === copy.duplicateOf.itemId);
  const alone = live.filter((item) => !item.duplicateOf && item.id !== shown.id);
  return { copy, shown, one: alone[0], two: alone[1] };
}

export const asks =
  (item, other, score = 0.7) =>
  (body) => {
    const found = body.items.find((post) => post.id === item.id);
    found.mayCopy = [...(found.mayCopy || []), { itemId: other.id, rule: "near-text", score }];
  };

// The tab Posts of the day's first story, with `house` behind it. options.clock: called before the page is there.
export const onPosts = (desk, house, use, options = {}) =>
  onPage(
    desk,
    {
      hash: tabHash(desk.story, "posts"),
      ...options,
      prepare: async (page) => {
        await options.clock?.(page);
        await house.prepare(page);
      },
    },
    async (page) => {
      await tabShown(page, "posts");
      await use(page);
    },
  );
