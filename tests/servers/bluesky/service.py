"""`copytaster run` with a configuration of its own, and what its desk says."""
import json
import pathlib
import socket
import subprocess
import urllib.error
import urllib.parse
import urllib.request

from support import BINARY


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


class Service:
    def __init__(self, folder, appview, officials):
        config = pathlib.Path(folder) / "config"
        config.mkdir()
        self.port = free_port()
        self.data = pathlib.Path(folder) / "data"
        self.log_path = pathlib.Path(folder) / "copytaster.log"
        at = urllib.parse.urlsplit(appview).port
        (config / "settings.toml").write_text(
            f'[service]\ndata = "{self.data}"\n[desk]\nport = {self.port}\n[metrics]\nport = 0\n[log]\nformat = "json"\n'
            f'[fetch]\nallow = ["127.0.0.1:{at}", "[::1]:{at}"]\n[collector.bluesky]\nendpoint = "{appview}"\n')
        (config / "officials.toml").write_text("".join(
            f'[[official]]\nid = "{one["id"]}"\nname = "{one["name"]}"\naccounts = ["https://bsky.app/profile/{one["handle"]}"]\n'
            for one in officials))
        self.log = open(self.log_path, "wb")
        self.process = subprocess.Popen([BINARY, "run", "--config", config], stdout=self.log, stderr=self.log)

    def get(self, path):
        """The JSON there; None when there is nothing (yet)."""
        if self.process.poll() is not None:
            raise RuntimeError(f"copytaster ended: {self.log_path.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return None
            raise
        except (urllib.error.URLError, ConnectionError):
            return None

    def item(self, made):
        return self.get(f"/api/items/{urllib.parse.quote('bluesky:' + made['uri'], safe='')}")

    def versions(self, made):
        found = self.get(f"/api/items/{urllib.parse.quote('bluesky:' + made['uri'], safe='')}/versions")
        return found["versions"] if found else []

    def picture(self, sha256):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/media/{sha256}", timeout=30) as answer:
            return answer.read()

    def events(self, action):
        lines = (line for line in self.log_path.read_text().splitlines() if line.startswith("{"))
        return [event for event in map(json.loads, lines) if event.get("event.action") == action]

    def stop(self):
        """Its exit code."""
        self.process.terminate()
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()
