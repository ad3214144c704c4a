"""A network namespace of the test's own: servers stand on an address and under names that are the real net's elsewhere, so
that the program's address guard stays as it is."""
import fcntl
import os
import pathlib
import socket
import struct
import subprocess
import sys


def enter():
    """Starts the script again inside of a namespace; skips the test where none can be made."""
    if os.environ.get("COPYTASTER_IN_NAMESPACE") == "1":
        return
    inside = subprocess.run(["unshare", "--net", "--mount", "--map-root-user", "true"], capture_output=True, text=True)
    if inside.returncode != 0:
        print(f"skipped: no network namespace here ({inside.stderr.strip()})")
        sys.exit(77)
    os.environ["COPYTASTER_IN_NAMESPACE"] = "1"
    os.execvp("unshare", ["unshare", "--net", "--mount", "--map-root-user", sys.executable, *sys.argv])


def set_interface(name, request, value):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, request, struct.pack("16s", name.encode()) + value.ljust(24, b"\0"))


def set_up(folder, address, hosts):
    """Loopback, the address on it, and names for it."""
    up = struct.pack("H", 0x1 | 0x40)  # IFF_UP, IFF_RUNNING
    set_interface("lo", 0x8914, up)  # SIOCSIFFLAGS
    set_interface("lo:0", 0x8916, struct.pack("HH4s", socket.AF_INET, 0, socket.inet_aton(address)))  # SIOCSIFADDR
    names = pathlib.Path(folder, "hosts")
    names.write_text("127.0.0.1 localhost\n" + "".join(f"{address} {host}\n" for host in hosts), encoding="utf-8")
    subprocess.run(["mount", "--bind", names, "/etc/hosts"], check=True)
