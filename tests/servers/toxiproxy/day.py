"""The rehearsal day in the built program, halting at known times, and what its desk says then."""
import collections
import json
import queue
import re
import subprocess
import threading
import time
import urllib.parse
import urllib.request

NO_ANSWER = ("UNAVAILABLE", "DEADLINE_EXCEEDED")
LONGEST_WAIT = 240  # seconds until the next halt


class Day:
    def __init__(self, binary, data, port, halts, more=(), metrics_port=0):
        self.log_path = f"{data}.log"
        self.port, self.metrics_port = port, metrics_port
        arguments = [binary, "demo", "--data", data, "--port", str(port), *more]
        for halt in halts:
            arguments += ["--halt", halt]
        self.log = open(self.log_path, "wb")
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log)
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.read_to = 0

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.decode())
        self.lines.put(None)

    def wait_for(self, pattern):
        """The line of standard output that says so; AssertionError when the program ends before or nothing comes."""
        until = time.monotonic() + LONGEST_WAIT
        while True:
            try:
                line = self.lines.get(timeout=max(0.1, until - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no \"{pattern}\" within {LONGEST_WAIT} s") from None
            if line is None:
                raise AssertionError(f"the program ended (exit {self.process.wait(20)}) before \"{pattern}\"")
            if re.search(pattern, line):
                return line

    def go_on(self):
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()

    def api(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return json.load(answer)

    def items(self):
        """Every post by its id, its newest version."""
        out = {}
        while True:
            page = self.api(f"/api/items?limit=200&offset={len(out)}")["items"]
            out.update({item["id"]: item for item in page})
            if len(page) < 200:
                return out

    def texts(self, item):
        """All that a post has ever said."""
        if item.get("version", 1) == 1:
            return {item.get("text", "")}
        versions = self.api(f"/api/items/{urllib.parse.quote(item['id'], safe='')}/versions")["versions"]
        return {version.get("text", "") for version in versions}

    def events(self):
        """What the log has said since the last call."""
        with open(self.log_path, "rb") as log:
            log.seek(self.read_to)
            told = log.read()
        whole = told[:told.rfind(b"\n") + 1]
        self.read_to += len(whole)
        return [json.loads(line) for line in whole.decode().splitlines() if line.startswith("{")]

    def _metric(self, name):
        """Labels and value of each of its lines. The log leaves out repetitions within seconds; a day takes a minute."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=30) as answer:
            return re.findall(rf"^{name}{{(.*)}} (\d+)$", answer.read().decode(), re.M)

    def unanswered(self):
        """Requests so far that no answer came to, by platform."""
        out = collections.Counter()
        for labels, count in self._metric("copytaster_collect_errors_total"):
            if any(f'type="{code}"' in labels for code in NO_ANSWER):
                out[re.search('platform="([^"]+)"', labels).group(1)] += int(count)
        return out

    def left_alone(self):
        """How often so far a host ("host") or an app ("app:facebook") failed so often in a row that it was left alone."""
        out = collections.Counter()
        for labels, count in self._metric("copytaster_collect_circuits_opened_total"):
            out[re.search('scope="([^"]+)"', labels).group(1)] += int(count)
        return out

    def stop(self):
        """Ends it as an operator does; its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(timeout=60)
        self.log.close()
        return code
