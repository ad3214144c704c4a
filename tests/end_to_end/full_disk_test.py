"""A disk that is full in mid-run. The service says so, stays and is not ready, and goes on by itself when there is room; a day that is to be
played once ends and is started again. Nothing is lost or doubled by either."""
import errno
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request

from support import BINARY, Checks, counters, items_of, run, stories

SIZES = os.environ.get("COPYTASTER_DISKS", "4m 6m").split()  # the day needs about 8 MiB
DISK = "48m"
PATIENCE = 240  # seconds; programs with sanitizers are slow
SOON = 15  # promised are 5; on shared cores

if os.environ.get("COPYTASTER_IN_NAMESPACE") != "1":
    # A small disk of our own: a tmpfs in a mount namespace that nobody else sees.
    inside = subprocess.run(["unshare", "--mount", "--map-root-user", "true"], capture_output=True, text=True)
    if inside.returncode != 0:
        print(f"skipped: no mount namespace here ({inside.stderr.strip()})")
        sys.exit(77)
    os.environ["COPYTASTER_IN_NAMESPACE"] = "1"
    os.execvp("unshare", ["unshare", "--mount", "--map-root-user", sys.executable, *sys.argv])

check = Checks()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Day:
    """The rehearsal day in a service that stays; its log is on another disk."""

    def __init__(self, data, log, *more):
        self.port = free_port()
        self.log = pathlib.Path(log)
        self.said = []
        self.news = threading.Condition()
        with open(log, "wb") as errors:
            self.process = subprocess.Popen([BINARY, "demo", "--data", data, "--port", "0", "--metrics-port", str(self.port), *more],
                                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            with self.news:
                self.said.append(line)
                self.news.notify_all()

    def wait_to_say(self, words):
        with self.news:
            if not self.news.wait_for(lambda: any(line.startswith(words) for line in self.said), PATIENCE):
                raise AssertionError(f"it did not say \"{words}\"; {self.told()}")

    def ask(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()
        except (OSError, http.client.HTTPException) as away:  # between two servers
            return 0, str(away)

    def wait_for(self, what, path, good):
        """Seconds that it took."""
        begun = time.monotonic()
        while not good(*self.ask(path)):
            if self.process.poll() is not None:
                raise AssertionError(f"{what}: the process ended ({self.process.returncode}); {self.told()}")
            if time.monotonic() - begun > PATIENCE:
                raise AssertionError(f"{what}: not within {PATIENCE} s; {self.ask(path)}; {self.told()}")
            time.sleep(0.02)
        return time.monotonic() - begun

    def wait_until_full(self):
        # Only what answers while the disk is full has no metrics.
        self.wait_for("the disk is full", "/metrics", lambda status, body: status == 503 and "No space left on device" in body)
        ready, alive = self.ask("/readyz"), self.ask("/livez")
        check("a service whose disk is full is not ready, and says why", ready[0] == 503 and "No space left on device" in ready[1], ready)
        check("and alive", alive == (200, "alive\n") and self.process.poll() is None, alive)

    def events(self, action):
        lines = self.log.read_text(encoding="utf-8").splitlines(keepends=True)
        whole = [json.loads(line) for line in lines if line.startswith("{") and line.endswith("\n")]
        return [event for event in whole if event["event.action"] == action]

    def told(self):
        return self.log.read_text(encoding="utf-8")[-1500:]

    def stop(self):
        """Its exit code; asked as a watcher does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def fill(disk):
    """To the last page."""
    filler = f"{disk}/filler"
    descriptor = os.open(filler, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        while True:
            os.write(descriptor, bytes(1 << 20))
    except OSError as why:
        if why.errno != errno.ENOSPC:
            raise
    finally:
        os.close(descriptor)
    return filler


def played_once(disk):
    """It ends, as often as the disk is full, and is started again by whoever plays it."""
    data = f"{disk}/once"
    for size in SIZES:
        subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)
        done = run("demo", "--once", "--data", data, check=False, timeout=300)
        print(f"{size}: exit {done.returncode}")
        if size != SIZES[0] and done.returncode == 0:
            continue  # it has run far enough before
        check(f"a full disk of {size} is told by exit 69", done.returncode == 69, done.stderr[-3000:])
        check("and by its name", "No space left on device" in done.stderr, [line for line in done.stderr.splitlines() if "error" in line][-3:])
    subprocess.run(["mount", "-o", "remount,size=400m", disk], check=True)
    done = run("demo", "--once", "--data", data, check=False, timeout=300)
    check("with room it goes on", done.returncode == 0, done.stderr[-1500:])
    check_whole(data)


def served(disk, logs):
    """The process stays. Seconds from room to ready."""
    data = f"{disk}/served"
    day = Day(data, f"{logs}/served", "--halt", "06:30")
    try:
        day.wait_to_say("The day stands at 06:30")
        check("with room it is ready", day.ask("/readyz")[0] == 200, day.ask("/readyz"))
        filler = fill(disk)
        day.process.stdin.close()  # the day goes on
        day.wait_until_full()
        check("it is told once, with what to do", [bool(event.get("hint")) for event in day.events("store.disk_full")] == [True], day.told())
        check("and without room it is not tried again", not day.events("store.has_room"), day.told())
        os.remove(filler)
        seconds = day.wait_for("ready", "/readyz", lambda status, body: status == 200)
        check(f"ready {seconds:.1f} s after there is room", seconds < SOON, day.told())
        check("that there is room is told", len(day.events("store.has_room")) == 1, day.told())
        day.wait_to_say("The day is over")
    finally:
        ended = day.stop()
    check("it ends when it is asked to", ended == 0, (ended, day.told()))
    check_whole(data)
    return data, seconds


def started_on_a_full_disk(disk, data, logs):
    """It waits, too, and a stop is heard meanwhile."""
    filler = fill(disk)
    day = Day(data, f"{logs}/started")
    try:
        day.wait_until_full()
    finally:
        ended = day.stop()
    check("a stop is heard while the disk is full", ended == 0, (ended, day.told()))
    os.remove(filler)
    check_whole(data)


def check_whole(data):
    counted = counters(data)
    check("collected = stored + dead-lettered", counted["collected"] == counted["stored"] + counted["deadLettered"], counted)
    check("the whole day is there", counted["stored"] >= 350, counted)
    verified = run("verify", "--data", data, check=False)
    check("the chain and all that hangs on it is whole", verified.returncode == 0, verified.stdout[-1500:] + verified.stderr[-500:])


def compare(calm, tried):
    """Posts that stood for minutes only are met by chance: those that still stand are counted."""
    expected = {identity for identity, item in items_of(calm).items() if item.get("state", "LIVE") == "LIVE"}
    lost = expected - items_of(tried).keys()
    check("nothing is lost", not lost, lost)
    listed = [identity for story in stories(tried) for identity in story["itemIds"]]
    check("nothing is doubled", len(listed) == len(set(listed)), len(listed) - len(set(listed)))
    return len(expected)


with tempfile.TemporaryDirectory() as disk, tempfile.TemporaryDirectory() as elsewhere:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZES[0]}", "tmpfs", disk], check=True)
    try:
        played_once(disk)
    finally:
        subprocess.run(["umount", disk], check=True)
    run("demo", "--once", "--data", f"{elsewhere}/calm", timeout=300)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", disk], check=True)
    try:
        served_in, seconds = served(disk, elsewhere)
        posts = compare(f"{elsewhere}/calm", served_in)
        started_on_a_full_disk(disk, served_in, elsewhere)
        if not check.failed:
            print(f"proof: a disk of 48 MiB was full in mid-run: not ready meanwhile, ready again {seconds:.1f} s after there was room; "
                  f"each of {posts} posts is there once, the chain is whole")
    except AssertionError as why:
        check("the service outlasts a full disk", False, why)
    finally:
        subprocess.run(["umount", disk], check=True)
check.finish()
