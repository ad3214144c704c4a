"""The store of the roles on Kafka beside that of one process, which played the same day."""
from support import counters, items_of, run, stories


def contents(data):
    return {identity: (item.get("text", ""), item.get("state", "LIVE"), tuple(media.get("sha256", "") for media in item.get("media", [])))
            for identity, item in items_of(data).items()}


def derived(item):
    """What the stateless steps made of it."""
    return {name: item.get(name) for name in ("language", "attribution", "quotes", "mentions", "places", "sections", "dates")}


def compare(check, single, house, what):
    expected, got = items_of(single), items_of(house.data)
    check(f"{what}: nothing lost", not expected.keys() - got.keys(), sorted(expected.keys() - got.keys())[:5])
    check(f"{what}: nothing invented", not got.keys() - expected.keys(), sorted(got.keys() - expected.keys())[:5])
    both = expected.keys() & got.keys()
    one, other = contents(single), contents(house.data)
    differing = [(identity, one[identity], other[identity]) for identity in both if one[identity] != other[identity]]
    check(f"{what}: the same texts, states and pictures", not differing, differing[:3])
    steps = [(identity, name) for identity in both for name in derived(expected[identity])
             if derived(expected[identity])[name] != derived(got[identity])[name]]
    check(f"{what}: the same of each stateless step", not steps, steps[:10])
    folded = [identity for identity in both if bool(expected[identity].get("duplicateOf")) != bool(got[identity].get("duplicateOf"))]
    check(f"{what}: the same copies folded", not folded, folded[:5])
    lists = {}
    for story in stories(house.data):
        for identity in story["itemIds"]:
            lists.setdefault(identity, []).append(story["id"])
    check(f"{what}: each post is in one story", all(len(ids) == 1 for ids in lists.values()), [one for one in lists.items() if len(one[1]) != 1][:3])
    counted = counters(house.data)
    check(f"{what}: collected = stored + dead-lettered", counted["collected"] == counted["stored"] + counted["deadLettered"], counted)
    check(f"{what}: no letter", counted["deadLettered"] == counters(single)["deadLettered"], counted)
    verified = run("verify", "--data", house.data, check=False)
    check(f"{what}: the chain and all that hangs on it is whole", verified.returncode == 0, verified.stdout[-1500:] + verified.stderr[-500:])
    return len(both)
