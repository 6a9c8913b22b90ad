"""What can be typed after `offhook`, as scripts may type it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.__main__ import main
from app.cli.arguments import USAGE_EXIT, UsageError, asked_from, parsed_elsewhere, parser
from app.cli.commands import HANDLERS


@pytest.mark.parametrize(
    "words",
    [
        ("--central", "http://a", "--central", "http://b"),
        ("--central", "http://a", "http://b"),
        ("--central", "http://a", "--central", "http://b", "--desk-name", "Front"),
    ],
)
def test_every_central_named_counts(words: tuple[str, ...]) -> None:
    found = parser().parse_args(["enrol", *words, "--code", "c"])
    assert found.central == ["http://a", "http://b"]


def test_a_slip_raises_and_does_not_exit() -> None:
    for words in (["take", "--nonsense"], ["report", "--since", "t"], ["outbox", "withdraw"]):
        with pytest.raises(UsageError):
            parser().parse_args(words)


@pytest.mark.parametrize(
    "words",
    [
        ["enrol"],
        ["enrol", "--central", "http://127.0.0.1:1"],
        ["enrol", "--code", "c"],
        ["enrol", "--code", "c", "--seed", "s", "--seed-passphrase-file", "f"],
        ["enrol", "--seed", "s"],
        ["restore"],
        ["restore", "folder", "--from-journal"],
    ],
)
def test_options_that_make_no_command_together_are_a_slip_in_the_words(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """2 and the usage, as for any other slip; nothing is looked at on the disk."""
    assert main(words) == USAGE_EXIT
    said = capsys.readouterr()
    assert said.out == ""
    assert f"usage: offhook {words[0]}" in said.err


def _paths() -> Iterator[tuple[list[str], argparse.Action]]:
    """Each command that an open desk may be asked for, beside each path it takes."""

    def below(
        made: argparse.ArgumentParser, words: list[str]
    ) -> Iterator[tuple[list[str], argparse.Action]]:
        own = [one for one in made._actions if one.dest not in {"profile", "passphrase_file"}]
        deeper = [one for one in own if isinstance(one, argparse._SubParsersAction)]
        for one in (one for one in own if one.type is Path and one.dest != "typed_in"):
            needed = [other for other in own if other is not one and _is_needed(other)]
            yield [*words, *(word for other in needed for word in _given(other))], one
        for action in deeper:
            for name, inner in action.choices.items():
                yield from below(inner, [*words, name])

    for words, action in below(parser(), []):
        if words and words[0] in HANDLERS:
            yield words, action


def _is_needed(action: argparse.Action) -> bool:
    positional = not action.option_strings and action.nargs in (None, "+")
    return action.required and (positional or bool(action.option_strings))


def _given(action: argparse.Action) -> list[str]:
    value = str(next(iter(action.choices))) if action.choices else "1"
    return [*action.option_strings[:1], value]


_PATHS = list(_paths())


def test_there_are_commands_with_paths() -> None:
    found = {(words[0], action.dest) for words, action in _PATHS}
    assert found >= {("backup", "target"), ("export", "target"), ("second-place", "folder"),
                     ("report", "csv"), ("hand-over", "out"), ("claims", "file"),
                     ("approve", "person_passphrase_file")}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "action"), _PATHS, ids=[f"{words[0]}-{action.dest}" for words, action in _PATHS]
)
def test_an_open_desk_reads_every_path_from_where_it_was_typed(
    words: list[str], action: argparse.Action
) -> None:
    """As a word of its own, as `--x=REL`, and whole names as they are."""
    option = action.option_strings[:1]
    ways = [[*option, "rel/x"]] + ([[f"{option[0]}=rel/x"]] if option else [])
    for way in ways:
        line = [*words, *way]
        asked = asked_from(Path("/far"), parser().parse_args(line), line)
        found = getattr(parsed_elsewhere(asked), action.dest)
        assert found == Path("/far/rel/x"), asked
    line = [*words, *option, "/whole"]
    asked = asked_from(Path("/far"), parser().parse_args(line), line)
    assert getattr(parsed_elsewhere(asked), action.dest) == Path("/whole")


def test_words_that_are_no_paths_are_left_as_they_are() -> None:
    """Given a file that is called like the command, only the file is read from elsewhere."""
    line = ["hand-over", "file", "file", "--to", "file"]
    found = parsed_elsewhere(asked_from(Path("/far"), parser().parse_args(line), line))
    assert (found.action, found.out, found.to) == ("file", Path("/far/file"), "file")
    call = ["drill-call", "{}"]
    assert asked_from(Path("/far"), parser().parse_args(call), call) == call
