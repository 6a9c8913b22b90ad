#!/usr/bin/env bash
# Makes .venv from requirements.lock, and finds the system packages that are missing.
#
#   packaging/setup.sh venv   .venv and nothing else
#   packaging/setup.sh desk   .venv, and what Qt needs here (a window's libraries where there is a screen)
#   packaging/setup.sh test   .venv, what opening a window needs, and what the tests speak to
#   packaging/setup.sh package  .venv, what Qt needs here, and what building the package needs
#
# System packages are installed where this runs as root on a Debian; else the exact command is
# printed and the exit code is 1. OFFHOOK_SYSTEM=optional goes on without them, where Qt loads;
# the tests that need one then skip and say so.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
venv=$root/.venv
lock=$root/requirements.lock
stamp=$venv/offhook-setup

say() { printf 'setup: %s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }

# --- Python and pip -----------------------------------------------------------------------------

find_python() {
    local name
    for name in ${PYTHON:-} python3.11 python3 python3.12 python3.13; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    stop "Python 3.11, 3.12 or 3.13 is needed and none was found (set PYTHON=/path/to/python)."
}

# Prints the command that runs pip for "$venv", making "$venv" on the way. Debian keeps pip in
# packages of its own; where none is installed, its wheel is unpacked beside the venv, not installed.
make_venv() {
    local python=$1 scratch=$2 wheel
    if "$python" -c 'import ensurepip, venv' 2>/dev/null && "$python" -m venv "$venv" >&2; then
        pip=("$venv/bin/python" -m pip)
        return
    fi
    rm -rf "$venv"
    "$python" -m venv --without-pip "$venv" >&2 || stop "'$python -m venv' does not work; $(hint python3-venv)"
    if "$python" -m pip --python "$venv/bin/python" --version >/dev/null 2>&1; then
        pip=("$python" -m pip --python "$venv/bin/python")
        return
    fi
    wheel=$(debian_pip_wheel "$scratch") || stop "pip was not found and could not be fetched; $(hint python3-venv)"
    pip=("$venv/bin/python" "$wheel/pip")
}

debian_pip_wheel() {
    local scratch=$1 installed=(/usr/share/python-wheels/pip-*.whl)
    if [ -e "${installed[0]}" ]; then
        printf '%s\n' "${installed[0]}"
        return
    fi
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
    say "no pip here; unpacking Debian's wheel of it into a temporary folder"
    mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial"
    local private=(-q -o "Dir::State::lists=$scratch/lists" -o "Dir::Cache=$scratch/cache" -o Debug::NoLocking=1)
    (
        cd "$scratch"
        apt-get -q download python3-pip-whl ||
            { apt-get "${private[@]}" update && apt-get "${private[@]}" download python3-pip-whl; }
    ) >"$scratch/apt.log" 2>&1 || { cat "$scratch/apt.log" >&2; return 1; }
    dpkg-deb -x "$scratch"/python3-pip-whl_*.deb "$scratch/pip"
    printf '%s\n' "$scratch"/pip/usr/share/python-wheels/pip-*.whl
}

setup_venv() {
    local python wanted scratch
    python=$(find_python)
    wanted=$("$python" - "$lock" "$root" <<'PYTHON'
import hashlib, pathlib, sys
digest = hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest()
print(digest, sys.argv[2], *sys.version_info[:3])
PYTHON
)
    if [ -x "$venv/bin/python" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    say "making .venv with $python"
    rm -rf "$venv"
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    make_venv "$python" "$scratch"
    "${pip[@]}" install --quiet --disable-pip-version-check --no-input --only-binary=:all: \
        --require-hashes --requirement "$lock" >&2 ||
        stop "the locked dependencies could not be installed (see above); nothing else was changed"
    link_checkout
    printf '%s\n' "$wanted" >"$stamp"
    rm -rf "$scratch"
    trap - EXIT
    say "done"
}

# The checkout itself: importable from anywhere, and `offhook` on the venv's path.
link_checkout() {
    local site
    site=$("$venv/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$root" >"$site/offhook-checkout.pth"
    printf '#!/bin/sh\nexec "%s" -m app "$@"\n' "$venv/bin/python" >"$venv/bin/offhook"
    chmod +x "$venv/bin/offhook"
}

# --- system packages ----------------------------------------------------------------------------

hint() { printf 'run:\n    sudo apt-get update && sudo apt-get install --no-install-recommends -y %s' "$*"; }

missing_packages() {
    local group package
    while read -r group package _; do
        case " $* " in *" $group "*) ;; *) continue ;; esac
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s\n' "$package"
    done < <(grep -v '^ *\(#\|$\)' packaging/system-packages.txt)
}

qt_loads() {
    QT_QPA_PLATFORM=offscreen "$venv/bin/python" -c \
        'from PySide6.QtWidgets import QApplication; QApplication([])' >/dev/null 2>&1
}

setup_system() {
    local missing
    if ! command -v dpkg-query >/dev/null; then
        qt_loads || stop "Qt does not load here; packaging/system-packages.txt names its libraries as Debian calls them."
        return
    fi
    mapfile -t missing < <(missing_packages "$@")
    [ "${#missing[@]}" -eq 0 ] && return
    if [ "$(id -u)" -eq 0 ] && [ -z "${OFFHOOK_NO_APT:-}" ]; then
        say "installing ${missing[*]}"
        if install_packages "${missing[@]}"; then
            return
        fi
    fi
    say "missing system packages; $(hint "${missing[@]}")"
    if [ "${OFFHOOK_SYSTEM:-}" = optional ] && qt_loads; then
        say "going on without them, as OFFHOOK_SYSTEM=optional says"
        return
    fi
    exit 1
}

install_packages() {
    local log
    log=$(mktemp)
    if { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "$@"; } \
        >"$log" 2>&1 </dev/null; then
        rm -f "$log"
        return 0
    fi
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 1
}

case "${1:-}" in
    venv) setup_venv ;;
    desk) setup_venv; setup_system desk ${DISPLAY:+screen} ${WAYLAND_DISPLAY:+screen} ;;
    test) setup_venv; setup_system desk screen test ;;
    package) setup_venv; setup_system desk screen package ;;
    *) stop "say 'venv', 'desk', 'test' or 'package'" ;;
esac
