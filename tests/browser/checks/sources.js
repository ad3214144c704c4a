// The sources: those that need a look first, pausing and resuming, and as quick with thousands.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { onPage, texts } from "../support/browser.js";

const SOURCES = (url) => url.pathname === "/api/sources";
const names = (page) => texts(page.locator("table.sources tbody .source-name"));
const rowOf = (page, id) => page.locator(`tr[data-source="${id}"]`);

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

// What the desk would answer of these sources, in their order, those that need a look first.
function answerOf(sources, address) {
  const asked = new URL(address).searchParams;
  const followed = sources.filter((one) => one.followed);
  const words = folded(asked.get("q") || "").split(" ");
  const health = asked.get("health") || "";
  const fit = (asked.get("followed") === "false" ? sources.filter((one) => !one.followed) : followed)
    .filter((one) => !health || (health === "alarm" ? one.alarm : one.health === health))
    .filter((one) => words.every((word) => folded(JSON.stringify(one)).includes(word)))
    .sort((a, b) => Number(Boolean(b.alarm)) - Number(Boolean(a.alarm)));
  const counts = { all: followed.length, alarms: followed.filter((one) => one.alarm).length };
  for (const one of followed) counts[one.health] = (counts[one.health] || 0) + 1;
  const limit = Number(asked.get("limit"));
  const usd = followed.reduce((sum, one) => sum + (one.thisMonth || 0), 0);
  return {
    sources: fit.slice(0, limit),
    more: fit.length > limit,
    matched: fit.length,
    counts,
    former: sources.length - followed.length,
    spent: { month: followed.find((one) => one.thisMonth)?.state.spending.month || "", usd },
    notice: "",
  };
}

// Answers with what the program says, changed by `change`.
const changed = (change) => (page) =>
  page.route(SOURCES, async (route) => {
    const url = new URL(route.request().url());
    const { sources } = await (await fetch(`${url.origin}/api/sources`)).json();
    await route.fulfill({ json: answerOf(change(sources), url) });
  });

// The day's own accounts fall silent while the tests run.
const calm = (one) => ({ ...one, health: "good", alarm: false, reason: undefined });

const withAlarms = (sources) =>
  sources.map(calm).map((one, i) => {
    if (i === 2)
      return { ...one, health: "failing", alarm: true, reason: "HTTP 503 (4 times since 2026-11-25)" };
    return i === 4 ? { ...one, health: "quiet", alarm: true, reason: "silent for longer than usual" } : one;
  });

const many = (n) =>
  Array.from({ length: n }, (_, i) => ({
    id: `x:account${i}`,
    followed: true,
    official: i === n - 1 ? "Lucía Núñez" : `Official ${i}`,
    official_id: `o${i}`,
    platform: i % 2 ? "x" : "bluesky",
    handle: `account${i}`,
    profile_url: `https://x.com/account${i}`,
    health: i === 7 ? "failing" : "good",
    alarm: i === 7,
    state: { lastSuccess: new Date().toISOString(), itemsSeen: String(i), posted: ["1764150000"] },
  }));

const fulfilled = (sources) => (page) =>
  page.route(SOURCES, (route) => route.fulfill({ json: answerOf(sources, route.request().url()) }));

