// The right pane when it shows no story: search results, and the states between.

import { h } from "./dom.js";
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
