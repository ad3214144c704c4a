"""The rehearsal day on a real Apache Kafka: two collectors, three processors and a desk, each a process of its own, one of
each killed in mid-run and started again, the broker too. The store must be what one process makes of the same day.

COPYTASTER_FULL=1: another day on which one of them is stopped (SIGSTOP) every two seconds for five minutes."""
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

from support import BINARY, Checks, counters, items_of, run, stories

ROOT = pathlib.Path(__file__).resolve().parents[2]
KAFKA = ROOT / "deploy/kafka/kafka"
SEED = int(os.environ.get("COPYTASTER_SEED", "20220414"))
FULL = os.environ.get("COPYTASTER_FULL") == "1"
NANOS = 1_000_000_000
BEGIN = 1649894400 * NANOS  # 2022-04-14T00:00Z
END = BEGIN + int(22.5 * 3600) * NANOS
STEP = 10 * 60 * NANOS
check = Checks()


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Clock:
    def __init__(self, path):
        self.path = path
        self.now = BEGIN
        self.file = os.open(path, os.O_RDWR | os.O_CREAT)
        self.set(BEGIN)

    def set(self, now):
        self.now = now
        os.pwrite(self.file, struct.pack("<q", now), 0)


class Kafka:
    def __init__(self, folder):
        self.port = self.three_in_a_row()
        self.data = os.path.join(folder, "kafka")

    @staticmethod
    def three_in_a_row():
        while True:
            first = random.randint(20000, 30000)
            try:
                for port in range(first, first + 3):
                    socket.create_server(("127.0.0.1", port)).close()
                return first
            except OSError:
                continue

    def start(self):
        done = subprocess.run([str(KAFKA), "start", "--port", str(self.port), "--data", self.data, "--secure"], capture_output=True, text=True)
        if done.returncode == 77:
            print("skipped: " + done.stderr.strip())
            sys.exit(77)
        if done.returncode != 0:
            sys.exit(f"Kafka does not start:\n{done.stderr[-2000:]}")

    def stop(self):
        subprocess.run([str(KAFKA), "stop", "--data", self.data], check=False)

    def kill(self):
        pid = int(pathlib.Path(self.data, "pid").read_text())
        os.kill(pid, signal.SIGKILL)
        # Its threads may hold the ports a little longer than the process seems to live.
        until = time.monotonic() + 60
        while time.monotonic() < until and not all(self.is_free(port) for port in range(self.port, self.port + 3)):
            time.sleep(0.05)

    @staticmethod
    def is_free(port):
        try:
            socket.create_server(("127.0.0.1", port)).close()
            return True
        except OSError:
            return False


class Role:
    """One process; `again` starts it anew after it was killed."""

    def __init__(self, house, role, number=0):
        self.house, self.role, self.name = house, role, f"{role}{number}"
        self.metrics_port, self.desk_port = free_ports(2)
        self.process = None
        self.again()

    def again(self):
        house = self.house
        log = open(os.path.join(house.folder, self.name + ".log"), "ab")
        self.process = subprocess.Popen(
            [BINARY, "demo", "--role", self.role, "--clock", house.clock.path, "--brokers", f"127.0.0.1:{house.kafka.port}",
             "--platforms-port", str(house.platforms_port), "--metrics-port", str(self.metrics_port), "--port", str(self.desk_port),
             "--data", house.data], stdout=log, stderr=log)

    def metric(self, name):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=5) as answer:
                for line in answer.read().decode().splitlines():
                    if line.startswith(name + " "):
                        return float(line.split()[1])
        except OSError:
            pass
        return None

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
        try:
            return self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.kill()
            return None

    def log(self):
        return pathlib.Path(self.house.folder, self.name + ".log").read_text(errors="replace")


