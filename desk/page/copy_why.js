// Why two posts are folded, or are not, in plain words: what an editor has said, what the rules say, each rule and
// whether it holds, and the figures it rests on. Asked for when somebody unfolds it.

import { get, itemPath } from "./api.js";
import { h } from "./dom.js";
import { count, day, dayAndTime, inPageDates, platformName } from "./format.js";
import { inWords } from "./who.js";

const told = new Map(); // path -> what the desk said last: shown at once when the story is shown anew
const MOST_TOLD = 100;

const percent = (share) => `${Math.round(share * 100)} %`;
const yesNo = (yes) => (yes ? "yes" : "no");

function apart(hours) {
  if (hours < 1) return count(Math.round(hours * 60), "minute", "minutes");
  if (hours < 48) return `${Math.round(hours * 10) / 10} hours`;
  return count(Math.round(hours / 24), "day", "days");
}

const daysApart = (days) => (days ? count(days, "day", "days") : "the same day");

// In the order an editor would ask.
const FIGURES = [
  ["same_person", "Same person", yesNo],
  ["same_platform", "Same platform", yesNo],
  ["hours_apart", "Posted apart", apart],
  ["days_apart", "Posted apart", daysApart],
  ["words_inside", "Words of the shorter post that are in the other", percent],
  ["in_order", "Its words that are in the other in their order", percent],
  ["replaced", "Places that say something else", String],
  ["negated", "One says no where the other does not", yesNo],
  ["shingles_inside", "Its runs of words that are in the other", percent],
  ["similarity", "Likeness of the two texts as a whole", percent],
  ["lengths", "Length of the shorter, measured by the longer", percent],
  ["same_start", "Both begin with the same words", yesNo],
  ["numbers_agree", "Numbers agree", yesNo],
  ["names_agree", "Names agree", yesNo],
  ["same_link", "Both link to the same page", yesNo],
  ["shared_pictures", "Pictures in both", String],
];

const VERDICTS = {
  fold: "The rules fold them",
  ask: "The rules are not sure, so an editor is asked",
  apart: "The rules keep them apart",
};

const sentence = (words) => (/[.!?…]$/.test(words) ? words : `${words}.`);

// "The rules fold them: the same person on another platform (93 %)."
function byRules(why) {
  const verdict = VERDICTS[why.answer] || "What the rules say is not told";
  const score = why.score ? ` (${percent(why.score)})` : "";
  return sentence(why.reason ? `${verdict}: ${inPageDates(why.reason)}${score}` : `${verdict}${score}`);
}

function byEditor({ by, at, same }) {
  const when = dayAndTime(at) ? ` on ${dayAndTime(at)}` : "";
  return [
    same ? "Folded by " : "Kept apart by ",
    h("bdi", {}, by || "an editor"),
    `${when}. That holds, whatever the rules say.`,
  ];
}

function post(one) {
  const where = [
    platformName(one.platform),
    (one.day_only ? day : dayAndTime)(one.at) || "undated",
    one.words === undefined ? "" : count(one.words, "word", "words"),
  ];
  return h(
    "li",
    {},
    h("bdi", {}, one.name || one.id),
    `, ${where.filter(Boolean).join(", ")}`,
    one.shown ? h("b", {}, ", shown") : null,
  );
}

function rule({ rule: name, holds, why }) {
  return h(
    "li",
    { class: holds ? "holds" : "" },
    h("span", { class: "mark", "aria-hidden": "true" }, holds ? "✓" : "✗"),
    h("span", { class: "unseen" }, holds ? "Holds: " : "Does not hold: "),
    h("span", { class: "rule" }, (name || "").replace(/-/g, " ")),
    why ? `: ${inPageDates(why)}` : "",
  );
}

function figures(all) {
  const known = FIGURES.filter(([name]) => all[name] !== undefined && all[name] !== null);
  if (!known.length) return null;
  return [
    h("p", { class: "why-head" }, "Figures"),
    h(
      "dl",
      { class: "facts" },
      known.map(([name, label, words]) => [h("dt", {}, label), h("dd", {}, words(all[name]))]),
    ),
  ];
}

// why: the desk's explanation.
export function explained(why) {
  const byOthers = why.folded && why.answer !== "fold" && !why.editor?.same;
  const rules = why.rules || [];
  return [
    why.editor ? h("p", { class: "by-editor" }, byEditor(why.editor)) : null,
    h("p", {}, byRules(why)),
    byOthers ? h("p", {}, "They stand under one statement by way of other posts.") : null,
    h("ul", { class: "pair" }, (why.items || []).map(post)),
    rules.length
      ? [h("p", { class: "why-head" }, "Rules"), h("ul", { class: "rules" }, rules.map(rule))]
      : null,
    figures(why.figures || {}),
  ];
}

function remember(path, why) {
  if (told.size > MOST_TOLD) told.clear();
  told.set(path, why);
}

// item, other: ids; about: words for who does not see where it stands.
export function whyBox(item, other, about) {
  const path = `${itemPath(item)}/copies?of=${encodeURIComponent(other)}`;
  const box = h("div", { class: "why-words" });
  const fill = (...words) => box.replaceChildren(h("div", {}, ...words));
  if (told.has(path)) fill(explained(told.get(path)));
  else fill("Loading");
  const summary = h(
    "summary",
    { id: `why-${encodeURIComponent(item)}-${encodeURIComponent(other)}` },
    "Why?",
    h("span", { class: "unseen" }, ` ${about}`),
  );
  const details = h("details", { class: "copy-why" }, summary, box);
  details.addEventListener("toggle", async () => {
    if (!details.open) return;
    try {
      const { data } = await get(path);
      remember(path, data);
      fill(explained(data));
    } catch (error) {
      fill(h("span", { class: "problem", role: "alert" }, inWords(error)));
    }
  });
  return details;
}
