// Sources: every account that is followed, how it is and why; those that need a look first. The desk searches and
// sorts, and sends at most MOST of them, so that 20,000 accounts are as quick as twenty. Made once a visit: a
// refresh changes what has changed and leaves alone what somebody types.

import { get } from "./api.js";
import { h } from "./dom.js";
import { platformName } from "./format.js";
import { houseLines } from "./house.js";
import { HEALTH, money, nameOf, SourceRow } from "./source_row.js";

const MOST = 200;
const PATIENCE = 200; // ms after the last key, before the desk is asked
const ORDER = Object.keys(HEALTH);
const thousands = new Intl.NumberFormat("en-GB");
const several = (n, one, many) => `${thousands.format(n)} ${n === 1 ? one : many}`;
const COLUMNS = ["Source", "State", "Last answer", "Last post", "Posts", "This month", ""];
const DONE = { paused: "Paused", resumed: "Asked again" };

// Kept over visits, so that coming back shows the same.
const wanted = { health: "", words: "" };

// Where the desk's answer to what is wanted now is.
export function sourcesPath() {
  const asked = new URLSearchParams({ followed: "true", limit: String(MOST) });
  if (wanted.health) asked.set("health", wanted.health);
  if (wanted.words.trim()) asked.set("q", wanted.words.trim());
  return `/api/sources?${asked}`;
}

export class SourcesView {
  // ask(): called when the desk has changed something, to be shown at once.
  constructor(ask) {
    this.ask = ask;
    this.all = []; // those that the desk sent
    this.counts = {}; // of all
    this.matched = 0; // how many fit what is wanted
    this.rows = new Map(); // id -> SourceRow, of those that are or were shown
    this.anew = false; // other rows were asked for
    this.waiting = 0; // for the last key
    this.make();
  }

