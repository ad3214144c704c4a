// One row of things to say about a post and another: its buttons, the form that asks who says so, and the line that
// says that it is being done.

import { itemPath, post } from "./api.js";
import { whyBox } from "./copy_why.js";
import { h } from "./dom.js";
import { poster, whereAndWhen } from "./format.js";
import { field, inWords, nameField, rememberName } from "./who.js";

export const ANSWERED = "copies-answered"; // told to the window: the story will change within a moment
const LATE = 30000; // ms after which it is said that it takes longer
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
export class CopyRow {
  // choices: [{label, about, same, say}]; about: for who does not see where it stands; say: what it means, in the
  // form. other: the other post, or null: it is chosen in the form, among `others`. like: the id of the post that
  // it was found to be like, where that is another one.
  constructor(key, story, item, { choices, other = null, like = "", others = [], plain = false }) {
    Object.assign(this, { key, story, item, other, others });
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
    this.said = h("p", { class: "said", id: `${key}-said`, tabindex: "-1", hidden: true });
    this.node = h("div", { class: "copy-row" }, this.buttons, this.why, this.said);
  }

  toggle(choice, button) {
    const again = this.opener === button;
    this.close();
    if (!again) this.open(choice, button);
  }

  open(choice, button) {
    this.opener = button;
    button.setAttribute("aria-expanded", "true");
    this.by = nameField();
    this.pick = this.other ? null : field("The same as", this.menu());
    this.send = h("button", { type: "submit", class: "button strong" }, choice.send || choice.label);
    this.failed = h("span", { class: "problem", role: "alert" });
    this.form = h(
      "form",
      {
        class: "copy-form",
        novalidate: true,
        "aria-label": `${choice.label} ${choice.about}`,
        on: {
          submit: (event) => {
            event.preventDefault();
            this.answer(choice);
          },
          keydown: (event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            this.close();
          },
        },
      },
      h("p", { class: "reason" }, choice.say),
      this.pick?.node,
      this.by.node,
      h(
        "p",
        { class: "form-buttons" },
        this.send,
        h("button", { type: "button", class: "quiet", on: { click: () => this.close() } }, "Cancel"),
        this.failed,
      ),
    );
    this.node.insertBefore(this.form, this.why || this.said);
    busy.set(this.key, this);
    (this.pick?.input || (this.by.input.value ? this.send : this.by.input)).focus();
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

  close() {
    if (!this.form) return;
    const inside = this.form.contains(document.activeElement);
    this.form.remove();
    this.form = null;
    this.opener.setAttribute("aria-expanded", "false");
    if (inside) this.opener.focus();
    this.opener = null;
    busy.delete(this.key);
  }

  async answer(choice) {
    this.failed.textContent = "";
    const by = this.by.input.value.trim();
    const of = this.other?.id || this.pick.input.value;
    this.by.problem(by ? "" : "Who says so?");
    this.pick?.problem(of ? "" : "The same as which?");
    if (!of) return this.pick.input.focus();
    if (!by) return this.by.input.focus();
    if (this.send.getAttribute("aria-disabled")) return undefined;
    this.send.setAttribute("aria-disabled", "true");
    try {
      await post(`${itemPath(this.item.id)}/copies`, { of, same: choice.same, by });
      rememberName(by);
      this.wait({ of, same: choice.same, by });
    } catch (error) {
      this.failed.textContent = inWords(error);
    }
    this.send.removeAttribute("aria-disabled");
    return undefined;
  }

  wait(pending) {
    this.close();
    this.pending = pending;
    busy.set(this.key, this);
    for (const button of this.buttons) button.hidden = true;
    const what = `Being ${pending.same ? "folded" : "kept apart"}, as ${pending.by} said.`;
    this.said.textContent = `${what} The story shows it within a moment.`;
    this.said.hidden = false;
    this.said.focus({ preventScroll: true });
    dispatchEvent(new Event(ANSWERED));
    setTimeout(() => {
      if (this.pending !== pending) return;
      this.said.textContent = `${what} It is kept, but the story does not show it yet: posts wait to be taken in.`;
    }, LATE);
  }
}
