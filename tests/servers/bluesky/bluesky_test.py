"""Posts written at Bluesky's own PDS, shown by its own app view, collected by the built program, read at its desk.

What is asked is what a newsroom would ask: did every word, alt text and picture arrive, who is credited, is the edit
kept beside what it was before, and is a post gone only when its author took it back.

Not tested: streams. @atproto/dev-env has no Jetstream."""
import hashlib
import os
import pathlib
import struct
import sys
import tempfile
import urllib.request
import zlib

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "end_to_end"))
from support import Checks, counters, run  # noqa: E402
from network import Servers, Writer, is_installed, reference, wait_until  # noqa: E402
from service import Service  # noqa: E402

INDEXED, ARRIVED, POLLED_AGAIN, READ_AGAIN = 60, 240, 420, 600  # seconds at most
NEWS = "🚇 Сьогодні відкрили станцію «Мостицька» 👩🏽‍🔧👨‍👩‍👧‍👦\n\nПодробиці: сайт міста. Дякую @депо! #метро — це їжачок, не ёжик 🇺🇦"
ALT = "Перший потяг на платформі; на табло «12:00» 🕛, поруч — діти з прапорцями."

EDIT = ("Станція відкрита до 22:00.", "Станція відкрита до 23:00.")

check = Checks()


def facet(text, words, feature):
    begin = len(text[:text.index(words)].encode())
    return {"index": {"byteStart": begin, "byteEnd": begin + len(words.encode())}, "features": [feature]}


def facets(text, friend):
    kinds = "app.bsky.richtext.facet#"
    return [facet(text, "сайт міста", {"$type": kinds + "link", "uri": "https://city.example/метро?q=1&r=2"}),
            facet(text, "@депо", {"$type": kinds + "mention", "did": friend.did}),
            facet(text, "#метро", {"$type": kinds + "tag", "tag": "метро"})]


