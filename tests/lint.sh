#!/usr/bin/env bash
# clang-format on every file, clang-tidy on those changed since the base (or --all). Run through ./run lint.
set -euo pipefail
cd "$(dirname "$0")/.."
mapfile -t files < <(git ls-files '*.cpp' '*.h')
clang-format-14 --dry-run -Werror "${files[@]}"
[ "${1:-}" = --format ] && exit 0
if [ "${1:-}" = --all ]; then
    mapfile -t units < <(git ls-files '*.cpp')
else
    base=$(git merge-base HEAD "${BASE:-HEAD~1}" 2>/dev/null || git rev-list --max-parents=0 HEAD | tail -n 1)
    mapfile -t units < <(git diff --name-only --diff-filter=d "$base" -- '*.cpp')
fi
[ ${#units[@]} -gt 0 ] || exit 0
# Without precompiled headers and sanitizers, which are GCC's own; only what is generated is built.
cmake --preset debug -B build/lint -DCOPYTASTER_PRECOMPILE=OFF -DCOPYTASTER_SANITIZE= >/dev/null
ninja -C build/lint generated/core/copytaster.pb.h >/dev/null
printf '%s\n' "${units[@]}" | xargs -P 2 -n 4 clang-tidy-14 -p build/lint --quiet --extra-arg=-Wno-unknown-warning-option
