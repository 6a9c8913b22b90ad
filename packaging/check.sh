#!/usr/bin/env bash
# The static checks: lint, formatting, types, layers, generated files. All run; any finding fails.
set -uo pipefail
cd "$(dirname "$0")/.."
bin=${OFFHOOK_BIN:-.venv/bin}
failed=()

step() {
    local name=$1
    shift
    printf '== %s\n' "$name"
    "$@" || failed+=("$name")
}

step "ruff check" "$bin/ruff" check --quiet .
step "ruff format" "$bin/ruff" format --quiet --check .
step "mypy" "$bin/python" -m mypy
step "layers" "$bin/lint-imports" --no-logo
step "generated files" "$bin/python" -m docs.build --check

if [ "${#failed[@]}" -gt 0 ]; then
    printf 'check: FAILED: %s\n' "$(IFS=,; echo "${failed[*]}")"
    exit 1
fi
echo "check: all clean"
