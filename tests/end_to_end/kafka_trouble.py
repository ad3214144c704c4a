"""What happens to the roles while the day is played: they are killed, they are stopped (SIGSTOP) and go on."""
import signal
import threading
import time

from kafka_house import END, STEP


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

    def __init__(self, check, house, chance, seconds):
        super().__init__(daemon=True)
        self.check, self.house, self.chance, self.until = check, house, chance, time.monotonic() + seconds
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
        self.check("paused: some were taken for dead, and their work was others'", dead > 0, dead)
        self.done.append(f"{dead} times one was taken for dead")
