// What was found in a post, as it is told to an editor: what kind of thing, who or what that is, and why.

import { h, outLink } from "./dom.js";
import { toldDay } from "./format.js";

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

// {kind, begin, end, key: equal for what is one thing, what: children for h(), why}.
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

const kindOf = ({ kind }) => (kind === "organisation" || kind === "place" ? kind : "person");

// Everything that was found in the item's text, or elsewhere in it: that has no bytes.
export const everythingFound = (item) => [
  ...(item.quotes || []).map(quote),
  ...(item.mentions || []).map((one) => named(kindOf(one))(one)),
  ...(item.dates || []).map(day),
  ...(item.places || []).map(named("place")),
];
