#!/usr/bin/env bash
# Proves that no install step is missing: makes an empty Debian 12 in FOLDER, clones this repository's HEAD
# into it and runs ./run with the given arguments there.
#   deploy/fresh-root.sh FOLDER [tests | build | …]      (as root; needs debootstrap)
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,4p' "$0" >&2; exit 64; }
root=$(realpath -m "$1")
shift
here=$(cd "$(dirname "$0")/.." && pwd)
# The mirror is the one this machine uses itself.
mirror=$({ cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null || true; } |
    awk '/^deb / {for (i = 2; i <= NF; i++) if ($i ~ /^http/ && !mirror) mirror = $i} /^URIs:/ && !mirror {mirror = $2} END {print mirror}')
[ -n "$mirror" ] || { echo "fresh-root: no mirror in this machine's apt sources" >&2; exit 69; }

unmount() { for place in sys dev/shm dev proc; do umount -l "$root/$place" 2>/dev/null || true; done; }
trap unmount EXIT
if [ ! -f "$root/etc/debian_version" ]; then
    debootstrap --variant=minbase bookworm "$root" "$mirror" >"$root.debootstrap.log" 2>&1 || { tail "$root.debootstrap.log" >&2; exit 69; }
fi
cp /etc/resolv.conf "$root/etc/resolv.conf" 2>/dev/null || true
rm -f "$root/etc/apt/sources.list"  # debootstrap's; the machine's own are copied instead
cp -r /etc/apt/. "$root/etc/apt/"
for place in /usr/share/keyrings /etc/ssl/certs /usr/local/share/ca-certificates; do
    [ -d "$place" ] && mkdir -p "$root$place" && cp -rL "$place/." "$root$place/" 2>/dev/null || true
done
mount --bind /proc "$root/proc"
mount --bind /dev "$root/dev"
mkdir -p "$root/dev/shm"
mount --bind /dev/shm "$root/dev/shm" 2>/dev/null || true
mount --bind /sys "$root/sys"
rm -rf "$root/src"
git clone -q "$here" "$root/src"
env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM="${TERM:-dumb}" \
    $(env | grep -iE '^(https?_proxy|no_proxy)=' || true) \
    chroot "$root" /bin/bash -c 'cd /src && exec ./run "$@"' run "$@"
