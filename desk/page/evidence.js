// What was found in a post's text: people, organisations, places, days and quotes are underlined where they stand, each
// kind in a line of its own, and listed below with what was found and why. The list is what keyboards and screen readers
// use; a click on underlined words leads to their line in it.

import { h, outLink } from "./dom.js";
import { count } from "./format.js";
import { everythingFound } from "./found.js";
import { located, wrapped } from "./spans.js";

// In the order they lie in each other: a quote holds names, a name may hold a place ("City of Paris").
const KINDS = {
  quote: ["Quote", "quote", "quotes"],
  organisation: ["Organisation", "organisation", "organisations"],
  person: ["Person", "person", "people"],
  day: ["Day", "day", "days"],
  place: ["Place", "place", "places"],
};
const LONGEST = 60; // characters of a quote that stand for it in the list
const shortened = (words) =>
  words.length > LONGEST ? `${words.slice(0, LONGEST).replace(/\s+\S*$/, "")} …` : words;

// Everything that was found in the text, located in it; `entry` numbers what is one line of the list.
function foundIn(item) {
  const entries = new Map();
  const spans = located(item.text || "", everythingFound(item)).map((span) => {
    const key = `${span.kind}\n${span.key}`;
    if (!entries.has(key)) entries.set(key, { ...span, number: entries.size, times: 0 });
    entries.get(key).times += 1;
    return { ...span, entry: entries.get(key).number };
  });
  return { spans, entries: [...entries.values()] };
}

const layersOf = (spans) => Object.keys(KINDS).map((kind) => spans.filter((span) => span.kind === kind));

function line(entry, text, show) {
  const words = text.slice(entry.from, entry.to).replace(/\s+/g, " ").trim();
  return h(
    "li",
    { data: { entry: entry.number } },
    h("button", { type: "button", class: "plain", "aria-label": `Show in the post: ${shortened(words)}`, on: { click: () => show(entry) } },
      h("bdi", { class: `found is-${entry.kind}` }, shortened(words)),
    ),
    h("span", { class: "found-kind" }, ` ${KINDS[entry.kind][0]}: `),
    entry.what,
    entry.times > 1 ? `, ${entry.times} times` : "",
    entry.why ? h("span", { class: "found-why" }, `. Why: `, h("bdi", {}, entry.why)) : "",
  );
}

// "2 people", "1 place", each underlined as in the text: the legend.
function legend(entries) {
  const parts = Object.entries(KINDS).flatMap(([kind, [, one, many]]) => {
    const n = entries.filter((entry) => entry.kind === kind).length;
    return n ? [h("span", { class: `found is-${kind}` }, count(n, one, many))] : [];
  });
  return parts.flatMap((part, i) => [i ? ", " : "", part]);
}

// [the paragraph with the post's text, the list of what was found in it or null]. The text's links are links.
export function textWithEvidence(item) {
  const text = item.text || "";
  const { spans, entries } = foundIn(item);
  const links = located(
    text,
    (item.facets || []).filter((one) => one.kind === undefined || one.kind === "LINK"),
  );
  const wrap = (span, children) =>
    span.kind in KINDS
      ? h("span", { class: `found is-${span.kind}`, data: { found: span.entry } }, children)
      : outLink(span.target, children);
  const words = h(
    "p",
    { class: "post-text", lang: item.language || null, dir: "auto" },
    wrapped(text, 0, text.length, [links, ...layersOf(spans)], wrap),
  );
  if (!entries.length) return [words, null];
  const light = (number) => {
    for (const one of [...words.querySelectorAll("[data-found]"), ...list.querySelectorAll("[data-entry]")])
      one.classList.toggle("is-lit", (one.dataset.found ?? one.dataset.entry) === String(number));
  };
  const show = ({ number }) => {
    light(number);
    words.querySelector(".is-lit")?.scrollIntoView({ block: "nearest" });
  };
  const list = h(
    "details",
    { class: "evidence" },
    h("summary", {}, "Underlined: ", legend(entries)),
    h(
      "ul",
      {},
      entries.map((entry) => line(entry, text, show)),
    ),
  );
  words.addEventListener("click", (event) => {
    const found = event.target.closest("[data-found]");
    if (!found || event.target.closest("a") || !getSelection().isCollapsed) return;
    list.open = true;
    light(found.dataset.found);
    const row = list.querySelector(".is-lit");
    row.scrollIntoView({ block: "nearest" });
    row.querySelector("button").focus({ preventScroll: true });
  });
  return [words, list];
}
