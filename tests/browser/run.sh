#!/usr/bin/env bash
# The desk's page in headless Chromium: COPYTASTER_BINARY=PATH tests/browser/run.sh
# Fails, saying what is missing, where the program, Chromium, Node.js or npm is not there.
set -euo pipefail
: "${COPYTASTER_BINARY:?browser tests: set it to the built program}"
binary=$(realpath -e "$COPYTASTER_BINARY") || {
    echo "browser tests: no program at $COPYTASTER_BINARY" >&2
    exit 1
}
cd "$(dirname "$0")"

needs() {
    command -v "$1" >/dev/null || { echo "browser tests: $1 is missing; apt-get install $2" >&2; exit 1; }
}
needs node nodejs
needs npm npm
needs setpriv util-linux
chromium=${CHROMIUM:-/usr/bin/chromium}
[ -x "$chromium" ] || { echo "browser tests: $chromium is missing; apt-get install chromium" >&2; exit 1; }
node -e 'process.exit(parseInt(process.versions.node) >= 18 ? 0 : 1)' || {
    echo "browser tests: Node.js 18 or newer is needed, this is $(node --version)" >&2
    exit 1
}

# The packages of the lock file, installed anew only when it has changed.
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
    npm ci --silent || { echo "browser tests: npm ci failed; npm's registry must be in reach once" >&2; exit 1; }
    cp package-lock.json node_modules/.installed-lock.json
fi

# Everything started is in one process group, which ends with the time.
export COPYTASTER_BINARY=$binary CHROMIUM=$chromium
exec timeout --kill-after=10 "${BROWSER_TEST_SECONDS:-1100}" node --test desk.test.js
