#!/usr/bin/env bash
# Ours and the peers on the same corpus, one after the other: run.sh BINARY [POSTS]
set -euo pipefail
binary=$(realpath "${1:?run.sh BINARY [POSTS]}")
cd "$(dirname "$0")"
count=${2:-20000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check -r requirements.txt
"$binary" bench --posts "$count" --only parse,dedupe
"$binary" bench --posts "$count" --write-corpus "$folder/corpus.jsonl"
"$folder/venv/bin/python" peers.py "$folder/corpus.jsonl"
