"""The rehearsal day over a bad line: Toxiproxy between the program and the platforms, one fault after the other.

The same day over a good line, halting at the same times, is the measure. While a fault stands nothing is lost, gone or
invented and the sources say why they fail; when it is over everything comes."""
import json
import os
import pathlib
import sys
import tempfile
import time
from datetime import datetime, timedelta

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "end_to_end"))
from day import NO_ANSWER, Day  # noqa: E402
from support import BINARY, Checks  # noqa: E402
from toxiproxy import Toxiproxy, free_ports  # noqa: E402

DAY = pathlib.Path(__file__).resolve().parents[3] / "rehearsal/day/posts"
TOXIPROXY = os.environ.get("COPYTASTER_TOXIPROXY", "build/servers/toxiproxy")

# Faults that only slow the line: no source may notice. Name, from, to, toxic. None at an hour of the day's own faults.
SLOW = [
    ("latency with jitter", "05:10", "05:50", ("latency", {"latency": 60, "jitter": 50})),
    ("small pieces", "06:50", "07:20", ("slicer", {"average_size": 200, "size_variation": 150, "delay": 100})),
    ("a narrow line", "07:40", "08:10", ("bandwidth", {"rate": 300})),  # KB/s
]
# Faults that break it. Name, from, to, all good again at, toxic, what the sources say of it (one of).
BROKEN = [
    ("cut after 900 bytes", "08:15", "09:00", "10:25", ("limit_data", {"bytes": 900}), ("transfer closed", "cut off", "Empty reply")),
    ("reset", "10:45", "12:00", "13:30", ("reset_peer", {"timeout": 0}), ("reset", "Connection died", "Empty reply")),
    ("closed without a word", "15:20", "16:20", "17:35", ("timeout", {"timeout": 100}), ("Empty reply", "closed")),
    ("nobody there", "17:40", "19:10", "20:40", "down", ("refused", "connect", "Empty reply", "reset")),
]
# Nothing comes and nothing ends, until the fault is taken away under the requests that wait.
SILENT = ("silence", "13:35", "15:00", ("timeout", {"timeout": 0}))
MANY = "facebook"  # 21 accounts behind one host
# Decision 0010: five failures in a row (and what was under way, four), then one try after 30 s to 30 min. In 90 minutes 21
# accounts that did not know of each other would ask some 150 times.
SPARED = 25
LATE = timedelta(minutes=75)  # a post may be that young and not asked for yet: the demo's longest interval and a quarter

check = Checks()


def moment(text):
    return datetime.fromisoformat(text[:19] + "+00:00")


def posts_of_the_day():
    return [json.loads(line) for file in DAY.glob("*.jsonl") for line in file.read_text(encoding="utf-8").splitlines() if line]


# When the posts were made that stood for minutes only: whether a day meets them is chance.
BRIEF = {datetime.fromisoformat(post["at"]) for post in posts_of_the_day() if "delete_at" in post
         and datetime.fromisoformat(post["delete_at"]) - datetime.fromisoformat(post["at"]) < timedelta(minutes=10)}


def lasting(items):
    return {identity: item for identity, item in items.items() if moment(item["createdAt"]) not in BRIEF}


def no_answers(events):
    """What the log says of requests that nobody answered; it leaves out repetitions."""
    return [one for one in events if one.get("event.action") == "collector.fetch.failed" and one.get("error.type") in NO_ANSWER]


class Compared:
    """The day over the bad line beside the same day over a good one."""

    def __init__(self, calm, tried):
        self.calm, self.tried = calm, tried
        self.seen = {}  # id -> every text that the tried day has shown
        self.gone = set()

    def to(self, pattern):
        """On to the next halt; what is there and what the log said on the way."""
        self.calm.wait_for(pattern)
        self.tried.wait_for(pattern)
        items = self.tried.items()
        for identity, item in items.items():
            self.seen.setdefault(identity, set()).add(item.get("text", ""))
            if item.get("state") == "GONE":
                self.gone.add(identity)
        status = self.tried.api("/api/status")
        counted = status["counters"]
        check(f"{pattern}: collected = stored + dead-lettered, and nothing is a dead letter",
              counted["collected"] == counted["stored"] and counted["dead_lettered"] == 0, counted)
        return items, self.tried.events()

    def go_on(self):
        self.calm.go_on()
        self.tried.go_on()

    def missing(self, items, late):
        now = moment(self.tried.api("/api/status")["now"])
        return {identity: item.get("text", "")[:60] for identity, item in lasting(self.calm.items()).items()
                if identity not in items and now - moment(item["createdAt"]) >= late}


