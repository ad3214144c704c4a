// What is one statement: a post and its copies and reshares, as desk/material.cpp folds them; why each stands under
// it, who else said the same words, and how far they went.

import { count, introduced, platform, postedTime, poster } from "./format.js";

export const isRepost = (item) => Boolean(item.repostOf?.itemId || item.repostOf?.url);
const isReshare = (item) => item.duplicateOf?.rule === "reshare" || isRepost(item);

// [root id, items] of each, in order of first appearance.
function grouped(items) {
  const byId = new Map(items.map((item) => [item.id, item]));
  const rootOf = (item) => {
    let id = item.id;
    let at = item;
    for (let hop = 0; hop < 8 && at; hop += 1) {
      const pure = isRepost(at) && !(at.text || "").trim();
      const next = at.duplicateOf?.itemId || (pure ? at.repostOf.itemId : "");
      if (!next || next === id || (pure && !byId.has(next))) break;
      id = next;
      at = byId.get(next);
    }
    return id;
  };
  const groups = new Map();
  for (const item of items) {
    const root = rootOf(item);
    groups.set(root, [...(groups.get(root) || []), item]);
  }
  return [...groups];
}

export function statements(items) {
  return grouped(items).map(([root, members]) => {
    const live = members.filter((item) => item.state !== "GONE");
    const shown =
      live.find((item) => item.id === root) ||
      [...live].sort((a, b) => (b.text || "").length - (a.text || "").length)[0] ||
      members[0];
    return { shown, others: members.filter((item) => item !== shown) };
  });
}

// (a, b): whether the two ids stand under one statement. A root that is in another story counts too.
export function togetherIn(items) {
  const roots = new Map();
  for (const [root, members] of grouped(items)) {
    roots.set(root, root);
    for (const item of members) roots.set(item.id, root);
  }
  return (a, b) => roots.has(a) && roots.get(a) === roots.get(b);
}

const percent = (score) => (score ? ` ${Math.round(score * 100)} %` : "");

// The ids in a reason are the desk's own names of posts: said as an editor would point at them.
function inPlainWords(reason, { itemId, likeId }, byId) {
  const like = byId.get(likeId);
  const pointed = like
    ? `the post on ${platform(like)}${like.createdAt ? ` of ${postedTime(like)}` : ""}`
    : "another copy of it";
  const words = likeId && likeId !== itemId ? (reason || "").replaceAll(likeId, pointed) : reason || "";
  return words.replaceAll(itemId, "the post above");
}

export function whyFolded(item, byId) {
  const d = item.duplicateOf;
  if (!d?.itemId) return isRepost(item) ? "Reshared without words of its own." : "";
  const reason = inPlainWords(d.reason, d, byId);
  if (d.rule === "editor") {
    const by = (d.by || "").trim() || "an editor";
    return [`Folded by ${by}`, reason.includes(by) ? "" : reason].filter(Boolean).join("; ");
  }
  const other = isReshare(item) ? "Passed on by another person" : "Another person";
  const who = d.relation === "other-person" ? other : "Same person";
  return `${who}: ${(d.rule || "").replace(/-/g, " ")}${percent(d.score)}; ${reason}`;
}

// The others by what they are: the same person's, other people's own posts, and what only passes them on.
export function byKind(others) {
  const passedOn = others.filter(isReshare);
  const own = others.filter((item) => !isReshare(item));
  const sayers = own.filter((item) => item.duplicateOf?.relation === "other-person");
  return { copies: own.filter((item) => !sayers.includes(item)), sayers, passedOn };
}

// Other people who say the same in posts of their own, each once.
export function alsoSaidBy(sayers, story) {
  const live = sayers.filter((item) => item.state !== "GONE");
  return [...new Set(live.map((item) => introduced(poster(item, story))))];
}

// How far the words went; that confirms nothing. "12 reshares, 3 by officials"; empty where none is counted.
export function reach(members) {
  const live = members.filter((item) => item.state !== "GONE");
  const byOfficials = live.filter((item) => isReshare(item) && item.officialId).length;
  const counted = live
    .filter((item) => !isReshare(item))
    .reduce((sum, item) => sum + (Number(item.engagement?.reposts) || 0), 0);
  if (counted <= byOfficials)
    return byOfficials ? count(byOfficials, "reshare by an official", "reshares by officials") : "";
  return `${count(counted, "reshare", "reshares")}${byOfficials ? `, ${byOfficials} by officials` : ""}`;
}