def png(width=320, height=200):
    rows = b"".join(b"\0" + bytes(v for x in range(width) for v in (x * 255 // width, y * 255 // height, (x * y) % 251)) for y in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def write_all(mayor, friend, council):
    """What they write before the program starts, by what it shows."""
    picture = {"alt": ALT, "image": mayor.upload(png(), "image/png"), "aspectRatio": {"width": 320, "height": 200}}
    images = {"$type": "app.bsky.embed.images", "images": [picture]}
    theirs = friend.post("Потяги стоять у депо. Чекаємо на «зелене світло» 🚦")
    made = {"theirs": theirs,
            "news": mayor.post(NEWS, facets=facets(NEWS, friend)),
            "picture": mayor.post("Перший потяг 📸", embed=images)}
    made["reply"] = mayor.post("І ще одне: проїзд сьогодні безплатний.", reply={"root": reference(made["news"]), "parent": reference(made["news"])})
    made["answer"] = mayor.post("Світло буде о 12:00.", reply={"root": reference(theirs), "parent": reference(theirs)})
    made["quote"] = mayor.post("Саме так і є.", embed={"$type": "app.bsky.embed.record", "record": reference(theirs)})
    made["both"] = mayor.post("І слово, і світлина.", embed={
        "$type": "app.bsky.embed.recordWithMedia", "media": images,
        "record": {"$type": "app.bsky.embed.record", "record": reference(theirs)}})
    made["gallery"] = mayor.post("П'ять світлин.", embed={
        "$type": "app.bsky.embed.gallery",
        "items": [{"$type": "app.bsky.embed.gallery#image", **picture, "alt": f"Світлина {n}"} for n in range(1, 6)]})
    made["edited"] = mayor.post(EDIT[0])
    made["deleted"] = mayor.post("Це я напишу зараз і заберу назад.")
    made["repost"] = mayor.create("app.bsky.feed.repost", {"subject": reference(theirs), "createdAt": theirs["record"]["createdAt"]})
    made["closed"] = [council.post(text) for text in ("Засідання о десятій.", "Порядок денний на сайті.")]
    return made


def check_words(service, made):
    for name in ("news", "picture", "reply", "answer", "quote", "both", "gallery", "edited", "deleted"):
        item = service.item(made[name])
        check(f"the text of {name}, to the letter", item.get("text") == made[name]["record"]["text"], item.get("text"))
        check(f"{name} is in Ukrainian by its own account", item.get("declaredLanguage") == "uk", item.get("declaredLanguage"))
    item = service.item(made["news"])
    raw = item["text"].encode()
    marked = [(raw[one.get("begin", 0):one["end"]].decode(), one.get("kind", "LINK"), one["target"]) for one in item.get("facets", [])]
    check("its facets lie on the same words", [one[:2] for one in marked] == [("сайт міста", "LINK"), ("@депо", "MENTION"), ("#метро", "HASHTAG")], marked)
    check("its link", marked and marked[0][2] == "https://city.example/метро?q=1&r=2", marked)
    check("its tag", item.get("tags") == ["метро"], item.get("tags"))


def check_picture(service, media, alt):
    check("the alt text, to the letter", media.get("altText") == alt, media.get("altText"))
    check("the picture is kept", media.get("state") == "KEPT", media)
    if media.get("state") != "KEPT":
        return
    with urllib.request.urlopen(media["url"], timeout=30) as answer:
        shown = answer.read()
    kept = service.picture(media["sha256"])
    check("its bytes are those that the app view shows", kept == shown, (len(kept), len(shown)))
    check("… under their SHA-256", hashlib.sha256(kept).hexdigest() == media["sha256"], media["sha256"])


def pictures(service, made):
    return [media for name in ("picture", "both", "gallery") for media in service.item(made[name]).get("media", [])]


def check_pictures(service, made):
    for name, alts in (("picture", [ALT]), ("both", [ALT]), ("gallery", [f"Світлина {n}" for n in range(1, 6)])):
        media = service.item(made[name]).get("media", [])
        check(f"the pictures of {name}", len(media) == len(alts), media)
        for one, alt in zip(media, alts):
            check_picture(service, one, alt)


def check_relations(service, made, friend):
    theirs = made["theirs"]["record"]["text"]
    answer, reply, repost = (service.item(made[name]) for name in ("answer", "reply", "repost"))
    check("the reply names what it answers", reply.get("replyTo", {}).get("itemId") == "bluesky:" + made["news"]["uri"], reply.get("replyTo"))
    check("… whose words and author it shows", answer.get("replyTo", {}).get("text") == theirs
          and answer["replyTo"].get("author", {}).get("name") == friend.name, answer.get("replyTo"))
    for name in ("quote", "both"):
        quoted = service.item(made[name]).get("quoteOf", {})
        check(f"{name} keeps the other's words as the other's", quoted.get("text") == theirs
              and quoted.get("author", {}).get("handle") == friend.handle, quoted)
    check("the repost has the other's words apart from its own", not repost.get("text") and repost.get("repostOf", {}).get("text") == theirs, repost)
    credit = repost.get("attribution", {})
    check("the repost is credited to its author", credit.get("name") == friend.name and credit.get("rule") == "repost", credit)
    check("… and says who passed it on", credit.get("via") == "Olena Bilozir", credit)


def check_changes(service, made, mayor):
    """What was edited, written under a new name and deleted after the program had read it once."""
    wait_until("the edit", POLLED_AGAIN, lambda: len(service.versions(made["edited"])) > 1)
    versions = service.versions(made["edited"])
    check("both versions can be read", tuple(one["text"] for one in versions) == EDIT, versions)
    late = wait_until("the post written under the new name", POLLED_AGAIN, lambda: service.item(made["late"]))
    check("who is renamed is still followed", late["text"] == "Тепер мене звати інакше." and late["accountId"] == "bluesky:bilozir.test", late)
    wait_until("the deletion", READ_AGAIN, lambda: service.item(made["deleted"]).get("state") == "GONE")
    gone = service.item(made["deleted"])
    check("what is gone has its time, and its words are told to nobody", gone.get("goneAt") and not gone.get("text"), gone)
    told = [event for event in service.events("item.gone") if event["item.id"] == gone["id"]]
    check("its proof is another post of the account", len(told) == 1 and "answered without it and with at://" + mayor.did in told[0]["reason"], told)


def check_closed(service, made):
    """An account that is closed for a while has deleted nothing, though the app view leaves its posts out in the same words."""
    states = [wait_until("the closed account's posts are read again", READ_AGAIN,
                         lambda one=one: service.item(one).get("state")) for one in made["closed"]]
    check("nothing of a closed account is gone", states == ["UNKNOWN", "UNKNOWN"], states)
    for one in made["closed"]:
        check("… its words stay", service.item(one).get("text") == one["record"]["text"])


def change_all(servers, made, mayor, council):
    mayor.edit(made["edited"], EDIT[1])
    mayor.delete(made["deleted"])
    council.do("com.atproto.server.deactivateAccount", {})
    mayor.do("com.atproto.identity.updateHandle", {"handle": "bilozir-mayor.test"})
    made["late"] = mayor.post("Тепер мене звати інакше.", minutes=0)
    wait_until("the app view knows of the deletions", INDEXED, lambda: not servers.shows(made["deleted"]["uri"]) and not servers.shows(made["closed"][0]["uri"]))


def play(folder, servers):
    mayor, friend, council = (Writer(servers, handle, name) for handle, name in (
        ("bilozir.test", "Олена Білозір"), ("depo.test", "Депо «Північ» 🚃"), ("rada.test", "Міська рада")))
    made = write_all(mayor, friend, council)
    wait_until("the app view shows all", INDEXED, lambda: len(servers.feed(mayor.did)) == 10 and len(servers.feed(council.did)) == 2)
    service = Service(folder, servers.appview, [{"id": "olena-bilozir", "name": "Olena Bilozir", "handle": mayor.handle},
                                                {"id": "council", "name": "City Council", "handle": council.handle}])
    try:
        mine = [one for name, one in made.items() if name not in ("theirs", "closed")] + made["closed"]
        wait_until("all posts have arrived", ARRIVED, lambda: all(service.item(one) for one in mine))
        change_all(servers, made, mayor, council)
        wait_until("all pictures have arrived", ARRIVED, lambda: all(media.get("state") for media in pictures(service, made)))
        check_words(service, made)
        check_pictures(service, made)
        check_relations(service, made, friend)
        check_changes(service, made, mayor)
        check_closed(service, made)
    except RuntimeError:
        print("".join(f"{line}\n" for line in service.log_path.read_text().splitlines()[-8:]))
        raise
    finally:
        code = service.stop()
    check("the program ends well", code == 0, service.log_path.read_text()[-1500:])
    counted = counters(str(service.data))
    check("collected = stored, no dead letters", counted["collected"] == counted["stored"] and not counted["deadLettered"], counted)
    evidence = pathlib.Path(folder) / "evidence.warc"
    run("export", "--warc", str(evidence), "--data", str(service.data))
    written = evidence.read_bytes()
    check("the evidence has both versions as they came", all(text.encode() in written for text in EDIT))


if not is_installed():
    print("SKIPPED: Bluesky's servers are not installed; ./run servers does it")
    sys.exit(77)
if os.environ.get("COPYTASTER_SERVERS") != "1":
    print("SKIPPED: not asked for; ./run servers")
    sys.exit(77)
with tempfile.TemporaryDirectory(dir="/tmp") as temporary:
    bluesky = Servers(temporary)
    try:
        play(temporary, bluesky)
    finally:
        bluesky.stop()
check.finish()
