"""Ten times more than can be processed, for a time: sources whose posts are all there at once.

The collectors are held back by a full log, memory stays under its cap, nothing is dropped: when the sources have nothing
new any more all that was taken is processed, each post once, and collected = stored + dead-lettered. COPYTASTER_OVERLOAD_SECONDS
says how long (20; ./run proofs: 300). A program built without sanitizers gets a cap from the kernel (RLIMIT_DATA, 1 GiB);
with AddressSanitizer, whose shadow and quarantine are no memory of ours, the largest resident size is looked at instead."""
import json
import os
import pathlib
import re
import resource
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import own_network
from support import BINARY, Checks, counters

own_network.enter()

ADDRESS = "1.2.3.4"
DESK, METRICS = 8642, 9642
SECONDS = int(os.environ.get("COPYTASTER_OVERLOAD_SECONDS", "20"))
SHORT = SECONDS < 60
SANITIZED = b"__asan_init" in pathlib.Path(BINARY).read_bytes()
CAP = 1 << 30
PAGE = (100 if SHORT else 400) if SANITIZED else 1000  # posts
# Enough for ten times what this program may process, which is told at the end.
SOURCES = int(os.environ.get("COPYTASTER_OVERLOAD_SOURCES", SECONDS * (160 if SHORT else 40)))
LOG_MEGABYTES = 4 if SHORT else 64
REMEMBERED = 150_000  # posts, for copies and stories: what a machine of 1 GB has room for
LONGEST_DRAIN = 120 if SHORT else 900  # seconds
WORDS = ("bridge council harbour library market mayor museum night opening park people police pool project rain repair "
         "residents river school square station street summer teachers tickets town traffic tram trees water week winter "
         "works young budget concert crossing cyclists decision evening festival garden hospital housing").split()

check = Checks()


def number_of(host):
    return int(host[1:host.index(".")])


class Sources:
    """One page a host; what was shown, and when."""

    def __init__(self):
        self.offering = True
        self.shown = {}  # host: how many posts it has shown
        self.lock = threading.Lock()

    def page(self, host):
        number = number_of(host)
        with self.lock:
            posts = PAGE if self.offering or host in self.shown else 0
            if posts:
                self.shown[host] = posts
        day = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - 3600))
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": host, "items": [
            {"id": f"{number}-{post}", "url": f"http://{host}/{post}", "date_published": day,
             "content_text": self.text(number, post)} for post in range(posts)]}).encode()

    @staticmethod
    def text(number, post):
        """Words that no other post has in this order; about a kilobyte, as long posts are."""
        seed = number * 1_000_003 + post * 7919
        words = []
        for _ in range(150):
            seed = (seed * 6364136223846793005 + 1442695040888963407) % (1 << 64)
            words.append(WORDS[(seed >> 33) % len(WORDS)])
        return f"Notice {number}-{post}: " + " ".join(words) + "."

    def ids(self):
        return {f"{number_of(host)}-{post}" for host, posts in self.shown.items() for post in range(posts)}


