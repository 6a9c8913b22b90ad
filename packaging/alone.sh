#!/usr/bin/env bash
# What failed among the tests of the screens, once more and alone: a window that another process
# kept waiting is no fault of the change. Anything else that failed stays failed: what a desk or
# central promises holds under load too, or it does not hold.
set -euo pipefail
cd "$(dirname "$0")/.."
failed=.pytest_cache/v/cache/lastfailed
mapfile -t tests < <(.venv/bin/python -c 'import json, sys; print(*json.load(open(sys.argv[1])), sep="\n")' "$failed")

if [ "${#tests[@]}" -eq 0 ] || [ "${#tests[@]}" -gt 3 ]; then
    echo "alone: ${#tests[@]} tests failed; none is run again" >&2
    exit 1
fi
for test in "${tests[@]}"; do
    case $test in
        tests/ui/*) ;;
        *) echo "alone: $test failed, which is no test of the screens" >&2; exit 1 ;;
    esac
done
printf 'alone: FAILED beside others, now alone; to be mended even if it passes: %s\n' "${tests[@]}"
.venv/bin/python -m pytest -p no:randomly "${tests[@]}"
