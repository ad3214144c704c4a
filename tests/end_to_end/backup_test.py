"""Backups that the running service makes while the rehearsal day goes by: each is verified, restored, verified again, and both are exported
byte for byte alike; nothing is in one that the store does not come to hold. Then a disk without room, and kill -9."""
import http.client
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

from support import BINARY, Checks, run

BACKUPS = int(os.environ.get("COPYTASTER_BACKUPS", "3"))
SMALL_DISK = os.environ.get("COPYTASTER_SMALL_DISK", "64k")
IN_NAMESPACE = os.environ.get("COPYTASTER_IN_NAMESPACE") == "1"
if not IN_NAMESPACE and subprocess.run(["unshare", "--mount", "--map-root-user", "true"], capture_output=True).returncode == 0:
    os.environ["COPYTASTER_IN_NAMESPACE"] = "1"  # for the small disk, a tmpfs that nobody else sees
    os.execvp("unshare", ["unshare", "--mount", "--map-root-user", sys.executable, *sys.argv])

check = Checks()


class Day:
    """The rehearsal day in a service with a desk."""

    def __init__(self, data, kept):
        self.process = subprocess.Popen([BINARY, "demo", "--data", data, "--port", "0", "--backups", kept], stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE, text=True)
        self.errors = []
        self.reader = threading.Thread(target=lambda: self.errors.extend(self.process.stderr), daemon=True)
        self.reader.start()
        self.port = None
        for line in self.process.stdout:
            if "The page: http://127.0.0.1:" in line:
                self.port = int(line.split("127.0.0.1:")[1].split("/")[0])
                break
        self.over = threading.Event()
        self.follower = threading.Thread(target=self.follow, daemon=True)
        self.follower.start()

    def follow(self):
        for line in self.process.stdout:
            if line.startswith("The day is over"):
                self.over.set()

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, json.dumps(body) if body is not None else None,
                           {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{self.port}"})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())

    def back_up(self, name):
        status, told = self.ask("POST", "/api/backups", {"name": name, "by": "the test"})
        check(f"{name} is begun", status == 202, told)
        while told.get("state") == "running":
            time.sleep(0.02)
            told = next(one for one in self.ask("GET", "/api/backups")[1]["backups"] if one["name"] == name)
        return told

    def stored(self):
        return int(self.ask("GET", "/api/status")[1]["counters"].get("stored", 0))

    def wait_for_posts(self, least):
        while not self.over.is_set() and self.stored() < least:
            time.sleep(0.05)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)
        return self.process.returncode


def dumped(data, space):
    """Records by key; each is a JSON object."""
    lines = run("dump", space, "--data", data).stdout.splitlines()
    return {json.dumps(line["key"]): line["record"] for line in map(json.loads, lines)}


def said(item):
    """What its author said in this version: what is found out about it, and with which it is folded, changes."""
    return {name: item.get(name) for name in ("version", "text", "title", "contentHash", "captureSha256", "createdAt", "permalink")}


def versions(data):
    """What each version of each post says, the newest included."""
    return {(item["id"], item.get("version", 1)): said(item) for space in ("items", "versions") for item in dumped(data, space).values()}


def exported(data, folder):
    file = pathlib.Path(folder) / "evidence.warc"
    run("export", "--warc", str(file), "--data", data)
    return file.read_bytes()


def compare_restored(backup, folder):
    """Whether the backup and what is restored of it are one."""
    name = pathlib.Path(backup).name
    listed = (pathlib.Path(backup) / "copytaster.sha256").read_bytes()
    verified = run("verify", "--data", backup, check=False)
    check(f"{name} verifies", verified.returncode == 0, verified.stdout[-1500:] + verified.stderr[-500:])
    restored = f"{folder}/restored-{name}"
    done = run("restore", backup, restored, check=False)
    check(f"{name} is restored", done.returncode == 0, done.stdout[-1500:] + done.stderr[-500:])
    verified = run("verify", "--data", restored, check=False)
    check(f"{name} verifies when restored", verified.returncode == 0, verified.stdout[-1500:] + verified.stderr[-500:])
    warc = exported(backup, folder)
    check(f"{name} and what is restored export the same bytes", warc == exported(restored, folder), len(warc))
    told = [run("stories", "--json", "--limit", "1000", "--data", data).stdout for data in (backup, restored)]
    check(f"{name} and what is restored tell the same stories", told[0] == told[1])
    sums = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "copytaster.sha256"], cwd=backup, capture_output=True, text=True)
    check(f"nothing of this has changed {name}", sums.returncode == 0 and (pathlib.Path(backup) / "copytaster.sha256").read_bytes() == listed, sums.stdout)
    return restored, len(warc)


def is_begin_of(backup, store):
    """Nothing in the backup that the store has not, or has otherwise."""
    name = pathlib.Path(backup).name
    for space in ("captures", "chain", "actions"):
        early, late = dumped(backup, space), dumped(store, space)
        # The same bytes may be fetched again: a capture then tells of the newest time; its body is the same.
        different = [key for key, record in early.items() if key not in late or
                     (record.get("body") != late[key].get("body") if space == "captures" else record != late[key])]
        check(f"{name}: {space} are a beginning of the store's", not different, different[:3])
    early, late = versions(backup), versions(store)
    different = [(key, early[key], late.get(key)) for key in early if early[key] != late.get(key)]
    check(f"{name}: each version of each post is the store's", not different, different[:3])
    return len(early)


