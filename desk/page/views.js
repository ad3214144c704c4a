// The right pane when it shows no story: search results, sources, and the states between.

import { h, outLink } from "./dom.js";
import { dayAndTime } from "./format.js";
import { postCard } from "./posts.js";

export function message(title, ...words) {
  return h(
    "div",
    { class: "state" },
    h("h2", { tabindex: "-1" }, title),
    words.map((one) => (typeof one === "string" ? h("p", {}, one) : one)),
  );
}

function storyLink(item) {
  if (!item.storyId) return null;
  const ids = [item.storyId, "posts", item.id].map(encodeURIComponent);
  return h("a", { href: `#/story/${ids.join("/")}` }, "Go to its story");
}

export function searchView(query, items) {
  return [
    h(
      "header",
      { class: "story-head" },
      h("a", { class: "back", href: "#/" }, "All stories"),
      h("h2", { tabindex: "-1" }, `Posts with “${query}”`),
      h(
        "p",
        { class: "story-meta" },
        items.length
          ? `${items.length} found`
          : "Nothing found. Words are found in the language they were written in; person:NAME takes the name of officials.toml, place:NAME the English one.",
      ),
    ),
    h(
      "div",
      { class: "tab-panel cards" },
      items.map((item) => postCard(item, null, [], storyLink(item))),
    ),
  ];
}

function sourceState(source) {
  if (source.paused) return ["Paused", source.pauseReason];
  if (source.failures) return [`Failing, ${source.failures} in a row`, source.lastError];
  return source.lastSuccess ? ["Answers", ""] : ["Not asked yet", ""];
}

export function sourcesView(sources) {
  const rows = [...sources]
    .sort(
      (a, b) =>
        (b.failures || 0) - (a.failures || 0) || String(a.accountId).localeCompare(String(b.accountId)),
    )
    .map((source) => {
      const [state, detail] = sourceState(source);
      const profile = source.profile || {};
      const account = source.accountId || "";
      return h(
        "tr",
        { class: source.failures ? "failing" : "" },
        h(
          "th",
          { scope: "row" },
          outLink(profile.url, profile.title || account),
          profile.title ? h("span", { class: "reason" }, ` ${account}`) : null,
        ),
        h("td", {}, state, detail ? h("span", { class: "reason" }, ` ${detail}`) : null),
        h("td", {}, dayAndTime(source.lastSuccess)),
        h("td", { class: "figure" }, String(source.itemsSeen || 0)),
      );
    });
  return [
    h(
      "header",
      { class: "story-head" },
      h("a", { class: "back", href: "#/" }, "All stories"),
      h("h2", { tabindex: "-1" }, "Sources"),
      h("p", { class: "story-meta" }, `${sources.length} accounts`),
    ),
    h(
      "div",
      { class: "tab-panel scroll-x" },
      h(
        "table",
        { class: "sources" },
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            ["Account", "State", "Last answer", "Posts"].map((name) => h("th", { scope: "col" }, name)),
          ),
        ),
        h("tbody", {}, rows),
      ),
    ),
  ];
}
