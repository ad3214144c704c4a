"""A post and an account are erased through the API while the rehearsal day goes on: how long until the desk shows nothing of them,
until no file holds them, and whether they stay away. Words that stand in one post of the day alone are looked for everywhere."""
import base64
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from support import BINARY, Checks, counters, run

DAY = pathlib.Path(__file__).resolve().parents[2] / "rehearsal/day/posts"
SPACES = "meta captures items versions stories accounts dead_letters actions log positions changed chain erasures stamps".split()
PROMISED = 60  # seconds
check = Checks()


def phrases_of_one_post():
    """Thirty plain letters and spaces that stand once in all of the day's posts, and the account they are posted by."""
    posts = [json.loads(line) for file in sorted(DAY.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines() if line]
    passed_on = {post[name] for post in posts for name in ("reshare_of", "quote_of", "reply_to") if name in post}
    posts = [post for post in posts if not {"delete_at", "edits"} & post.keys() and post["key"] not in passed_on and "newsroom" not in post["account"]]
    everything = "\n".join(file.read_text(encoding="utf-8") for file in DAY.glob("*.jsonl"))
    for post in sorted(posts, key=lambda one: one["at"]):
        for match in re.finditer(r"(?=\b([A-Za-z][A-Za-z ]{28}[a-z])\b)", post.get("text", "")):
            if everything.count(match.group(1)) == 1:
                yield post["account"], match.group(1)
                break


class Desk:
    def __init__(self, address):
        self.address = address

    def ask(self, path, fields=None):
        """Status and body; None: nothing answered yet."""
        request = urllib.request.Request(self.address + path)
        if fields is not None:
            request.data = json.dumps(fields).encode()
            request.add_header("Content-Type", "application/json")
            request.add_header("Origin", self.address)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def get(self, path):
        return json.loads(self.ask(path)[1])

    def find(self, phrase):
        """The one post that says it, once it is there and in the search index."""
        found = self.get("/api/search?q=" + urllib.parse.quote(f'"{phrase}"')).get("items", [])
        return next((item for item in found if phrase in item.get("text", "")), None)

    def receipt(self, identity):
        return next((one for one in self.get("/api/erasures?limit=1000")["erasures"] if one["id"] == identity), {})


def at_the_desk(desk, item, phrase):
    """Where the desk still shows something of it."""
    places = []
    if desk.ask("/api/items/" + urllib.parse.quote(item["id"], safe=""))[0] != 404:
        places.append("item")
    if desk.ask("/api/items/" + urllib.parse.quote(item["id"], safe="") + "/versions")[0] != 404:
        places.append("versions")
    if desk.find(phrase):
        places.append("search")
    stories = desk.get("/api/stories?limit=500")
    if phrase in json.dumps(stories, ensure_ascii=False) or json.dumps(item["id"]) in json.dumps(stories):
        places.append("stories")
    story = urllib.parse.quote(item.get("storyId", ""), safe="")
    for path in (f"/api/stories/{story}", f"/api/stories/{story}/draft", f"/api/stories/{story}/draft?format=html&download=1",
                 f"/api/stories/{story}/draft?format=ninjs"):
        status, body = desk.ask(path)
        if status == 200 and phrase in body:
            places.append(path)
    return places


def wait_until(what, seconds, ready):
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        result = ready()
        if result:
            return result, time.monotonic() - begun
        time.sleep(0.1)
    check(f"{what} within {seconds} seconds", False)
    return None, seconds


def words_of(line):
    """A record as it is printed, with what is bytes in it."""
    record = json.loads(line).get("record")
    fields = [record.get(name, "") for name in ("body", "payload")] if isinstance(record, dict) else []
    return line + "".join(base64.b64decode(field).decode(errors="replace") for field in fields)


def records_with(data, phrase, spaces=SPACES):
    return [space for space in spaces if any(phrase in words_of(line) for line in run("dump", space, "--data", data).stdout.splitlines())]


def files_with(data, phrase):
    return [str(file) for file in pathlib.Path(data).rglob("*") if file.is_file() and phrase.encode() in file.read_bytes()]


def start_day(data):
    process = subprocess.Popen([BINARY, "demo", "--data", data, "--port", "0", "--metrics-port", "0"], stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL, text=True)
    for line in process.stdout:
        if found := re.match(r"The page: (http://127\.0\.0\.1:\d+)/", line):
            return process, Desk(found.group(1))
    raise SystemExit("the day did not begin")


def erase(desk, subject, item, phrase):
    status, body = desk.ask("/api/erasures", {"subject": subject, "reason": "the test asks for it", "by": "Mira"})
    check(f"{subject} is taken on", status == 202, body)
    begun = time.monotonic()
    wait_until(f"{subject} is gone from the desk", PROMISED, lambda: not at_the_desk(desk, item, phrase))
    at_desk = time.monotonic() - begun
    receipt, _ = wait_until(f"{subject} is gone from the files", PROMISED,
                            lambda: (lambda one: one if one.get("filesAt") else None)(desk.receipt(json.loads(body)["id"])))
    return at_desk, time.monotonic() - begun, receipt or {}


with tempfile.TemporaryDirectory() as folder:
    data = f"{folder}/data"
    process, desk = start_day(data)
    try:
        phrases = phrases_of_one_post()
        account, phrase = next(phrases)
        other_account, other_phrase = next(pair for pair in phrases if pair[0] != account)
        item, _ = wait_until("the first post is there", 60, lambda: desk.find(phrase))
        check("its words are in a file before", files_with(data, phrase))
        held = desk.ask("/api/legal-holds", {"subject": "item:" + item["id"], "reason": "a court", "by": "Olga"})
        check("it is put on hold", held[0] == 200, held)
        refused = desk.ask("/api/erasures", {"subject": "item:" + item["id"], "reason": "x", "by": "Mira"})
        check("on hold it is refused with who holds it", refused[0] == 409 and "Olga" in refused[1], refused)
        desk.ask("/api/legal-holds/release", {"subject": "item:" + item["id"], "reason": "over", "by": "Olga"})
        post_desk, post_files, post_receipt = erase(desk, "item:" + item["id"], item, phrase)
        other, _ = wait_until("the other account's post is there", 60, lambda: desk.find(other_phrase))
        subject = "account:" + other["accountId"]
        counted = desk.ask("/api/erasures", {"subject": subject, "dry_run": True})
        check("a dry run counts and does nothing", counted[0] == 200 and json.loads(counted[1]).get("items", "0") != "0" and desk.find(other_phrase), counted)
        account_desk, account_files, account_receipt = erase(desk, subject, other, other_phrase)
        for line in process.stdout:
            if line.startswith("The day is over"):
                break
        check("after the day nothing of them is at the desk", not at_the_desk(desk, item, phrase) and not at_the_desk(desk, other, other_phrase))
        paused = [one for one in desk.get("/api/sources")["sources"] if one["id"] == other["accountId"]]
        check("the account is not asked any more", paused and paused[0]["health"] == "paused", paused)
        # What the platform showed again meanwhile goes with the eraser's next look.
        wait_until("no capture shows them again", PROMISED, lambda: not records_with(data, phrase, ["captures"]) + records_with(data, other_phrase, ["captures"]))
        wait_until("all receipts are whole", PROMISED, lambda: all(one.get("filesAt") for one in desk.get("/api/erasures")["erasures"]))
    finally:
        process.send_signal(signal.SIGINT)
        check("it ends", process.wait(timeout=60) == 0)
    for words in (phrase, other_phrase):
        check("no record holds the words", not records_with(data, words), records_with(data, words))
        check("no file holds the words", not files_with(data, words), files_with(data, words))
    verified = run("verify", "--data", data, "--json", check=False)
    check("verify finds nothing wrong", verified.returncode == 0, verified.stdout)
    counted = counters(data)
    check("collected = stored + dead-lettered", counted["collected"] == counted["stored"] + counted["deadLettered"], counted)
    warc = run("export", "--warc", f"{folder}/evidence.warc", "--data", data, check=False)
    check("the evidence can be exported", warc.returncode == 0, warc.stderr)
    check("and holds none of it", phrase.encode() not in pathlib.Path(f"{folder}/evidence.warc").read_bytes())
    # Without a service, on the store itself.
    left = next(json.loads(line)["record"] for line in run("dump", "items", "--data", data).stdout.splitlines() if '"text"' in line)
    environment = {**os.environ, "USER": "mira"}
    dry = run("erase", "item:" + left["id"], "--data", data, env=environment)
    check("without --yes it only counts", "Nothing was erased" in dry.stdout, dry.stdout)
    done = run("erase", "item:" + left["id"], "--reason", "asked by mail", "--yes", "--data", data, "--json", env=environment)
    check("a store without a service is worked on itself", json.loads(done.stdout).get("filesAt"), done.stdout)
    check("the receipts are listed", left["id"] in run("erase", "--receipts", "--data", data).stdout)
    keys = [json.loads(line)["key"] for line in run("dump", "items", "--data", data).stdout.splitlines()]
    check("and the post is gone", keys and left["id"] not in keys)
    print(f"proof: erasure under load: a post gone from the desk after {post_desk:.1f} s, from the files after {post_files:.1f} s "
          f"({post_receipt.get('versions', 0)} versions, {post_receipt.get('captures', 0)} captures); an account after {account_desk:.1f} s and "
          f"{account_files:.1f} s ({account_receipt.get('items', 0)} posts, {account_receipt.get('captures', 0)} captures, "
          f"{account_receipt.get('pictures', 0)} pictures); none of their words in {len(SPACES)} spaces and all files; "
          f"collected {counted['collected']} = stored {counted['stored']} + dead-lettered {counted['deadLettered']}")
check.finish()