def run_slow(both, name, begin, end, toxic, proxy):
    both.to(f"stands at {begin}")
    before = both.tried.unanswered()
    proxy.begin(toxic)
    both.go_on()
    began = time.monotonic()
    items, events = both.to(f"stands at {end}")
    proxy.end(toxic)
    late = both.missing(items, LATE)
    both.go_on()
    print(f"{name}: {len(items)} posts at {end}, {time.monotonic() - began:.1f} s")
    check(f"{name}: no request fails", both.tried.unanswered() == before, no_answers(events)[:2])
    check(f"{name}: every post came", not late, late)


def check_broken(both, name, events, unanswered, down, words):
    said = [one["error.message"] for one in no_answers(events)]
    print(f"{name}: {unanswered.total()} requests without an answer, {unanswered[MANY]} of them to {MANY}; left alone: {dict(down)}")
    print("   " + " | ".join(sorted({text.split(': ', 1)[-1] for text in said})[:6]))
    check(f"{name}: requests fail", unanswered.total() >= 10, unanswered)
    check(f"{name}: and say why", said and all(any(word in text for word in words) for text in said),
          [text for text in said if not any(word in text for word in words)][:5])
    check(f"{name}: hosts with many accounts are left alone", down.total() >= 5, down)
    check(f"{name}: and asked seldom", unanswered[MANY] <= SPARED, unanswered)
    sources = both.tried.api("/api/sources")["sources"]
    failing = [one for one in sources if one["state"].get("failures", 0) > 0]
    check(f"{name}: sources fail for a plain reason", len(failing) >= 5
          and all(one["state"].get("lastError") and one["state"].get("failingSince") for one in failing), failing[:2])
    check(f"{name}: and no source is given up", not [one for one in sources if one["state"].get("ended") or one["state"].get("paused")])
    check(f"{name}: the readiness of the service does not hang on the line", both.tried.api("/api/status")["ready"] is True)


def run_broken(both, scene, proxy):
    name, begin, end, mended, toxic, words = scene
    before, _ = both.to(f"stands at {begin}")
    unanswered, alone = both.tried.unanswered(), both.tried.left_alone()
    proxy.begin(toxic)
    both.go_on()
    during, events = both.to(f"stands at {end}")
    check_broken(both, name, events, both.tried.unanswered() - unanswered, both.tried.left_alone() - alone, words)
    check(f"{name}: nothing is lost while it stands", before.keys() <= during.keys(), before.keys() - during.keys())
    proxy.end(toxic)
    both.go_on()
    items, _ = both.to(f"stands at {mended}")
    check_mended(both, name, items)
    both.go_on()


def check_mended(both, name, items):
    late = both.missing(items, LATE)
    check(f"{name}: afterwards everything comes", not late, late)
    failing = {one["id"]: one["state"].get("lastError") for one in both.tried.api("/api/sources")["sources"]
               # The played YouTube answers 404 now and then, as the real one does, over any line.
               if one["state"].get("failures", 0) > 0 and "now and then" not in one["state"].get("lastError", "")}
    check(f"{name}: and every source is good again", not failing, failing)


