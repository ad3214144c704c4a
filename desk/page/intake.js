// Bring in a post: what no collector reads, as an address, a text or a saved page, always with who brought it in.
// Made once a visit; nothing is sent before the button is pressed, whatever the address fills in.

import { bookmarklet, bookmarkletCode, copyButton, h } from "./dom.js";
import { day, dayAndTime, folded } from "./format.js";
import { get, itemPath, LoggedOut, post, Refused } from "./api.js";
import { postCard } from "./posts.js";
import { readSavedPage } from "./saved_page.js";
import { field, inWords, nameField, rememberName } from "./who.js";

const OFFERED = 30; // names at a time: a list of thousands is slow in every browser
const LOOKS = 30; // for the post, a second apart
const PATIENCE = 45000; // ms: the desk itself waits 30 s for a page
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "this computer's";

const searchFor = (item) =>
  (item.text || item.title || "")
    .split(/\s+/)
    .filter((word) => /^[\p{L}\p{N}]+$/u.test(word))
    .slice(0, 6)
    .join(" ");

export class IntakeView {
  // filled: {url, text, title} as the bookmarklet gives them.
  constructor(filled) {
    this.officials = [];
    this.make(filled);
    this.loadOfficials();
  }

  make(filled) {
    this.url = field(
      "Address of the post",
      h("input", {
        type: "url",
        maxlength: 2048,
        autocomplete: "off",
        placeholder: "https://",
        value: filled.url || null,
      }),
      "Alone, it is fetched. Where a login is needed, add the text.",
    );
    const text = h("textarea", { rows: 7, dir: "auto" });
    text.value = filled.text || "";
    this.text = field("Text, as it stands there", text);
    this.page = field(
      "Saved page",
      h("input", { type: "file", accept: ".html,.htm,.xhtml,text/html" }),
      "An .html file of at most 4 MB, read here in your browser.",
    );
    const names = h("datalist", { id: "official-names" });
    this.names = names;
    this.who = field(
      "Who said it",
      h("input", {
        type: "text",
        list: names.id,
        maxlength: 200,
        autocomplete: "off",
        placeholder: "Type a name",
        on: { input: () => this.offer() },
      }),
      "Left empty, the address tells, if it is of an account we follow.",
    );
    this.who.node.append(names);
    this.utc = h("span", {}, `In your time (${zone}). Left empty where you do not know.`);
    const told = { on: { input: () => this.showUtc() } };
    this.when = field("Posted on", h("input", { type: "date", max: "9999-12-31", ...told }));
    this.clock = field("Time of day", h("input", { type: "time", ...told }), this.utc);
    this.note = field(
      "Note",
      h("input", {
        type: "text",
        maxlength: 1000,
        autocomplete: "off",
        value: filled.title ? `Page: ${filled.title}`.slice(0, 1000) : null,
      }),
      "Anything the desk should know: where you have it from.",
    );
    this.by = nameField();
    this.send = h("button", { type: "submit", class: "button strong" }, "Bring it in");
    this.failed = h("p", { class: "problem", role: "alert" });
    this.said = h("div", { class: "brought", role: "status" });
    this.form = h(
      "form",
      {
        class: "intake-form",
        novalidate: true,
        "aria-label": "Bring in a post",
        on: { submit: (event) => this.submitted(event) },
      },
      [this.url, this.text, this.page, this.who, this.when, this.clock, this.note, this.by].map(
        (one) => one.node,
      ),
      h("p", { class: "form-buttons" }, this.send),
      this.failed,
    );
    this.nodes = [
      h(
        "header",
        { class: "story-head" },
        h("a", { class: "back", href: "#/" }, "All stories"),
        h("h2", { tabindex: "-1" }, "Bring in a post"),
        h(
          "p",
          { class: "story-meta" },
          "For what no collector reads. It becomes a post like all others and always says who brought it in, and when.",
        ),
      ),
      h("div", { class: "tab-panel intake" }, h("div", {}, this.form, this.said), this.fromBrowser()),
    ];
  }

  fromBrowser() {
    const told = h("p", { class: "reason", role: "status" });
    const onClick = (event) => {
      event.preventDefault(); // our own policy runs no such address
      told.textContent =
        "Here it does nothing: drag it to your bookmarks, then use it on the page of a post.";
    };
    return h(
      "aside",
      { class: "from-browser", "aria-label": "From your browser" },
      h("h3", {}, "From your browser"),
      h("p", {}, "Drag this to your bookmarks:"),
      h("p", {}, bookmarklet("Bring into Copytaster", location.origin, onClick)),
      told,
      h(
        "p",
        { class: "reason" },
        "On the page of a post, mark its words and choose the bookmark: this form opens with the address and the words. Nothing is sent before you press the button here.",
      ),
      h(
        "p",
        { class: "reason" },
        "No bookmarks bar, or no mouse? Make a bookmark yourself, with this as its address:",
      ),
      h("p", {}, copyButton("Copy the bookmark's address", bookmarkletCode(location.origin))),
      h(
        "p",
        { class: "reason" },
        "Some sites stop bookmarks of this kind; copy the address and the text there.",
      ),
    );
  }

  async loadOfficials() {
    try {
      const { data } = await get("/api/officials");
      const all = data.officials || [];
      const times = new Map();
      for (const { name } of all) times.set(name, (times.get(name) || 0) + 1);
      this.officials = all.map(({ id, name }) => {
        const label = times.get(name) > 1 || !name ? `${name} (${id})` : name;
        return { id, label, key: folded(label) };
      });
      this.offer();
    } catch (error) {
      this.who.problem(`The names cannot be shown: ${inWords(error)}`);
    }
  }

