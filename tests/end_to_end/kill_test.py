"""Stopped in mid-run, twenty times by kill -9 at any moment and once at each named place (core/crash_point.h): nothing lost,
nothing doubled. The same day undisturbed is the measure."""
import json
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import time
from datetime import datetime, timedelta, timezone

from support import BINARY, Checks, counters, items_of, run, stories

KILLS = int(os.environ.get("COPYTASTER_KILLS", "20"))
SEED = int(os.environ.get("COPYTASTER_SEED", "20220414"))
ROUNDS = int(os.environ.get("COPYTASTER_CRASH_ROUNDS", "1"))
DAY = pathlib.Path(__file__).resolve().parents[2] / "rehearsal/day/posts"
check = Checks()


def contents(data):
    return {identity: (item.get("version"), item.get("text", ""), item.get("state", "LIVE"),
                       tuple(media.get("sha256", "") for media in item.get("media", [])))
            for identity, item in items_of(data).items()}


def brief_posts():
    """Time (UTC) and words of the day's posts that their authors took back within ten minutes."""
    posts = [json.loads(line) for file in DAY.glob("*.jsonl") for line in file.read_text(encoding="utf-8").splitlines() if line]
    return {(datetime.fromisoformat(post["at"]).astimezone(timezone.utc).isoformat()[:19], post.get("text", "")) for post in posts
            if "delete_at" in post and datetime.fromisoformat(post["delete_at"]) - datetime.fromisoformat(post["at"]) < timedelta(minutes=10)}


def story_of_each(data):
    """Which stories list a post: each post belongs to one."""
    lists = {}
    for story in stories(data):
        for identity in story["itemIds"]:
            lists.setdefault(identity, []).append(story["id"])
    return lists


def crash_points():
    """All names, from the words that refuse another."""
    refused = subprocess.run([BINARY, "version"], env={**os.environ, "COPYTASTER_CRASH_AT": "?"}, capture_output=True, text=True)
    return refused.stderr.split("places are ", 1)[1].split()


def kill_at_any_moment(data, chance, length):
    hit = 0
    most = max(0.3, length / 4)
    for _ in range(KILLS):
        # Early moments too: opening and recovery are where a store is weakest.
        process = subprocess.Popen([BINARY, "demo", "--once", "--data", data], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        started = time.monotonic()
        try:
            process.wait(timeout=chance.uniform(0.05, most))
            # A day that is known already goes by faster: the next is to be met in its middle, too.
            most = min(most, time.monotonic() - started)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            hit += 1
        process.wait()
    print(f"{hit} of {KILLS} runs were killed")
    check("most runs were killed in mid-run", hit >= KILLS // 2, hit)


# A day passes these in its course; the others belong to editors, keys and older stores.
OF_A_DAY = {"bus.append.before", "bus.append.after", "bus.commit.before", "bus.commit.after", "process.turn.begun", "file.before", "file.synced",
            "file.renamed", "picture.put.before", "picture.put.after", "index.commit.before", "index.commit.after", "store.write.before",
            "store.write.after"}


def crash_at(data, place, times):
    """Whether the day was stopped there."""
    ended = subprocess.run([BINARY, "demo", "--once", "--data", data], env={**os.environ, "COPYTASTER_CRASH_AT": f"{place}:{times}"},
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=540)
    return ended.returncode == -signal.SIGKILL


def crash_at_each_place(data, chance):
    places = [place for place in crash_points() if place in OF_A_DAY]
    check("every place of a day is known", set(places) == OF_A_DAY, OF_A_DAY - set(places))
    died = set()
    for number in range(ROUNDS):
        chance.shuffle(places)
        # Pictures are few, and none is written twice: they come first in the first round, and may not come again.
        places.sort(key=lambda place: not place.startswith(("picture", "file")))
        for place in places:
            times = chance.randint(1, 3 if place.startswith(("picture", "file")) else 12)
            if crash_at(data, place, times) or (number == 0 and crash_at(data, place, 1)):
                died.add(place)
        print(f"round {number + 1}: stopped at {len(died)} of {len(places)} places")
    check("stopped at all places", died == OF_A_DAY, OF_A_DAY - died)


def compare(calm, killed, how):
    run("demo", "--once", "--data", killed, timeout=540)
    expected, got = contents(calm), contents(killed)
    check(f"{how}: nothing lost", not expected.keys() - got.keys(), expected.keys() - got.keys())
    # Whether a day meets a post that stood for minutes only is chance; met, it is what its author wrote.
    more = {identity: item for identity, item in items_of(killed).items() if identity not in expected}
    invented = [identity for identity, item in more.items() if (item["createdAt"][:19], item.get("text", "")) not in brief_posts()]
    check(f"{how}: nothing invented", not invented, invented)
    differing = [(identity, expected[identity], got[identity]) for identity in expected.keys() & got.keys()
                 if expected[identity][1:] != got[identity][1:]]
    check(f"{how}: the same texts, states and pictures", not differing, differing[:3])
    listed = story_of_each(killed)
    doubled = {identity: ids for identity, ids in listed.items() if len(ids) != 1}
    check(f"{how}: no post is listed twice", not doubled, list(doubled.items())[:3])
    astray = {identity: (item.get("storyId"), listed.get(identity)) for identity, item in items_of(killed).items()
              if [item.get("storyId")] != listed.get(identity)}
    check(f"{how}: each post is in the story it names", not astray, list(astray.items())[:3])
    counted = counters(killed)
    check(f"{how}: collected = stored + dead-lettered", counted["collected"] == counted["stored"] + counted["deadLettered"], counted)
    verified = run("verify", "--data", killed, check=False)
    check(f"{how}: the chain and all that hangs on it is whole", verified.returncode == 0, verified.stdout[-1500:] + verified.stderr[-500:])


with tempfile.TemporaryDirectory() as calm, tempfile.TemporaryDirectory() as killed, tempfile.TemporaryDirectory() as crashed:
    begun = time.monotonic()
    run("demo", "--once", "--data", calm, timeout=540)
    length = time.monotonic() - begun
    chance = random.Random(SEED)
    print(f"seed {SEED}, an undisturbed day takes {length:.1f} s")
    kill_at_any_moment(killed, chance, length)
    compare(calm, killed, "killed at any moment")
    crash_at_each_place(crashed, chance)
    compare(calm, crashed, "stopped at each place")
if not check.failed:
    print(f"proof: {KILLS} kills at any moment and {ROUNDS} at each of {len(OF_A_DAY)} named places: no post lost, none twice, the chain whole")
check.finish()
