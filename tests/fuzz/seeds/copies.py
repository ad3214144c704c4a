"""Pairs of texts that are laid beside each other."""


def pair(a, b):
    return f"{a}\n--\n{b}"


COPIES = {
    "cut": pair("The footbridge is open again. It took eighteen months and cost less than planned.", "The footbridge is open again. It took eigh… https://t.example/a"),
    "thread": pair("The zones were drawn from an old map. (1/4)", "The zones were drawn from an old map. A carer will pay three times."),
    "numbers": pair("Gusts of up to 75 km/h until 21:00", "Gusts of up to 95 km/h until 9 p.m."),
    "spelled": pair("trente-huit interventions, douze arbres", "38 interventions, 12 arbres"),
    "spelled_ar": pair("ألف ومئتان وخمسون توقيعًا", "١٢٥٠ توقيعًا"),
    "negated": pair("they are satisfied that it is safe", "they are not satisfied that it is safe"),
    "frame": pair("Plant fair\n\nSaturday from ten at the rugby club.\n\nt.me/town", "Dear all, this Saturday from ten at the rugby club."),
    "tags": pair("#a #b #c", "@a @b @c"),
    "cjk": pair("本日、市民図書館が開館しました。", "本日、市民図書館の児童室が開館しました。"),
    "huge_number": pair("99999999999999999999999999 trees", "many many trees"),
    "one_word_many_times": pair("a " * 300, "a " * 299 + "b"),
    "marks": pair("e" + "\u0301" * 200, "\u202e\u0640\u0640"),
    "bad": b"\xff\xfe\n--\n\xc3(",
    "empty": "",
    "counter_only": pair("1/2", "(1/2)"),
}

SEEDS = {"copies": COPIES}
