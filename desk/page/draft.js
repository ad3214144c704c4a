// The tab Draft. Each sentence carries the numbers of its sources; pointing at one shows the posts beside it.

import { copyButton, h, outLink, picture } from "./dom.js";
import { byteParts, howSure, language, platform } from "./format.js";
import { getText, storyPath } from "./api.js";
import { handFlag } from "./flags.js";
import { mayExportFile, rightsMark, stateOf } from "./rights.js";
import { keyOf, SourcePanel } from "./source_panel.js";

const POINTED = 120; // ms: a sentence passed over on the way to the panel is not meant
const REMARK = /^(picture-|updated$|edited$|deleted$)/;
const NUMBERS = 3; // shown of a sentence that rests on many
const forPrint = (block) => block.kind !== "note" && block.kind !== "section";
const besides = matchMedia("(min-width: 1181px)"); // as in story.css
let lastRead = ""; // shown again when the same draft is made anew

class DraftView {
  constructor(story, items, draft) {
    this.story = story;
    this.items = new Map(items.map((item) => [item.id, item]));
    this.draft = draft;
    this.numbers = new Map();
    for (const block of draft.blocks || [])
      for (const s of block.support || [])
        if (!this.numbers.has(keyOf(s))) this.numbers.set(keyOf(s), this.numbers.size + 1);
    this.panel = new SourcePanel(story, items, this.numbers);
  }

  node() {
    const article = h(
      "article",
      { class: "draft", lang: "en" },
      (this.draft.blocks || []).filter(forPrint).map((block) => this.block(block)),
    );
    const notes = [
      this.list("Sections", (b) => b.kind === "section"),
      this.list("Other headline", (b) => /^headline-/.test(b.rule)),
      this.list("People", (b) => b.rule === "official"),
      this.list("Posts this rests on", (b) => b.rule === "post"),
      this.list("Remarks", (b) => b.kind === "note" && REMARK.test(b.rule)),
    ];
    const text = h(
      "div",
      { class: "draft-text" },
      this.tools(),
      article,
      h(
        "section",
        { class: "draft-notes", "aria-label": "For the editor" },
        h("h3", {}, "For the editor, not for print"),
        notes,
      ),
    );
    text.addEventListener("keydown", (event) => this.arrows(event, text));
    if (besides.matches) this.showFirst?.();
    return h("div", { class: "draft-view" }, text, this.panel.node);
  }

  tools() {
    const path = `${storyPath(this.story.id)}/draft`;
    const file = (format, label) =>
      h("a", { class: "button", href: `${path}?format=${format}&download=1`, download: true }, label);
    return h(
      "p",
      { class: "tools" },
      h("span", { class: "tools-label" }, "Export"),
      file("markdown", "Markdown"),
      file("html", "HTML"),
      file("ninjs", "ninjs"),
      copyButton("Copy Markdown", () => getText(`${path}?format=markdown`)),
      h("span", { class: "legend" }, h("span", { class: "verbatim" }, "Underlined"), " words are verbatim"),
    );
  }

  // One button a sentence, so that Tab goes from sentence to sentence; a click on a number aims at its post.
  marks(block) {
    const numbers = (block.support || []).map((s) => this.numbers.get(keyOf(s)));
    if (!numbers.length) return null;
    return h(
      "sup",
      {},
      h(
        "button",
        { type: "button", class: "marks" },
        h("span", { class: "unseen" }, " Rests on "),
        numbers.slice(0, NUMBERS).map((number) => h("span", { data: { number } }, `[${number}]`)),
        numbers.length > NUMBERS ? h("span", {}, ` +${numbers.length - NUMBERS}`) : null,
      ),
    );
  }

  words(block) {
    const begin = block.verbatimBegin || 0;
    const end = block.verbatimEnd || 0;
    if (end <= begin) return [block.text];
    const [before, inside, after] = byteParts(block.text, begin, end);
    return [
      before,
      h("span", { class: "verbatim", lang: block.language || null, dir: "auto" }, inside),
      after,
    ];
  }

