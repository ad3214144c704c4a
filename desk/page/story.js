// The right pane: one story, its head and its tabs.

import { h } from "./dom.js";
import { count, howSure, percent, periodUtc, shownRole } from "./format.js";
import { foldedCount, reshared } from "./list.js";
import { postsTab, settlePosts } from "./posts.js";
import { backgroundTab, picturesTab, quotesTab } from "./parts.js";
import { draftTab } from "./draft.js";
import { statements } from "./statements.js";

export const TABS = [
  { id: "draft", label: "Draft", make: draftTab, count: () => 0 },
  { id: "posts", label: "Posts", make: postsTab, count: (story, items) => statements(items).length },
  { id: "pictures", label: "Pictures", make: picturesTab, count: (story) => (story.pictures || []).length },
  {
    id: "quotes",
    label: "Quotes",
    make: quotesTab,
    count: (story, items) =>
      items
        .filter((i) => i.state !== "GONE" && !i.duplicateOf?.itemId)
        .reduce((n, i) => n + (i.quotes || []).length, 0),
  },
  {
    id: "background",
    label: "Background",
    make: backgroundTab,
    count: (story) => (story.background || []).length,
  },
];

function why(story) {
  const parts = story.reasons || [];
  if (!parts.length) return null;
  const most = Math.max(...parts.map((part) => Math.abs(part.value || 0)), 0.01);
  return h(
    "details",
    { class: "why-box" },
    h("summary", {}, `Why it ranks here: ${(story.score || 0).toFixed(1)}`),
    h(
      "table",
      {},
      h(
        "tbody",
        {},
        parts.map((part) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, (part.name || "").replace(/[-_]/g, " ")),
            h("td", { class: "figure" }, (part.value || 0).toFixed(2)),
            h(
              "td",
              {},
              h("meter", { min: 0, max: most, value: Math.max(0, part.value || 0), "aria-hidden": "true" }),
            ),
            h("td", {}, part.reason || ""),
          ),
        ),
      ),
    ),
  );
}

// Each with how sure it is; unfolded, why.
function sections(story) {
  const all = story.sections || [];
  if (!all.length) return null;
  const tags = all.flatMap((section) => [
    h("span", { class: "tag" }, section.name || section.id, h("span", { class: "sure" }, ` ${percent(section)}`)),
    " ",
  ]);
  return h(
    "details",
    { class: "sections-box" },
    h("summary", {}, "Sections: ", tags),
    h(
      "ul",
      {},
      all.map((section) =>
        h("li", {}, h("b", {}, section.name || section.id), ": ", h("bdi", {}, howSure(section) || "no reason is told")),
      ),
    ),
  );
}

function head(story) {
  const officials = (story.officials || []).map((one) =>
    h("li", {}, h("b", {}, one.name), shownRole(one) ? ` ${one.role}` : ""),
  );
  const places = (story.places || []).map((place) => place.name).join(", ");
  return h(
    "header",
    { class: "story-head" },
    h("a", { class: "back", href: "#/" }, "All stories"),
    h("h2", { id: "story-title", tabindex: "-1" }, story.title || "Untitled"),
    officials.length ? h("ul", { class: "officials" }, officials) : null,
    h(
      "p",
      { class: "story-meta" },
      h("span", {}, periodUtc(story)),
      h("span", {}, foldedCount(story)),
      reshared(story) ? h("span", {}, `Reach: ${reshared(story)}`) : null,
      (story.languages || []).length
        ? h("span", {}, count(story.languages.length, "language", "languages"))
        : null,
      places ? h("span", {}, places) : null,
    ),
    sections(story),
    why(story),
  );
}

function tabBar(story, items, selected, choose) {
  const buttons = TABS.map((tab) => {
    const n = tab.count(story, items);
    return h(
      "button",
      {
        type: "button",
        role: "tab",
        id: `tab-${tab.id}`,
        "aria-controls": "tab-panel",
        "aria-selected": String(tab.id === selected),
        tabindex: tab.id === selected ? "0" : "-1",
        on: { click: () => choose(tab.id) },
      },
      tab.label,
      n ? h("span", { class: "n" }, ` ${n}`) : null,
    );
  });
  const bar = h("div", { class: "tabs", role: "tablist", "aria-label": "Parts of the story" }, buttons);
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = TABS.findIndex((tab) => tab.id === selected);
    choose(TABS[(at + step + TABS.length) % TABS.length].id, true);
  });
  return bar;
}

// A name for what a person has unfolded or focused, the same when the story is shown anew.
const handle = (node) =>
  [node.tagName, node.closest("[data-item]")?.dataset.item, node.id || node.textContent].join("\n");

function findAgain(pane, selector, handles) {
  return [...pane.querySelectorAll(selector)].filter((node) => handles.has(handle(node)));
}

// draft: what the API gave, or an Error; only the tab Draft needs it.
export function showStory(pane, { story, items = [], draft }, tabId, choose) {
  const tab = TABS.find((one) => one.id === tabId) || TABS[0];
  const same = pane.dataset.story === story.id;
  const unfolded = new Set(same ? [...pane.querySelectorAll("details[open] > summary")].map(handle) : []);
  const focused = same && pane.contains(document.activeElement) ? handle(document.activeElement) : "";
  pane.replaceChildren(
    head(story),
    tabBar(story, items, tab.id, choose),
    h(
      "section",
      { id: "tab-panel", class: "tab-panel", role: "tabpanel", "aria-labelledby": `tab-${tab.id}` },
      tab.make(story, items, draft),
    ),
  );
  for (const summary of findAgain(pane, "summary", unfolded)) summary.parentElement.open = true;
  const again = findAgain(pane, "a, button, summary, [tabindex]", new Set([focused]))[0];
  again?.focus({ preventScroll: true });
  if (tab.id === "posts") settlePosts(pane, items, Boolean(focused) && !again);
  pane.dataset.story = story.id;
  document.title = `${story.title || "Story"} - Copytaster`;
}
