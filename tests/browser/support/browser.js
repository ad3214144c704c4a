// Headless Chromium, and pages that remember everything that went wrong in them.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // Whatever is asked for elsewhere fails instead of leaving the machine.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];

// Has a fresh profile folder of its own, removed when it is closed.
export const launch = (executablePath) => chromium.launch({ executablePath, headless: true, args: FLAGS });

export const WIDE = { width: 1440, height: 900 };
export const NARROW = { width: 390, height: 844 };

function watch(page, base, wrong) {
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => wrong.push(`uncaught: ${error.message}`));
  page.on("dialog", (dialog) => {
    wrong.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${base}/`)) wrong.push(`request to elsewhere: ${url}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) wrong.push(`${response.status()} for ${response.url()}`);
  });
}

// Runs `use` on a new page at `hash`; afterwards nothing may have gone wrong in it.
export async function onPage(desk, options, use) {
  const { hash = "", prepare, expected = [], ...rest } = options;
  const context = await desk.browser.newContext({ viewport: WIDE, reducedMotion: "reduce", ...rest });
  context.setDefaultTimeout(10000);
  const wrong = [];
  let page;
  try {
    await context.exposeBinding("reportViolation", (_, text) => wrong.push(`content policy: ${text}`));
    await context.addInitScript(() =>
      addEventListener("securitypolicyviolation", (event) =>
        window.reportViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
      ),
    );
    page = await context.newPage();
    watch(page, desk.base, wrong);
    if (prepare) await prepare(page, context);
    await page.goto(`${desk.base}/${hash}`);
    await use(page, context);
    const unexpected = wrong.filter((one) => !expected.some((pattern) => pattern.test(one)));
    assert.deepEqual(unexpected, []);
  } finally {
    await page?.unrouteAll({ behavior: "ignoreErrors" }); // answers that are on their way reach nobody any more
    await context.close();
  }
}

// The page of one tab of a story, when it shows it.
export const tabHash = (story, tab) => `#/story/${encodeURIComponent(story.id)}/${tab}`;

export async function tabShown(page, tab) {
  await page.locator(`#tab-${tab}[aria-selected="true"]`).waitFor();
  if (tab === "draft") await page.locator("article.draft").waitFor();
}

export const texts = (locator) => locator.evaluateAll((all) => all.map((one) => one.textContent.trim()));
