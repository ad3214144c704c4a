// Times, languages, platforms, and spans given in UTF-8 bytes. All times are shown in UTC, as in the drafts.

const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const LONG_DAY = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language" });
const PLATFORMS = {
  facebook: "Facebook",
  instagram: "Instagram",
  threads: "Threads",
  x: "X",
  bluesky: "Bluesky",
  mastodon: "Mastodon",
  telegram: "Telegram",
  youtube: "YouTube",
  // Brought in by hand only; as platform_label of core/item.cpp.
  web: "the web",
  tiktok: "TikTok",
  linkedin: "LinkedIn",
  vk: "VK",
  ok: "Odnoklassniki",
  whatsapp: "WhatsApp",
  weibo: "Weibo",
  manual: "file with the newsroom",
};

// Empty for what is no time.
const written = (format, stamp) => (Number.isNaN(Date.parse(stamp)) ? "" : format.format(new Date(stamp)));
export const day = (stamp) => written(DAY, stamp);
export const time = (stamp) => written(TIME, stamp);
export const dayAndTime = (stamp) => (day(stamp) ? `${day(stamp)}, ${time(stamp)} UTC` : "");

// When an item was posted: no time where only its day is known, no date where none is.
export const postedAt = (item) =>
  (item.dayOnly ? day(item.createdAt) : dayAndTime(item.createdAt)) || "undated";
// When it was edited; empty where that is not known.
export const editedTime = (item) =>
  item.editedDayOnly ? day(item.editedAt) : dayAndTime(item.editedAt);
// When it was posted, where the day goes without saying.
export const postedTime = (item) =>
  item.dayOnly || !item.createdAt ? postedAt(item) : `${time(item.createdAt)} UTC`;

// "2026-11-26" and times of the desk's reasons as the page writes them.
export const inPageDates = (text) =>
  String(text || "").replace(
    /\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00))?/g,
    (stamp, clock) => (clock ? dayAndTime(stamp) : day(stamp)) || stamp,
  );

// A reason begins with the name of its code, for programs: "FAILED_PRECONDITION: …". Editors read the words.
export const plainReason = (text) =>
  String(text || "").replace(
    /\b(CANCELLED|UNKNOWN|INVALID_ARGUMENT|DEADLINE_EXCEEDED|NOT_FOUND|ALREADY_EXISTS|PERMISSION_DENIED|RESOURCE_EXHAUSTED|FAILED_PRECONDITION|ABORTED|OUT_OF_RANGE|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS|UNAUTHENTICATED): /g,
    "",
  );

// "Tuesday 19 Apr 2022, 18:30": the day that a text names, with the time named beside it.
export function toldDay({ first, last, time: at }) {
  const days = [first, last === first ? "" : last].map((one) => written(LONG_DAY, one)).filter(Boolean);
  return [days.join(" to "), at].filter(Boolean).join(", ");
}

// Of a story. Where its first time is a day only, no post of that day has a time.
export function period({ firstAt: first, lastAt: last, firstDayOnly }) {
  if (!first || !last) return day(first || last);
  if (day(first) !== day(last)) return `${day(first)} to ${day(last)}`;
  if (firstDayOnly) return day(first);
  return time(first) === time(last)
    ? `${day(first)}, ${time(first)}`
    : `${day(first)}, ${time(first)} to ${time(last)}`;
}
export const periodUtc = (story) => period(story).replace(/:\d\d$/, "$& UTC");

export function language(tag) {
  if (!tag) return "";
  try {
    return LANGUAGES.of(tag);
  } catch {
    return tag;
  }
}

export function platform(item) {
  if (item.platform === "feed") {
    try {
      return new URL(item.url).hostname.replace(/^www\./, "");
    } catch {
      return "website";
    }
  }
  return PLATFORMS[item.platform] || item.platform || "";
}

// "Facebook"; "on file with the newsroom".
const where = (item) => (item.platform === "manual" ? `on ${PLATFORMS.manual}` : platform(item));
// "Facebook, 14 Apr 2022, 06:12 UTC". No date is invented where none is known.
export const whereAndWhen = (item) => `${where(item)}, ${postedAt(item)}`;
export const platformName = (name) => (name === "feed" ? "website" : PLATFORMS[name] || name || "");

// "Brought in by hand by Mira, 26 Nov 2026"; empty for what a collector has read.
export function broughtIn(item) {
  if (!item.intake) return "";
  const by = (item.intake.by || "").trim();
  return [`Brought in by hand${by ? ` by ${by}` : ""}`, day(item.intake.at)].filter(Boolean).join(", ");
}

// As typed: without case and accents.
const ASCII = /^[\0-\x7f]*$/; // nearly all that is compared, and much quicker
export const folded = (text) =>
  (ASCII.test(text) ? String(text) : String(text).normalize("NFD").replace(/\p{M}/gu, "")).toLowerCase();

export const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;

// [before, inside, after] of a text by byte offsets.
const encoder = new TextEncoder();
const decoder = new TextDecoder();
export function byteParts(text, begin, end) {
  const bytes = encoder.encode(text);
  return [bytes.subarray(0, begin), bytes.subarray(begin, end), bytes.subarray(end)].map((part) =>
    decoder.decode(part),
  );
}

// What a draft's Support calls a field: "text", "media[0].caption", "repost_of.text" …
export function fieldOf(item, name) {
  let at = item;
  for (const step of name.split(/\.|\[|\]\.?/).filter(Boolean)) {
    if (at === undefined || at === null) return "";
    at = at[step.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())];
  }
  return typeof at === "string" ? at : "";
}

export function fieldLabel(name) {
  const media = /^(?:repost_of\.)?media\[(\d+)\]\.(.+)$/.exec(name);
  const words = {
    text: "text",
    title: "title",
    summary: "summary",
    url: "address",
    caption: "caption",
    alt_text: "alt text",
    "embedded.caption": "embedded caption",
    "embedded.headline": "embedded headline",
    "embedded.alt_text": "embedded alt text",
  };
  const bare = media?.[2].replace(/\.other_captions\[\d+\]\.text$/, ".caption");
  return media ? `${words[bare] || bare} of picture ${Number(media[1]) + 1}` : words[name] || name;
}

// Who posted an item, as the story knows them.
export function poster(item, story) {
  const official = (story?.officials || []).find(
    (one) => one.officialId && one.officialId === item.officialId,
  );
  const own = item.attribution && item.attribution.officialId === item.officialId ? item.attribution : {};
  return {
    name:
      official?.name || own.name || item.author?.name || item.author?.handle || item.accountId || "Unknown",
    role: own.role || official?.role || "",
  };
}

// A role that the name says already ("City of Paris") is not said again.
export const shownRole = ({ name, role }) =>
  role && !(name || "").includes(role.split(" of ").pop()) ? role : "";
export const introduced = (one) => (shownRole(one) ? `${one.name}, ${one.role}` : one.name);

// "78 %"; empty where nobody said.
export const percent = ({ confidence }) => (confidence ? `${Math.round(confidence * 100)} %` : "");
// "78 % sure; words: “trams”", of a section.
export const howSure = (section) =>
  [percent(section) && `${percent(section)} sure`, section.reason].filter(Boolean).join("; ");
