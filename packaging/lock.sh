#!/usr/bin/env bash
# Resolves pyproject.toml into requirements.lock: every platform, every hash, no download address.
set -euo pipefail
cd "$(dirname "$0")/.."
uv pip compile pyproject.toml --extra postgresql --group dev --universal --generate-hashes \
    --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 --quiet \
    "$@" --output-file requirements.lock
grep -c == requirements.lock | xargs printf 'lock: %s packages\n'