function shownTests(desk) {
  it("are all listed with how they are", () =>
    onPage(desk, {}, async (page) => {
      const answer = page.waitForResponse("**/api/sources?*");
      await page.getByRole("link", { name: "Sources", exact: true }).click();
      const { sources } = await (await answer).json();
      await page.getByRole("heading", { name: "Sources" }).waitFor();
      const followed = sources.filter((one) => one.followed);
      assert.ok(followed.length > 5);
      assert.equal(await page.locator("table.sources tbody tr").count(), followed.length);
      const good = followed.filter((one) => one.health === "good").length;
      assert.equal(await page.locator("table.sources .health", { hasText: /^Good$/ }).count(), good);
      await page.getByRole("button", { name: `${followed.length} in all` }).waitFor();
    }));

  it("that need a look stand first, with the reason in words and the counts", () =>
    onPage(desk, { hash: "#/sources", prepare: changed(withAlarms) }, async (page) => {
      const rows = page.locator("table.sources tbody tr");
      await rows.first().waitFor();
      const first = await texts(rows);
      assert.match(first[0], /Failing.*HTTP 503 \(4 times since 25 Nov 2026\)/);
      assert.match(first[1], /Quiet.*silent for longer than usual/);
      assert.equal(await page.locator("tr.is-alarm").count(), 2);
      await page.getByRole("button", { name: "2 need a look" }).click();
      await page.getByText("2 sources", { exact: true }).waitFor();
      assert.equal(await rows.count(), 2);
      await page.getByRole("button", { name: "1 quiet" }).click();
      await page.getByText("1 source", { exact: true }).waitFor();
      assert.equal(await rows.count(), 1);
    }));

  it("of this month tell their cost, those no longer followed are apart", () =>
    onPage(
      desk,
      {
        hash: "#/sources",
        prepare: async (page) => {
          const { now } = await desk.program.json("/api/status");
          const [one, two] = many(2);
          one.state.spending = { month: now.slice(0, 7), usd: 12.5, reads: "2500" };
          one.thisMonth = 12.5;
          two.state.spending = { month: "2001-01", usd: 99, reads: "1" };
          const past = {
            id: "mastodon:old@social.example",
            followed: false,
            alarm: false,
            state: { itemsSeen: "9" },
          };
          await fulfilled([one, two, past])(page);
        },
      },
      async (page) => {
        await page.getByText("$12.50 this month").waitFor();
        assert.deepEqual(await texts(page.locator("tbody .cost")), ["$12.50", ""]);
        assert.equal(await page.getByText("mastodon:old@social.example: 9 posts").isVisible(), false);
        await page.getByText("1 account is no longer followed").click();
        await page.getByText("mastodon:old@social.example: 9 posts").waitFor();
      },
    ));

  it("of thousands a few hundred are in the page, and the search finds the others", () =>
    onPage(desk, { hash: "#/sources", prepare: fulfilled(many(20000)) }, async (page) => {
      const rows = page.locator("table.sources tbody tr");
      await rows.first().waitFor();
      assert.equal(await rows.count(), 200);
      await page.getByText("200 of 20,000 are shown, 19,800 are left out", { exact: false }).waitFor();
      assert.equal((await names(page))[0], "Official 7", "the alarm is among those shown");
      const filter = page.getByRole("searchbox", { name: "Filter by name, platform or state" });
      await filter.fill("lucia x");
      await page.getByText("1 source", { exact: true }).waitFor();
      assert.deepEqual(await names(page), ["Lucía Núñez"]);
      await filter.fill("failing");
      await page.locator("tr.is-alarm:only-child").waitFor();
      assert.deepEqual(await names(page), ["Official 7"]);
      await filter.fill("bluesky");
      await page.getByText("200 of 10,000 are shown", { exact: false }).waitFor();
      await filter.fill("nobody at all");
      await page.getByText("No source fits", { exact: false }).waitFor();
      await filter.fill("");
    }));
}

