// When the service does not answer, or not with this.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { onPage, tabHash, tabShown } from "../support/browser.js";

export function troubleTests(desk) {
  describe("trouble", () => {
    it("is said when the service is gone, keeps what is shown, and ends when it is back", () =>
      onPage(
        desk,
        {
          hash: tabHash(desk.story, "draft"),
          expected: [/ERR_CONNECTION_REFUSED/],
          prepare: (page) => page.clock.install(),
        },
        async (page) => {
          await tabShown(page, "draft");
          await page.route("**/api/**", (route) => route.abort("connectionrefused"));
          await page.clock.fastForward(5000);
          const trouble = page.locator("#trouble");
          await trouble.waitFor();
          assert.match(await trouble.innerText(), /does not answer/);
          assert.equal(await page.locator('#pulse[data-state="gone"]').count(), 1);
          assert.ok((await page.locator(".draft .sentence").count()) > 5, "the draft stays");
          await page.unroute("**/api/**");
          await page.clock.fastForward(30000);
          await trouble.waitFor({ state: "hidden" });
          await page.locator('#pulse[data-state="live"]').waitFor();
        },
      ));

    it("an ended session leads to the login", () =>
      onPage(
        desk,
        {
          expected: [/401/],
          prepare: (page) => page.route("**/api/**", (route) => route.fulfill({ status: 401, json: {} })),
        },
        async (page) => {
          const login = page.getByRole("link", { name: "Log in again" });
          await login.waitFor();
          assert.equal(await login.getAttribute("href"), "/login");
        },
      ));

    it("a story that is not there is said to be so", () =>
      onPage(desk, { hash: "#/story/none", expected: [/404/] }, async (page) => {
        await page.getByRole("heading", { name: "This cannot be shown" }).waitFor();
        assert.equal(await page.locator("#stories .row").count(), desk.stories.length, "the list stays");
      }));
  });
}
