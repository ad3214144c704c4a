// Beside the draft: the posts one sentence rests on, with the very bytes marked.

import { h, outLink } from "./dom.js";
import { handFlag } from "./flags.js";
import { byteParts, fieldLabel, fieldOf, introduced, language, poster, whereAndWhen } from "./format.js";
import { get, itemPath } from "./api.js";

const AT_FIRST = 6; // cards shown of a sentence that rests on many
const FEW = 2; // posts that are shown in full
const AROUND = 160; // characters on each side of the words, of the others
const HINT =
  "Point at a sentence, or move to its number with Tab, to see the post and the very words it rests on.";

export const keyOf = (s) => [s.itemId, s.version || 0, s.field, s.begin || 0, s.end || 0].join("\n");

// Cut between words; all of it where there is little.
function endOf(text) {
  const at = text.length > AROUND * 1.5 ? text.indexOf(" ", text.length - AROUND) : -1;
  return at < 0 ? text : `…${text.slice(at)}`;
}

function beginningOf(text) {
  const at = text.length > AROUND * 1.5 ? text.lastIndexOf(" ", AROUND) : -1;
  return at < 0 ? text : `${text.slice(0, at)} …`;
}

export class SourcePanel {
  // numbers: keyOf(support) -> the number it has in the draft.
  constructor(story, items, numbers) {
    this.story = story;
    this.items = new Map(items.map((item) => [item.id, item]));
    this.numbers = numbers;
    this.shown = null; // the sentence whose sources are shown
    this.node = h(
      "aside",
      {
        class: "source",
        "aria-label": "Source of the sentence",
        on: { keydown: (event) => event.key === "Escape" && this.close(event) },
      },
      h("p", { class: "reason" }, HINT),
    );
  }

  // Resolves when the cards stand there.
  show(block, sentence) {
    if (this.shown === sentence) return this.filled;
    this.shown?.classList.remove("is-shown");
    this.shown = sentence;
    sentence.classList.add("is-shown");
    this.filled = this.fill(block, sentence);
    return this.filled;
  }

  open() {
    this.node.classList.add("open");
  }

  close(event) {
    event.stopPropagation();
    this.node.classList.remove("open");
    this.shown?.querySelector(".marks")?.focus({ preventScroll: true });
  }

  async fill(block, sentence) {
    const cards = await this.cards(block.support.slice(0, AT_FIRST), block.support.length > FEW);
    if (this.shown !== sentence) return; // another sentence was pointed at meanwhile
    this.node.replaceChildren(
      h(
        "div",
        { class: "source-head" },
        h("h3", {}, block.verbatimEnd ? "Verbatim from" : "Rests on"),
        h("button", { type: "button", class: "quiet close", on: { click: (e) => this.close(e) } }, "Close"),
      ),
      ...cards,
      ...this.more(block.support.slice(AT_FIRST)),
    );
    this.node.scrollTop = 0;
  }

  more(support) {
    if (!support.length) return [];
    const button = h("button", { type: "button", class: "quiet more" }, `Show ${support.length} more`);
    this.showAll = async () => button.replaceWith(...(await this.cards(support, true)));
    button.addEventListener("click", this.showAll);
    return [button];
  }

  // Brings the card with this number, or the first one, into view; inside the panel only: the draft must not jump.
  async aim(number, focus) {
    if (number && !this.cardOf(number) && this.node.querySelector(".more")) await this.showAll();
    const card = this.cardOf(number) || this.node.querySelector(".source-card");
    if (!card) return;
    for (const one of this.node.querySelectorAll(".is-aimed")) one.classList.remove("is-aimed");
    if (number) card.classList.add("is-aimed");
    const mark = card.querySelector("mark");
    const head = this.node.querySelector(".source-head").offsetHeight;
    const fits = card.offsetHeight + head <= this.node.clientHeight;
    this.node.scrollTop = fits || !mark ? card.offsetTop - head - 8 : mark.offsetTop - head - 40;
    if (focus) card.focus({ preventScroll: true });
  }

  cardOf(number) {
    return number ? this.node.querySelector(`[data-source="${Number(number)}"]`) : null;
  }

  cards(support, cut) {
    return Promise.all(support.map((one) => this.card(one, cut)));
  }

  // The post in the version the sentence was made from.
  async itemOf({ itemId, version }) {
    const newest = this.items.get(itemId) || (await get(itemPath(itemId))).data;
    this.items.set(itemId, newest);
    if (!version || version === (newest.version || 1)) return newest;
    const { versions } = (await get(`${itemPath(itemId)}/versions`)).data;
    return versions.find((one) => (one.version || 1) === version) || newest;
  }

  async card(support, cut) {
    const number = this.numbers.get(keyOf(support));
    let item;
    try {
      item = await this.itemOf(support);
    } catch (error) {
      return h("p", { class: "reason" }, `[${number}] ${error.message}`);
    }
    const [before, inside, after] = byteParts(
      fieldOf(item, support.field),
      support.begin || 0,
      support.end || 0,
    );
    const whole = !before && !after;
    const told = [
      `${whole ? "the whole " : ""}${fieldLabel(support.field)}`,
      language(item.language),
      item.version > 1 ? `version ${item.version}` : "",
      `bytes ${support.begin || 0} to ${support.end || 0}`,
    ];
    return h(
      "article",
      { class: "source-card", tabindex: "-1", data: { source: number } },
      h(
        "p",
        { class: "byline" },
        h("span", { class: "number" }, `[${number}] `),
        h("b", {}, introduced(poster(item, this.story))),
        h("span", { class: "where" }, ` ${whereAndWhen(item)} `),
        handFlag(item),
      ),
      h(
        "p",
        {
          class: `post-text${whole ? " clamp whole" : ""}`,
          lang: item.language || null,
          dir: "auto",
        },
        cut ? endOf(before) : before,
        h("mark", {}, inside),
        cut ? beginningOf(after) : after,
      ),
      h("p", { class: "row-meta" }, told.filter(Boolean).join(", ")),
      h(
        "p",
        { class: "row-meta links" },
        this.inPosts(item),
        support.url ? outLink(support.url, "Open the post") : null,
      ),
    );
  }

  inPosts(item) {
    if (!(this.story.itemIds || []).includes(item.id)) return null;
    const ids = [this.story.id, "posts", item.id].map(encodeURIComponent);
    return h("a", { href: `#/story/${ids.join("/")}` }, "With its copies");
  }
}
