// One row of things to say about a post and another: its buttons, the form that asks who says so, and the line that
// says that it is being done.

import { itemPath } from "./api.js";
import { whyBox } from "./copy_why.js";
import { h } from "./dom.js";
import { FormRow } from "./form_row.js";
import { poster, whereAndWhen } from "./format.js";
import { field } from "./who.js";

const WORDS = 80; // characters of a post that stand for it

// Rows with an open form or an answer on its way, by what they are about: they outlive the next showing.
export const busy = new Map();

export function firstWords(item) {
  const text = (item.title || item.text || "").replace(/\s+/g, " ").trim();
  if (text.length <= WORDS) return text;
  const at = text.lastIndexOf(" ", WORDS);
  return `${text.slice(0, at > WORDS / 2 ? at : WORDS)} …`;
}

export const named = (item, story) => `${poster(item, story).name}, ${whereAndWhen(item)}`;

// One row about a post: its buttons, the form one of them opens, and what came of it.
export class CopyRow extends FormRow {
  // choices: [{label, about, same, say}]; about: for who does not see where it stands; say: what it means, in the
  // form. other: the other post, or null: it is chosen in the form, among `others`. like: the id of the post that
  // it was found to be like, where that is another one.
  constructor(key, story, item, { choices, other = null, like = "", others = [], plain = false }) {
    super(key, busy);
    Object.assign(this, { story, item, other, others });
    this.buttons = choices.map((choice) =>
      h(
        "button",
        {
          type: "button",
          class: plain ? "plain" : "quiet",
          id: `${key}-${choice.label.replace(/\W+/g, "-")}`,
          "aria-label": `${choice.label} ${choice.about}`,
          "aria-expanded": "false",
          on: { click: (event) => this.toggle(choice, event.currentTarget) },
        },
        choice.label,
      ),
    );
    this.why = other
      ? whyBox(item.id, like || other.id, `${named(item, story)} and ${named(other, story)}`)
      : null;
    this.node = h("div", { class: "copy-row" }, this.buttons, this.why, this.said);
  }

  toggle(choice, button) {
    const again = this.opener === button;
    this.close();
    if (!again) this.open(choice, button);
  }

  open(choice, button) {
    this.pick = this.other ? null : field("The same as", this.menu());
    this.openForm({
      label: `${choice.label} ${choice.about}`,
      parts: [h("p", { class: "reason" }, choice.say), this.pick?.node],
      send: choice.send || choice.label,
      before: this.why || this.said,
      answer: () => this.answer(choice),
      first: this.pick?.input,
      opener: button,
    });
  }

  menu() {
    // Isolated (Unicode's FSI and PDI): words from right to left leave the name before them alone.
    const option = (one) =>
      h(
        "option",
        { value: one.id },
        `${named(one, this.story)}: \u2068${firstWords(one) || "no words"}\u2069`,
      );
    return h("select", {}, h("option", { value: "" }, "Choose a statement"), this.others.map(option));
  }

  async answer(choice) {
    const by = this.signer();
    const of = this.other?.id || this.pick.input.value;
    this.pick?.problem(of ? "" : "The same as which?");
    if (!of) return this.pick.input.focus();
    if (!by) return this.by.input.focus();
    const { same } = choice;
    if (!(await this.ask(`${itemPath(this.item.id)}/copies`, { of, same, by }))) return undefined;
    const what = `Being ${same ? "folded" : "kept apart"}, as ${by} said.`;
    const late = () => `${what} It is kept, but the story does not show it yet: posts wait to be taken in.`;
    this.wait({ of, same, by }, this.buttons, `${what} The story shows it within a moment.`, late);
    return undefined;
  }
}
