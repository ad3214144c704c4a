// The desk's page: what the address says is shown, and kept fresh.

import { get, Gone, LoggedOut, Refused, storyPath } from "./api.js";
import { h } from "./dom.js";
import { count } from "./format.js";
import { markSelected, moveFocus, showStories } from "./list.js";
import { IntakeView } from "./intake.js";
import { ANSWERED } from "./form_row.js";
import { aimAtPost } from "./posts.js";
import { houseAlarms } from "./house.js";
import { SourcesView, sourcesPath } from "./sources.js";
import { showStory, TABS } from "./story.js";
import { message, searchView } from "./views.js";

const EVERY = 4000; // ms between refreshes
const SOON = 800; // while what an editor has said is being done
const AT_MOST = 30000; // when the server does not answer
const TITLES = { sources: "Sources - Copytaster", intake: "Bring in a post - Copytaster" };
const twoPanes = matchMedia("(min-width: 900px)"); // as in app.css
const at = (id) => document.getElementById(id);
const list = at("stories");
const pane = at("story-pane");

let route = { view: "list" };
let stories = null;
let tabChosen = "draft";
let shownKey = "";
let wait = EVERY;
let timer = 0;
let turn = 0; // of refreshing: a newer one takes over from one that still waits for answers
let page = null; // the view of Sources or of intake while it is shown: it keeps what somebody types
let sourcesDue = 0; // ms: thousands of sources are asked for less often
let month = new Date().toISOString().slice(0, 7); // the desk's own, "2026-11"
let forced = false; // the next to show the pane shows it whole
let behind = false; // the story has changed while somebody was at it
let soon = 0; // how many more refreshes come quickly

function readRoute() {
  if (/^#\/intake(\?|$)/.test(location.hash)) {
    const filled = Object.fromEntries(new URLSearchParams(location.hash.split("?").slice(1).join("?")));
    return { view: "intake", id: location.hash, filled };
  }
  const [, view, ...rest] = location.hash.split("/").map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  if (view === "story" && rest[0]) return { view, id: rest[0], tab: rest[1] || tabChosen, item: rest[2] };
  if (view === "search" && rest[0]) return { view, query: rest.join("/") };
  if (view === "sources") return { view };
  return { view: "list" };
}

function say(kind, words) {
  const box = at(kind);
  box.hidden = !words;
  if (box.dataset.words !== words) box.replaceChildren(words || "");
  box.dataset.words = words || "";
}

// sources: the words that lead to the sources. Only what has changed is set: a screen reader says it again else.
function pulse(state, words, sources = "", alarm = false) {
  const set = (node, text) => node.textContent !== text && (node.textContent = text);
  at("pulse").dataset.state = state;
  set(at("pulse-words"), words);
  set(at("pulse-sources"), sources);
  at("pulse-sources").hidden = !sources;
  at("pulse-sources").classList.toggle("is-alarm", alarm);
}

function showTrouble(error) {
  if (error instanceof LoggedOut) {
    at("trouble").replaceChildren("Your session has ended. ", h("a", { href: "/login" }, "Log in again"));
    at("trouble").hidden = false;
    delete at("trouble").dataset.words;
  } else {
    say("trouble", `${error.message} What you see may be old; trying again.`);
  }
  pulse("gone", "Not connected");
  if (!stories)
    at("list-state").replaceChildren(
      message("No connection", "The desk does not answer yet. This page keeps trying."),
    );
}

async function refreshList() {
  const { data, changed } = await get("/api/stories?limit=300");
  if (changed || !stories) {
    stories = data.stories || [];
    showStories(list, stories);
    say("notice", data.notice || "");
    at("list-state").replaceChildren(
      ...(stories.length
        ? []
        : [
            message(
              "No stories yet",
              "A story appears here as soon as a post is in. Sources shows whether the accounts answer.",
            ),
          ]),
    );
    markSelected(route.id);
  }
  // The address may have changed already, its event being on the way.
  if (route.view === "list" && readRoute().view === "list" && stories.length && twoPanes.matches) {
    history.replaceState(null, "", `#/story/${encodeURIComponent(stories[0].id)}`);
    route = readRoute();
    markSelected(route.id);
    pane.replaceChildren(message("Loading the story"));
  }
}

// Someone is reading or selecting: what they look at must not move under their eyes.
const isSelecting = () => !getSelection().isCollapsed && pane.contains(getSelection().anchorNode);
const isAnswering = () => Boolean(document.activeElement?.closest?.(".copy-form"));

// {data: the draft, changed}; the story is shown without one too.
async function getDraft(id) {
  try {
    return await get(`${storyPath(id)}/draft`);
  } catch (error) {
    if (error instanceof Refused) return { data: error, changed: true };
    throw error;
  }
}

async function refreshStory(force) {
  const asked = route;
  const { data, changed } = await get(storyPath(asked.id));
  const draft = asked.tab === "draft" ? await getDraft(asked.id) : { changed: false };
  if (asked !== route) return; // she went elsewhere meanwhile
  const key = `${asked.id} ${asked.tab}`;
  if (!force && !changed && !draft.changed && !behind && key === shownKey) return;
  behind = !force && key === shownKey && (isSelecting() || isAnswering());
  if (behind) return;
  const scroll = key === shownKey ? pane.scrollTop : 0;
  showStory(pane, { ...data, draft: draft.data }, asked.tab, chooseTab);
  shownKey = key;
  pane.scrollTop = scroll;
}

