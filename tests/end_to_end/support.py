"""What the end-to-end tests share: running the built program."""
import json
import os
import subprocess
import sys

BINARY = os.environ["COPYTASTER_BINARY"]


def run(*arguments, check=True, **more):
    done = subprocess.run([BINARY, *arguments], capture_output=True, text=True, **more)
    if check and done.returncode != 0:
        sys.exit(f"{' '.join(arguments)} exited {done.returncode}\n{done.stderr[-2000:]}")
    return done


def stories(data):
    return json.loads(run("stories", "--data", data, "--json", "--limit", "1000").stdout)["stories"]


def items_of(data):
    """Every item of every story, by id."""
    ids = [story["id"] for story in stories(data)]
    lines = run("story", *ids, "--data", data, "--json").stdout.splitlines() if ids else []
    return {item["id"]: item for line in lines for item in json.loads(line)["items"]}


def counters(data):
    raw = json.loads(run("status", "--data", data, "--json").stdout)["counters"]
    return {name: int(raw.get(name, 0)) for name in ("collected", "stored", "deadLettered", "captures")}


class Checks:
    """Collects failures so that one run tells all of them."""

    def __init__(self):
        self.failed = self.passed = 0

    def __call__(self, what, good, detail=""):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}{': ' + str(detail)[:1500] if detail else ''}")

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed else 0)
