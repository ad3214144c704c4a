// Bringing in a post by hand.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { onPage } from "../support/browser.js";

const WORDS = "La passerelle Orvet rouvre lundi à six heures.\n\nMerci aux équipes de nuit !";
const form = (page) => page.getByRole("form", { name: "Bring in a post" });
const press = (page) => page.getByRole("button", { name: "Bring it in" }).click();

// What the page would send; nothing reaches the desk.
async function sent(page, use) {
  let fields;
  await page.route("**/api/intake", (route) => {
    fields = route.request().postDataJSON();
    return route.fulfill({ status: 503, json: { error: { code: "unavailable", message: "a trial" } } });
  });
  await use();
  await page.getByRole("alert").filter({ hasText: "A trial." }).waitFor();
  await page.unroute("**/api/intake");
  return fields;
}

function broughtTests(desk) {
  it("a pasted text becomes a post that says who brought it in, and is found again", () =>
    onPage(
      desk,
      { hash: "#/intake", expected: [/404/], timezoneId: "Europe/Paris" }, // 404: until it is processed
      async (page) => {
        await form(page).getByLabel("Text, as it stands there").fill(WORDS);
        await form(page).getByLabel("Who said it").fill("anne hidalgo");
        await form(page).getByLabel("Posted on").fill("2022-04-14");
        await form(page).getByLabel("Time of day").fill("09:30");
        await form(page).getByText("14 Apr 2022, 07:30 UTC", { exact: false }).waitFor();
        await form(page).getByLabel("Note").fill("from her press office");
        await form(page).getByLabel("Your name").fill("Mira");
        await press(page);
        const card = page.locator(".brought .post");
        await card.waitFor({ timeout: 40000 });
        const words = await card.innerText();
        assert.match(words, /Anne Hidalgo/);
        assert.match(words, /14 Apr 2022, 07:30 UTC/);
        assert.match(words, /Brought in by hand by Mira, \d+ \w+ \d{4}/);
        assert.match(words, /from her press office/);
        assert.equal(await card.locator(".post-text").innerText(), WORDS);
        assert.equal(await form(page).getByLabel("Text, as it stands there").inputValue(), "");
        assert.equal(await form(page).getByLabel("Your name").inputValue(), "Mira");
        await page.getByRole("link", { name: "Find it by search" }).click();
        const found = page.locator(".cards > .post", { hasText: "passerelle Orvet" });
        await found.waitFor();
        assert.equal(await found.locator(".flag.by-hand").count(), 1);
      },
    ));

  it("its story says so at the post and in the export", () =>
    onPage(desk, {}, async (page) => {
      const { items } = await desk.program.json("/api/search?q=passerelle");
      const item = items.find((one) => one.intake);
      assert.ok(item?.storyId, "it has a story");
      await page.goto(`${desk.base}/#/story/${encodeURIComponent(item.storyId)}/posts`);
      await page.locator(".post", { hasText: "passerelle Orvet" }).locator(".flag.by-hand").first().waitFor();
      const markdown = await desk.program.bytes(
        `/api/stories/${encodeURIComponent(item.storyId)}/draft?format=markdown`,
      );
      assert.match(markdown.toString(), /; brought in by hand by Mira, \d+ \w+ \d{4}: text, bytes/);
    }));

  it("a day of which nobody knows the time is shown as a day, and no midnight with it", () =>
    onPage(desk, { hash: "#/intake", expected: [/404/], timezoneId: "America/New_York" }, async (page) => {
      await form(page).getByLabel("Text, as it stands there").fill("Le bac de Sallèles reprend son service.");
      await form(page).getByLabel("Posted on").fill("2022-04-13");
      await form(page).getByText(": 13 Apr 2022.", { exact: false }).waitFor();
      await form(page).getByLabel("Your name").fill("Mira");
      await press(page);
      const card = page.locator(".brought .post");
      await card.waitFor({ timeout: 40000 });
      const words = await card.innerText();
      assert.match(words, /13 Apr 2022/);
      assert.doesNotMatch(words, /\d\d:\d\d/);
      await page.getByRole("link", { name: "Go to its story" }).click();
      const head = page.locator(".story-head .story-meta");
      await head.getByText("13 Apr 2022").waitFor();
      assert.doesNotMatch(await head.innerText(), /\d\d:\d\d/);
    }));

  it("asks of which day a time is", () =>
    onPage(desk, { hash: "#/intake" }, async (page) => {
      await form(page).getByLabel("Time of day").fill("09:30");
      await press(page);
      await form(page).getByText("Of which day?", { exact: false }).waitFor();
      await form(page).getByLabel("Posted on").fill("2022-04-14");
      assert.equal(await form(page).getByText("Of which day?", { exact: false }).count(), 0);
    }));

  it("what the desk refuses is said in words beside the form, and nothing typed is lost", () =>
    onPage(desk, { hash: "#/intake", expected: [/400/] }, async (page) => {
      const empty = {
        name: "empty.html",
        mimeType: "text/html",
        buffer: Buffer.from("<html><body></body></html>"),
      };
      await form(page).getByLabel("Saved page").setInputFiles(empty);
      await form(page).getByLabel("Note").fill("a trial");
      await form(page).getByLabel("Your name").fill("Mira");
      await press(page);
      await page.getByRole("alert").filter({ hasText: "The page has no words that could be read" }).waitFor();
      assert.equal(await form(page).getByLabel("Note").inputValue(), "a trial");
    }));
}

