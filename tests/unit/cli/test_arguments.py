"""What can be typed after `offhook`, as scripts may type it."""

from __future__ import annotations

import pytest

from app.__main__ import main
from app.cli.arguments import USAGE_EXIT, UsageError, parser


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
