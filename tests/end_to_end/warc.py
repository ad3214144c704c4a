"""The evidence as WARC, read by the public library warcio."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

from support import BINARY, items_of, run

REQUIREMENTS = pathlib.Path(__file__).resolve().parent / "requirements.txt"
SECONDS = 120


def install(folder):
    """Why it could not; empty: it is there."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--no-input", "--retries", "1", "--require-hashes",
             "--only-binary", ":all:", "--target", folder, "--requirement", REQUIREMENTS],
            capture_output=True, text=True, timeout=SECONDS, env=os.environ | {"PIP_ROOT_USER_ACTION": "ignore"})
    except subprocess.TimeoutExpired:
        return f"pip took more than {SECONDS} seconds"
    return done.stderr.strip()[-300:] or "pip failed" if done.returncode != 0 else ""


def warcio_folder():
    """Where warcio is, installed beside the program once; None, saying why, where it cannot be had."""
    kept = pathlib.Path(BINARY).resolve().parent / "test_packages"
    stamp = kept / REQUIREMENTS.name
    if stamp.exists() and stamp.read_bytes() == REQUIREMENTS.read_bytes():
        return kept
    shutil.rmtree(kept, ignore_errors=True)
    problem = install(kept)
    if problem:
        print(f"SKIPPED: warcio cannot be installed, so it does not read the WARC export: {problem}")
        return None
    # Last, so that what was cut off is installed again.
    shutil.copy(REQUIREMENTS, stamp)
    return kept


def read_records(file):
    """Of each record: type, headers, HTTP status, content."""
    from warcio.archiveiterator import ArchiveIterator
    with open(file, "rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            status = record.http_headers.get_statuscode() if record.http_headers else None
            yield record.rec_type, record.rec_headers, status, record.content_stream().read()


def check_records(check, data, file):
    records = list(read_records(file))
    check("the first record is the warcinfo, with the notice", records[0][0] == "warcinfo" and b"Rehearsal" in records[0][3], records[0][3])
    kinds = [kind for kind, *_ in records[1:]]
    check("then a response or a resource with its metadata, for each capture",
          kinds and set(kinds[0::2]) <= {"response", "resource"} and set(kinds[1::2]) == {"metadata"}, kinds[:6])
    check("most of them are web servers' answers", kinds.count("response") > 100, kinds.count("response"))
    # What proves that a post is gone is an answer of another kind.
    statuses = {status for kind, _, status, _ in records if kind == "response"}
    check("which warcio reads as HTTP", "200" in statuses and statuses <= {"200", "404"}, statuses)
    bodies = {hashlib.sha256(content).hexdigest() for kind, _, _, content in records if kind in ("response", "resource")}
    posts = {item["captureSha256"] for item in items_of(data).values() if item.get("captureSha256")}
    check("every post's bytes are in it, unchanged", posts and posts <= bodies, posts - bodies)
    proofs = {item["goneCaptureSha256"] for item in items_of(data).values() if item.get("state") == "GONE"}
    check("and what proves each deletion", proofs and "" not in proofs and proofs <= bodies, proofs - bodies)
    ids = [headers.get_header("WARC-Record-ID") for _, headers, _, _ in records]
    check("every record has an id of its own", len(set(ids)) == len(ids))
    return len(records)


def check_warc(check, data):
    file, again = f"{data}/evidence.warc", f"{data}/again.warc"
    told = run("export", "--warc", file, "--data", data).stderr
    run("export", "--warc", again, "--data", data)
    check("the same store gives the same WARC", pathlib.Path(file).read_bytes() == pathlib.Path(again).read_bytes())
    packages = warcio_folder()
    if packages is None:
        return
    sys.path.insert(0, str(packages))
    count = check_records(check, data, file)
    check("as many records as told", told.startswith(f"{count} records of "), told)
    done = subprocess.run([sys.executable, "-m", "warcio.cli", "check", "-v", file], capture_output=True, text=True,
                          env=os.environ | {"PYTHONPATH": str(packages)}, timeout=SECONDS)
    check("warcio check finds every digest right", done.returncode == 0 and done.stdout.count("digest pass") == count,
          done.stdout[-1500:] + done.stderr[-500:])
