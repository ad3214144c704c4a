#!/usr/bin/env python3
"""The same work as `copytaster bench`'s "parse + dedupe" by hashes alone, by others' libraries, side by side in one
run: none of them lays texts beside each other.

    copytaster bench --posts 20000 --write-corpus corpus.jsonl
    bench/peers/run.sh build/release/copytaster 20000     # does that, installs the peers, runs all

Each reads pages of Mastodon's JSON (one array a line), takes the text out of the HTML, makes shingles of three words,
looks for an earlier like post and takes the post in. Peers: datasketch and rensa (MinHash and LSH, from PyPI), and an
exact-match set. Figures are posts a CPU second of this process; all on one thread."""
import argparse
import html
import json
import re
import time

TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"\w+")


def posts(path):
    with open(path, encoding="utf-8") as pages:
        for page in pages:
            yield from json.loads(page)


def text_of(status):
    return html.unescape(TAG.sub(" ", status["content"]))


def shingles(text):
    words = WORD.findall(text.casefold())
    return [" ".join(words[i:i + 3]) for i in range(max(1, len(words) - 2))]


def exact_set(path):
    seen, copies = set(), 0
    for status in posts(path):
        text = " ".join(WORD.findall(text_of(status).casefold()))
        copies += text in seen
        seen.add(text)
    return copies


def datasketch(path):
    from datasketch import MinHash, MinHashLSH
    lsh, copies, number = MinHashLSH(threshold=0.5, num_perm=128), 0, 0
    for number, status in enumerate(posts(path)):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([shingle.encode() for shingle in shingles(text_of(status))])
        copies += bool(lsh.query(sketch))
        lsh.insert(number, sketch)
    return copies


def rensa(path):
    from rensa import RMinHash, RMinHashLSH
    lsh, copies = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32), 0
    for number, status in enumerate(posts(path)):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(shingles(text_of(status)))
        copies += bool(lsh.query(sketch))
        lsh.insert(number, sketch)
    return copies


PEERS = {"exact set": exact_set, "datasketch": datasketch, "rensa": rensa}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="what `copytaster bench --write-corpus` wrote")
    parser.add_argument("--only", choices=PEERS, help="one of them")
    options = parser.parse_args()
    count = sum(1 for _ in posts(options.corpus))
    for name, peer in PEERS.items():
        if options.only in (None, name):
            begun = time.process_time()
            copies = peer(options.corpus)
            seconds = time.process_time() - begun
            print(f"{name:28} {count / seconds:12.0f} posts/CPU s   {copies} of {count} said to be copies", flush=True)


if __name__ == "__main__":
    main()
