"""The rehearsal day on a real Apache Kafka: two collectors, three processors and a desk, each a process of its own, one of
each killed in mid-run and started again, the broker too. The store must be what one process makes of the same day.

COPYTASTER_FULL=1: another day on which one of them is stopped (SIGSTOP) every two seconds for five minutes."""
import os
import random
import shutil
import tempfile
import time

from kafka_compare import compare
from kafka_house import House, play
from kafka_security import check_security
from kafka_trouble import Pauses, Trouble
from support import Checks, run

SEED = int(os.environ.get("COPYTASTER_SEED", "20220414"))
FULL = os.environ.get("COPYTASTER_FULL") == "1"
check = Checks()


def play_house(single, folder, make_trouble, what):
    house = House(folder)
    begun = time.monotonic()
    try:
        until = time.monotonic() + 120
        while time.monotonic() < until and not (house.accounts and house.settled()):
            mine = [role.metric("copytaster_collect_accounts") for role in house.collectors]
            house.accounts = int(sum(mine)) if None not in mine and all(mine) else None
            time.sleep(0.2)
        check(f"{what}: both collectors have accounts", bool(house.accounts), house.accounts)
        trouble = make_trouble(house)
        play(house, trouble)
        if what == "killed":
            check_security(check, house)
        codes = house.end()
        check(f"{what}: all end when asked", all(code == 0 for code in codes.values()), codes)
        same = compare(check, single, house, what)
        if not check.failed:
            print(f"proof: a day on Apache Kafka, {house.accounts} accounts, {', '.join([*trouble.done, f'{trouble.pauses} pauses'])}: {same} posts as in one process, "
                  f"item by item, in {time.monotonic() - begun:.0f} s")
    finally:
        house.end()
        if check.failed and os.environ.get("COPYTASTER_KEEP"):
            shutil.copytree(folder, os.environ["COPYTASTER_KEEP"], dirs_exist_ok=True)


with tempfile.TemporaryDirectory() as single:
    run("demo", "--once", "--data", single, timeout=540)
    chance = random.Random(SEED)
    print(f"seed {SEED}")
    with tempfile.TemporaryDirectory() as folder:
        play_house(single, folder, lambda house: Trouble(house, chance), "killed")
    if FULL:
        with tempfile.TemporaryDirectory() as folder:
            play_house(single, folder, lambda house: Pauses(check, house, chance, 300), "paused")
check.finish()
