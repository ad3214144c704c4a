#!/usr/bin/env python3
"""Checks the labelled printable posts: fields, ids, limits, scripts, that labels fit their posts. Prints the counts."""
import collections
import datetime
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent
LANGUAGES = "de el en es fr it nl pl pt uk".split()
PLATFORMS = "facebook x instagram threads bluesky mastodon telegram youtube feed".split()
LABELS = dict(zip(PLATFORMS, "Facebook X Instagram Threads Bluesky Mastodon Telegram YouTube".split()))
ROW = "post kind split official others item expect".split()
ITEM = "platform person name handle at url title text media repostOf quoteOf".split()
MEDIA = "altText caption credit embedded".split()
EMBEDDED = "caption captionFrom creator credit".split()
EXPECT = ("captions credit pictureCredits relatedCaptions relatedCredits statements notQuotes firstPerson").split()
ORIGINS = "alt description figcaption iptc xmp exif post-sentence".split()
SCRIPTS = {"el": "GREEK", "uk": "CYRILLIC"}
LIMITS = {"x": 280, "bluesky": 300, "threads": 500, "mastodon": 500}

problems = []


def script_of(text):
    text = re.sub(r"@\S+", "", text)
    counts = collections.Counter(unicodedata.name(c, "?").split()[0] for c in text if c.isalpha() and ord(c) < 0x1D400)
    return counts.most_common(1)[0][0] if counts else ""


def fields(label, what, given, known):
    for field in set(given) - set(known):
        problems.append(f"{label}: unknown field {field} in {what}")


def check_media(label, media, captions, credits):
    if len(media) != len(captions) or len(media) != len(credits):
        problems.append(f"{label}: {len(media)} pictures, {len(captions)} captions, {len(credits)} credits")
    for picture in media:
        fields(label, "media", picture, MEDIA)
        fields(label, "embedded", picture.get("embedded", {}), EMBEDDED)
    for caption in captions:
        if caption and "any" not in caption and caption["origin"] not in ORIGINS:
            problems.append(f"{label}: origin {caption['origin']}")


def check_credit(label, credit, row):
    for line in [credit["line"], *credit.get("also", [])]:
        if not re.fullmatch(r"(Photo: .+\. )?Source: .+(, [a-z.]+\.example| on (%s)(, via .+)?)" % "|".join(LABELS.values()), line):
            problems.append(f"{label}: credit line {line}")
    if credit["name"] not in credit["line"]:
        problems.append(f"{label}: {credit['name']} is not in its line")


def check(language, row):
    label, item, expect = row["post"], row["item"], row["expect"]
    fields(label, "the line", row, ROW)
    fields(label, "item", item, ITEM)
    fields(label, "expect", expect, EXPECT)
    for field in "platform person name handle at url text".split():
        if not isinstance(item.get(field), str):
            problems.append(f"{label}: no {field}")
    datetime.datetime.strptime(item["at"], "%Y-%m-%dT%H:%M:%SZ")
    if not label.startswith(language + "-") or row["split"] not in ("seen", "held") or item["platform"] not in PLATFORMS:
        problems.append(f"{label}: id, split or platform")
    if row["official"]["id"] != item["person"]:
        problems.append(f"{label}: the official is not who posts")
    if len(item["text"]) > LIMITS.get(item["platform"], 10_000):
        problems.append(f"{label}: too long for {item['platform']}")
    related = item.get("repostOf") or item.get("quoteOf") or {}
    words = item["text"] or related.get("text", "")
    if not words:
        problems.append(f"{label}: no words")
    if script_of(words) != SCRIPTS.get(language, "LATIN"):
        problems.append(f"{label}: written in {script_of(words)}")
    check_media(label, item.get("media", []), expect.get("captions", []), expect.get("pictureCredits", []))
    check_media(label, related.get("media", []), expect.get("relatedCaptions", []), expect.get("relatedCredits", []))
    for credit in [expect["credit"], *expect.get("pictureCredits", []), *expect.get("relatedCredits", [])]:
        check_credit(label, credit, row)
    for statement in [s["text"] for s in expect.get("statements", [])] + expect.get("notQuotes", []):
        if item["text"].count(statement) != 1:
            problems.append(f"{label}: stands {item['text'].count(statement)} times in the text: {statement}")
    return words


def main():
    ids, texts = set(), collections.Counter()
    table = {language: collections.Counter() for language in LANGUAGES}
    for language in LANGUAGES:
        for line in (HERE / f"{language}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["post"] in ids:
                problems.append(f"{row['post']}: twice")
            ids.add(row["post"])
            texts[check(language, row)] += 1
            expect, count = row["expect"], table[language]
            for key in ("posts", row["split"], row["item"]["platform"], row["kind"]):
                count[key] += 1
            pictures = expect.get("captions", []) + expect.get("relatedCaptions", [])
            count["pictures"] += len(pictures)
            count["captions judged"] += sum(not (c and "any" in c) for c in pictures)
            count["credits judged"] += 1 + len(pictures)
            count["statements"] += len(expect.get("statements", []))
            count["not quotes"] += len(expect.get("notQuotes", []))
    problems.extend(f"written twice: {text}" for text, times in texts.items() if times > 1)
    rows = sorted({key for count in table.values() for key in count})
    print(f"{'':28}" + "".join(f"{language:>5}" for language in LANGUAGES) + "    all")
    for key in rows:
        counts = [table[language][key] for language in LANGUAGES]
        print(f"{key:28}" + "".join(f"{n:5}" for n in counts) + f"{sum(counts):7}")
    problems.extend(f"{language}: fewer than 20" for language in LANGUAGES if table[language]["posts"] < 20)
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
