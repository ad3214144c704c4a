#!/usr/bin/env bash
# Versity S3 Gateway for the tests with pictures in a bucket, into build/servers/versitygw. Nothing is done when it is there.
set -euo pipefail
cd "$(dirname "$0")/../../.."
version=v1.8.0
binary=build/servers/versitygw
[ ! -x "$binary" ] || exit 0
minor=$(go env GOVERSION 2>/dev/null | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
if [ -z "$minor" ] || [ "$minor" -lt 24 ]; then
    echo "s3 server: Go 1.24 or newer is not installed; its tests are skipped" >&2
    exit 0
fi
mkdir -p build/servers
into=$(mktemp -d)
trap 'rm -rf "$into"' EXIT
echo "Building Versity S3 Gateway $version (two minutes)"
GOBIN="$into" GOFLAGS=-mod=mod go install "github.com/versity/versitygw/cmd/versitygw@$version"
mv "$into/versitygw" "$binary"
echo "$binary"