class House:
    def __init__(self, folder, collectors=2, processors=3):
        self.folder = folder
        self.data = os.path.join(folder, "data")
        self.clock = Clock(os.path.join(folder, "clock"))
        self.kafka = Kafka(folder)
        self.kafka.start()
        self.platforms_port = free_ports(1)[0]
        self.stage = Role(self, "stage")
        self.desk = Role(self, "desk")
        self.collectors = [Role(self, "collect", n) for n in range(collectors)]
        self.processors = [Role(self, "process", n) for n in range(processors)]
        self.accounts = None

    def roles(self):
        return [self.desk, *self.collectors, *self.processors]

    def settled(self):
        """Nothing is due at the clock's time, nothing is under way, everything is in the desk's store."""
        now = self.clock.now / NANOS
        mine = [role.metric("copytaster_collect_accounts") for role in self.collectors]
        if None in mine or (self.accounts and sum(mine) != self.accounts):
            return False
        if any((role.metric("copytaster_collect_settled_seconds") or 0) < now for role in self.collectors if role.metric("copytaster_collect_accounts")):
            return False
        return (self.desk.metric("copytaster_desk_settled_seconds") or 0) >= now

    def settle(self, patience=120):
        until = time.monotonic() + patience
        seen = 0
        while time.monotonic() < until:
            # Twice in a row: the desk may have looked just before a collector handed its last on.
            seen = seen + 1 if self.settled() else 0
            if seen >= 2:
                return True
            time.sleep(0.02 if seen == 0 else 0.2)
            for role in self.roles():
                if role.process.poll() is not None:
                    sys.exit(f"{role.name} has ended with {role.process.returncode}:\n{role.log()[-3000:]}")
        return False

    def end(self):
        codes = {role.name: role.end() for role in [*self.collectors, *self.processors, self.desk, self.stage]}
        self.kafka.stop()
        return codes


def play(house, at):
    """The day in steps; `at` is called with how much of it is over and may disturb it."""
    while house.clock.now < END:
        patience = at.PATIENCE if at.lasts() else 120
        if not house.settle(patience) and not at.lasts():
            sys.exit("the day does not go on\n" + "\n".join(f"{role.name}: {role.log()[-1200:]}" for role in house.roles()))
        at((house.clock.now - BEGIN) / (END - BEGIN))
        house.clock.set(min(house.clock.now + STEP, END))
    at.let_all_go_on()
    if not house.settle():
        sys.exit("the day does not end")


def contents(data):
    return {identity: (item.get("text", ""), item.get("state", "LIVE"), tuple(media.get("sha256", "") for media in item.get("media", [])))
            for identity, item in items_of(data).items()}


def derived(item):
    """What the stateless steps made of it."""
    return {name: item.get(name) for name in ("language", "attribution", "quotes", "mentions", "places", "sections", "dates")}


def compare(single, house, what):
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


class Trouble:
    """What happens to the house while the day is played. At moments of the day one process of each kind is killed, later it comes
    back; the broker is killed and comes back; processes are stopped (SIGSTOP) and go on, some so late that others have their work."""

    def __init__(self, house, chance):
        self.house, self.chance = house, chance
        self.done, self.pauses, self.away = [], 0, []
        self.plan = [(0.1, self.kill_collector), (0.2, self.kill_processor), (0.3, self.bring_back), (0.4, self.kill_desk), (0.5, self.kill_broker)]
        self.plan += [(0.6, lambda: self.pause(house.collectors, 9)), (0.7, lambda: self.pause(house.processors, 9)),
                      (0.8, lambda: self.pause([house.desk], 2))]
        self.paused = []  # (when it goes on, role)

    def __call__(self, part):
        while self.plan and part >= self.plan[0][0]:
            _, act = self.plan.pop(0)
            self.house.clock.set(min(self.house.clock.now + STEP, END))  # something is under way
            time.sleep(self.chance.uniform(0.0, 0.3))
            act()
        self.let_go_on()

    def kill_collector(self):
        self.take_away(self.house.collectors)

    def kill_processor(self):
        self.take_away(self.house.processors)

    def take_away(self, roles):
        victim = self.chance.choice(roles)
        victim.kill()
        roles.remove(victim)  # others take over
        self.away.append((roles, victim))
        self.done.append(f"{victim.name} killed")

    def bring_back(self):
        for roles, victim in self.away:
            victim.again()
            roles.append(victim)

    def kill_desk(self):
        self.house.desk.kill()
        self.house.desk.again()
        self.done.append("desk killed")

    def kill_broker(self):
        self.house.kafka.kill()
        self.house.kafka.start()
        self.done.append("broker killed")

    def pause(self, roles, seconds):
        victim = self.chance.choice(roles)
        victim.process.send_signal(signal.SIGSTOP)
        self.paused.append((time.monotonic() + seconds, victim))
        self.pauses += 1

    def lasts(self):
        return False

    def let_all_go_on(self):
        self.let_go_on()

    def let_go_on(self):
        while self.paused:
            until, victim = self.paused.pop(0)
            time.sleep(max(0.0, until - time.monotonic()))
            victim.process.send_signal(signal.SIGCONT)
            time.sleep(0.5)


