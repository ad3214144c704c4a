"""The rehearsal day with its pictures in a bucket of a real S3 server, which is killed and started again in the middle: the same
posts, stories and pictures as with a folder; `verify` reads the bucket."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "end_to_end"))
from support import BINARY, Checks, counters, items_of, run, stories  # noqa: E402

VERSITYGW = os.environ.get("COPYTASTER_VERSITYGW", "build/servers/versitygw")
SECRET = "secret-of-a-test-0123456789"
PREFIX = "house/pictures"
if not os.access(VERSITYGW, os.X_OK):
    print(f"skipped: there is no {VERSITYGW} (tests/servers/s3/install.sh)")
    sys.exit(77)


class Gateway:
    """The server, on one port for as long as the test runs."""

    def __init__(self, folder):
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        (folder / "bucket").mkdir(parents=True)
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [VERSITYGW, "--port", f"127.0.0.1:{self.port}", "--region", "eu-west-3", "--access", "AKTEST", "--secret", SECRET,
             "--quiet", "--keep-alive", "posix", str(self.folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert self.process.poll() is None and time.monotonic() < until, "the S3 server does not start"
                time.sleep(0.05)

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(timeout=20)

    def objects(self):
        """Name and bytes of each picture in the bucket."""
        return {file.name: file for file in (self.folder / "bucket" / PREFIX).glob("??/*") if len(file.name) == 64}


def configure(folder, port, secret=SECRET):
    folder.mkdir(exist_ok=True)
    for name, text in (("access", "AKTEST"), ("secret", secret)):
        (folder / name).write_text(text + "\n")
        (folder / name).chmod(0o600)
    (folder / "settings.toml").write_text(
        f'[media]\nstore = "s3"\ns3_endpoint = "http://127.0.0.1:{port}"\ns3_bucket = "bucket"\ns3_region = "eu-west-3"\n'
        f's3_prefix = "{PREFIX}"\ns3_access_key_file = "access"\ns3_secret_key_file = "secret"\n')
    return str(folder)


def contents(data):
    """What each post says and shows. How often a day meets it between two edits is chance, and so are versions."""
    return {identity: (item.get("text", ""), item.get("state", "LIVE"),
                       tuple((media.get("sha256", ""), media.get("width"), media.get("state"), media.get("problem"))
                             for media in item.get("media", [])))
            for identity, item in items_of(data).items()}


def listed_together(data, without):
    return sorted(sorted(set(story["itemIds"]) - without) for story in stories(data) if set(story["itemIds"]) - without)


check = Checks()
with tempfile.TemporaryDirectory() as scratch:
    scratch = pathlib.Path(scratch)
    gateway = Gateway(scratch / "s3")
    config = configure(scratch / "config", gateway.port)
    try:
        in_folder, in_bucket = str(scratch / "in_folder"), str(scratch / "in_bucket")
        run("demo", "--once", "--data", in_folder)

        refused = run("demo", "--once", "--data", str(scratch / "refused"), "--media-config",
                      configure(scratch / "wrong", gateway.port, "another-secret-0123456"), check=False)
        check("a wrong secret ends the start with exit 77", refused.returncode == 77, refused.returncode)
        check("and names the setting", "media.s3_secret_key_file" in refused.stderr, refused.stderr)
        check("and no key", "another-secret" not in refused.stderr and SECRET not in refused.stderr)

        log = open(scratch / "log", "wb")
        day = subprocess.Popen([BINARY, "demo", "--once", "--data", in_bucket, "--media-config", config],
                               stdout=subprocess.DEVNULL, stderr=log)
        while day.poll() is None and len(gateway.objects()) < 20:
            time.sleep(0.02)
        check("the server is killed in mid-run", day.poll() is None)
        gateway.stop(signal.SIGKILL)
        killed_at = len(gateway.objects())
        time.sleep(2)
        gateway.start()
        check("the day ends well", day.wait(timeout=600) == 0, (scratch / "log").read_text()[-2000:])

        posts, expected = contents(in_bucket), contents(in_folder)
        different = [identity for identity in expected.keys() & posts.keys() if expected[identity] != posts[identity]]
        check("the same words, states and pictures as with a folder", not different,
              [(identity, expected.get(identity), posts.get(identity)) for identity in different[:5]])
        # Whether a day meets a post that was taken back after minutes is chance.
        brief = expected.keys() ^ posts.keys()
        check("the same posts", all((expected | posts)[identity][1] == "GONE" for identity in brief) and len(brief) <= 2, brief)
        counted = counters(in_bucket)
        check("collected = stored", counted["collected"] == counted["stored"] and counted["deadLettered"] == 0, counted)
        check("the same stories", listed_together(in_bucket, brief) == listed_together(in_folder, brief))
        files = {file.name: file for file in pathlib.Path(in_folder, "media").glob("??/*")}
        check("the bucket holds what the folder holds", gateway.objects().keys() == files.keys(),
              (len(gateway.objects()), len(files)))
        check("byte for byte", all(file.read_bytes() == files[name].read_bytes() for name, file in gateway.objects().items()))
        check("and no file lies in the store's own folder", not list(pathlib.Path(in_bucket).glob("media/*")))

        whole = run("verify", "--json", "--data", in_bucket, "--config", config, check=False)
        check("verify finds nothing wrong in the bucket", whole.returncode == 0, whole.stdout[-1500:] + whole.stderr)
        report = json.loads(whole.stdout)
        check("and reads every picture", report["pictures"] > 40, report)
        keyless = run("verify", "--data", in_bucket, check=False)
        check("without its keys verify says where the pictures are", keyless.returncode == 78 and PREFIX in keyless.stderr,
              keyless.stderr)
        name, file = sorted(gateway.objects().items())[0]
        kept = file.read_bytes()
        file.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
        changed = run("verify", "--data", in_bucket, "--config", config, check=False)
        check("a flipped byte in the bucket is told with its post", changed.returncode == 74 and name in changed.stdout
              and "shows the picture" in changed.stdout, changed.stdout[-800:])
        file.write_bytes(kept)
        with_pictures = next(s["id"] for s in stories(in_bucket) if any(
            picture[0] for identity in s["itemIds"] for picture in posts.get(identity, ("", "", ()))[2]))
        run("draft", with_pictures, "--data", in_bucket, "--config", config, "--pictures", str(scratch / "pictures"))
        check("a draft's pictures come from the bucket", list((scratch / "pictures").iterdir()))
        check("no key is in the log", SECRET not in (scratch / "log").read_text())
        print(f"proof: {len(posts)} posts with {len(files)} pictures in a real S3 server, killed at the {killed_at}th and started "
              f"again: as with a folder")
    finally:
        gateway.stop(signal.SIGKILL)
check.finish()
