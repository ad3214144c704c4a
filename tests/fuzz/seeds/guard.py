"""Addresses that the address guard lets pass or not: four bytes of IPv4, sixteen of IPv6."""

GUARD = {
    "loopback": [127, 0, 0, 1], "public": [193, 0, 6, 139], "private10": [10, 1, 2, 3], "private172": [172, 31, 255, 255],
    "private192": [192, 168, 0, 1], "link_local": [169, 254, 169, 254], "shared": [100, 127, 0, 1], "zero": [0, 0, 0, 0],
    "multicast": [224, 0, 0, 1], "broadcast": [255, 255, 255, 255], "just_before": [126, 255, 255, 255],
    "just_behind": [128, 0, 0, 0], "benchmark": [198, 19, 0, 1],
}
GUARD = {name: bytes(four) + bytes(10) + b"\xff\xff" + bytes(four) for name, four in GUARD.items()}
GUARD.update({
    "v6_public": bytes([193, 0, 6, 139]) + bytes.fromhex("20010670000000000000000000000001"),
    "v6_loopback": bytes(4) + bytes(15) + b"\x01",
    "v6_ula": bytes(4) + bytes.fromhex("fd000000000000000000000000000001"),
    "v6_link": bytes(4) + bytes.fromhex("fe800000000000000000000000000001"),
    "nat64_public": bytes([193, 0, 6, 139]) + bytes.fromhex("0064ff9b0000000000000000c100068b"),
    "six_to_four": bytes([127, 0, 0, 1]) + bytes.fromhex("20027f00000100000000000000000001"),
    "teredo": bytes(4) + bytes.fromhex("200100000000000000000000" + "80fffffe"),
    "cut": b"\x7f\x00", "empty": b"",
})

SEEDS = {
    "address": GUARD,
}
