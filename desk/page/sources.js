// Sources: every account that is followed, how it is and why; those that need a look first. Made once a visit:
// a refresh changes what has changed and leaves alone what somebody types, and at most MOST rows are in the page,
// so that 20,000 accounts are as quick as twenty.

import { h } from "./dom.js";
import { folded, platformName } from "./format.js";
import { costOf, HEALTH, money, nameOf, SourceRow } from "./source_row.js";

const MOST = 200;
const ORDER = Object.keys(HEALTH);
const alphabetical = new Intl.Collator("en", { sensitivity: "base", numeric: true }).compare;
const thousands = new Intl.NumberFormat("en-GB");
const several = (n, one, many) => `${thousands.format(n)} ${n === 1 ? one : many}`;
const COLUMNS = ["Source", "State", "Last answer", "Last post", "Posts", "This month", ""];
const DONE = { paused: "Paused", resumed: "Asked again" };

// Kept over visits, so that coming back shows the same.
const wanted = { health: "", words: "" };

const rank = (source) => (source.alarm ? 0 : 10) + ORDER.indexOf(source.health);
// What the filter looks in.
const wordsOf = (source) =>
  [
    nameOf(source),
    source.handle,
    source.state?.profile?.title,
    source.platform,
    platformName(source.platform),
    source.health,
    source.alarm ? "look" : "",
    source.id,
    source.reason,
  ].join(" ");

export class SourcesView {
  // ask(): called when the desk has changed something, to be shown at once.
  constructor(ask) {
    this.ask = ask;
    this.all = [];
    this.rows = new Map(); // id -> SourceRow, of those that are or were shown
    this.words = new Map(); // id -> {words, text: the same as it is compared}
    this.make();
  }

  make() {
    this.total = h("p", { class: "story-meta" });
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
      ),
    ];
  }

  // month: "2026-11", the desk's own.
  show(sources, month) {
    this.month = month;
    this.all = sources
      .filter((one) => one.followed)
      .sort(
        (a, b) =>
          rank(a) - rank(b) ||
          alphabetical(nameOf(a), nameOf(b)) ||
          alphabetical(a.platform || "", b.platform || ""),
      );
    this.once = sources.filter((one) => !one.followed);
    const cost = this.all.reduce((sum, one) => sum + costOf(one, month), 0);
    this.table.classList.toggle("no-cost", !cost);
    this.total.replaceChildren(
      h("span", {}, several(this.all.length, "account", "accounts")),
      cost ? h("span", {}, `${money(cost)} this month`) : "",
    );
    this.showChips();
    this.showRows();
    this.apart.hidden = !this.once.length;
    this.apart.firstChild.textContent = `${several(this.once.length, "account is", "accounts are")} no longer followed; what was read then is kept`;
    this.showApart();
  }

  typed() {
    wanted.words = this.search.value;
    this.showRows(true);
  }

  showChips() {
    const by = new Map();
    for (const { health } of this.all) by.set(health, (by.get(health) || 0) + 1);
    const alarms = this.all.filter((one) => one.alarm).length;
    const chips = [
      ["", `${thousands.format(this.all.length)} in all`, this.all.length],
      ["alarm", several(alarms, "needs a look", "need a look"), alarms],
      ...ORDER.map((one) => [
        one,
        `${thousands.format(by.get(one) || 0)} ${one === "new" ? "not read yet" : one}`,
        by.get(one),
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
    this.showRows(true);
  }

  textOf(source) {
    const words = wordsOf(source);
    let known = this.words.get(source.id);
    if (known?.words !== words) this.words.set(source.id, (known = { words, text: folded(words) }));
    return known.text;
  }

  fitting() {
    const words = folded(wanted.words).split(/\s+/).filter(Boolean);
    return this.all.filter((one) => {
      if (wanted.health === "alarm" ? !one.alarm : wanted.health && one.health !== wanted.health)
        return false;
      if (!words.length) return true;
      const text = this.textOf(one);
      return words.every((word) => text.includes(word));
    });
  }

  // anew: somebody asked for other rows; else nothing moves while she is in the table.
  showRows(anew = false) {
    const fit = this.fitting();
    const busy = [...this.rows.values()].filter((row) => row.busy);
    const shown = !anew && busy.length ? this.refreshed() : fit.slice(0, MOST);
    for (const row of busy)
      if (row.form && !shown.some((one) => one.id === row.source.id))
        shown.unshift(this.now(row.source.id) || row.source);
    this.place(shown.map((source) => this.row(source)));
    const left = fit.length - Math.min(fit.length, MOST);
    this.left.textContent = !fit.length
      ? "No source fits. Fewer letters, or another state, show more."
      : left
        ? `${thousands.format(MOST)} of ${thousands.format(fit.length)} are shown, ${thousands.format(left)} are left out: narrow them by name, platform or state.`
        : "";
    if (anew) this.say(several(fit.length, "source", "sources"));
  }

  now(id) {
    return this.all.find((one) => one.id === id);
  }

  // The rows that are there, in their order, as they are now.
  refreshed() {
    const byId = new Map(this.all.map((one) => [one.id, one]));
    return [...this.body.querySelectorAll("[data-source]")]
      .map((node) => byId.get(node.dataset.source))
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

  showApart() {
    if (!this.apart.open || this.apart.hidden) return;
    const lines = this.once
      .slice(0, MOST)
      .map((one) => h("li", {}, `${one.id}: ${one.state?.itemsSeen || 0} posts`));
    if (this.once.length > MOST)
      lines.push(h("li", {}, `and ${thousands.format(this.once.length - MOST)} more`));
    this.apartList.replaceChildren(...lines);
  }

  say(words) {
    this.said.textContent = words;
  }

  changed(source, what) {
    this.say(`${DONE[what]}: ${nameOf(source)}, ${platformName(source.platform)}.`);
    this.ask();
  }
}
