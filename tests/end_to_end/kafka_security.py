"""A role of the service itself on a broker that wants TLS, a name and a password."""
import pathlib
import shutil
import subprocess
import time
import urllib.request

from kafka_house import ROOT, free_ports
from support import BINARY


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


def check_security(check, house):
    password = pathlib.Path(house.kafka.data, "secure/password").read_text()
    ready, code, log = secure_role(house, password)
    check("TLS with name and password: a processor gets work", ready and code == 0, (ready, code, log[-1500:]))
    ready, code, log = secure_role(house, "wrong" + password[:8])
    check("a wrong password is told, and ends it", not ready and code not in (0, None) and "SASL" in log, (ready, code, log[-1500:]))
    check("no password in the log", password[:8] not in log, log[-1500:])
