// The tabs Pictures, Quotes and Background.

import { copyButton, h, outLink, picture } from "./dom.js";
import { handFlag } from "./flags.js";
import { broughtIn, day, introduced, language, platform, poster, whereAndWhen } from "./format.js";
import { get, itemPath } from "./api.js";
import { mayExportFile, rightsRow, stateOf } from "./rights.js";
import { shownAgain } from "./same_picture.js";

const ORIGINS = {
  alt: "alt text",
  description: "the platform's description",
  figcaption: "figure caption",
  iptc: "IPTC in the file",
  xmp: "XMP in the file",
  exif: "EXIF in the file",
  "post-sentence": "a sentence of the post",
  embedded: "the file's metadata",
  ocr: "words read in the picture",
};
const originOf = (caption) =>
  [
    ORIGINS[caption.origin] || caption.origin,
    language(caption.language),
    caption.confidence ? `${Math.round(caption.confidence * 100)} % sure` : "",
  ]
    .filter(Boolean)
    .join(", ");

// other: the post it came from, where that is not the one that is shown.
function captionLine(caption, main, other, story) {
  return h(
    main ? "p" : "li",
    { class: main ? "caption" : "" },
    h("span", { lang: caption.language || null, dir: "auto" }, caption.text),
    h("span", { class: "origin" }, ` From ${originOf(caption)}`, other ? [": ", from(other, story)] : ""),
  );
}

const from = (item, story) => [
  outLink(item.url, `${introduced(poster(item, story))}, ${whereAndWhen(item)}`),
  " ",
  handFlag(item),
];

function alsoInLine(one, item, index, story) {
  const how = item ? shownAgain(item, index, one) : "";
  return h(
    "li",
    {},
    outLink(one.url, `${introduced(poster(one, story))}, ${platform(one)}`),
    how ? h("span", { class: "same-picture" }, `: ${how}`) : null,
    " ",
    handFlag(one),
  );
}

// What may not leave the house is no link to its file.
const wholePicture = (shown, image) =>
  shown.sha256 && mayExportFile(shown.rights)
    ? h("a", { href: `/media/${shown.sha256}`, target: "_blank", rel: "noopener" }, image)
    : h("div", {}, image);

// Caption and credit are copied to print the picture, so not of one that must not be.
const copyCaption = (shown, credit) =>
  stateOf(shown.rights) === "refused"
    ? h("span", { class: "rights-mark" }, "Refused: caption and credit are not copied.")
    : copyButton("Copy caption and credit", `${shown.caption?.text || ""}\n${credit}`.trim());

// Of what may only be embedded the platform gives the picture, with its post.
const embedLine = (shown, item) =>
  stateOf(shown.rights) === "embed-only" && item?.url
    ? h("p", { class: "embed" }, "Seen here small; show readers ", outLink(item.url, "the post itself"))
    : null;

function pictureCard(shown, story, byId) {
  const item = byId.get(shown.itemId);
  const media = item?.media?.[shown.mediaIndex || 0];
  const others = (shown.otherCaptions || media?.captions || []).filter(
    (one) => one.text && one.text !== shown.caption?.text,
  );
  const elsewhere = (caption) => (caption.itemId === shown.itemId ? null : byId.get(caption.itemId));
  const credit = shown.attribution?.creditLine || "";
  const alsoIn = (shown.alsoIn || []).map((id) => byId.get(id)).filter(Boolean);
  return h(
    "article",
    { class: "picture" },
    wholePicture(
      shown,
      picture(shown.sha256, 960, shown.altText || shown.caption?.text) ||
        h("span", { class: "no-picture" }, media?.problem || "The picture has not been fetched yet"),
    ),
    shown.caption?.text
      ? captionLine(shown.caption, true, elsewhere(shown.caption), story)
      : h("p", { class: "reason" }, "No caption came with it."),
    credit
      ? h(
          "p",
          { class: "credit" },
          h("span", { class: "credit-line" }, credit),
          " ",
          copyCaption(shown, credit),
        )
      : h("p", { class: "reason" }, "No credit line: do not print."),
    embedLine(shown, item),
    rightsRow(shown, media, `the picture posted by ${item ? introduced(poster(item, story)) : "an unknown account"}`),
    h(
      "dl",
      { class: "facts" },
      shown.altText ? [h("dt", {}, "Alt text"), h("dd", { dir: "auto" }, shown.altText)] : null,
      shown.attribution?.rule
        ? [
            h("dt", {}, "Credited by"),
            h(
              "dd",
              {},
              shown.attribution.rule.replace(/-/g, " "),
              shown.attribution.via ? `, via ${shown.attribution.via}` : "",
            ),
          ]
        : null,
      media?.width ? [h("dt", {}, "Size"), h("dd", {}, `${media.width} × ${media.height}`)] : null,
      item
        ? [
            h("dt", {}, "Posted"),
            h(
              "dd",
              {},
              outLink(item.url, `${introduced(poster(item, story))}, ${whereAndWhen(item)}`),
              " ",
              handFlag(item),
            ),
          ]
        : null,
      alsoIn.length
        ? [
            h("dt", {}, "Also in"),
            h(
              "dd",
              {},
              h(
                "ul",
                {},
                alsoIn.map((one) => alsoInLine(one, item, shown.mediaIndex || 0, story)),
              ),
            ),
          ]
        : null,
      others.length
        ? [
            h("dt", {}, "Other captions"),
            h(
              "dd",
              {},
              h(
                "ul",
                {},
                others.map((one) => captionLine(one, false, elsewhere(one), story)),
              ),
            ),
          ]
        : null,
    ),
  );
}

