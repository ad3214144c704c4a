// The built program, playing the rehearsal day and serving its page on a free port of loopback.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PAGE = /^The page: (http:\/\/127\.0\.0\.1:\d+)\//m;
// The program ends with this process, however that ends.
const ENDS_WITH_US = ["--pdeathsig", "TERM"];
const OVER = /^The day is over: .*$/m;

export class Program {
  #child;
  #data;
  #said = "";
  #logged = "";

  // Resolves when the day is over, so that what is shown does not change any more.
  static async start(binary) {
    const program = new Program();
    program.#data = await mkdtemp(join(tmpdir(), "copytaster-browser-"));
    program.#child = spawn(
      "setpriv",
      [...ENDS_WITH_US, binary, "demo", "--port", "0", "--data", program.#data],
      {
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    program.#child.stdout.setEncoding("utf8").on("data", (text) => (program.#said += text));
    program.#child.stderr.setEncoding("utf8").on("data", (text) => (program.#logged += text));
    try {
      await program.#says(OVER);
    } catch (error) {
      await program.stop();
      throw error;
    }
    program.base = PAGE.exec(program.#said)[1];
    return program;
  }

  #says(pattern) {
    return new Promise((resolve, reject) => {
      const look = () => pattern.test(this.#said) && resolve();
      this.#child.stdout.on("data", look);
      this.#child.once("error", reject);
      this.#child.once("exit", (code) =>
        reject(new Error(`the program ended with ${code}\n${this.#said}\n${this.#logged.slice(-4000)}`)),
      );
    });
  }

  async json(path) {
    const response = await fetch(this.base + path);
    assert.equal(response.status, 200, path);
    return response.json();
  }

  async bytes(path) {
    const response = await fetch(this.base + path);
    assert.equal(response.status, 200, path);
    return Buffer.from(await response.arrayBuffer());
  }

  // Asks it to end and returns {code, log}; kills it when it does not.
  async stop() {
    const child = this.#child;
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, "exit");
      child.kill("SIGINT");
      const kill = setTimeout(() => child.kill("SIGKILL"), 15000);
      await gone;
      clearTimeout(kill);
    }
    await rm(this.#data, { recursive: true, force: true });
    return { code: child.exitCode, log: this.#logged };
  }
}
