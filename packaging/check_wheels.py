"""Proves that every locked dependency has a wheel for Windows (win_amd64 or pure)."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
PYTHONS = ("3.11", "3.12", "3.13")
WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "sys_platform": "win32",
}


def entries(lock: str) -> Iterator[str]:
    """Each locked requirement with its marker and its hashes, comments left out."""
    lines: list[str] = []
    for line in lock.splitlines():
        if line.strip().startswith("#") or not line.strip():
            continue
        lines.append(line.rstrip("\\").strip())
        if not line.endswith("\\"):
            yield " ".join(lines)
            lines = []


def wanted_on_windows(entry: str, python: str) -> bool:
    """True where the entry's marker holds on Windows with this Python."""
    marker = Requirement(entry.partition(" --hash")[0]).marker
    environment = WINDOWS | {"python_version": python, "python_full_version": f"{python}.9"}
    return marker is None or marker.evaluate(environment)


def without_marker(entry: str) -> str:
    """The entry as pip takes it for a platform that is not the running one."""
    requirement, _, hashes = entry.partition(" --hash")
    return f"{requirement.partition(';')[0].strip()} --hash{hashes}"


def resolve(chosen: list[str], python: str) -> bool:
    """Ask pip for a wheel of each entry, without installing any; its complaint goes to stderr."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "requirements.txt"
        listed.write_text("\n".join(map(without_marker, chosen)) + "\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "install", "--dry-run", "--quiet"]
        command += ["--disable-pip-version-check", "--no-input", "--ignore-installed"]
        command += ["--no-deps", "--only-binary=:all:", "--require-hashes"]
        command += ["--platform=win_amd64", "--implementation=cp", f"--python-version={python}"]
        command += [f"--target={folder}/target", f"--requirement={listed}"]
        return subprocess.run(command, check=False).returncode == 0


def main() -> int:
    """Check all of the lock for each supported Python; 0 where every wheel exists."""
    locked = list(entries(LOCK.read_text(encoding="utf-8")))
    missing = 0
    for python in PYTHONS:
        chosen = [entry for entry in locked if wanted_on_windows(entry, python)]
        found = resolve(chosen, python)
        missing += not found
        word = "all have wheels" if found else "NOT all have wheels (see above)"
        print(f"win_amd64, Python {python}: {len(chosen)} of {len(locked)} locked: {word}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