export function picturesTab(story, items) {
  const byId = new Map(items.map((item) => [item.id, item]));
  const all = story.pictures || [];
  if (!all.length) return h("p", { class: "state" }, "No pictures came with this story.");
  return h(
    "div",
    { class: "pictures" },
    all.map((one) => pictureCard(one, story, byId)),
    h(
      "p",
      { class: "reason wide" },
      "Rights are not cleared by a public post: ask the holder before you print.",
    ),
  );
}

function quoteCard(quote, item, story) {
  const speaker = quote.speaker || {};
  const by = poster(item, story);
  const unknown = !speaker.name && quote.basis !== "first-person";
  const ownWords = speaker.name || introduced(by);
  const said = unknown ? "Speaker not told" : speaker.role ? `${speaker.name}, ${speaker.role}` : ownWords;
  // Another's words are theirs, but we have them from who posted.
  const own = speaker.officialId
    ? speaker.officialId === item.officialId
    : !unknown && (!speaker.name || speaker.name === by.name);
  const who = own ? said : `${said}, quoted by ${by.name}`;
  const marks = quote.language === "en" ? ["“", "”"] : ["«", "»"];
  const basis = (quote.basis || "").replace(/-/g, " ");
  const told = [
    (quote.reason || "").includes(basis) ? "" : basis,
    quote.cue ? `verb “${quote.cue}”` : "",
    quote.reason || "",
  ]
    .filter(Boolean)
    .join("; ");
  return h(
    "figure",
    { class: "quote" },
    h(
      "blockquote",
      {
        lang: quote.language || item.language || null,
        dir: "auto",
        cite: /^https?:/.test(item.url || "") ? item.url : null,
      },
      marks[0],
      quote.text,
      marks[1],
    ),
    h(
      "figcaption",
      {},
      h("b", {}, who),
      h("span", { class: "where" }, ` ${whereAndWhen(item)} `),
      handFlag(item),
      h("span", { class: "flag language" }, language(quote.language || item.language) || "Language not told"),
      told ? h("p", { class: "reason" }, told) : null,
      h(
        "p",
        { class: "row-meta" },
        copyButton(
          "Copy quote",
          `${marks[0]}${quote.text}${marks[1]}\n${who}, on ${platform(item)}, ${day(item.createdAt) || "undated"}\n${[item.url, broughtIn(item)].filter(Boolean).join("\n")}`,
        ),
        " ",
        item.url ? outLink(item.url, "Open the post") : null,
      ),
    ),
  );
}

export function quotesTab(story, items) {
  const all = items
    .filter((item) => item.state !== "GONE" && !item.duplicateOf?.itemId)
    .flatMap((item) => (item.quotes || []).map((quote) => ({ quote, item })));
  if (!all.length) return h("p", { class: "state" }, "Nobody is quoted in this story's posts.");
  return h(
    "div",
    { class: "cards" },
    all.map(({ quote, item }) => quoteCard(quote, item, story)),
  );
}

export function backgroundTab(story) {
  const all = story.background || [];
  if (!all.length) return h("p", { class: "state" }, "The newsroom has not reported on this before.");
  return h(
    "div",
    { class: "cards" },
    all.map((one) => {
      const opening = h("p", { class: "post-text clamp" });
      get(itemPath(one.itemId)).then(
        ({ data }) => opening.append(data.text || data.summary || ""),
        () => opening.remove(),
      );
      return h(
        "article",
        { class: "post" },
        h("p", { class: "byline" }, day(one.publishedAt)),
        h("h3", { class: "post-title" }, outLink(one.url, one.title)),
        opening,
        one.reason ? h("p", { class: "reason" }, `Why it is here: ${one.reason}`) : null,
      );
    }),
  );
}
