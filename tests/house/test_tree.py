"""What may stand in the repository: no place of one machine, one lock, scripts that parse."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pytest

from tests.house.sources import ROOT, tracked_files

# Spelled in halves, so that this file is not its own finding.
REGISTRIES = "py" + r"pi\.(org|io)|python" + r"hosted\.org|npm" + r"js\.|crates" + r"\.io"
PLACES = (
    r"(?<![\w./])/(wo"
    r"rk|ro"
    r"ot|home/(?!me\b)\w+|tmp/\w+|op"
    r"t/(wheels|py"
    r"pi))(/|\b)"
)
OUTSIDE = re.compile(f"{REGISTRIES}|{PLACES}")
LOCKS = re.compile(r"(^|/)([\w.-]+\.lock|requirements[\w.-]*\.txt|Pipfile[\w.]*|[\w-]+-lock\.\w+)$")
TEXT = (".py", ".md", ".toml", ".sh", ".json", ".yaml", ".yml", ".spec", ".txt", ".lock", ".pyi")


def outside_places(text: str) -> Iterator[str]:
    """Registry hosts and paths of somebody's machine."""
    yield from (found.group() for found in OUTSIDE.finditer(text))


def text_files() -> Iterator[str]:
    """Every file of ours that people read or run."""
    for name in tracked_files():
        if name.endswith(TEXT) or name in ("Makefile", ".ci/run"):
            yield name


def test_no_registry_and_no_machine_is_named() -> None:
    found = [
        f"{name}:{number}: {place}"
        for name in text_files()
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), 1)
        for place in outside_places(line)
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "planted",
    [
        "--index-url https://py" + "pi.org/",
        "url = 'https://files.python" + "hosted.org/x.whl'",
        "data = Path('/wo" + "rk/shared')",
        "see /ro" + "ot/.config",
        "cd /tm" + "p/w",
    ],
)
def test_a_planted_place_is_found(planted: str) -> None:
    assert list(outside_places(planted))


@pytest.mark.parametrize(
    "ours", ["../shared/data/matching", "/v1/tickets/changes", "home/wo" + "rk/x"]
)
def test_what_is_ours_is_left_alone(ours: str) -> None:
    assert not list(outside_places(ours))


def test_one_lock() -> None:
    locks = [name for name in tracked_files() if LOCKS.search(name)]
    assert locks == ["requirements.lock"]


@pytest.mark.parametrize("name", ["uv.lock", "docs/requirements-dev.txt", "a/package-lock.json"])
def test_a_second_lock_would_be_found(name: str) -> None:
    assert LOCKS.search(name)


def test_the_lock_holds_a_hash_for_each_package_and_no_address() -> None:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pinned = [number for number, line in enumerate(lines) if re.match(r"[\w.-]+==", line)]
    without = [lines[n] for n in pinned if "--hash=sha256:" not in lines[n + 1]]
    assert len(pinned) > 50
    assert not without
    assert not [line for line in lines if "://" in line or line.startswith("-")]


@pytest.mark.linux
@pytest.mark.parametrize(
    "name", [n for n in tracked_files() if n.endswith(".sh") or n == ".ci/run"]
)
def test_scripts_parse(name: str) -> None:
    assert subprocess.run(["bash", "-n", name], cwd=ROOT, check=False).returncode == 0
