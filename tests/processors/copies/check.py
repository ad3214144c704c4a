#!/usr/bin/env python3
"""Checks the labelled copies: format, ids, limits of the platforms, scripts, no text in two groups. Prints the counts."""
import collections
import datetime
import json
import pathlib
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent
LANGUAGES = "ar de el en es fr it pl pt uk".split()
GROUPS = "cross-post shortened-by-hand edited same-words with-prefix thread".split()
APART = ("template-number template-name greeting translation quotation update same-topic series same-link "
         "same-hashtags-only same-picture-other-words list-item other-title-same-body other-heading one-word-opposite "
         "one-place-in-form line-or-class date-at-end sign-or-score same-picture-other-person next-report other-wishes").split()
PLATFORMS = "facebook x instagram threads bluesky mastodon telegram youtube feed".split()
FIELDS = "platform person name handle at id url title text links tags media repostOf".split()
SCRIPTS = {"ar": "ARABIC", "el": "GREEK", "uk": "CYRILLIC"}
LIMITS = {"x": 280, "bluesky": 300, "threads": 500, "mastodon": 500}

problems = []


def weight(platform, text):
    """X counts what is beyond the common scripts twice; the others count characters."""
    text = unicodedata.normalize("NFC", text)
    if platform != "x":
        return sum(not unicodedata.combining(c) for c in text)
    single = lambda c: c < "\u1100" or "\u2000" <= c <= "\u200d" or "\u2010" <= c <= "\u201f" or "\u2032" <= c <= "\u2037"
    return sum(1 if single(c) else 2 for c in text)


def script_of(text):
    counts = collections.Counter()
    for c in text:
        if c.isalpha() and ord(c) < 0x1D400:
            counts[unicodedata.name(c, "?").split()[0]] += 1
    return counts.most_common(1)[0][0] if counts else ""


def folded(text):
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def check_item(label, item, wanted_script):
    for field in item:
        if field not in FIELDS:
            problems.append(f"{label}: unknown field {field}")
    for field in ("platform", "person", "name", "handle", "at", "text"):
        if not isinstance(item.get(field), str):
            problems.append(f"{label}: no {field}")
    if not item["text"] and "repostOf" not in item:
        problems.append(f"{label}: no words")
    if item["platform"] not in PLATFORMS:
        problems.append(f"{label}: platform {item['platform']}")
    datetime.datetime.strptime(item["at"], "%Y-%m-%dT%H:%M:%SZ")
    limit = LIMITS.get(item["platform"])
    if limit and weight(item["platform"], item["text"]) > limit:
        problems.append(f"{label}: {weight(item['platform'], item['text'])} characters on {item['platform']}")
    if item["text"] and wanted_script and script_of(item["text"]) != wanted_script:
        problems.append(f"{label}: written in {script_of(item['text'])}")


def main():
    ids, owner = set(), {}
    table = {language: collections.Counter() for language in LANGUAGES}
    for language in LANGUAGES:
        for line in (HERE / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            is_group = "group" in row
            name = row["group" if is_group else "apart"]
            if set(row) != {"group" if is_group else "apart", "kind", "items"}:
                problems.append(f"{name}: fields {sorted(row)}")
            if name in ids or not name.startswith(language + "-"):
                problems.append(f"{name}: id")
            ids.add(name)
            if row["kind"] not in (GROUPS if is_group else APART):
                problems.append(f"{name}: kind {row['kind']}")
            sizes = range(2, 6) if is_group else (2,)
            if len(row["items"]) not in sizes:
                problems.append(f"{name}: {len(row['items'])} items")
            for n, item in enumerate(row["items"]):
                second_language = row["kind"] == "translation" and n == 1
                check_item(f"{name}[{n}]", item, None if second_language else SCRIPTS.get(language, "LATIN"))
                if is_group and item["text"]:
                    if owner.setdefault(folded(item["text"]), name) != name:
                        problems.append(f"{name}[{n}]: also in {owner[folded(item['text'])]}")
            table[language][row["kind"]] += 1
            table[language]["groups" if is_group else "apart"] += 1
            table[language]["items"] += len(row["items"])
    columns = ["groups", "apart", "items"] + GROUPS + APART
    for column in columns:
        counts = [table[language][column] for language in LANGUAGES]
        print(f"{column:26}" + "".join(f"{n:5}" for n in counts) + f"{sum(counts):7}")
    for language in LANGUAGES:
        if table[language]["groups"] < 30 or table[language]["apart"] < 30:
            problems.append(f"{language}: fewer than 30")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