def run_silent(both, name, begin, mended, toxic, proxy):
    """The first request must be given up by itself; then the line is good again, under those that wait."""
    both.to(f"stands at {begin}")
    proxy.begin(toxic)
    both.go_on()
    until = time.monotonic() + 90
    given_up = []
    while not given_up and time.monotonic() < until:
        time.sleep(0.1)
        given_up += no_answers(both.tried.events())
    proxy.end(toxic)
    print(f"{name}: {given_up[0]['error.message'] if given_up else 'nothing is given up'}")
    check(f"{name}: a request is given up and says why", given_up and given_up[0]["error.type"] == "DEADLINE_EXCEEDED"
          and "too slow" in given_up[0]["error.message"], given_up[:2])
    items, _ = both.to(f"stands at {mended}")
    check_mended(both, name, items)
    both.go_on()


def contents(items):
    return {identity: (item.get("text", ""), item.get("state", "LIVE"), tuple(media.get("sha256", "") for media in item.get("media", [])))
            for identity, item in items.items()}


def letters(text):
    """Without links, which platforms show in ways of their own."""
    return "".join(filter(str.isalnum, "".join(word for word in text.split() if "/" not in word)))


def words_of_the_day():
    """What the authors wrote: a version that the calm day never met (edited within minutes) is theirs, too."""
    return {letters(version.get("text", "")) for post in posts_of_the_day() for version in [post, *post.get("edits", [])]}


def check_whole_day(both):
    """The same posts, words, states and pictures in the end; and at no halt any others."""
    tried, _ = both.to("The day is over")
    calm = both.calm.items()
    expected, got = contents(lasting(calm)), contents(lasting(tried))
    print(f"the whole day: {len(got)} posts, {len(expected)} over a good line")
    check("nothing lost", not expected.keys() - got.keys(), expected.keys() - got.keys())
    check("nothing invented", not got.keys() - expected.keys(), got.keys() - expected.keys())
    differing = [(identity, expected[identity], got[identity]) for identity in expected.keys() & got.keys() if expected[identity] != got[identity]]
    check("the same words, states and pictures", not differing, differing[:3])
    written = words_of_the_day()
    odd = [(identity, text) for identity, words in both.seen.items() if identity in calm and calm[identity].get("state") != "GONE"
           for text in words - both.calm.texts(calm[identity]) if letters(text) not in written]
    check("at no time words that the author never wrote", not odd, odd[:3])
    gone = {identity for identity, item in calm.items() if item.get("state") == "GONE"}
    gone |= tried.keys() - lasting(tried).keys()
    check("nothing was ever gone but what its author took back", both.gone <= gone, both.gone - gone)


def play(folder):
    halts = sorted({time for scene in SLOW for time in scene[1:3]} | {time for scene in BROKEN for time in scene[1:4]} | set(SILENT[1:3]))
    calm_port, tried_port, metrics = free_ports(3)
    with open(f"{folder}/toxiproxy.log", "wb") as log:
        proxy = Toxiproxy(TOXIPROXY, log)
        days = []
        try:
            calm = Day(BINARY, f"{folder}/calm", calm_port, halts)
            days.append(calm)
            tried = Day(BINARY, f"{folder}/tried", tried_port, halts,
                        ["--platforms-port", str(proxy.upstream), "--through-port", str(proxy.listen),
                         "--metrics-port", str(metrics)], metrics)
            days.append(tried)
            both = Compared(calm, tried)
            for scene in SLOW:
                run_slow(both, *scene, proxy)
            for scene in BROKEN[:2]:
                run_broken(both, scene, proxy)
            run_silent(both, *SILENT, proxy)
            for scene in BROKEN[2:]:
                run_broken(both, scene, proxy)
            check_whole_day(both)
            check("both end when they are asked to", [day.stop() for day in days] == [0, 0])
            with open(tried.log_path, encoding="utf-8") as told:
                check("no credential is told", "of-the-rehearsal-only" not in told.read())
        except AssertionError as why:
            check("the program went on", False, why)
        finally:
            for day in days:
                day.stop()
            proxy.stop()


if not os.access(TOXIPROXY, os.X_OK):
    print(f"skipped: no Toxiproxy at {TOXIPROXY}; tests/servers/toxiproxy/install.sh brings it")
    sys.exit(77)
BEGUN = time.monotonic()
with tempfile.TemporaryDirectory() as base:
    play(base)
print(f"{time.monotonic() - BEGUN:.0f} s")
check.finish()
