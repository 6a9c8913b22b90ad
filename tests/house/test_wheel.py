"""What `pipx install .` installs is all of the program and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import PurePosixPath

import pytest

from tests.house.rules import SHIPPED
from tests.house.sources import ROOT, tracked_files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The wheel, built from a copy of what is or would be committed."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in tracked_files():
        (folder / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / "source" / name)
    (folder / "out").mkdir()
    program = "from setuptools import build_meta; build_meta.build_wheel('../out')"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        cwd=folder / "source",
        check=True,
        capture_output=True,
        timeout=120,
    )
    return zipfile.Path(next((folder / "out").glob("*.whl")))


def members(wheel: zipfile.Path) -> set[str]:
    """The names of all files in the wheel."""
    return set(wheel.root.namelist())


def test_every_file_of_the_program_is_in_it(wheel: zipfile.Path) -> None:
    missing = {name for name in tracked_files() if name.startswith(SHIPPED)} - members(wheel)
    assert not missing


def test_nothing_else_is_in_it(wheel: zipfile.Path) -> None:
    others = {name for name in members(wheel) if not name.startswith((*SHIPPED, "offhook-"))}
    assert not others


def test_it_offers_the_command_and_its_licence(wheel: zipfile.Path) -> None:
    about = [PurePosixPath(name) for name in members(wheel) if name.startswith("offhook-")]
    by_name = {path.name: str(path) for path in about}
    scripts = (wheel / by_name["entry_points.txt"]).read_text(encoding="utf-8")
    assert "offhook = app.__main__:main" in scripts
    assert "LICENSE" in by_name
