"""Every sensitive point names who may decide, what moves, and a test that there is."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
_PAGE = ROOT / "docs" / "sensitive-points.md"
_GUARD = re.compile(r"^`(tests/\S+\.py)::(test_\w+)`$")


def rows() -> list[list[str]]:
    """The cells of each decision."""
    found = []
    for line in _PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "Decision":
            found.append(cells)
    return found


def named_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0][:40])
def test_a_decision_is_guarded_by_a_test_that_exists(row: list[str]) -> None:
    decision, moves, person, guards = row
    for guard in guards.split(", "):
        named = _GUARD.match(guard)
        assert named is not None, f"{decision}: no test is named"
        path = ROOT / named[1]
        assert path.is_file(), f"{decision}: {named[1]} is not there"
        assert named[2] in named_in(path), f"{decision}: {named[1]} has no {named[2]}"
    assert person
    assert moves


def test_business_and_technical_decisions_are_both_there() -> None:
    assert len(rows()) >= 25
    text = _PAGE.read_text("utf-8")
    assert text.index("## Business") < text.index("## Technical") < text.index("## Trade-offs")
