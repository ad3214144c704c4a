"""Toxiproxy, started for one test, and its HTTP API: one proxy, whose faults ("toxics") come and go."""
import json
import socket
import subprocess
import time
import urllib.request


def free_ports(count):
    """Ports that nobody listens on now, all different."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in held]
    for one in held:
        one.close()
    return ports


class Toxiproxy:
    def __init__(self, binary, log):
        self.port, self.listen, self.upstream = free_ports(3)
        self.process = subprocess.Popen([binary, "-host", "127.0.0.1", "-port", str(self.port)], stdout=log, stderr=log)
        until = time.monotonic() + 20
        while True:
            try:
                self._ask("GET", "/version")
                break
            except OSError:
                if self.process.poll() is not None or time.monotonic() > until:
                    raise
                time.sleep(0.05)
        self._ask("POST", "/proxies", {"name": "platforms", "listen": f"127.0.0.1:{self.listen}",
                                       "upstream": f"127.0.0.1:{self.upstream}", "enabled": True})

    def _ask(self, method, path, content=None):
        body = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body, method=method,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read()

    def begin(self, fault):
        """fault: a toxic's type and attributes, or "down"."""
        if fault == "down":
            self._ask("POST", "/proxies/platforms", {"enabled": False})
        else:
            kind, attributes = fault
            self._ask("POST", "/proxies/platforms/toxics",
                      {"name": kind, "type": kind, "stream": "downstream", "toxicity": 1.0, "attributes": attributes})

    def end(self, fault):
        if fault == "down":
            self._ask("POST", "/proxies/platforms", {"enabled": True})
        else:
            self._ask("DELETE", f"/proxies/platforms/toxics/{fault[0]}")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)
