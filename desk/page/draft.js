// The tab Draft. Each sentence names its sources; pointing at one shows the post with the bytes it rests on.

import { copyButton, h, outLink, picture } from "./dom.js";
import {
  byteParts,
  dayAndTime,
  fieldLabel,
  fieldOf,
  introduced,
  language,
  platform,
  poster,
} from "./format.js";
import { get, getText, itemPath, storyPath } from "./api.js";

const forPrint = (block) => block.kind !== "note" && block.kind !== "section";
const keyOf = (s) => [s.itemId, s.version || 0, s.field, s.begin || 0, s.end || 0].join("\n");

class DraftView {
  constructor(story, items, draft) {
    this.story = story;
    this.items = new Map(items.map((item) => [item.id, item]));
    this.draft = draft;
    this.numbers = new Map();
    for (const block of draft.blocks || [])
      for (const s of block.support || [])
        if (!this.numbers.has(keyOf(s))) this.numbers.set(keyOf(s), this.numbers.size + 1);
    this.panel = h(
      "aside",
      { class: "source", id: "source", "aria-label": "Source of the sentence" },
      this.hint(),
    );
  }

  hint() {
    return h(
      "p",
      { class: "reason" },
      "Point at a sentence, or move to it with Tab and the arrow keys, to see the post and the very words it rests on.",
    );
  }

  node() {
    const article = h(
      "article",
      { class: "draft", lang: "en" },
      (this.draft.blocks || []).filter(forPrint).map((block) => this.block(block)),
    );
    const notes = [
      this.list("Sections", (b) => b.kind === "section"),
      this.list("Other headline", (b) => b.rule === "headline-words"),
      this.list("People", (b) => b.rule === "official"),
      this.list("Posts this rests on", (b) => b.rule === "post"),
      this.list("Remarks", (b) => ["picture-credit", "edited", "deleted"].includes(b.rule)),
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
    return h("div", { class: "draft-view" }, text, this.panel);
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

  marks(block) {
    return h(
      "sup",
      { class: "marks" },
      (block.support || []).map((s) => `[${this.numbers.get(keyOf(s))}]`).join(""),
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
    const node = h(tag, { class: `sentence is-${block.kind}`, tabindex: "0" }, ...children);
    const show = () => this.show(block, node);
    node.addEventListener("mouseenter", show);
    node.addEventListener("focus", show);
    node.addEventListener("click", () => {
      show();
      this.panel.classList.add("open");
    });
    return node;
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
      h("p", { class: "speaker" }, `— ${line}`),
    );
  }

  figure(block) {
    const shown = block.picture || {};
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
            all.map((block) => this.sentence("li", block, this.words(block), this.marks(block))),
          ),
        ]
      : null;
  }

  arrows(event, root) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.classList.contains("sentence")) return;
    const all = [...root.querySelectorAll(".sentence")];
    const next = all[all.indexOf(event.target) + step];
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  async show(block, node) {
    this.shown?.classList.remove("is-shown");
    this.shown = node;
    node.classList.add("is-shown");
    const mine = (this.turn = (this.turn || 0) + 1);
    const cards = await Promise.all((block.support || []).slice(0, 6).map((s) => this.card(s)));
    if (mine !== this.turn) return; // another sentence was pointed at meanwhile
    const close = h(
      "button",
      { type: "button", class: "quiet close", on: { click: () => this.panel.classList.remove("open") } },
      "Close",
    );
    const more = (block.support || []).length - cards.length;
    this.panel.replaceChildren(
      h(
        "div",
        { class: "source-head" },
        h("h3", {}, block.verbatimEnd ? "Verbatim from" : "Rests on"),
        close,
      ),
      ...cards,
      ...(more > 0 ? [h("p", { class: "reason" }, `and ${more} more`)] : []),
    );
    // Inside the panel only: the draft must not jump.
    const mark = this.panel.querySelector("mark");
    if (mark) this.panel.scrollTop = Math.max(0, mark.offsetTop - 120);
  }

  async card(support) {
    let item = this.items.get(support.itemId);
    try {
      if (!item) this.items.set(support.itemId, (item = (await get(itemPath(support.itemId))).data));
    } catch (error) {
      return h("p", { class: "reason" }, `[${this.numbers.get(keyOf(support))}] ${error.message}`);
    }
    const whole = fieldOf(item, support.field);
    const [before, inside, after] = byteParts(whole, support.begin || 0, support.end || 0);
    const all = !before && !after;
    return h(
      "article",
      { class: "source-card" },
      h(
        "p",
        { class: "byline" },
        h("span", { class: "number" }, `[${this.numbers.get(keyOf(support))}] `),
        h("b", {}, introduced(poster(item, this.story))),
        h("span", { class: "where" }, ` ${platform(item)}, ${dayAndTime(item.createdAt)}`),
      ),
      h(
        "p",
        { class: `post-text${all ? " clamp" : ""}`, lang: item.language || null, dir: "auto" },
        before,
        h("mark", {}, inside),
        after,
      ),
      h(
        "p",
        { class: "row-meta" },
        `${fieldLabel(support.field)}, bytes ${support.begin || 0} to ${support.end || 0}, version ${support.version || 1}${item.language ? `, ${language(item.language)}` : ""} `,
        outLink(support.url, "Open the post"),
      ),
    );
  }
}

export function draftTab(story, items) {
  const box = h("div", {}, h("p", { class: "state" }, "Making the draft"));
  get(`${storyPath(story.id)}/draft`).then(
    ({ data }) => box.replaceChildren(new DraftView(story, items, data).node()),
    (error) => box.replaceChildren(h("p", { class: "state" }, error.message)),
  );
  return box;
}