async function refreshSources(force) {
  const asked = route;
  if (!force && Date.now() < sourcesDue) return;
  const path = sourcesPath();
  const { data, changed } = await get(path);
  if (asked !== route) return;
  sourcesDue = Date.now() + (data.counts?.all || 0) * 1.5;
  const fresh = !(page instanceof SourcesView);
  if (fresh) page = new SourcesView(() => refresh(true));
  if (fresh || changed || force) page.show(data, path, data.spent?.month || month);
  if (fresh) pane.replaceChildren(...page.nodes);
}

async function refreshPane(force) {
  const asked = route;
  const show = (...nodes) => asked === route && pane.replaceChildren(...nodes);
  try {
    if (asked.view === "story") await refreshStory(force);
    else if (asked.view === "search" && force) {
      const { data } = await get(`/api/search?q=${encodeURIComponent(asked.query)}`);
      show(...searchView(asked.query, data.items || []));
    } else if (asked.view === "sources") {
      await refreshSources(force);
    } else if (asked.view === "intake") {
      if (page instanceof IntakeView) return;
      page = new IntakeView(asked.filled);
      show(...page.nodes);
    } else if (asked.view === "list" && force)
      show(message("Choose a story", "The list ranks what officials are writing about now, best first."));
  } catch (error) {
    if (error instanceof Gone || error instanceof LoggedOut) throw error;
    shownKey = "";
    page = null;
    show(message("This cannot be shown", error.message, error.hint || ""));
  }
}

// By the share of the sources that cannot be read: a few are any day's; of most of them no news comes in.
function pulseState({ all = 0, failing = 0, blocked = 0 } = {}) {
  const lost = failing + blocked;
  if (lost && lost * 2 >= all) return "silent";
  return lost && lost * 5 >= all ? "partly" : "live";
}

async function refreshStatus() {
  const { data } = await get("/api/status");
  if (data.now) month = data.now.slice(0, 7);
  const { all = 0 } = data.sources || {};
  const alarms = (data.sources?.alarms || 0) + houseAlarms(data);
  if (page instanceof SourcesView) page.showHouse(data);
  const sources = `${count(all, "source", "sources")}${alarms ? `, ${count(alarms, "needs", "need")} a look` : ""}`;
  if (data.ready) pulse(pulseState(data.sources), `${data.counters?.stored ?? 0} posts and edits, `, sources, alarms > 0);
  else pulse("waiting", `Not ready: ${data.why_not_ready}`);
  at("log-out").hidden = !data.login;
}

async function logOut() {
  await fetch("/logout", { method: "POST", redirect: "manual" });
  location.assign("/login");
}

async function refresh(force = false) {
  clearTimeout(timer);
  const mine = ++turn;
  forced ||= force;
  try {
    await refreshList();
    if (mine !== turn) return;
    await refreshPane(forced);
    if (mine !== turn) return;
    forced = false;
    await refreshStatus();
    say("trouble", "");
    wait = soon > 0 ? SOON : EVERY;
    soon = Math.max(0, soon - 1);
  } catch (error) {
    if (mine !== turn) return;
    showTrouble(error);
    wait = Math.min(AT_MOST, wait * 1.5);
  }
  clearTimeout(timer);
  timer = setTimeout(() => refresh(), document.hidden ? AT_MOST : wait);
}

function chooseTab(id, focus) {
  tabChosen = id;
  location.hash = `#/story/${encodeURIComponent(route.id)}/${id}`;
  if (focus) addEventListener("story-shown", () => at(`tab-${id}`)?.focus(), { once: true });
}

at("log-out").addEventListener("click", logOut);

async function follow() {
  const before = route;
  const opener = document.activeElement?.closest?.(".row")?.dataset.id;
  route = readRoute();
  if (route.tab) tabChosen = route.tab;
  if (route.query) at("search").value = route.query;
  document.body.dataset.view = route.view === "list" ? "list" : "story";
  if (route.view !== "story") document.title = TITLES[route.view] || "Copytaster";
  markSelected(route.id);
  if (before.id !== route.id || before.view !== route.view) {
    page = null;
    pane.replaceChildren(message("Loading"));
    pane.scrollTop = 0;
  }
  await refresh(true);
  dispatchEvent(new Event("story-shown"));
  if (route.item) aimAtPost(pane, route.item);
  // A person who opened a story from the list goes on reading there, unless she went elsewhere meanwhile.
  const now = document.activeElement;
  const stays = now === document.body || now?.closest?.(".row")?.dataset.id === opener;
  if (before.id !== route.id && opener === route.id && stays)
    pane.querySelector("h2")?.focus({ preventScroll: true });
}

function keys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select"))
    return;
  if (event.key === "j" || event.key === "k") moveFocus(list, event.key === "j" ? 1 : -1);
  else if (event.key === "/") {
    event.preventDefault();
    at("search").focus();
  } else if (event.key === "Escape") {
    if (!twoPanes.matches || route.view !== "story") location.hash = "#/";
    list.querySelector("[aria-current]")?.focus();
  } else if (/^[1-5]$/.test(event.key) && route.view === "story")
    chooseTab(TABS[Number(event.key) - 1].id, true);
}

// The address says which story is shown: the skip link must not change it.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  (pane.checkVisibility() ? pane : at("list-pane")).focus();
});
addEventListener("hashchange", follow);
addEventListener("keydown", keys);
addEventListener(ANSWERED, () => {
  soon = 12;
  refresh();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) refresh();
});
at("search-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const query = at("search").value.trim();
  if (query) location.hash = `#/search/${encodeURIComponent(query)}`;
});
at("list-state").replaceChildren(message("Loading stories"));
follow();
