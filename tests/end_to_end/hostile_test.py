"""`copytaster run` against web servers that mean it badly: an endless body, a length that lies, a header that never ends.

Each source says plainly what is wrong, the others are read at once, memory stays bounded, nothing cut or made up is
stored; when the servers are right again every post is there. The address guard stays as it is: the servers stand in a
network namespace of their own, on an address and under names that are the real net's elsewhere."""
import json
import pathlib
import re
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

import own_network
from support import BINARY, Checks

ADDRESS = "1.2.3.4"  # of nobody here: the namespace has no way out
DESK, METRICS = 8642, 9642
MASTODON = ("masto-page.example", "masto-error.example")
LONGEST = 60  # seconds until every source has said something; the client gives up after 15 (no bytes) or 30
MOST_MEMORY = 256 << 20  # bytes on top of what it needs before; what is offered is 5 GiB, thrice
MOST_TAKEN = 64 << 20  # bytes that a server gets rid of, with what stands in buffers; the cap is 8 MiB

own_network.enter()

from hostile_server import HOSTS, TEXT, HostileServer  # noqa: E402

check = Checks()


def configure(folder):
    accounts = [f'"http://{host}/@mayor"' if host in MASTODON else f'"http://{host}/feed.xml"' for host in HOSTS]
    pathlib.Path(folder, "settings.toml").write_text(
        f'[desk]\nport = {DESK}\n[metrics]\nport = {METRICS}\n[log]\nformat = "json"\n', encoding="utf-8")
    pathlib.Path(folder, "officials.toml").write_text(
        '[[official]]\nid = "mayor"\nname = "Jana Nová"\naccounts = [' + ", ".join(accounts) + "]\n", encoding="utf-8")


def ask(path, fields=None):
    body = None if fields is None else json.dumps(fields).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{DESK}{path}", data=body, headers={
        "Content-Type": "application/json", "Origin": f"http://127.0.0.1:{DESK}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def wait_until(what, process, true):
    until = time.monotonic() + LONGEST
    while not (found := true()):
        if process.poll() is not None:
            raise AssertionError(f"the program ended with {process.returncode} before {what}")
        if time.monotonic() > until:
            raise AssertionError(f"not within {LONGEST} s: {what}")
        time.sleep(0.1)
    return found


def desk_answers():
    try:
        return ask("/api/status")["ready"]
    except (urllib.error.URLError, ConnectionError):
        return False


def sources():
    """The sources by host."""
    return {urllib.parse.urlsplit(one["profile_url"]).hostname: one for one in ask("/api/sources")["sources"]}


def peak_memory(process):
    return int(re.search(r"VmHWM:\s+(\d+) kB", pathlib.Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")).group(1)) << 10


def items_by_host():
    out = {}
    for item in ask("/api/items?limit=200")["items"]:
        out.setdefault(item["nativeId"].split("/")[0], []).append(item)
    return out


def check_bad(server, process, before):
    began = time.monotonic()
    wait_until("the good source is read", process, lambda: len(items_by_host().get("good.example", [])) == 3)
    quick = time.monotonic() - began
    told = wait_until("every source has said something", process, lambda: (now := sources()) and all(
        "lastAttempt" in one["state"] for one in now.values()) and now)
    print(f"the good source was read after {quick:.1f} s, the last one failed after {time.monotonic() - began:.1f} s")
    for host, (_, words, _) in HOSTS.items():
        state = told[host]["state"]
        error = state.get("lastError", "")
        print(f"   {host}: {told[host]['health']}, {error or 'read'}")
        check(f"{host}: says why", (not error) if not words else any(word in error for word in words), error)
        check(f"{host}: is not given up", not state.get("ended") and not state.get("paused"), state)
    stored = items_by_host()
    expected = {host: posts for host, (_, _, posts) in HOSTS.items() if posts > 0}
    check("only what was whole is stored", {host: len(items) for host, items in stored.items()} == expected, stored.keys())
    halves = sum(posts == 2 for posts in expected.values())
    check("half a post is a dead letter", ask("/api/status")["counters"]["dead_lettered"] == halves, ask("/api/status"))
    check("in the author's own words", {item["text"] for items in stored.values() for item in items} == {TEXT},
          {item["text"] for items in stored.values() for item in items})
    peak = peak_memory(process)
    print(f"memory: {before >> 20} MiB before, {peak >> 20} MiB at most; sent at most {max(server.sent.values()) >> 20} MiB of 5 GiB")
    check("memory is bounded", peak - before < MOST_MEMORY, (before, peak))
    check("an endless body is left at the cap", max(server.sent.values()) < MOST_TAKEN, server.sent)


def check_healed(server, process):
    """An operator asks each again (they would be asked again by themselves in ten minutes)."""
    server.healed = True
    feeds = [host for host in HOSTS if host not in MASTODON]
    for host, one in sources().items():
        if host in feeds:
            ask(f"/api/sources/{urllib.parse.quote(one['id'], safe='')}/resume", {"by": "the test"})
    wait_until("all their posts are there", process, lambda: {host: len(items) for host, items in items_by_host().items()}
               == dict.fromkeys(feeds, 3))
    check("every source is good again", not [host for host in feeds if sources()[host]["state"].get("failures", 0)], sources())
    counted = ask("/api/status")["counters"]
    check("collected = stored + dead-lettered", counted["collected"] == counted["stored"] + counted["dead_lettered"]
          and counted["stored"] == 3 * len(feeds), counted)


with tempfile.TemporaryDirectory() as base:
    own_network.set_up(base, ADDRESS, HOSTS)
    configure(base)
    server = HostileServer(ADDRESS, 80)
    with open(f"{base}/log", "wb") as log:
        process = subprocess.Popen([BINARY, "run", "--config", base, "--data", f"{base}/data"], stdout=log, stderr=log)
        try:
            wait_until("the desk answers", process, desk_answers)
            check_bad(server, process, peak_memory(process))
            check_healed(server, process)
            process.terminate()
            check("it ends when it is asked to", process.wait(timeout=60) == 0, process.returncode)
        except AssertionError as why:
            check("the service went on", False, f"{why}; {pathlib.Path(base, 'log').read_bytes()[-1500:]}")
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
check.finish()
