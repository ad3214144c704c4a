// The left pane: the suggested stories. Rows are kept and only what changed is made anew, so that scroll,
// focus and selection survive each refresh, with hundreds of stories too.

import { h, picture } from "./dom.js";
import { count, percent, period, shownRole } from "./format.js";

const rows = new Map(); // story id -> {node, made}

export const reshared = (story) => (story.reshares ? count(story.reshares, "reshare", "reshares") : "");
export const foldedCount = (story) =>
  [count(story.posts || 0, "post", "posts"), story.copies ? count(story.copies, "copy", "copies") : ""]
    .filter(Boolean)
    .join(", ");

function people(story) {
  const all = story.officials || [];
  const shown = all
    .slice(0, 3)
    .map((one) =>
      h(
        "span",
        { class: "person" },
        one.name,
        shownRole(one) ? h("span", { class: "role" }, ` ${one.role}`) : null,
      ),
    );
  if (all.length > 3) shown.push(h("span", { class: "person more" }, `and ${all.length - 3} more`));
  return h("span", { class: "people" }, shown);
}

// The two parts that weigh most, in their own words; who posted stands above them already.
export function whyRanked(story) {
  return (story.reasons || [])
    .filter((part) => part.name !== "people")
    .sort((a, b) => (b.value || 0) - (a.value || 0))
    .slice(0, 2)
    .map((part) => part.reason || part.name)
    .filter(Boolean)
    .join("; ");
}

function content(story, rank) {
  const places = (story.places || [])
    .slice(0, 5)
    .map((place) => place.name)
    .join(", ");
  const sections = (story.sections || []).map((section) =>
    h("span", { class: "tag" }, section.name || section.id, h("span", { class: "sure" }, ` ${percent(section)}`)),
  );
  const lead = (story.pictures || []).find((one) => one.rights?.state !== "refused");
  const why = whyRanked(story);
  return [
    h("span", { class: "rank" }, h("span", { class: "unseen" }, "Rank "), String(rank)),
    h(
      "span",
      { class: "row-text" },
      lead ? h("span", { class: "thumb" }, picture(lead.sha256, 160, "")) : null,
      h("span", { class: "row-title" }, story.title || "Untitled"),
      people(story),
      h(
        "span",
        { class: "row-meta dotted" },
        places ? h("span", { class: "places" }, places) : null,
        h("span", {}, period(story)),
        h("span", { class: "folded" }, [foldedCount(story), reshared(story)].filter(Boolean).join(", ")),
      ),
      sections.length ? h("span", { class: "tags" }, sections) : null,
      why ? h("span", { class: "why" }, h("b", {}, (story.score || 0).toFixed(1)), ` ${why}`) : null,
    ),
  ];
}

function row(story, rank) {
  const made = `${rank} ${JSON.stringify(story)}`;
  const known = rows.get(story.id);
  if (known) {
    if (known.made !== made) {
      known.node.firstChild.replaceChildren(...content(story, rank).filter(Boolean));
      known.made = made;
    }
    return known.node;
  }
  const node = h(
    "li",
    {},
    h(
      "a",
      { class: "row", href: `#/story/${encodeURIComponent(story.id)}`, data: { id: story.id } },
      content(story, rank),
    ),
  );
  rows.set(story.id, { node, made });
  return node;
}

export function showStories(list, stories) {
  const focused = document.activeElement?.closest?.(".row")?.dataset.id;
  const wanted = stories.map((story, i) => row(story, i + 1));
  const ids = new Set(stories.map((story) => story.id));
  for (const [id, { node }] of rows) {
    if (ids.has(id)) continue;
    node.remove();
    rows.delete(id);
  }
  wanted.forEach((node, i) => {
    if (list.children[i] !== node) list.insertBefore(node, list.children[i] || null);
  });
  if (focused && rows.has(focused) && document.activeElement?.closest?.(".row")?.dataset.id !== focused)
    rows.get(focused).node.firstChild.focus({ preventScroll: true });
}

export function markSelected(id) {
  for (const [key, { node }] of rows) {
    if (key === id) node.firstChild.setAttribute("aria-current", "true");
    else node.firstChild.removeAttribute("aria-current");
  }
}

// j and k: the next or previous row from the focused, else from the selected one.
export function moveFocus(list, step) {
  const all = [...list.querySelectorAll(".row")];
  if (!all.length) return;
  const from =
    all.indexOf(document.activeElement) >= 0
      ? all.indexOf(document.activeElement)
      : all.findIndex((one) => one.hasAttribute("aria-current"));
  const next = all[Math.min(all.length - 1, Math.max(0, from + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