// The desk itself searches, over all that it follows.
function searchTests(desk) {
  it("are searched by the desk: names without accents, platforms, states, and words together", () =>
    onPage(desk, { hash: "#/sources" }, async (page) => {
      const rows = page.locator("table.sources tbody tr");
      await rows.first().waitFor();
      const { sources } = await desk.program.json("/api/sources?followed=true&limit=1000");
      const latin = /^\p{Script=Latin}+ [\p{Script=Latin} ]+$/u;
      const one = sources.find((source) => latin.test(source.official || "") && source.platform !== "feed");
      const filter = page.getByRole("searchbox", { name: "Filter by name, platform or state" });
      await filter.fill(`${folded(one.official)} ${one.platform}`);
      const fit = sources.filter(
        (source) => source.official === one.official && source.platform === one.platform,
      );
      await page.getByText(fit.length === 1 ? "1 source" : `${fit.length} sources`, { exact: true }).waitFor();
      assert.equal(await rows.count(), fit.length);
      assert.ok((await names(page)).every((name) => name === one.official));
      await page.getByRole("button", { name: `${sources.length} in all` }).waitFor();
      await filter.fill("zzz no such source");
      await page.getByText("No source fits", { exact: false }).waitFor();
      await filter.fill("");
      await rows.nth(sources.length - 1).waitFor();
    }));

  it("show tokens that expire and streams, those that need a look first", () =>
    onPage(
      desk,
      {
        hash: "#/sources",
        prepare: (page) =>
          page.route("**/api/status", async (route) => {
            const status = await (await route.fetch()).json();
            status.streams = [{ name: "bluesky:stream/jetstream", alarm: false, words: "open since 2026-11-25T08:00:00Z" }];
            status.credentials = [
              { platform: "threads", alarm: false, words: "expires about 2027-01-12" },
              { platform: "instagram", alarm: true, words: "expires about 2026-11-28; make a new token" },
            ];
            await route.fulfill({ json: status });
          }),
      },
      async (page) => {
        await page.locator(".house-line").first().waitFor();
        const lines = await texts(page.locator(".house-line"));
        assert.equal(lines[0], "Token, Instagram expires about 28 Nov 2026; make a new token");
        assert.deepEqual(lines.slice(1), [
          "Token, Threads expires about 12 Jan 2027",
          "Stream, Bluesky open since 25 Nov 2026, 08:00 UTC",
        ]);
        assert.equal(await page.locator(".house-line.is-alarm").count(), 1);
        assert.match(await page.locator("#pulse-sources").innerText(), /needs? a look/);
      },
    ));

  it("say below which accounts nothing is collected from", () =>
    onPage(
      desk,
      {
        hash: "#/sources",
        prepare: (page) =>
          page.route(SOURCES, async (route) => {
            const answer = await (await route.fetch()).json();
            await route.fulfill({ json: { ...answer, not_collected: { linkedin: 1, tiktok: 2 } } });
          }),
      },
      async (page) => {
        await page.getByText("3 accounts are not collected, for no collector reads them: TikTok (2), LinkedIn (1).").waitFor();
      },
    ));

  it("turn the dot when most of them cannot be read, and tell why without the names of codes", () =>
    onPage(
      desk,
      {
        hash: "#/sources",
        prepare: async (page) => {
          await page.route("**/api/status", async (route) => {
            const status = await (await route.fetch()).json();
            status.sources = { ...status.sources, all: 10, alarms: 6, failing: 2, blocked: 4 };
            await route.fulfill({ json: status });
          });
          const missing = { health: "blocked", alarm: true, reason: "FAILED_PRECONDITION: token_file is missing" };
          await changed((sources) => sources.map((one, i) => ({ ...calm(one), ...(i === 0 ? missing : {}) })))(page);
        },
      },
      async (page) => {
        await page.locator('#pulse[data-state="silent"]').waitFor();
        const told = page.locator("table.sources tbody .reason", { hasText: "token_file is missing" });
        assert.equal(await told.innerText(), "token_file is missing");
      },
    ));
}

