// What was found in a post is underlined at its very bytes, told in words, and reached without a pointer. Sections say how
// sure they are, and why.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";

import { onPage, tabHash, tabShown, texts } from "../support/browser.js";
import { card, parts } from "../support/copies.js";
import { AXE, faults, keepPicture, SHAPES, tooWide } from "./access.js";
import { changeStory } from "./story.js";

// Characters of one to four bytes, one that is two in a browser's strings, and one that is drawn from several.
const TEXT =
  "🙂 Київ: la maire de Paris, Anne Hidalgo, a dit «Nous irons à Bucha demain 👩‍🚒» au Conseil de Paris. 漢字";
const RIGHT_TO_LEFT = "زارت آن إيدالغو مدينة كييف اليوم وقالت «سنبني المدرسة من جديد».";

// {begin, end} in bytes of the n-th time that these words stand in the text.
function bytesOf(text, words, nth = 0) {
  let at = -1;
  for (let i = 0; i <= nth; i += 1) at = text.indexOf(words, at + 1);
  assert.ok(at >= 0, words);
  const begin = Buffer.byteLength(text.slice(0, at));
  return { begin, end: begin + Buffer.byteLength(words) };
}

const found = (text) => ({
  text,
  language: "fr",
  facets: [],
  quotes: [
    {
      ...bytesOf(text, "Nous irons à Bucha demain 👩‍🚒"),
      text: "Nous irons à Bucha demain 👩‍🚒",
      speaker: { name: "Anne Hidalgo" },
      basis: "quotation-marks",
      cue: "dit",
      reason: "quotation marks, a verb of saying",
    },
  ],
  mentions: [
    { ...bytesOf(text, "Anne Hidalgo"), kind: "official", id: "anne-hidalgo", name: "Anne Hidalgo", role: "Mayor of Paris", rule: "name", wikidata: "Q2851133" },
    { ...bytesOf(text, "Conseil de Paris"), kind: "organisation", id: "wikidata:Q3248416", name: "Council of Paris", rule: "title" },
    // Of a text that has changed since, and in the middle of a character: neither is shown anywhere.
    { begin: 4000, end: 4004, kind: "person", name: "Nobody Behind", rule: "title" },
    { begin: 1, end: 4, kind: "person", name: "Nobody Within", rule: "title" },
  ],
  places: [
    { ...bytesOf(text, "Київ"), kind: "place", id: "geonames:703448", name: "Kyiv", rule: "gazetteer" },
    { ...bytesOf(text, "Paris"), kind: "place", id: "geonames:2988507", name: "Paris", rule: "role" },
    { ...bytesOf(text, "Paris", 1), kind: "place", id: "geonames:2988507", name: "Paris", rule: "role" },
    { ...bytesOf(text, "Bucha"), kind: "place", name: "Bucha", rule: "gazetteer" },
    // Across the border of a name: both are underlined.
    { ...bytesOf(text, "Hidalgo, a"), kind: "place", name: "Hidalgo", rule: "gazetteer" },
  ],
  dates: [{ ...bytesOf(text, "demain"), first: "2022-04-15", last: "2022-04-15", rule: "relative" }],
});

const arabic = {
  text: RIGHT_TO_LEFT,
  language: "ar",
  facets: [],
  quotes: [{ ...bytesOf(RIGHT_TO_LEFT, "سنبني المدرسة من جديد"), basis: "quotation-marks" }],
  mentions: [{ ...bytesOf(RIGHT_TO_LEFT, "آن إيدالغو"), kind: "person", name: "Anne Hidalgo", rule: "title" }],
  places: [{ ...bytesOf(RIGHT_TO_LEFT, "كييف"), kind: "place", name: "Kyiv", rule: "gazetteer" }],
  dates: [{ ...bytesOf(RIGHT_TO_LEFT, "اليوم"), first: "2022-04-14", last: "2022-04-14", rule: "relative" }],
};

// The story's posts with what was found in one, or in two of them.
const withFound = (desk, use, options = {}) => {
  const { one, two } = parts(desk);
  const change = ({ items }) => {
    Object.assign(items.find((item) => item.id === one.id), found(TEXT));
    Object.assign(items.find((item) => item.id === two.id), arabic);
  };
  const prepare = (page) => changeStory(page, change);
  return onPage(desk, { hash: tabHash(desk.story, "posts"), ...options, prepare }, async (page) => {
    await tabShown(page, "posts");
    await use(page, card(page, one.id), card(page, two.id));
  });
};