def flip_a_byte(backup, folder):
    """In each file once; told with its name."""
    copy = f"{folder}/flipped"
    shutil.copytree(backup, copy)  # a backup's files may be links to the store's
    for file in sorted(path for path in pathlib.Path(copy).rglob("*") if path.is_file() and path.stat().st_size > 0):
        if file.name in ("copytaster.sha256",) or (file.parent.parent.name == "media" and file.name[0] not in "0"):
            continue
        whole = file.read_bytes()
        file.write_bytes(whole[:len(whole) // 2] + bytes([whole[len(whole) // 2] ^ 1]) + whole[len(whole) // 2 + 1:])
        name = str(file.relative_to(copy))
        refused = run("restore", copy, f"{folder}/none", check=False)
        check(f"a flipped byte of {name} is told", refused.returncode == 74 and f"{name} is not what was backed up" in refused.stderr, refused.stderr)
        check("and nothing is left", not os.path.exists(f"{folder}/none") and not os.path.exists(f"{folder}/none.part"))
        file.write_bytes(whole)


def fill_the_disk(day, kept):
    """A backup without room fails alone."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", kept], check=True)
    told = day.back_up("no-room")
    check("a backup without room fails", told["state"] == "failed" and "No space left" in told.get("message", ""), told)
    check("and nothing of it is left", os.listdir(kept) == [], os.listdir(kept))
    status, told = day.ask("GET", "/api/status")
    check("the service goes on", status == 200 and told["ready"], told)
    subprocess.run(["mount", "-o", "remount,size=400m", kept], check=True)
    told = day.back_up("with-room")
    check("with room it is made", told["state"] == "done", told)
    verified = run("verify", "--data", f"{kept}/with-room", check=False)
    check("and verifies, on another file system", verified.returncode == 0, verified.stdout[-1500:])
    subprocess.run(["umount", kept], check=True)


def kill_in_a_backup(day, kept):
    """What is left is no backup, or a whole one."""
    status, told = day.ask("POST", "/api/backups", {"name": "killed"})
    check("the last one is begun", status == 202, told)
    day.process.kill()
    day.process.wait()
    if os.path.exists(f"{kept}/killed"):
        return run("verify", "--data", f"{kept}/killed", check=False).returncode == 0
    if os.path.exists(f"{kept}/killed.part/copytaster.sha256"):
        return run("verify", "--data", f"{kept}/killed.part", check=False).returncode == 0  # all of it was there but the name
    refused = run("restore", f"{kept}/killed.part", f"{kept}/none", check=False)
    return refused.returncode == 66 and not os.path.exists(f"{kept}/none")


with tempfile.TemporaryDirectory() as folder:
    data, kept = f"{folder}/data", f"{folder}/kept"
    os.mkdir(kept)
    begun = time.monotonic()
    day = Day(data, kept)
    names = []
    for number in range(BACKUPS):
        day.wait_for_posts(10 + 330 * number // BACKUPS)
        names.append(f"b{number}")
        told = day.back_up(names[-1])
        check(f"{names[-1]} is made", told["state"] == "done", told)
    under_load = not day.over.is_set()
    check("they were made while the day went by", under_load)
    status, told = day.ask("POST", "/api/backups", {"name": names[0]})
    check("nothing is written over", status == 409, told)
    status, told = day.ask("POST", "/api/backups", {"name": "../b"})
    check("nothing is written elsewhere", status == 400, told)
    day.over.wait(timeout=600)
    check("the day goes to its end", day.over.is_set(), "".join(day.errors)[-2000:])
    if IN_NAMESPACE:
        fill_the_disk(day, kept)
    check("a killed backup is none, or whole", kill_in_a_backup(day, kept))
    print(f"the day and {BACKUPS} backups took {time.monotonic() - begun:.1f} s")
    posts, exports = 0, 0
    for name in names:
        restored, size = compare_restored(f"{kept}/{name}", folder)
        posts += is_begin_of(f"{kept}/{name}", data)
        exports += size
    verified = run("verify", "--data", data, check=False)
    check("the store itself is whole", verified.returncode == 0, verified.stdout[-1500:])
    flip_a_byte(f"{kept}/{names[0]}", folder)
    again = run("demo", "--once", "--data", restored, check=False, timeout=600)
    check("what was restored is worked on", again.returncode == 0, again.stderr[-1500:])
if not check.failed:
    print(f"proof: backup: {BACKUPS} under load, {posts} versions of posts in them, each as the store has it; verified, restored, verified; "
          f"{exports} bytes of evidence exported alike; flipped bytes told by name"
          + ("; no room and kill -9 leave none that looks like one" if IN_NAMESPACE else "; kill -9 leaves none that looks like one"))
check.finish()