function pausingTests(desk) {
  const aSource = async () =>
    (await desk.program.json("/api/sources")).sources.find((one) => one.health === "good");
  const stateOf = async (id) =>
    (await desk.program.json("/api/sources")).sources.find((one) => one.id === id);

  it("are paused with who and why, and resumed, by the keyboard", () =>
    onPage(desk, { hash: "#/sources" }, async (page) => {
      const { id } = await aSource();
      const row = rowOf(page, id);
      await row.getByRole("button", { name: /^Pause/ }).focus();
      await page.keyboard.press("Enter");
      const form = page.getByRole("form", { name: /^Pause/ });
      await page.keyboard.press("Enter");
      await form.getByText("Who pauses it?").waitFor();
      await page.keyboard.type("Mira");
      await page.keyboard.press("Tab");
      await page.keyboard.type("hacked account");
      await page.keyboard.press("Enter");
      await row.getByText("Paused", { exact: true }).waitFor();
      await row.getByText("paused by Mira", { exact: false }).waitFor();
      assert.match(await row.innerText(), /paused by Mira on \d+ \w+ \d{4}: hacked account/);
      await page.getByRole("status").filter({ hasText: "Paused: " }).waitFor();
      const held = await stateOf(id);
      assert.equal(held.health, "paused");
      assert.equal(held.state.hold.by, "Mira");
      assert.equal(held.state.hold.reason, "hacked account");
      const resume = row.getByRole("button", { name: /^Resume/ });
      assert.ok(await resume.evaluate((button) => button === document.activeElement), "the focus stays");
      await page.keyboard.press("Enter");
      await row.getByRole("button", { name: /^Pause/ }).waitFor();
      assert.notEqual((await stateOf(id)).health, "paused");
      await row.getByRole("button", { name: /^Pause/ }).click();
      assert.equal(await form.getByLabel("Your name").inputValue(), "Mira", "the name is remembered");
      await page.keyboard.press("Escape");
      assert.equal(await form.count(), 0);
      await page.getByRole("heading", { name: "Sources" }).waitFor();
    }));

  it("say beside the form why one could not be paused", () =>
    onPage(
      desk,
      {
        hash: "#/sources",
        expected: [/503/],
        prepare: (page) =>
          page.route("**/pause", (route) =>
            route.fulfill({
              status: 503,
              json: { error: { code: "unavailable", message: "no collector runs here" } },
            }),
          ),
      },
      async (page) => {
        await page
          .getByRole("button", { name: /^Pause/ })
          .first()
          .click();
        const form = page.getByRole("form", { name: /^Pause/ });
        await form.getByLabel("Your name").fill("Mira");
        await form.getByLabel("Why").fill("a trial");
        await form.getByRole("button", { name: "Pause" }).click();
        await form.getByRole("alert").filter({ hasText: "No collector runs here." }).waitFor();
        assert.equal(await form.getByLabel("Why").inputValue(), "a trial");
      },
    ));

  it("are kept fresh without taking away what somebody types", () => {
    let asked = 0;
    const other = (sources) =>
      sources.map((one, i) => ({
        ...calm(one),
        ...(i === 5 && asked > 1 ? { health: "failing", alarm: true, reason: "HTTP 500" } : {}),
        state: { ...one.state, itemsSeen: String(1000 + asked) },
      }));
    const prepare = async (page) => {
      await page.clock.install();
      await changed((sources) => {
        asked += 1;
        return other(sources);
      })(page);
    };
    return onPage(desk, { hash: "#/sources", prepare }, async (page) => {
      const before = await (async () => {
        await page.locator("table.sources tbody tr").first().waitFor();
        return names(page);
      })();
      await page
        .getByRole("button", { name: /^Pause/ })
        .nth(1)
        .click();
      const why = page.getByRole("form", { name: /^Pause/ }).getByLabel("Why");
      await why.click();
      await page.keyboard.type("half a rea");
      const seen = asked;
      await page.clock.fastForward(5000);
      await page
        .getByText(String(1000 + seen + 1), { exact: true })
        .first()
        .waitFor();
      assert.ok(await why.evaluate((input) => input === document.activeElement), "the focus stays");
      await page.keyboard.type("son");
      assert.equal(await why.inputValue(), "half a reason");
      assert.deepEqual(await names(page), before, "nothing moves meanwhile");
      await page.keyboard.press("Escape");
      await page.locator("#search").focus();
      await page.clock.fastForward(5000);
      await page.locator("tbody tr.is-alarm:first-child").waitFor();
    });
  });
}

export function sourcesTests(desk) {
  describe("the sources", () => {
    shownTests(desk);
    searchTests(desk);
    pausingTests(desk);
  });
}