  sentence(tag, block, ...children) {
    const node = h(tag, { class: `sentence is-${block.kind}` }, ...children);
    if (!(block.support || []).length) return node;
    const show = () => {
      lastRead = node.textContent;
      return this.panel.show(block, node);
    };
    if (!this.showFirst || node.textContent === lastRead) this.showFirst = show;
    node.addEventListener("mouseenter", () => {
      clearTimeout(this.pointed);
      this.pointed = setTimeout(() => node.matches(":hover") && show(), POINTED);
    });
    node.addEventListener("focusin", show);
    node.addEventListener("click", (event) => this.clicked(event, show));
    return node;
  }

  async clicked(event, show) {
    if (event.target.closest("a") || !getSelection().isCollapsed) return;
    clearTimeout(this.pointed);
    this.panel.open();
    await show();
    const byKey = event.detail === 0;
    await this.panel.aim(event.target.dataset.number, byKey);
  }

  block(block) {
    if (block.kind === "headline") return this.sentence("h3", block, this.words(block), this.marks(block));
    if (block.kind === "quote") return this.quote(block);
    if (block.kind === "picture") return this.figure(block);
    if (block.rule === "reported")
      return this.sentence(
        "p",
        block,
        this.words(block),
        this.marks(block),
        " ",
        outLink(block.support?.[0]?.url, "Our article"),
      );
    return this.sentence("p", block, this.words(block), this.marks(block));
  }

  quote(block) {
    const marks = block.language === "en" ? ["“", "”"] : ["«", "»"];
    const speaker = block.speaker || {};
    const item = this.items.get(block.support?.[0]?.itemId);
    const line = [
      speaker.role ? `${speaker.name}, ${speaker.role}` : speaker.name,
      item ? platform(item) : "",
      language(block.language),
    ]
      .filter(Boolean)
      .join(", ");
    return this.sentence(
      "blockquote",
      block,
      h("p", {}, marks[0], this.words(block), marks[1], this.marks(block)),
      h("p", { class: "speaker" }, `— ${line} `, item ? handFlag(item) : null),
    );
  }

  figure(block) {
    const shown = block.picture || {};
    const item = this.items.get(shown.itemId);
    return this.sentence(
      "figure",
      block,
      picture(shown.sha256, 960, shown.altText || block.text),
      h(
        "figcaption",
        {},
        this.words(block),
        this.marks(block),
        h("span", { class: "credit" }, shown.attribution?.creditLine || ""),
        item ? handFlag(item) : null,
        rightsMark(shown.rights),
        stateOf(shown.rights) === "embed-only" ? [" ", outLink(item?.url, "Open the post")] : null,
        shown.sha256 && mayExportFile(shown.rights)
          ? h(
              "a",
              {
                class: "save-picture",
                href: `/media/${shown.sha256}?story=${encodeURIComponent(this.story.id)}&download=1`,
                download: true,
              },
              "Save the picture with caption and credit in it",
            )
          : null,
      ),
    );
  }

  list(title, wanted) {
    const all = (this.draft.blocks || []).filter((block) => !forPrint(block) && wanted(block));
    return all.length
      ? [
          h("h4", {}, title),
          h(
            "ul",
            {},
            all.map((block) =>
              this.sentence("li", block, this.words(block), this.sureness(block), this.marks(block)),
            ),
          ),
        ]
      : null;
  }

  // ": 78 % sure; words: “trams”" behind a section; the story has the figure and the reason.
  sureness(block) {
    if (block.kind !== "section") return null;
    const section = (this.story.sections || []).find((one) => (one.name || one.id) === block.text);
    const told = section ? howSure(section) : "";
    return told ? h("span", { class: "reason" }, ": ", h("bdi", {}, told)) : null;
  }

  arrows(event, root) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.classList.contains("marks")) return;
    const all = [...root.querySelectorAll(".marks")];
    const next = all[all.indexOf(event.target) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }
}

// draft: what the API gave, or an Error.
export function draftTab(story, items, draft) {
  if (draft instanceof Error) return h("p", { class: "state" }, draft.message);
  return new DraftView(story, items, draft).node();
}
