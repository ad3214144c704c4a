"""A disk that is full in mid-run: the service says so and stops; with room again it goes on and nothing is lost."""
import os
import subprocess
import sys
import tempfile

from support import BINARY, Checks, counters

SIZES = os.environ.get("COPYTASTER_DISKS", "4m 6m").split()  # the day needs about 8 MiB

if os.environ.get("COPYTASTER_IN_NAMESPACE") != "1":
    # A small disk of our own: a tmpfs in a mount namespace that nobody else sees.
    inside = subprocess.run(["unshare", "--mount", "--map-root-user", "true"], capture_output=True, text=True)
    if inside.returncode != 0:
        print(f"skipped: no mount namespace here ({inside.stderr.strip()})")
        sys.exit(77)
    os.environ["COPYTASTER_IN_NAMESPACE"] = "1"
    os.execvp("unshare", ["unshare", "--mount", "--map-root-user", sys.executable, *sys.argv])

check = Checks()
with tempfile.TemporaryDirectory() as disk:
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZES[0]}", "tmpfs", disk], check=True)
    data = f"{disk}/data"
    for size in SIZES:
        subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)
        done = subprocess.run([BINARY, "demo", "--once", "--data", data], capture_output=True, text=True, timeout=300)
        print(f"{size}: exit {done.returncode}")
        if size != SIZES[0] and done.returncode == 0:
            continue  # it has run far enough before
        check(f"a full disk of {size} is told by exit 69", done.returncode == 69, done.stderr[-3000:])
        check("and by its name", "No space left on device" in done.stderr, [line for line in done.stderr.splitlines() if "error" in line][-3:])
    subprocess.run(["mount", "-o", "remount,size=400m", disk], check=True)
    done = subprocess.run([BINARY, "demo", "--once", "--data", data], capture_output=True, text=True, timeout=300)
    check("with room it goes on", done.returncode == 0, done.stderr[-1500:])
    counted = counters(data)
    check("collected = stored + dead-lettered", counted["collected"] == counted["stored"] + counted["deadLettered"], counted)
    check("the whole day is there", counted["stored"] >= 350, counted)
    subprocess.run(["umount", disk], check=True)
check.finish()