class Pauses(threading.Thread):
    """Promise 7: every two seconds one of them stops, for one to nine seconds, also while others stand: some are taken for dead, and wake
    when others have their work. The day moves on meanwhile."""

    PATIENCE = 15  # how long a step of the day waits for who may be standing

    def __init__(self, house, chance, seconds):
        super().__init__(daemon=True)
        self.house, self.chance, self.until = house, chance, time.monotonic() + seconds
        self.done, self.pauses, self.standing = [], 0, {}
        self.start()

    def __call__(self, part):
        pass

    def lasts(self):
        return self.is_alive()

    def run(self):
        due = time.monotonic()
        while (now := time.monotonic()) < self.until:
            self.let_go_on(now)
            if now >= due:
                self.pause(now)
                due += 2
            time.sleep(0.05)
        self.let_go_on(float("inf"))

    def pause(self, now):
        role = self.chance.choice([role for role in self.house.roles() if role not in self.standing] or [None])
        if role is None:
            return
        role.process.send_signal(signal.SIGSTOP)
        self.standing[role] = now + self.chance.uniform(1, 9)
        self.pauses += 1

    def let_go_on(self, now):
        for role in [role for role, until in self.standing.items() if until <= now]:
            role.process.send_signal(signal.SIGCONT)
            del self.standing[role]

    def let_all_go_on(self):
        self.until = 0
        self.join()
        dead = sum(role.log().count("this member was taken for dead") for role in self.house.roles())
        check("paused: some were taken for dead, and their work was others'", dead > 0, dead)
        self.done.append(f"{dead} times one was taken for dead")


def secure_role(house, password):
    """What `copytaster run --role process` makes of a broker that wants TLS, a name and a password."""
    config = pathlib.Path(house.folder, "config")
    shutil.copytree(ROOT / "config", config, dirs_exist_ok=True)
    port = free_ports(1)[0]
    secret = config / "password"
    secret.write_text(password)
    secret.chmod(0o600)
    (config / "settings.toml").write_text(f"""
[service]
data = "{house.folder}/secure-data"
[metrics]
port = {port}
[bus]
kind = "kafka"
brokers = "127.0.0.1:{house.kafka.port + 2}"
prefix = "secure"
partitions = 2
security = "sasl_ssl"
ca_file = "{house.kafka.data}/secure/ca.pem"
sasl_mechanism = "PLAIN"
user = "copytaster"
password_file = "password"
""")
    log = pathlib.Path(house.folder, "secure.log")
    with log.open("wb") as out:
        process = subprocess.Popen([BINARY, "run", "--role", "process", "--config", str(config)], stdout=out, stderr=out)
    ready = False
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None and not ready:
        try:
            ready = urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).status == 200
        except OSError:
            time.sleep(0.1)
    if process.poll() is None:
        process.terminate()
    process.wait(timeout=60)
    return ready, process.returncode, log.read_text(errors="replace")


def check_security(house):
    password = pathlib.Path(house.kafka.data, "secure/password").read_text()
    ready, code, log = secure_role(house, password)
    check("TLS with name and password: a processor gets work", ready and code == 0, (ready, code, log[-1500:]))
    ready, code, log = secure_role(house, "wrong" + password[:8])
    check("a wrong password is told, and ends it", not ready and code not in (0, None) and "SASL" in log, (ready, code, log[-1500:]))
    check("no password in the log", password[:8] not in log, log[-1500:])


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
            check_security(house)
        codes = house.end()
        check(f"{what}: all end when asked", all(code == 0 for code in codes.values()), codes)
        same = compare(single, house, what)
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
            play_house(single, folder, lambda house: Pauses(house, chance, 300), "paused")
check.finish()
