"""What the collectors' own fixtures have not: Mastodon's pages, and the messages of its stream."""
from seeds.words import b

MASTODON = {
    "empty_list": "[]", "not_a_list": "{}", "nulls": '[{"id":"1","uri":null,"content":null,"account":null,"media_attachments":null}]',
    "types": '[{"id":1,"content":{},"account":[],"created_at":3,"reblog":7}, 5, "x", []]',
    "deep": "[" * 2000, "html": "<html><body>502</body></html>",
    "minimal": '[{"id":"109","uri":"https://social.example/users/ravenel/statuses/109","created_at":"2022-04-14T08:00:00.000Z","visibility":"public","content":"<p>x</p>","account":{"id":"1","username":"ravenel","acct":"ravenel","url":"https://social.example/@ravenel"},"media_attachments":[{"id":"1","type":"image","url":"x","description":"\\u0000"}],"mentions":[],"tags":[{"name":""}]}]',
    "empty": "",
}

STATUS = '{"id":"12","uri":"https://social.example/users/ravenel/statuses/12","created_at":"2022-04-14T08:00:00.000Z","visibility":"public","content":"<p>é🚋</p>","account":{"id":"1","username":"ravenel","acct":"ravenel","url":"https://social.example/@ravenel"},"media_attachments":[]}'


def in_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


STREAM = {
    "update": '{"stream":["user"],"event":"update","payload":%s}' % in_string(STATUS),
    "edit": '{"stream":["user"],"event":"status.update","payload":%s}' % in_string(STATUS.replace('"visibility"', '"edited_at":"2022-04-14T09:00:00Z","visibility"')),
    "reblog": '{"event":"update","payload":%s}' % in_string(STATUS[:-1] + ',"reblog":' + STATUS.replace("12", "7") + "}"),
    "delete": '{"stream":["user"],"event":"delete","payload":"12"}', "delete_number": '{"event":"delete","payload":12}',
    "direct": '{"event":"update","payload":%s}' % in_string(STATUS.replace('"public"', '"direct"')),
    "object": '{"event":"update","payload":%s}' % STATUS, "notification": '{"event":"notification","payload":"{}"}',
    "error": '{"error":"Invalid access token","status":401}', "types": '{"event":[],"payload":{}}', "bare": '{"event":"update"}',
    "sse": ":thump\nevent: update\ndata: %s\n\n" % STATUS, "sse_lines": "event:update\r\ndata: {\r\ndata: }\r\n\r\n", "sse_two": "event: delete\ndata: 1\n\nevent: delete\ndata: 2\n\n",
    "thump": ":thump\n", "retry": "retry: 5\nid: 7\n\n", "colons": "::\n:\nevent\ndata\n", "cut": '{"event":"update","payload":"{\\"id', "empty": "",
    "bad_utf8": b'{"event":"update","payload":%s}' % b(in_string(STATUS)).replace(b("é"), b"\xe9"), "nul": b"event: a\0b\ndata: \0\n\n",
    "deep": '{"event":"update","payload":"' + "[" * 2000 + '"}', "html": "<html>502</html>",
}

SEEDS = {
    "mastodon": MASTODON,
    "mastodon_stream": STREAM,
}