function formTests(desk) {
  it("says at its field what is missing or wrong before anything is sent", () =>
    onPage(desk, { hash: "#/intake" }, async (page) => {
      await press(page);
      await form(page).getByText("Give an address, a text or a saved page.").waitFor();
      await form(page).getByText("Who brings it in?").waitFor();
      assert.ok(
        await form(page)
          .getByLabel("Address of the post")
          .evaluate((one) => one === document.activeElement),
      );
      await form(page).getByLabel("Address of the post").fill("javascript:alert(1)");
      await form(page).getByLabel("Who said it").fill("Nobody at all");
      await press(page);
      await form(page).getByText("An address begins with https://", { exact: false }).waitFor();
      await form(page).getByText("Nobody we follow has this name", { exact: false }).waitFor();
      const note = { name: "post.mhtml", mimeType: "multipart/related", buffer: Buffer.from("x") };
      await form(page).getByLabel("Saved page").setInputFiles(note);
      await press(page);
      await form(page).getByText("This is an archive of a page", { exact: false }).waitFor();
      const large = { name: "a.html", mimeType: "text/html", buffer: Buffer.alloc(4 * 1024 * 1024 + 1, "x") };
      await form(page).getByLabel("Saved page").setInputFiles(large);
      await press(page);
      await form(page).getByText("at most 4 are taken", { exact: false }).waitFor();
    }));

  it("offers the names as they are typed, without accents too", () =>
    onPage(desk, { hash: "#/intake" }, async (page) => {
      await form(page).getByLabel("Who said it").fill("HIDALGÓ");
      await page.waitForFunction(() => document.querySelectorAll("#official-names option").length === 1);
      const offered = page.locator("#official-names option");
      assert.equal(await offered.first().getAttribute("value"), "Anne Hidalgo");
    }));

  it("reads a saved page in the encoding it names", () =>
    onPage(desk, { hash: "#/intake", expected: [/503/] }, async (page) => {
      const bytes = Buffer.concat([
        Buffer.from('<meta charset="windows-1251"><p>'),
        Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), // Привет
      ]);
      const file = { name: "page.html", mimeType: "text/html", buffer: bytes };
      const fields = await sent(page, async () => {
        await form(page).getByLabel("Saved page").setInputFiles(file);
        await form(page).getByLabel("Your name").fill("Mira");
        await press(page);
      });
      assert.ok(fields.page.endsWith("<p>Привет"), fields.page);
      assert.deepEqual(Object.keys(fields).sort(), ["by", "page"]);
    }));

  it("is kept while the page is refreshed", () =>
    onPage(desk, { hash: "#/intake", prepare: (page) => page.clock.install() }, async (page) => {
      const text = form(page).getByLabel("Text, as it stands there");
      await text.click();
      await page.keyboard.type("half a");
      const again = page.waitForResponse("**/api/status");
      await page.clock.fastForward(9000);
      await again;
      await page.keyboard.type(" word");
      assert.equal(await text.inputValue(), "half a word");
    }));

  it("is filled by the bookmarklet, which does nothing on our own page", () =>
    onPage(desk, { hash: "#/intake" }, async (page) => {
      const link = page.getByRole("link", { name: "Bring into Copytaster" });
      const code = await link.getAttribute("href");
      await link.click();
      await page.getByText("Here it does nothing", { exact: false }).waitFor();
      // As a browser runs it on the page of a post.
      const opened = await page.evaluate((script) => {
        document.title = "A post & more";
        getSelection().selectAllChildren(document.querySelector("#list-title"));
        let to;
        window.open = (address) => (to = address);
        new Function(decodeURI(script.replace(/^javascript:/, "")))();
        return to;
      }, code);
      assert.ok(opened.startsWith(`${desk.base}/assets/bring.html#/intake?`), opened);
      const from = page.url();
      await page.goto(opened);
      await form(page).waitFor();
      assert.equal(await form(page).getByLabel("Address of the post").inputValue(), from);
      assert.equal(await form(page).getByLabel("Text, as it stands there").inputValue(), "Suggested stories");
      assert.equal(await form(page).getByLabel("Note").inputValue(), "Page: A post & more");
    }));
}

export function intakeTests(desk) {
  describe("bringing in a post", () => {
    formTests(desk);
    broughtTests(desk);
  });
}
