// What an editor says of copies: that a folded post is not the same, that two posts are the same. Until the story
// shows it, the row says that it is being done.

import { get, itemPath } from "./api.js";
import { busy, CopyRow, firstWords, named } from "./copy_row.js";
import { h } from "./dom.js";
import { introduced, platform, poster, whereAndWhen } from "./format.js";

const AT_FIRST = 3; // suggestions of one statement that are shown
const MOST_KNOWN = 200;

const elsewhere = new Map(); // posts of other stories: id -> item
// Says what has been done; always the same node, so that a screen reader hears it.
const told = h("p", { class: "said copy-told", role: "status" });

const key = (what, ...ids) => ["copy", what, ...ids.map(encodeURIComponent)].join("-");
const row = (name, ...rest) => busy.get(name) || new CopyRow(name, ...rest);

// Of a post that is folded under `shown`; null where there is nothing to say.
export function foldedRow(item, shown, story) {
  if (!story || item.state === "GONE" || !item.duplicateOf?.itemId) return null;
  // A reshare without words of its own is no copy by any rule of ours: the platform says what it is.
  const ownWords = !item.repostOf || (item.text || "").trim();
  const about = `as ${named(shown, story)}: ${named(item, story)}`;
  const apart = {
    label: "Not the same",
    about,
    same: false,
    say: "It becomes a statement of its own, and stays one, also when posts are read again.",
  };
  return row(key("folded", item.id), story, item, {
    choices: ownWords ? [apart] : [],
    other: shown,
    like: item.duplicateOf.likeId,
  }).node;
}

// Folding by hand what the program did not suggest.
export function sameAsRow(shown, others, story) {
  if (!story || !others.length || shown.state === "GONE") return null;
  const choice = {
    label: "Same as…",
    about: `(${named(shown, story)})`,
    same: true,
    send: "Fold",
    say: "Both become one statement, shown once with all the places it was posted.",
  };
  return row(key("same", shown.id), story, shown, { choices: [choice], others, plain: true }).node;
}

function suggestionRow(item, other, like, story) {
  const about = `as ${named(other, story)}`;
  const choices = [
    {
      label: "Same",
      about,
      same: true,
      say: "Both become one statement, shown once with all the places it was posted.",
    },
    { label: "Not the same", about, same: false, say: "These two posts stay apart, whatever the rules find." },
  ];
  return row(key("may", item.id, other.id), story, item, { choices, other, like }).node;
}

function suggestionWords(item, shown, other, story) {
  const words = firstWords(other);
  const own = item === shown ? "May" : `Its copy on ${platform(item)} may`;
  const there = other.storyId && other.storyId !== story.id ? other.storyId : story.id;
  const ids = [there, "posts", other.id].map(encodeURIComponent);
  return h(
    "p",
    {},
    `${own} be the same as `,
    h("bdi", {}, introduced(poster(other, story))),
    ` (${whereAndWhen(other)}`,
    words ? [": ", h("bdi", { lang: other.language || null }, `“${words}”`)] : "",
    ") ",
    h("a", { href: `#/story/${ids.join("/")}` }, there === story.id ? "Show it" : "In another story"),
  );
}

function suggestion({ item, id, like }, shown, story, byId) {
  const line = h("li", { class: "may-copy", data: { other: id } });
  const fill = (other) => {
    if (other.state === "GONE") line.remove();
    else line.append(suggestionWords(item, shown, other, story), suggestionRow(item, other, like, story));
  };
  const known = byId.get(id) || elsewhere.get(id);
  if (known) fill(known);
  else
    get(itemPath(id)).then(
      ({ data }) => {
        if (elsewhere.size > MOST_KNOWN) elsewhere.clear();
        elsewhere.set(id, data);
        fill(data);
      },
      () => line.remove(),
    );
  return line;
}

// What the statement may be the same as, best first: an editor is asked. together: whether two ids are folded.
export function suggestions(members, shown, story, byId, together) {
  const seen = new Set();
  const asked = members
    .filter((item) => item.state !== "GONE")
    .flatMap((item) =>
      (item.mayCopy || []).map((one) => ({ item, id: one.itemId, like: one.likeId, score: one.score || 0 })),
    )
    .filter(({ id }) => id && !together(shown.id, id) && byId.get(id)?.state !== "GONE")
    .sort((a, b) => b.score - a.score)
    .filter(({ id }) => !seen.has(id) && seen.add(id));
  if (!asked.length) return null;
  const lines = asked.map((one) => suggestion(one, shown, story, byId));
  const more = lines.length - AT_FIRST;
  return h(
    "div",
    { class: "may-copies", role: "group", "aria-label": "Perhaps the same" },
    h("ul", {}, lines.slice(0, AT_FIRST)),
    more > 0
      ? h(
          "details",
          {},
          h("summary", {}, `${more} more it may be the same as`),
          h("ul", {}, lines.slice(AT_FIRST)),
        )
      : null,
  );
}

export function toldLine(story) {
  if (told.dataset.story !== story.id) told.textContent = "";
  told.dataset.story = story.id;
  for (const [name, one] of busy) if (one.story.id !== story.id) busy.delete(name);
  return told;
}

// Called when the posts are shown anew. together(a, b): whether they are folded; asked(a, b): whether an editor is
// still asked. Returns the id of a post that an answer has changed; empty: none.
export function settle(byId, together, asked) {
  let changed = "";
  for (const [name, { item, pending }] of busy) {
    if (!pending) continue;
    const now = together(item.id, pending.of);
    const open = pending.same ? !now : now || asked(item.id, pending.of);
    if (open && byId.has(item.id)) continue; // else it has gone to another story
    busy.delete(name);
    told.textContent = pending.same
      ? `Done: folded by ${pending.by}, they are one statement now.`
      : `Done: kept apart by ${pending.by}.`;
    changed = item.id;
  }
  return changed;
}
