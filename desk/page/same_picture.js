// Which other post has the same photograph, and what the program has stored of how the two are one. What it is folded
// into was collected before it, which says nothing of who posted it first: no words here say so either.

import { h } from "./dom.js";
import { introduced, poster, whereAndWhen } from "./format.js";

const differ = ({ distance }) => ` (${distance || 0} of 256 bits differ)`;

// In the words of `copytaster explain` (processors/picture_match.cpp).
const RULES = {
  "same-bytes": () => "the same file",
  "same-picture": (fold) => `the same picture${differ(fold)}`,
  turned: (fold) => `turned or mirrored${differ(fold)}`,
  cut: ({ agreement }) =>
    `cut, framed or written on (${Math.round((agreement || 0) * 100)} % agreement in what both show)`,
};
// Empty where no reason is stored.
const words = (fold) => (fold && Object.hasOwn(RULES, fold.rule) ? RULES[fold.rule](fold) : "");

// A picture's key is its post's id, "#" and the first 16 digits of its SHA-256.
const keyOf = (item, media) => `${item.id}#${(media?.sha256 || "").slice(0, 16)}`;
const itemOf = (key) => key.slice(0, Math.max(0, key.lastIndexOf("#")));
// The picture that it was compared with.
const matched = (media) => media.fold?.likeKey || media.foldedInto || "";

function numbered(numbers, of) {
  if (of === 1) return "The picture is";
  if (numbers.length === 1) return `Picture ${numbers[0]} is`;
  return `Pictures ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)} are`;
}

// One line for all pictures of a post that are also in one other post, in one way. shown: the post that it is
// folded under, or null; byId: the story's posts.
export function alsoElsewhere(item, shown, story, byId) {
  const all = item.media || [];
  const where = (key) => {
    const id = itemOf(key);
    if (shown && id === shown.id) return "the post above";
    const known = byId?.get(id);
    return known
      ? `the post by ${introduced(poster(known, story))} (${whereAndWhen(known)})`
      : "a post that is not in this story";
  };
  const lines = new Map(); // what is said of them -> their numbers
  all.forEach((media, i) => {
    if (!media.foldedInto) return;
    const by = media.fold?.likeKey ? `, by way of the one in ${where(media.fold.likeKey)}` : "";
    const how = words(media.fold);
    const said = `${where(media.foldedInto)}${how ? `: ${how}` : ""}${by}`;
    lines.set(said, [...(lines.get(said) || []), i + 1]);
  });
  return [...lines].map(([said, numbers]) =>
    h("p", { class: "same-picture" }, `${numbered(numbers, all.length)} also in ${said}`),
  );
}

// How `other` shows the picture number `index` of `item`; empty where the two were not compared with each other.
export function shownAgain(item, index, other) {
  const own = item.media?.[index];
  if (own && itemOf(matched(own)) === other.id) return words(own.fold);
  const again = (other.media || []).find((media) => matched(media) === keyOf(item, own));
  return again ? words(again.fold) : "";
}
