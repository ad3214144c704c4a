"""What the collectors' own fixtures have not: Bluesky's pages, and the messages of Jetstream."""
from seeds.words import b

BLUESKY = {
    "empty_feed": '{"feed":[]}', "types": '{"feed":[{"post":3},null,{"post":{"uri":[],"record":"x"}}],"cursor":7}',
    "facets": '{"feed":[{"post":{"uri":"at://did:plc:ravenel2345portvent234567/app.bsky.feed.post/3k","cid":"b","author":{"did":"did:plc:ravenel2345portvent234567","handle":"ravenel.portvent.example"},"record":{"$type":"app.bsky.feed.post","text":"é🇺🇦 a","createdAt":"2022-04-14T08:00:00Z","facets":[{"index":{"byteStart":1,"byteEnd":4294967297},"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://a.example"}]},{"index":{"byteStart":0,"byteEnd":2},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"x"}]}]},"indexedAt":"2022-04-14T08:00:01Z"}}],"cursor":"c&d=e\\n"}',
    "bad_uri": '{"feed":[{"post":{"uri":"at://../../x","author":{"did":"did:plc:ravenel2345portvent234567"},"record":{"text":"a","createdAt":"x"}}}]}',
    "error": '{"error":"InvalidRequest","message":"Profile not found"}', "cut": '{"feed":[{"post":{"uri":"at://did', "empty": "",
    "deep": '{"feed":' * 1500,
}

DID = "did:plc:ravenel2345portvent234567"
POST = '{"$type":"app.bsky.feed.post","text":"Été 🚲 #vélo","createdAt":"2022-04-14T08:00:00Z","langs":["fr"],"facets":[{"index":{"byteStart":11,"byteEnd":17},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"vélo"}]}],"embed":{"$type":"app.bsky.embed.images","images":[{"alt":"Un rail","image":{"$type":"blob","ref":{"$link":"bafkreione"},"mimeType":"image/jpeg","size":1}}]}}'
REPOST = '{"createdAt":"2022-04-14T08:00:00Z","subject":{"cid":"c","uri":"at://did:plc:other/app.bsky.feed.post/3l"}}'


def jet(kind, body):
    return '{"did":"%s","time_us":1649937600000000,"cursor":7,"kind":"%s","%s":{%s}}' % (DID, kind, kind, body)


def jet2(kind, body):
    return '{"$type":"message","payload":{"$type":"network.bsky.jetstream.subscribeEvents#%s","seq":12345,"did":"%s","time":"2022-04-14T12:00:00.000000Z",%s}}' % (kind, DID, body)


def operation(name, collection="app.bsky.feed.post", record=None):
    return '"operation":"%s","collection":"%s","rkey":"3l1"%s' % (name, collection, ',"cid":"bafyc","record":' + record if record else "")


JETSTREAM = {
    "v1_create": jet("commit", operation("create", record=POST)), "v2_create": jet2("commit", operation("create", record=POST)),
    "v1_update": jet("commit", operation("update", record=POST.replace("Un rail", ""))),
    "v1_delete": jet("commit", operation("delete")), "v2_delete": jet2("commit", operation("delete")),
    "v1_repost": jet("commit", operation("create", "app.bsky.feed.repost", REPOST)),
    "v1_identity": jet("identity", '"handle":"mayor.portvent.example"'), "v2_identity": jet2("identity", '"identity":{"handle":"handle.invalid"}'),
    "v1_account": jet("account", '"active":false,"status":"deactivated"'), "v2_account": jet2("account", '"account":{"active":true}'),
    "v2_info": jet2("info", '"name":"OutdatedCursor","message":"from 900"'), "v2_sync": jet2("sync", '"sync":{}'),
    "error": '{"$type":"error","error":"CursorTooOld","message":"floor 900"}',
    "types": '{"did":7,"time_us":"1649937600000000","kind":{},"commit":[]}', "types2": '{"payload":{"$type":"#commit","seq":"5","did":"%s","rkey":{},"collection":"app.bsky.feed.post","operation":"create","record":7}}' % DID,
    "places": '{"did":"x","time_us":1e30,"kind":"commit"}', "stranger": jet("commit", operation("create", record=POST)).replace(DID, "did:plc:stranger"),
    "odd_key": jet("commit", operation("create", record=POST)).replace("3l1", "../\\u0000"), "cut": jet("commit", operation("create", record=POST))[:150],
    "bad_utf8": b(jet("commit", operation("create", record=POST))).replace(b("é"), b"\xe9"), "deep": '{"payload":' * 1500, "empty": "",
    "zstd": b"#(\xb5/\xfd\x20\x05\x29\x00\x00hello", "dictionary": b"#" + b"7\xa40\xec\x01\0\0\0" * 8,
    "frame": b"#\x09\xff\x01" + b(jet("commit", operation("create", record=POST))), "frame_unsized": b"#\x05\0\0" + b"ab" * 3000,
    "plain_zstd": b"(\xb5/\xfd\x20\x05\x29\x00\x00hello",
}

SEEDS = {
    "bluesky": BLUESKY,
    "jetstream": JETSTREAM,
}