const lines = (post) => texts(post.locator("> .evidence li"));
const underlined = (post, kind) => texts(post.locator(`> .post-text .found.is-${kind}`));

// One evaluation: how each kind's line is drawn, without its colour.
const drawn = () =>
  ["quote", "organisation", "person", "day", "place"].map((kind) => {
    const style = getComputedStyle(document.querySelector(`.post-text .found.is-${kind}`));
    return [style.textDecorationLine, style.textDecorationStyle, style.textUnderlineOffset].join(" ");
  });

function spanTests(desk) {
  it("spans in bytes are the same words in the browser's strings, in any script", () =>
    onPage(desk, {}, async (page) => {
      const wrong = await page.evaluate(async () => {
        const [{ located, wrapped }, { byteParts }] = await Promise.all([
          import("/assets/spans.js"),
          import("/assets/format.js"),
        ]);
        const letters = ["a", "é", "ї", "漢", "🙂", "\u{1F469}\u200D\u{1F692}", "\u0301", "ש", "\n"];
        const bad = [];
        let seed = 7;
        const random = (n) => {
          seed = (seed * 1103515245 + 12345) % 2147483648;
          return seed % n;
        };
        for (let round = 0; round < 300; round += 1) {
          const text = Array.from({ length: random(30) }, () => letters[random(letters.length)]).join("");
          const size = new TextEncoder().encode(text).length;
          const spans = Array.from({ length: 12 }, () => ({ begin: random(size + 2), end: random(size + 4) }));
          const good = located(text, spans);
          for (const { begin, end, from, to } of good)
            if (byteParts(text, begin, end)[1] !== text.slice(from, to)) bad.push([text, begin, end]);
          const whole = spans.filter(({ begin, end }) => {
            const inside = end > begin && end <= size ? byteParts(text, begin, end) : ["\uFFFD"];
            return !inside.join("").includes("\uFFFD");
          });
          if (whole.length !== good.length) bad.push([text, "left out", whole.length, good.length]);
          const flat = (children) => children.flat(Infinity).join("");
          if (flat(wrapped(text, 0, text.length, [good, good.slice(1)], (_, inner) => inner)) !== text)
            bad.push([text, "not whole"]);
        }
        return bad;
      });
      assert.deepEqual(wrong, []);
    }));
}

