#!/usr/bin/env bash
# Toxiproxy for the fault tests, into build/servers/toxiproxy. Nothing is done when it is there.
# Go 1.17 or newer builds it; Debian 12 has 1.19 (golang-go).
set -euo pipefail
cd "$(dirname "$0")/../../.."
version=v2.5.0
binary=build/servers/toxiproxy
[ ! -x "$binary" ] || exit 0
if ! command -v go >/dev/null; then
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo)
    echo "Installing from Debian: golang-go"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends golang-go ca-certificates >/dev/null
fi
mkdir -p build/servers
# Its program is called "server": in a folder of its own until it has its name.
into=$(mktemp -d)
trap 'rm -rf "$into"' EXIT
echo "Building Toxiproxy $version (a minute or two)"
GOBIN="$into" GOFLAGS=-mod=mod go install "github.com/Shopify/toxiproxy/v2/cmd/server@$version"
mv "$into/server" "$binary"
echo "$binary"
