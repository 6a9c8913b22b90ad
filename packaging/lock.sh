#!/usr/bin/env bash
# Resolves pyproject.toml into requirements.lock: every platform, every hash, no download address.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v uv >/dev/null; then
    echo "lock: uv is not installed here; it resolves the lock and is needed for nothing else." >&2
    echo "    pipx install uv" >&2
    exit 1
fi
uv pip compile pyproject.toml --extra postgresql --group dev --universal --generate-hashes \
    --no-header --no-strip-extras --no-emit-index-url --no-emit-find-links --python-version 3.11 --quiet \
    "$@" --output-file requirements.lock
grep -c == requirements.lock | xargs printf 'lock: %s packages\n'
