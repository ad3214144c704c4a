"""Records as protobuf writes them, and worse."""
from seeds.words import b


def varint(n):
    out = b""
    while n > 127:
        out += bytes([n & 127 | 128])
        n >>= 7
    return out + bytes([n])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = b(value)
    return varint(number << 3 | 2) + varint(len(value)) + value


RECORDS = {
    "item": field(1, "x:1") + field(2, "x") + field(8, "Bonjour") + field(11, field(1, 1649923200)) + field(22, 1),
    "item_media": field(1, "x:1") + field(15, field(2, "https://a.example/1") + field(14, field(1, "ab") + field(3, bytes(16)))),
    "story": field(1, "story:1") + field(2, "Title") + field(3, "x:1") + field(3, "x:2") + b"\x4d\0\0\x20\x41",
    "account": field(1, "x:a") + field(2, field(1, "since=1")) + field(10, 3),
    "parcel": field(1, "x:a") + field(3, field(1, "x:1") + field(8, "text")) + field(6, "trace"),
    "unknown_field": field(1, "x:1") + field(1999, "kept"),
    "cut": (field(1, "x:1") + field(8, "Bonjour"))[:-3],
    "long_length": b"\x0a\xff\xff\xff\xff\x0f",
    "bad_utf8": field(1, b"\xff\xfe"),
    "bad_wire_type": b"\x0f\x0e",
    "groups": b"\x0b" * 120,
    "deep": b"",
    "counter": bytes(8),
    "number": b"\xff" * 8,
    "empty": b"",
    "varint_long": b"\x08" + b"\xff" * 11,
    "timestamp_far": field(1, "x:1") + field(11, field(1, 2**63 - 1) + field(2, 2**31)),
    "version": field(1, "x:1") + field(22, 2**32 - 1),
}
deep = b""
for _ in range(150):
    deep = field(1, deep)
RECORDS["deep"] = deep

SEEDS = {
    "record": RECORDS,
}