def serve(sources):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802
            body = sources.page(self.headers["Host"])
            self.send_response(200)
            self.send_header("Content-Type", "application/feed+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    ThreadingHTTPServer.request_queue_size = 256
    server = ThreadingHTTPServer((ADDRESS, 80), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def configure(folder, hosts):
    pathlib.Path(folder, "settings.toml").write_text(
        f'[service]\nprocess_threads = 1\nmax_log_megabytes = {LOG_MEGABYTES}\n[copies]\nmax_posts = {REMEMBERED}\n[stories]\nmax_posts = {REMEMBERED}\n[desk]\nport = {DESK}\n[metrics]\nport = {METRICS}\n'
        '[log]\nformat = "json"\nlevel = "warn"\n', encoding="utf-8")
    officials = []
    for begin in range(0, len(hosts), 20):
        accounts = ", ".join(f'"http://{host}/feed.json"' for host in hosts[begin:begin + 20])
        officials.append(f'[[official]]\nid = "o{begin}"\nname = "Jana Nová {begin}"\naccounts = [{accounts}]\n')
    pathlib.Path(folder, "officials.toml").write_text("".join(officials), encoding="utf-8")


def start(folder, log):
    environment = dict(os.environ)
    if SANITIZED:
        options = environment.get("ASAN_OPTIONS", "")
        environment["ASAN_OPTIONS"] = f"{options}:quarantine_size_mb=16" if options else "quarantine_size_mb=16"
    return subprocess.Popen([BINARY, "run", "--config", folder, "--data", f"{folder}/data"], stdout=log, stderr=log, env=environment,
                            preexec_fn=None if SANITIZED else lambda: resource.setrlimit(resource.RLIMIT_DATA, (CAP, CAP)))


def ask(port, path):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
        return answer.read().decode()


def status():
    return json.loads(ask(DESK, "/api/status"))


def metrics():
    return {name: float(value) for name, value in re.findall(r"^(copytaster_[^ #]+) ([-+.e\d]+)$", ask(METRICS, "/metrics"), re.MULTILINE)}


def memory(process, field="VmRSS"):
    return int(re.search(rf"{field}:\s+(\d+) kB", pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")).group(1)) << 10


def alive(process):
    if process.poll() is not None:
        raise AssertionError(f"the program ended with {process.returncode}")


def wait_for_desk(process):
    until = time.monotonic() + 60
    while True:
        alive(process)
        try:
            if status()["ready"]:
                return
        except (urllib.error.URLError, ConnectionError):
            pass
        if time.monotonic() > until:
            raise AssertionError("no desk within 60 s")
        time.sleep(0.1)


class Watch:
    """What is seen from outside, again and again."""

    def __init__(self, process):
        self.process = process
        self.slowest = self.full = 0.0  # seconds of an answer; of the log being full without a break
        self.full_since = None
        self.numbers = {}

    def look(self):
        alive(self.process)
        begun = time.monotonic()
        self.numbers = metrics()
        now = time.monotonic()
        self.slowest = max(self.slowest, now - begun)
        if self.numbers.get("copytaster_bus_full", 0) == 1:
            self.full_since = now if self.full_since is None else self.full_since
            self.full = max(self.full, now - self.full_since)
        else:
            self.full_since = None
        time.sleep(0.25)
        return self.numbers

    def stored(self):
        return int(self.numbers.get('copytaster_posts_total{state="stored"}', 0))


def overload(process, sources):
    watch = Watch(process)
    begun = time.monotonic()
    while time.monotonic() - begun < SECONDS:
        watch.look()
    took = time.monotonic() - begun
    watch.look()
    processed = watch.stored() / took
    with sources.lock:
        sources.offering = False
        taken = sum(sources.shown.values())
    held_back = (SOURCES - len(sources.shown)) * PAGE
    return watch, took, processed, taken, held_back


def drain(process, watch):
    until = time.monotonic() + LONGEST_DRAIN
    quiet = 0
    while quiet < 8:  # nothing under way for two seconds
        numbers = watch.look()
        settled = status()["balance"]
        still = settled["settled"] and numbers.get("copytaster_collect_in_flight", 0) == 0 and numbers.get("copytaster_bus_full", 0) == 0
        quiet = quiet + 1 if still else 0
        if time.monotonic() > until:
            raise AssertionError(f"not drained within {LONGEST_DRAIN} s: {settled}")
    return status()["balance"]


def check_store(folder, sources):
    stored, other_words, other_versions = [], [], []
    with subprocess.Popen([BINARY, "dump", "items", "--data", f"{folder}/data"], stdout=subprocess.PIPE, text=True) as dump:
        for line in dump.stdout:
            item = json.loads(line)["record"]
            stored.append(item["nativeId"].rsplit(":", 1)[-1])
            if item["text"] != Sources.text(*map(int, stored[-1].split("-"))):
                other_words.append(item["id"])
            if item["version"] != 1:
                other_versions.append(item["id"])
    shown = sources.ids()
    check("all was read back", dump.returncode == 0, dump.returncode)
    check("each post is there once", len(set(stored)) == len(stored) and set(stored) == shown,
          (len(stored), len(shown), sorted(shown - set(stored))[:5], sorted(set(stored) - shown)[:5]))
    check("in its own words", not other_words, other_words[:5])
    check("in one version", not other_versions, other_versions[:5])
    counted = counters(f"{folder}/data")
    check("collected = stored + dead-lettered", counted["collected"] == counted["stored"] + counted["deadLettered"], counted)
    check("nothing is a dead letter", counted["deadLettered"] == 0, counted)
    check("nothing was counted twice", counted["stored"] == len(shown), (counted, len(shown)))


def play(folder, process, sources):
    wait_for_desk(process)
    before = memory(process)
    watch, took, processed, taken, held_back = overload(process, sources)
    offered = (taken + held_back) / took
    balance = drain(process, watch)
    numbers = watch.numbers
    peak = memory(process, "VmHWM")
    check("ten times what is processed was offered", offered >= 10 * processed, (offered, processed))
    check("the sum holds", balance["unaccounted"] == 0 and balance["collected"] == taken, balance)
    check("the metric says so", numbers.get("copytaster_items_unaccounted") == 0, numbers.get("copytaster_items_unaccounted"))
    waits, waited = numbers.get("copytaster_bus_full_seconds_count", 0), numbers.get("copytaster_bus_full_seconds_sum", 0)
    check("the collectors were held back", waits > 0 and held_back > 0, (waits, waited, held_back))
    check("memory stayed under its cap", peak < (2 * CAP if SANITIZED else CAP), (before, peak))
    process.terminate()
    check("it ends when it is asked to", process.wait(timeout=120) == 0, process.returncode)
    check_store(folder, sources)
    kind = "resident with AddressSanitizer, of which " + f"{before >> 20} MiB before" if SANITIZED else "resident, RLIMIT_DATA 1 GiB"
    print(f"proof: overload {took:.0f} s: offered {offered:.0f} posts/s, processed {processed:.0f}/s ({offered / max(processed, 1):.0f} times), "
          f"{taken} taken and stored once, {held_back} left at their sources; the log full {waits:.0f} times for {waited:.1f} s, "
          f"at most {watch.full:.1f} s; peak {peak >> 20} MiB {kind}; slowest answer {watch.slowest:.2f} s")


def main():
    hosts = [f"s{number}.example" for number in range(SOURCES)]
    with tempfile.TemporaryDirectory() as folder:
        own_network.set_up(folder, ADDRESS, hosts)
        configure(folder, hosts)
        sources = Sources()
        serve(sources)
        with open(f"{folder}/log", "wb") as log:
            process = start(folder, log)
            try:
                play(folder, process, sources)
            except AssertionError as why:
                check("the service went on", False, f"{why}; {pathlib.Path(folder, 'log').read_bytes()[-1500:]}")
            finally:
                if process.poll() is None:
                    process.kill()
                    process.wait()
    check.finish()


main()
