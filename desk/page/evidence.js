// What was found in a post's text: people, organisations, places, days and quotes are underlined where they stand, each
// kind in a line of its own, and listed below with what was found and why. The list is what keyboards and screen readers
// use; a click on underlined words leads to their line in it.

import { h, outLink } from "./dom.js";
import { count, toldDay } from "./format.js";
import { located, wrapped } from "./spans.js";

// In the order they lie in each other: a quote holds names, a name may hold a place ("City of Paris").
const KINDS = {
  quote: ["Quote", "quote", "quotes"],
  organisation: ["Organisation", "organisation", "organisations"],
  person: ["Person", "person", "people"],
  day: ["Day", "day", "days"],
  place: ["Place", "place", "places"],
};
// The rules of processors/mentions*.cpp, places.cpp and dates.cpp in plain words; others as they are called.
const WHY = {
  name: "a name or alias in the register",
  handle: "the account is in the register",
  "profile-link": "a link to an account in the register",
  title: "a title stands before the name",
  "title-list": "one of several names behind a title",
  apposition: "a role stands beside the name",
  "given-name": "begins with a known given name",
  speaker: "said to have spoken",
  gazetteer: "a name in the gazetteer",
  registry: "a place of an official in the register",
  role: "part of an official's role",
  calendar: "day and month are written",
  weekday: "the weekday, counted from the day of the post",
  relative: "counted from the day of the post",
};
const LONGEST = 60; // characters of a quote that stand for it in the list
const shortened = (words) =>
  words.length > LONGEST ? `${words.slice(0, LONGEST).replace(/\s+\S*$/, "")} …` : words;
const whyOf = (rule) => (Object.hasOwn(WHY, rule || "") ? WHY[rule] : (rule || "").replace(/-/g, " "));

// Who or what that is elsewhere; null where nothing is known.
function idOf({ id, wikidata, kind }) {
  const [scheme, code] = /^(wikidata|geonames):(\w+)$/.exec(id || "")?.slice(1) || [];
  const q = [code, wikidata].find((one) => /^Q\d+$/.test(one || ""));
  const links = [
    scheme === "geonames" ? outLink(`https://www.geonames.org/${code}/`, `GeoNames ${code}`) : null,
    q ? outLink(`https://www.wikidata.org/wiki/${q}`, `Wikidata ${q}`) : null,
    id && !scheme ? `${kind === "official" || kind === "person" ? "in the register as" : "id"} ${id}` : null,
  ].filter(Boolean);
  return links.length ? links.flatMap((one) => [", ", one]) : null;
}

const named = (kind) => (one) => ({
  kind,
  begin: one.begin,
  end: one.end,
  key: [one.name, one.id, one.role].join("\n"),
  what: [h("b", {}, h("bdi", {}, one.name)), one.role ? [", ", h("bdi", {}, one.role)] : "", idOf(one)],
  why: whyOf(one.rule),
});

const day = (one) => ({
  kind: "day",
  begin: one.begin,
  end: one.end,
  key: [toldDay(one), one.begin].join("\n"),
  what: [h("b", {}, toldDay(one))],
  why: whyOf(one.rule),
});

const quote = (one) => ({
  kind: "quote",
  begin: one.begin,
  end: one.end,
  key: `${one.begin || 0} ${one.end}`,
  what: [h("b", {}, h("bdi", {}, one.speaker?.name || "speaker not told"))],
  why: [one.reason || (one.basis || "").replace(/-/g, " "), one.cue ? `verb “${one.cue}”` : ""]
    .filter(Boolean)
    .join("; "),
});

// Everything that was found in the text, located in it; `entry` numbers what is one line of the list.
function foundIn(item) {
  const mentions = item.mentions || [];
  const kindOf = ({ kind }) => (kind === "organisation" ? "organisation" : kind === "place" ? "place" : "person");
  const all = [
    ...(item.quotes || []).map(quote),
    ...mentions.map((one) => named(kindOf(one))(one)),
    ...(item.dates || []).map(day),
    ...(item.places || []).map(named("place")),
  ];
  const entries = new Map();
  const spans = located(item.text || "", all).map((span) => {
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
