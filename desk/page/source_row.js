// One account in the table of sources: how it is, and pausing and resuming it. What somebody types into a row
// stays while the row is kept fresh: the form is a row of its own that a refresh does not touch.

import { h, outLink } from "./dom.js";
import { day, inPageDates, plainReason, platformName, time } from "./format.js";
import { post, sourcePath } from "./api.js";
import { field, inWords, nameField, rememberedName, rememberName } from "./who.js";

export const HEALTH = {
  blocked: "Blocked: somebody must act",
  failing: "Failing",
  ended: "Ended",
  quiet: "Quiet",
  waiting: "Waiting",
  paused: "Paused",
  new: "Not read yet",
  good: "Good",
};

export const money = (usd) => `$${usd.toFixed(usd > 0 && usd < 0.995 ? 3 : 2)}`;
// Of this month; what an earlier one cost is not shown.
export const costOf = (source, month) =>
  source.state?.spending?.month === month ? Number(source.state.spending.usd) || 0 : 0;

export const nameOf = (source) =>
  source.official || source.state?.profile?.title || source.handle || source.id;

const lastPost = (source) => {
  const posted = source.state?.posted || [];
  const seconds = Number(posted[posted.length - 1]);
  return seconds > 0 ? new Date(seconds * 1000).toISOString() : "";
};

// Broken between day and time, if at all.
const moment = (stamp) =>
  day(stamp)
    ? [
        h("span", { class: "whole-line" }, `${day(stamp)},`),
        " ",
        h("span", { class: "whole-line" }, `${time(stamp)} UTC`),
      ]
    : [];

// label: told beside the value where the table is too narrow for columns.
const cell = (label, name = "") => h("td", { role: "cell", class: name, data: { label } });

// A cell is only made anew when what it says is another: the focus and the selection stay.
function fill(node, words, make) {
  if (node.dataset.made === words) return;
  node.dataset.made = words;
  node.replaceChildren(...make());
}

export class SourceRow {
  // changed(source id, health): told when the desk has done what was asked.
  constructor(source, changed) {
    this.changed = changed;
    this.button = h("button", { type: "button", class: "quiet", on: { click: () => this.pressed() } });
    this.problem = h("span", { class: "problem", role: "alert" });
    this.head = h("th", { scope: "row", role: "rowheader" });
    this.state = cell("State");
    this.answer = cell("Last answer");
    this.last = cell("Last post");
    this.posts = cell("Posts", "figure");
    this.cost = cell("This month", "figure cost");
    const actions = h("td", { role: "cell", class: "actions" }, this.button, this.problem);
    this.node = h("tr", { role: "row", data: { source: source.id } }, [
      this.head,
      this.state,
      this.answer,
      this.last,
      this.posts,
      this.cost,
      actions,
    ]);
    this.form = null; // a row of its own while somebody pauses this account
  }

  get nodes() {
    return this.form ? [this.node, this.form] : [this.node];
  }

  get busy() {
    return Boolean(this.form) || this.node.contains(document.activeElement);
  }

  show(source, month) {
    this.source = source;
    const state = source.state || {};
    const cost = costOf(source, month);
    fill(this.head, [nameOf(source), source.platform, source.handle, source.profile_url].join("\n"), () =>
      this.names(),
    );
    fill(this.state, `${source.health}\n${source.reason || ""}`, () => this.health());
    for (const [node, words] of [
      [this.posts, String(state.itemsSeen || 0)],
      [this.cost, cost ? money(cost) : ""],
    ])
      fill(node, words, () => [words]);
    fill(this.answer, state.lastSuccess || "", () => moment(state.lastSuccess));
    const posted = lastPost(source);
    fill(this.last, posted, () => moment(posted));
    this.node.className = source.alarm ? "is-alarm" : "";
    this.showAction();
  }

  names() {
    const { source } = this;
    const account = [platformName(source.platform), source.handle || source.id].filter(Boolean).join(", ");
    return [
      h("span", { class: "source-name" }, nameOf(source)),
      h("span", { class: "reason" }, outLink(source.profile_url, account)),
    ];
  }

  health() {
    const { health, reason } = this.source;
    return [
      h("span", { class: `flag health is-${health}` }, HEALTH[health] || health),
      reason ? h("span", { class: "reason" }, inPageDates(plainReason(reason))) : "",
    ];
  }

  showAction() {
    const { health, followed } = this.source;
    const held = health === "paused" || health === "ended";
    this.button.hidden = !followed;
    this.button.textContent = health === "ended" ? "Ask again" : held ? "Resume" : "Pause";
    this.button.setAttribute(
      "aria-label",
      `${this.button.textContent} ${nameOf(this.source)}, ${this.account()}`,
    );
    this.held = held;
    if (!held) this.button.setAttribute("aria-expanded", String(Boolean(this.form)));
    else this.button.removeAttribute("aria-expanded");
  }

  account() {
    return platformName(this.source.platform) || this.source.id;
  }

  pressed() {
    this.problem.textContent = "";
    if (this.held) this.resume();
    else if (this.form) this.close();
    else this.open();
  }

  open() {
    const by = nameField();
    const reason = field("Why", h("input", { type: "text", maxlength: 500, autocomplete: "off" }));
    const send = h("button", { type: "submit", class: "button strong" }, "Pause");
    const failed = h("span", { class: "problem", role: "alert" });
    const form = h(
      "form",
      {
        class: "pause-form",
        novalidate: true,
        "aria-label": `Pause ${nameOf(this.source)}, ${this.account()}`,
        on: {
          submit: (event) => {
            event.preventDefault();
            this.pause(by, reason, send, failed);
          },
          keydown: (event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            this.close();
          },
        },
      },
      h(
        "p",
        { class: "reason" },
        `${nameOf(this.source)} on ${this.account()} is not asked any more until somebody resumes it.`,
      ),
      by.node,
      reason.node,
      h(
        "p",
        { class: "form-buttons" },
        send,
        h("button", { type: "button", class: "quiet", on: { click: () => this.close() } }, "Cancel"),
        failed,
      ),
    );
    this.form = h("tr", { role: "row", class: "pause-row" }, h("td", { role: "cell", colspan: 7 }, form));
    this.node.after(this.form);
    this.showAction();
    (by.input.value ? reason : by).input.focus();
  }

  close() {
    this.form?.remove();
    this.form = null;
    this.showAction();
    this.button.focus();
  }

  async pause(by, reason, send, failed) {
    failed.textContent = "";
    by.problem(by.input.value.trim() ? "" : "Who pauses it?");
    reason.problem(reason.input.value.trim() ? "" : "Why? The next editor will want to know.");
    const missing = [by, reason].find((one) => !one.input.value.trim());
    if (missing) return missing.input.focus();
    if (send.getAttribute("aria-disabled")) return;
    send.setAttribute("aria-disabled", "true");
    const fields = { by: by.input.value.trim(), reason: reason.input.value.trim() };
    try {
      await post(sourcePath(this.source.id, "pause"), fields);
      rememberName(fields.by);
      this.close();
      this.changed(this.source, "paused");
    } catch (error) {
      failed.textContent = inWords(error);
    }
    send.removeAttribute("aria-disabled");
  }

  async resume() {
    if (this.asking) return;
    this.asking = true;
    const by = rememberedName();
    try {
      await post(sourcePath(this.source.id, "resume"), by ? { by } : {});
      this.changed(this.source, "resumed");
    } catch (error) {
      this.problem.textContent = inWords(error);
    }
    this.asking = false;
  }
}
