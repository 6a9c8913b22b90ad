"""What the documents name exists: files, make targets, commands and markers."""

from __future__ import annotations

import re

import pytest

from app.cli.arguments import parser
from tests.house.sources import ROOT, tracked_files

LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
MAKE = re.compile(r"\bmake ([a-z-]+)\b")
OFFHOOK = re.compile(r"^offhook ([a-z]+)", re.MULTILINE)
PAGES = [name for name in tracked_files() if name.endswith(".md")]


def broken_links(page: str, text: str) -> list[str]:
    """Relative links of a page that lead nowhere."""
    folder = (ROOT / page).parent
    return [link for link in LINK.findall(text) if not (folder / link).exists()]


def unknown_targets(text: str) -> set[str]:
    """`make x` in a text where the Makefile has no x."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    in_code = re.findall(r"`[^`\n]+`|^make .*$", text, re.MULTILINE)
    return {name for code in in_code for name in MAKE.findall(code)} - known


def unknown_commands(text: str) -> set[str]:
    """`offhook x` at a line's start where the program has no command x."""
    choices = next(action.choices for action in parser()._actions if action.dest == "command")
    return set(OFFHOOK.findall(text)) - set(choices or ())


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_what_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert not broken_links(page, text)
    assert not unknown_targets(text)
    assert not unknown_commands(text)


def test_planted_slips_are_found() -> None:
    assert broken_links("README.md", "see [it](docs/nowhere.md)") == ["docs/nowhere.md"]
    assert unknown_targets("run `make tests` now") == {"tests"}
    assert unknown_commands("offhook frobnicate --x") == {"frobnicate"}
