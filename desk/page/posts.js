// The tab Posts: one card a statement with all the places it was posted, and why they were folded.

import { h, outLink, picture } from "./dom.js";
import { textWithEvidence } from "./evidence.js";
import { flags, intakeNote } from "./flags.js";
import {
  count,
  dayAndTime,
  editedTime,
  introduced,
  platform,
  postedTime,
  poster,
  whereAndWhen,
} from "./format.js";
import { get, itemPath } from "./api.js";
import { foldedRow, sameAsRow, settle, suggestions, toldLine } from "./copies.js";
import { alsoElsewhere } from "./same_picture.js";
import { alsoSaidBy, byKind, isRepost, reach, statements, togetherIn, whyFolded } from "./statements.js";

function byline(item, story) {
  return h(
    "p",
    { class: "byline" },
    h("b", {}, introduced(poster(item, story))),
    h("span", { class: "where" }, ` ${whereAndWhen(item)} `),
    flags(item),
  );
}

// Words removed and added between two versions, by longest common subsequence.
function wordDiff(before, after) {
  const a = before.split(/(\s+)/).slice(0, 1500);
  const b = after.split(/(\s+)/).slice(0, 1500);
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
  const out = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push(a[i]);
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && table[i + 1][j] >= table[i][j + 1])) {
      out.push(h("del", {}, a[i]));
      i += 1;
    } else {
      out.push(h("ins", {}, b[j]));
      j += 1;
    }
  }
  return out;
}

const contentOf = (item) =>
  [item.title, item.text, ...(item.media || []).flatMap((m) => [m.caption, m.altText])]
    .filter(Boolean)
    .join("\n\n");

function versions(item) {
  const box = h(
    "details",
    { class: "versions" },
    h("summary", {}, "What changed"),
    h("div", { class: "diff", lang: item.language || null, dir: "auto" }, "Loading"),
  );
  box.addEventListener("toggle", async () => {
    if (!box.open || box.dataset.loaded) return;
    box.dataset.loaded = "yes";
    try {
      const all = (await get(`${itemPath(item.id)}/versions`)).data.versions;
      const changes = all
        .slice(1)
        .map((now, i) =>
          h(
            "div",
            {},
            h(
              "p",
              { class: "byline" },
              `Version ${all[i].version || i + 1} to ${now.version || i + 2}${editedTime(now) ? `, ${editedTime(now)}` : ""}`,
            ),
            h("p", { class: "post-text" }, wordDiff(contentOf(all[i]), contentOf(now))),
          ),
        );
      box.lastChild.replaceChildren(...(changes.length ? changes : ["Only this version was collected."]));
    } catch (error) {
      box.lastChild.replaceChildren(error.message);
      delete box.dataset.loaded;
    }
  });
  return box;
}

// shown, story, byId: as of alsoElsewhere().
function body(item, shown, story, byId) {
  if (item.state === "GONE")
    return h(
      "p",
      { class: "tombstone" },
      `Deleted by its author${item.goneAt ? `, seen ${dayAndTime(item.goneAt)}` : ""}${item.goneProof ? ` (${item.goneProof})` : ""}. Its words are not shown and not used in the draft.`,
    );
  const pictures = (item.media || [])
    .map((media) => picture(media.sha256, 160, media.altText))
    .filter(Boolean);
  const from = item.repostOf?.author?.name || item.quoteOf?.author?.name;
  const relation = isRepost(item) ? "Reshares a post by " : item.quoteOf?.itemId ? "Quotes a post by " : "";
  return [
    intakeNote(item),
    relation && from ? h("p", { class: "relation" }, relation, from) : null,
    item.contentWarning ? h("p", { class: "relation" }, `Content warning: ${item.contentWarning}`) : null,
    item.title ? h("p", { class: "post-title", lang: item.language || null, dir: "auto" }, item.title) : null,
    item.text ? textWithEvidence(item) : null,
    pictures.length ? h("p", { class: "strip" }, pictures) : null,
    alsoElsewhere(item, shown, story, byId),
  ];
}

function other(item, shown, story, byId) {
  return h(
    "li",
    { data: { item: item.id } },
    h(
      "details",
      {},
      h(
        "summary",
        {},
        h("b", {}, introduced(poster(item, story))),
        ` ${platform(item)}, ${postedTime(item)} `,
        flags(item),
      ),
      body(item, shown, story, byId),
      item.url ? h("p", { class: "row-meta" }, outLink(item.url, "Open the post")) : null,
    ),
    h("p", { class: "reason" }, whyFolded(item, byId)),
    foldedRow(item, shown, story),
  );
}

