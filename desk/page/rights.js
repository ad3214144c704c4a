// The rights to a picture: what an editor has decided, and the form to decide. Until the story shows it, the row
// says that it is being noted.

import { itemPath, post } from "./api.js";
import { ANSWERED } from "./copy_row.js";
import { h } from "./dom.js";
import { day } from "./format.js";
import { field, inWords, nameField, rememberName } from "./who.js";

const LATE = 30000; // ms after which it is said that it takes longer
// State -> its name, and what it means for a draft.
const STATES = {
  unknown: ["Not cleared", "It is exported with a mark that its rights are not cleared."],
  asked: ["Asked", "It is exported with a mark that its rights are not cleared."],
  granted: ["Granted", "It is exported without a mark."],
  refused: ["Refused", "It is left out of the draft and never exported."],
  "embed-only": ["Embed only", "It is exported as a link to its post, not as a file."],
};

export const stateOf = (rights) => (Object.hasOwn(STATES, rights?.state || "") ? rights.state : "unknown");

// As core/rights.h has it: whether the file itself may leave the house.
export const mayExportFile = (rights) => !["refused", "embed-only"].includes(stateOf(rights));

// As desk/wording_rights.cpp has it: "Rights granted, says Mira, 12 May 2023. Note: for one story".
export function rightsWords(rights) {
  const state = stateOf(rights);
  const who = [rights?.by, day(rights?.at)].filter(Boolean).join(", ");
  const said = who ? `, says ${who}` : "";
  const words = {
    unknown: "Rights not cleared: ask the holder before publishing this picture.",
    asked: `Rights not cleared: asked${who ? ` by ${who}` : ""}; there is no answer yet.`,
    granted: `Rights granted${said}.`,
    refused: `Rights refused${said}: do not use this picture.`,
    "embed-only": `Embed only${said}: show the post itself, not a copy of the picture.`,
  }[state];
  return rights?.note ? `${words} Note: ${rights.note}` : words;
}

// What stands beside it; null where the rights are granted.
export const rightsMark = (rights) =>
  stateOf(rights) === "granted" ? null : h("strong", { class: "rights-mark" }, rightsWords(rights));

// Rows with an open form or a decision on its way: they outlive the next showing.
const busy = new Map();

class RightsRow {
  constructor(key, itemId, index, shown, about) {
    Object.assign(this, { key, itemId, index, shown, about });
    this.words = h("p", { class: "rights-words" });
    this.button = h(
      "button",
      {
        type: "button",
        class: "quiet",
        id: `${key}-change`,
        "aria-label": `Change the rights to ${about}`,
        "aria-expanded": "false",
        on: { click: () => (this.form ? this.close() : this.open()) },
      },
      "Change",
    );
    this.said = h("p", { class: "said", id: `${key}-said`, tabindex: "-1", hidden: true });
    this.node = h("div", { class: "copy-row rights-row" }, this.words, this.button, this.said);
  }

  // As the story has it now.
  show(rights) {
    this.rights = rights || {};
    this.node.dataset.state = stateOf(rights);
    this.words.replaceChildren(
      h("span", { class: "flag rights-state" }, STATES[stateOf(rights)][0]),
      h("bdi", {}, rightsWords(rights)),
    );
    const { pending } = this;
    if (!pending || (this.rights.at || "") === pending.before) return this.node; // nothing newer is shown yet
    this.pending = null;
    busy.delete(this.key);
    this.button.hidden = false;
    const mine = (this.rights.by || "") === pending.by && stateOf(rights) === pending.state;
    this.said.textContent = mine
      ? `Done: noted by ${pending.by}.`
      : `What ${pending.by} said is kept; somebody has said otherwise since.`;
    return this.node;
  }

  open() {
    this.button.setAttribute("aria-expanded", "true");
    const options = Object.entries(STATES).map(([value, [label]]) =>
      h("option", { value, selected: value === stateOf(this.rights) }, label),
    );
    this.state = field("Rights", h("select", {}, options));
    this.means = h("p", { class: "reason" });
    this.note = field(
      "Note",
      h("input", { type: "text", maxlength: 500, value: this.rights.note || null }),
      "Who was asked, what was allowed.",
    );
    this.by = nameField();
    this.send = h("button", { type: "submit", class: "button strong" }, "Note it");
    this.failed = h("span", { class: "problem", role: "alert" });
    this.form = h(
      "form",
      {
        class: "copy-form",
        novalidate: true,
        "aria-label": `Rights to ${this.about}`,
        on: {
          submit: (event) => {
            event.preventDefault();
            this.decide();
          },
          keydown: (event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            this.close();
          },
        },
      },
      this.state.node,
      this.means,
      this.note.node,
      this.by.node,
      h(
        "p",
        { class: "form-buttons" },
        this.send,
        h("button", { type: "button", class: "quiet", on: { click: () => this.close() } }, "Cancel"),
        this.failed,
      ),
    );
    const tell = () => {
      [, this.means.textContent] = STATES[this.state.input.value];
    };
    this.state.input.addEventListener("change", tell);
    tell();
    this.node.insertBefore(this.form, this.said);
    busy.set(this.key, this);
    this.state.input.focus();
  }

  close() {
    if (!this.form) return;
    const inside = this.form.contains(document.activeElement);
    this.form.remove();
    this.form = null;
    this.button.setAttribute("aria-expanded", "false");
    if (inside) this.button.focus();
    busy.delete(this.key);
  }

  async decide() {
    this.failed.textContent = "";
    const by = this.by.input.value.trim();
    this.by.problem(by ? "" : "Who says so?");
    if (!by) return this.by.input.focus();
    if (this.send.getAttribute("aria-disabled")) return undefined;
    this.send.setAttribute("aria-disabled", "true");
    const fields = { picture: String(this.index), shown: this.shown, state: this.state.input.value };
    Object.assign(fields, { note: this.note.input.value, by });
    try {
      const kept = await post(`${itemPath(this.itemId)}/rights`, fields);
      rememberName(by);
      this.wait({ state: kept.state, by: kept.by, before: this.rights.at || "" });
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
    this.button.hidden = true;
    this.said.textContent = `Being noted: ${STATES[pending.state][0].toLowerCase()}, as ${pending.by} said. The story shows it within a moment.`;
    this.said.hidden = false;
    this.said.focus({ preventScroll: true });
    dispatchEvent(new Event(ANSWERED));
    setTimeout(() => {
      if (this.pending !== pending) return;
      this.button.hidden = false;
      this.said.textContent =
        "It is kept and holds for every export, but the story does not show it yet: posts wait to be taken in.";
    }, LATE);
  }
}

// Of the story's picture as shown; `media` is the post's, which tells it from others where its bytes are not here.
export function rightsRow(shown, media, about) {
  const index = shown.mediaIndex || 0;
  const which = shown.sha256 || media?.nativeId || media?.url || "";
  const key = ["rights", encodeURIComponent(shown.itemId), index, encodeURIComponent(which)].join("-");
  const row = busy.get(key) || new RightsRow(key, shown.itemId, index, which, about);
  return row.show(shown.rights);
}
