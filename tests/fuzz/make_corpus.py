#!/usr/bin/env python3
"""Writes corpus/<target>/<name>: small seeds, well-formed, cut short and hostile (seeds/). All words are invented.

A finding is added by hand beside them (README.md); this script only rewrites its own files. With --check it writes
nothing and fails where a file is not as it would write it.
"""
import pathlib
import sys

sys.dont_write_bytecode = True
from seeds import (bluesky, configuration, copies, desk, feeds, guard, markup, mastodon, meta, officials, pictures, posts, records,
                   s3, stamps, telegram, text, web, x, youtube)
from seeds.words import b

CORPUS = pathlib.Path(__file__).parent / "corpus"
MODULES = (text, copies, markup, web, guard, pictures, configuration, officials, posts, records, desk, feeds, bluesky, mastodon, meta,
           x, telegram, youtube, s3, stamps)


def all_seeds():
    for module in MODULES:
        for target, seeds in module.SEEDS.items():
            for name, seed in seeds.items():
                yield CORPUS / target / name, b(seed)


def check():
    stale = [file for file, seed in all_seeds() if not file.is_file() or file.read_bytes() != seed]
    for file in stale:
        print(f"{file} is not what seeds/ says: run make_corpus.py")
    return 1 if stale else 0


def write():
    for file, seed in all_seeds():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(seed)
    return 0


if __name__ == "__main__":
    sys.exit(check() if sys.argv[1:] == ["--check"] else write())
