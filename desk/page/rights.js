// The rights to a picture: what an editor has decided, and the form to decide. Until the story shows it, the row
// says that it is being noted.

import { itemPath } from "./api.js";
import { h } from "./dom.js";
import { FormRow } from "./form_row.js";
import { day } from "./format.js";
import { field } from "./who.js";

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

class RightsRow extends FormRow {
  constructor(key, itemId, index, shown, about) {
    super(key, busy);
    Object.assign(this, { itemId, index, shown, about });
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
    const options = Object.entries(STATES).map(([value, [label]]) =>
      h("option", { value, selected: value === stateOf(this.rights) }, label),
    );
    this.state = field("Rights", h("select", {}, options));
    this.note = field(
      "Note",
      h("input", { type: "text", maxlength: 500, value: this.rights.note || null }),
      "Who was asked, what was allowed.",
    );
    const means = h("p", { class: "reason" });
    const tell = () => {
      [, means.textContent] = STATES[this.state.input.value];
    };
    this.state.input.addEventListener("change", tell);
    tell();
    this.openForm({
      label: `Rights to ${this.about}`,
      parts: [this.state.node, means, this.note.node],
      send: "Note it",
      before: this.said,
      answer: () => this.decide(),
      first: this.state.input,
      opener: this.button,
    });
  }

  async decide() {
    const by = this.signer();
    if (!by) return this.by.input.focus();
    const fields = { picture: this.index, shown: this.shown, state: this.state.input.value };
    Object.assign(fields, { note: this.note.input.value, by });
    const kept = await this.ask(`${itemPath(this.itemId)}/rights`, fields);
    if (!kept) return undefined;
    const words = `Being noted: ${STATES[kept.state][0].toLowerCase()}, as ${kept.by} said. The story shows it within a moment.`;
    const pending = { state: kept.state, by: kept.by, before: this.rights.at || "" };
    this.wait(pending, [this.button], words, () => {
      this.button.hidden = false;
      return "It is kept and holds for every export, but the story does not show it yet: posts wait to be taken in.";
    });
    return undefined;
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
