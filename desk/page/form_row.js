// A row with a form that asks who says something about a post. While its form is open or what was said is on its way, the
// row outlives the next showing of the story; then a line says that it is being done.

import { post } from "./api.js";
import { h } from "./dom.js";
import { inWords, nameField, rememberName } from "./who.js";

export const ANSWERED = "editor-answered"; // told to the window: the story will change within a moment
const LATE = 30000; // ms after which it is said that it takes longer

export class FormRow {
  // busy: rows by what they are about, which this one is in while it must be kept. A subclass makes this.node, with
  // this.said in it.
  constructor(key, busy) {
    this.key = key;
    this.busy = busy;
    this.said = h("p", { class: "said", id: `${key}-said`, tabindex: "-1", hidden: true });
  }

  // label: the form's name; parts: what stands above the name of who says it; send: the words of its button; before:
  // the child of the row that it is put before; answer(): called when it is sent. first: what has the focus, unless
  // it is the name, or the button where the name is known. opener: the button that opened it.
  openForm({ label, parts, send, before, answer, first = null, opener }) {
    this.opener = opener;
    opener.setAttribute("aria-expanded", "true");
    this.by = nameField();
    this.send = h("button", { type: "submit", class: "button strong" }, send);
    this.failed = h("span", { class: "problem", role: "alert" });
    const cancel = h("button", { type: "button", class: "quiet", on: { click: () => this.close() } }, "Cancel");
    this.form = h(
      "form",
      {
        class: "copy-form",
        novalidate: true,
        "aria-label": label,
        on: {
          submit: (event) => {
            event.preventDefault();
            answer();
          },
          keydown: (event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            this.close();
          },
        },
      },
      parts,
      this.by.node,
      h("p", { class: "form-buttons" }, this.send, cancel, this.failed),
    );
    this.node.insertBefore(this.form, before);
    this.busy.set(this.key, this);
    (first || (this.by.input.value ? this.send : this.by.input)).focus();
  }

  close() {
    if (!this.form) return;
    const inside = this.form.contains(document.activeElement);
    this.form.remove();
    this.form = null;
    this.opener.setAttribute("aria-expanded", "false");
    if (inside) this.opener.focus();
    this.opener = null;
    this.busy.delete(this.key);
  }

  // Who says so; empty, with the problem told, where nobody does.
  signer() {
    this.failed.textContent = "";
    const by = this.by.input.value.trim();
    this.by.problem(by ? "" : "Who says so?");
    return by;
  }

  // Once at a time. Resolves to the answer; null: it is on its way already, or failed and that is told.
  async ask(path, fields) {
    if (this.send.getAttribute("aria-disabled")) return null;
    const { send, failed } = this;
    send.setAttribute("aria-disabled", "true");
    try {
      const kept = await post(path, fields);
      rememberName(fields.by);
      return kept;
    } catch (error) {
      failed.textContent = inWords(error);
      return null;
    } finally {
      send.removeAttribute("aria-disabled");
    }
  }

  // pending: what was said, as the subclass tells that it is done; late(): called when the story does not show it in time,
  // returns what is said then.
  wait(pending, buttons, words, late) {
    this.close();
    this.pending = pending;
    this.busy.set(this.key, this);
    for (const button of buttons) button.hidden = true;
    this.said.textContent = words;
    this.said.hidden = false;
    this.said.focus({ preventScroll: true });
    dispatchEvent(new Event(ANSWERED));
    setTimeout(() => {
      if (this.pending === pending) this.said.textContent = late();
    }, LATE);
  }
}