  offer() {
    const words = folded(this.who.input.value).split(/\s+/).filter(Boolean);
    const fit = [];
    for (const one of this.officials) {
      if (words.every((word) => one.key.includes(word))) fit.push(one);
      if (fit.length === OFFERED) break;
    }
    this.names.replaceChildren(...fit.map(({ label }) => h("option", { value: label })));
  }

  // The time as UTC; of a day without a time the day as typed; "" for none.
  postedAt() {
    const [date, clock] = [this.when.input.value, this.clock.input.value];
    if (!date || !clock) return date;
    const typed = new Date(`${date}T${clock}`);
    return Number.isNaN(typed.getTime()) ? "" : typed.toISOString().replace(".000Z", "Z");
  }

  showUtc() {
    const stamp = this.postedAt();
    const known = stamp.includes("T") ? dayAndTime(stamp) : day(stamp);
    this.utc.textContent = `In your time (${zone})${known ? `: ${known}.` : "."} Left empty where you do not know.`;
    this.clock.problem("");
  }

  wrongClock() {
    const { value, validity } = this.clock.input;
    if (validity.badInput) return "This is no whole time of day.";
    return value && !this.when.input.value ? "Of which day? Give the date, too." : "";
  }

  // What is wrong, at its field; null when something is.
  async fields() {
    const value = (one) => one.input.value.trim();
    const wrong = [];
    const check = (one, words) => {
      one.problem(words);
      if (words) wrong.push(one);
    };
    const file = this.page.input.files[0];
    const url = value(this.url);
    const address = !url || /^https?:\/\/[^\s/]+/i.test(url);
    const nothing = !url && !value(this.text) && !file;
    check(
      this.url,
      nothing
        ? "Give an address, a text or a saved page."
        : address
          ? ""
          : "An address begins with https:// or http://.",
    );
    let page = "";
    try {
      page = file ? await readSavedPage(file) : "";
      check(this.page, "");
    } catch (error) {
      check(this.page, error.message);
    }
    const typed = folded(value(this.who));
    const official = typed && this.officials.find((one) => one.key === typed || folded(one.id) === typed);
    check(
      this.who,
      typed && !official
        ? "Nobody we follow has this name: choose one of those offered, or leave it empty."
        : "",
    );
    check(this.when, this.when.input.validity.badInput ? "This is no whole date." : "");
    check(this.clock, this.wrongClock());
    check(this.by, value(this.by) ? "" : "Who brings it in?");
    if (wrong.length) {
      wrong[0].input.focus();
      return null;
    }
    const all = {
      url,
      text: this.text.input.value,
      page,
      official_id: official ? official.id : "",
      created_at: this.postedAt(),
      by: value(this.by),
      note: value(this.note),
    };
    if (!all.text.trim()) all.text = "";
    return Object.fromEntries(Object.entries(all).filter(([, one]) => one));
  }

  async submitted(event) {
    event.preventDefault();
    if (this.sending) return;
    this.sending = true;
    this.failed.textContent = "";
    this.said.replaceChildren();
    try {
      const fields = await this.fields();
      if (fields) await this.bring(fields);
    } catch (error) {
      this.failed.replaceChildren(
        inWords(error),
        ...(error instanceof LoggedOut
          ? [" ", h("a", { href: "/login", target: "_blank", rel: "noopener" }, "Log in")]
          : []),
      );
    }
    this.send.textContent = "Bring it in";
    this.send.removeAttribute("aria-disabled");
    this.sending = false;
  }

  async bring(fields) {
    this.send.textContent = fields.text || fields.page ? "Bringing it in" : "Fetching the page";
    this.send.setAttribute("aria-disabled", "true");
    const { item_id: id } = await post("/api/intake", fields, PATIENCE);
    rememberName(fields.by);
    for (const one of [this.url, this.text, this.page, this.who, this.when, this.clock, this.note])
      one.input.value = "";
    this.showUtc();
    this.offer();
    this.said.replaceChildren(h("p", {}, "It is in. Looking for it among the posts."));
    this.show(await this.found(id), id);
  }

  // The post when it has been processed, with its story where it has one by then; undefined after a while.
  async found(id) {
    let item;
    for (let i = 0; i < LOOKS && !item?.storyId; i += 1) {
      if (i) await new Promise((resolve) => setTimeout(resolve, 1000));
      if (!this.said.isConnected || (item && i > 5)) break;
      try {
        item = (await get(itemPath(id))).data;
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 404) throw error;
      }
    }
    return item;
  }

  show(item, id) {
    if (!item) {
      this.said.replaceChildren(
        h("p", {}, `It is stored but not among the posts yet; look for it later. Its id is ${id}.`),
      );
      return;
    }
    const words = searchFor(item);
    const links = [
      item.storyId
        ? h(
            "a",
            { href: `#/story/${[item.storyId, "posts", item.id].map(encodeURIComponent).join("/")}` },
            "Go to its story",
          )
        : null,
      words ? h("a", { href: `#/search/${encodeURIComponent(words)}` }, "Find it by search") : null,
    ].filter(Boolean);
    this.said.replaceChildren(
      h("p", {}, "It is among the posts now."),
      h("p", { class: "links" }, links),
      postCard(item, null),
    );
    this.said.scrollIntoView({ block: "nearest" });
  }
}