  make() {
    this.total = h("p", { class: "story-meta" });
    this.house = h("div", { class: "house", hidden: true });
    this.search = h("input", {
      type: "search",
      id: "source-filter",
      placeholder: "Name, platform or state",
      autocomplete: "off",
      maxlength: 100,
      value: wanted.words || null,
      on: { input: () => this.typed() },
    });
    this.chips = h("div", { class: "chips", role: "group", "aria-label": "By state" });
    this.said = h("p", { class: "said", role: "status" });
    this.left = h("p", { class: "left-out" });
    this.body = h("tbody", { role: "rowgroup" });
    const head = COLUMNS.map((name) =>
      h(
        "th",
        { scope: "col", role: "columnheader", class: { Posts: "figure", "This month": "figure cost" }[name] },
        name || h("span", { class: "unseen" }, "Pause or resume"),
      ),
    );
    this.table = h(
      "table",
      { class: "sources", role: "table", "aria-label": "Sources" },
      h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, head)),
      this.body,
    );
    this.apartList = h("ul", { class: "apart-list" });
    this.apart = h(
      "details",
      { class: "apart", hidden: true, on: { toggle: () => this.showApart() } },
      h("summary", {}, ""),
      this.apartList,
    );
    this.silent = h("p", { class: "apart", hidden: true });
    this.nodes = [
      h(
        "header",
        { class: "story-head" },
        h("a", { class: "back", href: "#/" }, "All stories"),
        h("h2", { tabindex: "-1" }, "Sources"),
        this.total,
      ),
      h(
        "div",
        { class: "tab-panel sources-panel" },
        this.house,
        h(
          "div",
          { class: "filters", role: "search", "aria-label": "Sources" },
          h("label", { for: "source-filter", class: "unseen" }, "Filter by name, platform or state"),
          this.search,
          this.said,
          this.chips,
        ),
        this.table,
        this.left,
        this.apart,
        this.silent,
      ),
    ];
  }

  // data: the desk's answer for `path`; month: "2026-11", the desk's own.
  show(data, path, month) {
    if (path !== sourcesPath()) return; // of other words: the answer to these is on its way
    this.month = month;
    this.all = data.sources || [];
    this.counts = data.counts || {};
    this.matched = data.matched ?? this.all.length;
    const cost = data.spent?.usd || 0;
    this.table.classList.toggle("no-cost", !cost);
    this.total.replaceChildren(
      h("span", {}, several(this.counts.all || 0, "account", "accounts")),
      cost ? h("span", {}, `${money(cost)} this month`) : "",
    );
    this.showChips();
    this.showRows(this.anew);
    this.anew = false;
    const former = data.former || 0;
    this.apart.hidden = !former;
    this.apart.firstChild.textContent = `${several(former, "account is", "accounts are")} no longer followed; what was read then is kept`;
    this.showApart();
    this.showSilent(data.not_collected || {});
  }

  // Accounts that no collector reads, by platform: they are no sources, and nobody waits for them.
  showSilent(byPlatform) {
    const all = Object.entries(byPlatform).sort(([, a], [, b]) => b - a);
    this.silent.hidden = !all.length;
    const count = all.reduce((sum, [, n]) => sum + n, 0);
    const names = all.map(([platform, n]) => `${platformName(platform)} (${thousands.format(n)})`).join(", ");
    const words = `${several(count, "account is", "accounts are")} not collected, for no collector reads them: ${names}. Their posts are brought in by hand.`;
    if (this.silent.textContent !== words) this.silent.textContent = words;
  }

  // status: /api/status, for what concerns more than one source.
  showHouse(status) {
    const lines = houseLines(status);
    this.house.hidden = !lines.length;
    this.house.replaceChildren(...lines);
  }

  typed() {
    wanted.words = this.search.value;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.wantOthers(), PATIENCE);
  }

  wantOthers() {
    this.anew = true;
    this.ask();
  }

  showChips() {
    const { all = 0, alarms = 0, ...by } = this.counts;
    const chips = [
      ["", `${thousands.format(all)} in all`, all],
      ["alarm", several(alarms, "needs a look", "need a look"), alarms],
      ...ORDER.map((one) => [
        one,
        `${thousands.format(by[one] || 0)} ${one === "new" ? "not read yet" : one}`,
        by[one],
      ]),
    ];
    chips.forEach(([health, words, n], i) => {
      let chip = this.chips.children[i];
      if (!chip) {
        chip = h("button", {
          type: "button",
          class: `chip is-${health || "all"}`,
          on: { click: () => this.choose(health) },
        });
        this.chips.append(chip);
      }
      if (chip.textContent !== words) chip.textContent = words;
      chip.hidden = !n && health !== "" && health !== wanted.health;
      chip.setAttribute("aria-pressed", String(wanted.health === health));
    });
  }

  choose(health) {
    wanted.health = wanted.health === health ? "" : health;
    this.showChips();
    this.wantOthers();
  }

  // anew: somebody asked for other rows; else nothing moves while she is in the table.
  showRows(anew = false) {
    const busy = [...this.rows.values()].filter((row) => row.busy);
    const shown = !anew && busy.length ? this.refreshed() : [...this.all];
    for (const row of busy)
      if (row.form && !shown.some((one) => one.id === row.source.id))
        shown.unshift(this.now(row.source.id) || row.source);
    this.place(shown.map((source) => this.row(source)));
    const left = this.matched - this.all.length;
    this.left.textContent = !this.matched
      ? "No source fits. Fewer letters, or another state, show more."
      : left
        ? `${thousands.format(this.all.length)} of ${thousands.format(this.matched)} are shown, ${thousands.format(left)} are left out: narrow them by name, platform or state.`
        : "";
    if (anew) this.say(several(this.matched, "source", "sources"));
  }

  now(id) {
    return this.all.find((one) => one.id === id);
  }

  // The rows that are there, in their order, as they are now. One that somebody is in stays, although it fits no
  // more.
  refreshed() {
    const byId = new Map(this.all.map((one) => [one.id, one]));
    const still = (id) => byId.get(id) || (this.rows.get(id)?.busy && this.rows.get(id).source);
    return [...this.body.querySelectorAll("[data-source]")]
      .map((node) => still(node.dataset.source))
      .filter(Boolean);
  }

  row(source) {
    let row = this.rows.get(source.id);
    if (!row) {
      row = new SourceRow(source, (of, what) => this.changed(of, what));
      this.rows.set(source.id, row);
    }
    row.show(source, this.month);
    return row;
  }

  place(rows) {
    const nodes = rows.flatMap((row) => row.nodes);
    const keep = new Set(nodes);
    for (const node of [...this.body.children]) if (!keep.has(node)) node.remove();
    nodes.forEach((node, i) => {
      if (this.body.children[i] !== node) this.body.insertBefore(node, this.body.children[i] || null);
    });
    const shown = new Set(rows);
    for (const [id, row] of this.rows) if (!shown.has(row)) this.rows.delete(id);
  }

  // Asked for when somebody opens it.
  async showApart() {
    if (!this.apart.open || this.apart.hidden) return;
    const { data } = await get(`/api/sources?followed=false&limit=${MOST}`);
    const lines = data.sources.map((one) => h("li", {}, `${one.id}: ${one.state?.itemsSeen || 0} posts`));
    if (data.more)
      lines.push(h("li", {}, `and ${thousands.format(data.matched - data.sources.length)} more`));
    this.apartList.replaceChildren(...lines);
  }

  say(words) {
    this.said.textContent = words;
  }

  changed(source, what) {
    // Until the desk says more; it says nothing where the source does not fit the filter any more.
    const now = { ...source, health: what === "paused" ? "paused" : "new", alarm: false, reason: "" };
    this.rows.get(source.id)?.show(now, this.month);
    this.say(`${DONE[what]}: ${nameOf(source)}, ${platformName(source.platform)}.`);
    this.ask();
  }
}
