"""The commands under docs/ and packaging/ read what they read rightly."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.sources import ROOT


def command(path: str) -> ModuleType:
    """A build command as a module; these folders are no packages."""
    spec = importlib.util.spec_from_file_location(f"command_{Path(path).stem}", ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def wheels() -> ModuleType:
    return command("packaging/check_wheels.py")


LOCK = """\
jeepney==0.9.0 ; sys_platform == 'linux' \\
    --hash=sha256:aa
    # via keyring
tzdata==2026.1 ; sys_platform == 'win32' \\
    --hash=sha256:bb \\
    --hash=sha256:cc
    # via
    #   psycopg
pyside6-essentials==6.11.3 ; python_full_version < '3.12' \\
    --hash=sha256:dd
"""


@pytest.mark.parametrize(
    ("python", "names"),
    [("3.11", ["tzdata", "pyside6-essentials"]), ("3.13", ["tzdata"])],
)
def test_only_what_windows_installs_is_asked_for(
    wheels: ModuleType, python: str, names: list[str]
) -> None:
    chosen = [entry for entry in wheels.entries(LOCK) if wheels.wanted_on_windows(entry, python)]
    assert [entry.partition("==")[0] for entry in chosen] == names


def test_markers_go_and_hashes_stay(wheels: ModuleType) -> None:
    second = list(wheels.entries(LOCK))[1]
    assert wheels.without_marker(second) == ("tzdata==2026.1 --hash=sha256:bb --hash=sha256:cc")


def test_the_overview_lists_each_module_with_its_first_line(tmp_path: Path) -> None:
    build = command("docs/build.py")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text('"""The program."""\n', encoding="utf-8")
    (tmp_path / "app" / "logs.py").write_text('"""Keep logs.\n\nMore."""\n', encoding="utf-8")
    assert build.overview(tmp_path) == "### `app/`: The program.\n\n- `logs.py`: Keep logs."


def test_drift_is_found_between_the_marks_only() -> None:
    build = command("docs/build.py")
    text = f"before\n{build.BEGIN}\nold\n{build.END}\nafter\n"
    assert build.between_marks(text, "new") == f"before\n{build.BEGIN}\nnew\n{build.END}\nafter\n"
