"""The layers hold, and each contract refuses the import it exists for."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.sources import ROOT, tracked_files

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]

PLANTED = {
    "The layers of architecture.md": ("app/ports/planted.py", "import app.services"),
    "Client, reference central and bridge share the contract and nothing else": (
        "app/central/client/planted.py",
        "import app.central.reference",
    ),
    "The store knows neither central nor the machine's adapters": (
        "local_store/planted.py",
        "import app.central.contract",
    ),
    "The machine's adapters know neither central nor the store": (
        "app/providers/planted.py",
        "import local_store",
    ),
    "Central knows no store, and what all sides share knows no adapter": (
        "app/central/client/planted.py",
        "import local_store",
    ),
    "The reference central and the bridge never see a desk": (
        "app/central/reference/planted.py",
        "import local_store",
    ),
    "The desk's screens see neither SQL, nor HTTP, nor the store, nor central": (
        "ui/planted.py",
        "import httpx",
    ),
    "Services and sync speak to ports; only the composition root knows concrete classes": (
        "app/sync/planted.py",
        "import app.central.client",
    ),
    "Qt stays in ui": ("app/services/planted.py", "from PySide6.QtCore import QObject"),
    "Domain and ports know no library (tests/house holds the whole list)": (
        "app/domain/planted.py",
        "import msgspec",
    ),
    "Resources are data and a loader": ("resources/planted.py", "import app.domain"),
    "Nothing shipped needs the tests": ("app/services/planted.py", "import tests.support"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over that folder with our contracts."""
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as run; run()",
    ]
    return subprocess.run(
        [*command, "--config", str(ROOT / "pyproject.toml"), "--no-cache", "--no-logo"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "300"},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def empty_packages(tmp_path: Path) -> Path:
    """Every package of ours, without a single import."""
    for name in tracked_files():
        if name.endswith("__init__.py") and name.startswith(
            ("app", "local_store", "resources", "ui")
        ):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
    for module in ("__main__", "main", "config", "logs"):
        (tmp_path / "app" / f"{module}.py").touch()
    return tmp_path


def test_the_tree_keeps_its_layers() -> None:
    linted = lint_imports(ROOT)
    assert linted.returncode == 0, linted.stdout


def test_empty_packages_keep_them_too(empty_packages: Path) -> None:
    assert lint_imports(empty_packages).returncode == 0


@pytest.mark.parametrize("contract", [contract["name"] for contract in CONTRACTS])
def test_a_planted_import_breaks_its_contract(contract: str, empty_packages: Path) -> None:
    path, statement = PLANTED[contract]
    (empty_packages / path).write_text(statement + "\n", encoding="utf-8")
    linted = lint_imports(empty_packages)
    assert linted.returncode != 0
    assert f"{contract} BROKEN" in linted.stdout, linted.stdout + linted.stderr
