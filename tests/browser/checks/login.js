// A desk that demands a token: in by the form, out by the button.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

const TOKEN = "a token made for this test only";
const PORT = /"desk\.port":(\d+)/;

// The service with nobody to follow, on a free port.
async function startGuarded(binary) {
  const folder = await mkdtemp(join(tmpdir(), "copytaster-login-"));
  const config = join(folder, "config");
  await mkdir(config);
  await writeFile(join(config, "officials.toml"), "");
  await writeFile(join(config, "token"), `${TOKEN}\n`);
  await writeFile(
    join(config, "settings.toml"),
    `[service]\ndata = "${folder}/data"\n[desk]\nport = 0\ntoken_file = "token"\n[metrics]\nport = 0\n`,
  );
  const child = spawn("setpriv", ["--pdeathsig", "TERM", binary, "run", "--config", config], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  const port = await new Promise((resolve, reject) => {
    child.stderr.setEncoding("utf8").on("data", (text) => {
      log += text;
      const found = PORT.exec(log);
      if (found) resolve(found[1]);
    });
    child.once("exit", (code) => reject(new Error(`the service ended with ${code}\n${log}`)));
  });
  return {
    base: `http://127.0.0.1:${port}`,
    async stop() {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const [code] = await ended;
      await rm(folder, { recursive: true, force: true });
      assert.equal(code, 0, log);
    },
  };
}

export function loginTests(desk) {
  describe("a desk with a token", () => {
    let guarded;
    before(async () => {
      guarded = await startGuarded(process.env.COPYTASTER_BINARY);
    });
    after(() => guarded?.stop());

    const inBrowser = async (use) => {
      const context = await desk.browser.newContext();
      context.setDefaultTimeout(10000);
      try {
        const page = await context.newPage();
        await page.goto(`${guarded.base}/`);
        await use(page);
      } finally {
        await context.close();
      }
    };
    // With the page's cookies; the form's own page may not fetch.
    const status = async (page) => (await page.request.get(`${guarded.base}/api/status`)).status();
    const logIn = async (page, token) => {
      await page.getByLabel("The desk's token").fill(token);
      await page.getByRole("button", { name: "Log in" }).click();
    };

    it("lets in who has it, and out again", () =>
      inBrowser(async (page) => {
        assert.match(page.url(), /\/login$/, "a stranger is led to the form");
        await logIn(page, TOKEN);
        await page.waitForURL(`${guarded.base}/`);
        assert.equal(await status(page), 200);
        await page.getByRole("button", { name: "Log out" }).click();
        await page.getByLabel("The desk's token").waitFor();
        assert.equal(await status(page), 401);
      }));

    it("opens for the bookmarklet on another site's page too", () =>
      inBrowser(async (page) => {
        await logIn(page, TOKEN);
        await page.waitForURL(`${guarded.base}/`);
        // To a browser localhost is another site than 127.0.0.1: a strict cookie is kept back.
        await page.goto(`${guarded.base.replace("127.0.0.1", "localhost")}/login`);
        await page.evaluate(
          (to) => location.assign(to),
          `${guarded.base}/assets/bring.html#/intake?url=https%3A%2F%2Fa.example%2F1`,
        );
        await page.locator(".intake-form").waitFor();
        assert.equal(await page.getByLabel("Address of the post").inputValue(), "https://a.example/1");
      }));

    it("says so to who has another", () =>
      inBrowser(async (page) => {
        await logIn(page, "not the token at all");
        await page.getByRole("alert").filter({ hasText: "not the token" }).waitFor();
      }));
  });
}