function postTests(desk) {
  it("is underlined at its very bytes, also where spans overlap", () =>
    withFound(desk, async (page, post, other) => {
      assert.equal(await post.locator("> .post-text").textContent(), TEXT, "no letter more or less");
      assert.deepEqual(await underlined(post, "quote"), ["Nous irons à Bucha demain 👩‍🚒"]);
      assert.deepEqual(await underlined(post, "person"), ["Anne Hidalgo"]);
      assert.deepEqual(await underlined(post, "organisation"), ["Conseil de Paris"]);
      assert.deepEqual(await underlined(post, "day"), ["demain"]);
      assert.deepEqual(await underlined(post, "place"), ["Київ", "Paris", "Hidalgo", ", a", "Bucha", "Paris"]);
      assert.equal(await post.getByText("Nobody").count(), 0);
      assert.equal(await other.locator("> .post-text").textContent(), RIGHT_TO_LEFT);
      assert.deepEqual(await underlined(other, "place"), ["كييف"]);
      assert.equal(new Set(await page.evaluate(drawn)).size, 5, "not told apart by colour alone");
    }));

  it("is told in words, with a legend, who or what that is, and why", () =>
    withFound(desk, async (page, post) => {
      const summary = post.locator("> .evidence > summary");
      assert.equal(
        await summary.innerText(),
        "Underlined: 1 quote, 1 organisation, 1 person, 1 day, 4 places",
      );
      assert.equal(await summary.locator(".found").count(), 5, "each as it is underlined");
      await summary.focus();
      await page.keyboard.press("Enter");
      const told = await lines(post);
      const has = (words) => assert.ok(told.some((line) => line.includes(words)), `${words}\n${told.join("\n")}`);
      has("Київ Place: Kyiv, GeoNames 703448");
      has("Why: a name in the gazetteer");
      has("Paris Place: Paris, GeoNames 2988507 ↗ (opens elsewhere), 2 times. Why: part of an official's role");
      has("Anne Hidalgo Person: Anne Hidalgo, Mayor of Paris, Wikidata Q2851133 ↗ (opens elsewhere), in the register as anne-hidalgo");
      has("Conseil de Paris Organisation: Council of Paris, Wikidata Q3248416");
      has("demain Day: Friday, 15 Apr 2022. Why: counted from the day of the post");
      has("Quote: Anne Hidalgo. Why: quotation marks, a verb of saying; verb “dit”");
    }));

  it("leads from the list to the words and from the words to the list", () =>
    withFound(desk, async (page, post) => {
      await post.locator("> .evidence > summary").click();
      const row = post.getByRole("button", { name: "Show in the post: Bucha" });
      await row.focus();
      await page.keyboard.press("Enter");
      assert.deepEqual(await texts(post.locator("> .post-text .is-lit")), ["Bucha"]);
      await post.locator("> .evidence > summary").click();
      assert.equal(await row.isVisible(), false);
      await post.locator("> .post-text .is-day").click();
      const lit = post.locator("> .evidence .is-lit");
      assert.match(await lit.innerText(), /^demain/);
      assert.equal(await page.evaluate(() => document.activeElement.textContent), "demain");
    }));

  it("is there for what the program itself has found", () =>
    onPage(desk, { hash: tabHash(desk.story, "posts") }, async (page) => {
      await tabShown(page, "posts");
      const { one } = parts(desk);
      const bytes = Buffer.from(one.text);
      for (const place of (one.places || []).filter((span) => span.end))
        assert.ok(
          (await underlined(card(page, one.id), "place")).includes(
            bytes.subarray(place.begin || 0, place.end).toString(),
          ),
        );
      assert.ok((await page.locator(".cards > .post > .post-text .found").count()) > 10);
    }));

  for (const { name, ...options } of SHAPES)
    it(`${name}: nothing sticks out, and axe-core finds no fault`, () =>
      withFound(
        desk,
        async (page, post, other) => {
          await page.evaluate(await readFile(AXE, "utf8"));
          for (const one of [post, other]) {
            await one.locator("> .evidence > summary").click();
            await one.locator("> .post-text .found").first().click({ position: { x: 3, y: 6 } });
          }
          await keepPicture(page, `evidence-right-to-left-${name}`);
          await post.scrollIntoViewIfNeeded();
          await keepPicture(page, `evidence-${name}`);
          assert.deepEqual(await faults(page, "posts"), []);
          assert.deepEqual(await page.evaluate(tooWide), []);
          await page.setViewportSize({ width: 320, height: 700 });
          assert.deepEqual(await page.evaluate(tooWide), []);
        },
        options,
      ));
}

function sectionTests(desk) {
  const first = () => desk.story.sections[0];
  const sure = () => `${Math.round(first().confidence * 100)} %`;

  it("say at the tag how sure they are, and unfolded why", () =>
    onPage(desk, { hash: tabHash(desk.story, "posts") }, async (page) => {
      await tabShown(page, "posts");
      const box = page.locator(".story-head .sections-box");
      assert.equal(await box.locator(".tag").first().innerText(), `${first().name} ${sure()}`);
      await box.locator("summary").focus();
      await page.keyboard.press("Enter");
      assert.equal(await box.locator("li").first().innerText(), `${first().name}: ${sure()} sure; ${first().reason}`);
    }));

  it("say it in the draft's list too", () =>
    onPage(desk, { hash: tabHash(desk.story, "draft") }, async (page) => {
      await tabShown(page, "draft");
      const line = page.locator(".draft-notes li", { hasText: first().name }).first();
      assert.ok((await line.innerText()).startsWith(`${first().name}: ${sure()} sure; ${first().reason}`));
    }));
}

export function evidenceTests(desk) {
  describe("evidence", () => {
    spanTests(desk);
    postTests(desk);
  });
  describe("sections", () => sectionTests(desk));
}
