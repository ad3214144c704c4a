"""The rehearsal day's roles on a real Apache Kafka, each a process of its own, and the clock that they share."""
import os
import pathlib
import random
import signal
import socket
import struct
import subprocess
import sys
import time
import urllib.request

from support import BINARY

ROOT = pathlib.Path(__file__).resolve().parents[2]
KAFKA = ROOT / "deploy/kafka/kafka"
NANOS = 1_000_000_000
BEGIN = 1649894400 * NANOS  # 2022-04-14T00:00Z
END = BEGIN + int(22.5 * 3600) * NANOS
STEP = 10 * 60 * NANOS


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
        lasts = at.lasts()  # it may end while this step is waited for
        if not house.settle(at.PATIENCE if lasts else 120) and not lasts:
            sys.exit("the day does not go on\n" + "\n".join(f"{role.name}: {role.log()[-1200:]}" for role in house.roles()))
        at((house.clock.now - BEGIN) / (END - BEGIN))
        house.clock.set(min(house.clock.now + STEP, END))
    at.let_all_go_on()
    if not house.settle():
        sys.exit("the day does not end")
