// What an editor must know of a post at a glance.

import { h } from "./dom.js";
import { broughtIn, day, editedTime, language, time } from "./format.js";

// No collector vouches for such a post: wherever it is shown or quoted, this stands beside it.
export const handFlag = (item) =>
  broughtIn(item) ? h("span", { class: "flag by-hand" }, broughtIn(item)) : null;

// The day goes without saying where it is the post's own.
function edited(item) {
  const { editedAt, createdAt, editedDayOnly } = item;
  if (!editedAt || editedDayOnly || day(editedAt) !== day(createdAt)) return editedTime(item);
  return `${time(editedAt)} UTC`;
}

export function flags(item) {
  const out = [handFlag(item)];
  if (item.state === "GONE") out.push(h("span", { class: "flag gone" }, "Deleted"));
  if (item.state === "UNKNOWN") out.push(h("span", { class: "flag" }, "Cannot be read now"));
  if ((item.version || 1) > 1 || item.editedAt)
    out.push(
      h("span", { class: "flag edited" }, ["Edited", edited(item)].filter(Boolean).join(", ")),
    );
  if (item.language) out.push(h("span", { class: "flag language" }, language(item.language)));
  return out;
}

export const intakeNote = (item) =>
  item.intake?.note ? h("p", { class: "reason" }, `Who brought it in noted: ${item.intake.note}`) : null;
