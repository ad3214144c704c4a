"""The files that an operator writes: rules, settings."""

RULES = {
    "sections": '[[section]]\nid = "a"\nname = "A"\nweight = 0.5\nmedia_topics = ["medtop:20000612"]\nplaces = ["Kyiv"]\n[section.words]\nen = ["tram*", "twin cit*", "park|parks"]\nfr = ["jumelé*"]\n',
    "places": 'place = [\n  { name = "Kyiv", id = "geonames:703448", country = "UA", aliases = ["Києв*", "?Löwen", "*", ""] },\n  { name = "Paris", country = "FR", homonym = true },\n]\n',
    "style": 'language = "fr"\n[credit.fr]\naccount = "Source : {name} sur {platform}"\nfeed = "{name}"\nvia = "{source}, via {via}"\nphotographer = "{photographer}"\n',
    "style_short": '[credit.en]\naccount = "{name}"\n',
    "unknown_key": "[[section]]\nidd = 1\n",
    "wrong_type": "place = 3\nsection = {}\n[credit]\nen = 1\n",
    "word_types": '[[section]]\nid = "a"\nname = "A"\n[section.words]\nen = [1, {}, [], "x"]\n',
    "stars": '[[section]]\nid = "a"\nname = "A"\n[section.words]\nen = ["*", "**", "a*b*", " ", "* *"]\n',
    "gazetteer": "# copytaster places 1\ngeonames:703448\tUA\t2797553\tKyiv\tKiev|Київ\ngeonames:2639577\tGB\t318014\tReading\t\n",
    "gazetteer_twice": "geonames:1\tFR\t5\tA\t\ngeonames:1\tFR\t5\tB\t\n",
    "country": 'place = [ { name = "X", country = "Ukraine" } ]\n',
    "deep": "a = " + "[" * 400 + "]" * 400,
    "dotted": ".".join("a" * 1 for _ in range(300)) + " = 1\n",
    "numbers": "a = 1e999\nb = 0x7fffffffffffffffff\nc = nan\nd = 1979-05-27T07:32:00Z\n",
    "cut_string": 'a = "never closed\n',
    "cut_multi": 'a = """never\nclosed',
    "escapes": 'a = "\\u0000\\uD800\\U0010FFFF\\x"\n',
    "bad_utf8": b'a = "\xff\xc3"\n',
    "bom": b"\xef\xbb\xbfa = 1\n",
    "nul": b"a = \0\n",
    "twice": "a = 1\na = 2\n[a]\n[[a]]\n",
    "empty": "",
    "weights": '[[section]]\nid = "a"\nname = "A"\nweight = -1e308\n',
}

SETTINGS = {
    "usual": '[service]\ndata = "data"\n[desk]\naddress = "127.0.0.1"\nport = 8642\n[metrics]\nport = 0\n[log]\nlevel = "debug"\nformat = "json"\n',
    "poller": "[poller]\nmax_interval_seconds = 60\nfull_fetch_seconds = 600\nreread_seconds = 0\nmax_in_flight = 1\nmax_picture_bytes = 1024\n",
    "too_small": "[poller]\nmax_interval_seconds = 59\nmax_in_flight = 0\nmax_picture_bytes = -1\nreread_seconds = 31536001\n",
    "secret_in_file": '[collector.facebook]\ntoken = "canary"\n',
    "secret_file": '[collector.facebook]\ntoken_file = "no-such-file"\n',
    "collector": '[collector.mastodon]\npage_size = 40\n[collector.nosuch]\nx = 1\n[collector]\nfeed = 3\n',
    "wrong_types": '[desk]\nport = "8642"\naddress = 1\n[log]\nlevel = 3\n',
    "floats": "[desk]\nport = 8642.0\n",
    "outside": "port = 1\n",
    "unknown": "[desk]\nprot = 1\n[nosuch]\nx = 1\n",
    "dotted": 'desk.port = 1\ndesk."address" = "::1"\n',
    "huge": "[desk]\nport = 99999999999999999999\n",
    "cut": '[desk]\naddress = "127.0',
    "broken": "[desk\nport = = 1\n",
    "bad_utf8": b'[desk]\naddress = "\xff"\n',
    "nul": b'[service]\ndata = "a\\u0000b"\n',
    "empty": "",
    "deep": "a = " + "{a=" * 300,
    "arrays": "[[desk]]\nport = 1\n[[desk]]\nport = 2\n",
}

GEONAMES_TOWN = "703448\tKyiv\tKyiv\tKiev,IEV,Київ,Киев,Kijów\t50.4\t30.5\tP\tPPLC\tUA\t\t12\t\t\t\t2797553\t\t187\tEurope/Kyiv\t2022-01-01\n"
GEONAMES = {
    "town": GEONAMES_TOWN,
    "twice": GEONAMES_TOWN * 2,
    "crlf": GEONAMES_TOWN.replace("\n", "\r\n"),
    "quarter": GEONAMES_TOWN.replace("PPLC", "PPLX"),
    "mountain": GEONAMES_TOWN.replace("\tP\tPPLC", "\tT\tMT"),
    "short": "703448\tKyiv\tUA\n",
    "no_number": GEONAMES_TOWN.replace("2797553", "many"),
    "no_id": GEONAMES_TOWN.replace("703448", "x"),
    "large": GEONAMES_TOWN.replace("2797553", "99999999999"),
    "bad_utf8": GEONAMES_TOWN.encode().replace(b"Kyiv", b"Ky\xff"),
    "bar": GEONAMES_TOWN.replace("Kiev", "Ki|ev"),
    "names": "1\t703448\tuk\tКиїв\t1\t\t\t\n2\t703448\tfr\tKiev\t\t\t\t1\n3\t703448\tlink\thttps://a.example\n4\t9\tde\tKiew\t\t\t\t\t\t\n",
    "many_names": "".join(f"{i}\t703448\tde\tName{chr(97 + i % 26) * (1 + i % 9)}\n" for i in range(100)),
    "empty": "",
}

SEEDS = {
    "geonames": GEONAMES,
    "rules": RULES,
    "settings": SETTINGS,
}