const NOBODY = new Map();

// {byId, together, all: the story's statements}: what a card must know of the story's other posts.
const aboutStory = (items) => ({
  byId: new Map(items.map((item) => [item.id, item])),
  together: togetherIn(items),
  all: statements(items),
});

// Whoever else says the same words in a post of their own stands beside the one who is shown.
function sayersLine(sayers, story) {
  const names = alsoSaidBy(sayers, story);
  return names.length
    ? h(
        "p",
        { class: "sayers" },
        "Also said by ",
        names.flatMap((name, i) => [i ? "; " : "", h("b", {}, name)]),
      )
    : null;
}

function folded(shown, others, story, about) {
  const { copies, sayers, passedOn } = byKind(others);
  const list = (title, items) =>
    items.length
      ? [
          h("h3", {}, title),
          h(
            "ul",
            {},
            items.map((one) => other(one, shown, story, about?.byId || NOBODY)),
          ),
        ]
      : null;
  return h(
    "section",
    { class: "others" },
    list(`Also posted ${count(copies.length, "time", "times")}`, copies),
    list("Others who say the same", sayers),
    list(`Passed on ${count(passedOn.length, "time", "times")}`, passedOn),
  );
}

// link: one more link under the post, or null. about: of the story the card stands in, if it stands in one.
export function postCard(item, story, others = [], link = null, about = null) {
  const members = [item, ...others];
  const reached = reach(members);
  const rest = about
    ? about.all.map(({ shown }) => shown).filter((one) => one !== item && one.state !== "GONE")
    : [];
  return h(
    "article",
    { class: `post${item.state === "GONE" ? " is-gone" : ""}`, data: { item: item.id } },
    byline(item, story),
    sayersLine(byKind(others).sayers, story),
    body(item, null, story, about?.byId),
    (item.version || 1) > 1 && item.state !== "GONE" ? versions(item) : null,
    (item.problems || []).length
      ? h(
          "p",
          { class: "reason" },
          `Not all could be worked out: ${item.problems.map((p) => p.message).join("; ")}`,
        )
      : null,
    h(
      "div",
      { class: "row-meta links" },
      link,
      item.url
        ? outLink(item.url, item.platform === "manual" ? "Open the post" : `Open on ${platform(item)}`)
        : null,
      reached ? h("span", { class: "reach" }, `Reach: ${reached}`) : null,
      about ? sameAsRow(item, rest, story) : null,
    ),
    about ? suggestions(members, item, story, about.byId, about.together) : null,
    others.length ? folded(item, others, story, about) : null,
  );
}

export function postsTab(story, items) {
  if (!items.length) return h("p", { class: "state" }, "The posts of this story are no longer stored.");
  const about = aboutStory(items);
  return h(
    "div",
    { class: "cards" },
    toldLine(story),
    about.all.map(({ shown, others }) => postCard(shown, story, others, null, about)),
  );
}

// After the tab is shown anew: what editors said and is done now. focusLost: what had the focus is gone.
export function settlePosts(pane, items, focusLost) {
  const byId = new Map(items.map((item) => [item.id, item]));
  const asks = (a, b) => Boolean(byId.get(a)?.mayCopy?.some((one) => one.itemId === b));
  const changed = settle(byId, togetherIn(items), (a, b) => asks(a, b) || asks(b, a));
  const card = changed && pane.querySelector(`[data-item="${CSS.escape(changed)}"]`);
  if (!card) return;
  card.classList.add("is-aimed");
  if (!focusLost) return;
  card.scrollIntoView({ block: "nearest" });
  card.querySelector("summary, a, button")?.focus({ preventScroll: true });
}

// Unfolds one post of the tab and brings it into view.
export function aimAtPost(pane, itemId) {
  const card = pane.querySelector(`[data-item="${CSS.escape(itemId)}"]`);
  if (!card) return;
  const fold = card.querySelector("details");
  if (fold && card.tagName === "LI") fold.open = true;
  card.classList.add("is-aimed");
  card.scrollIntoView({ block: "center" });
  card.querySelector("a, summary")?.focus({ preventScroll: true });
}
