"""What can be typed after `offhook`, as scripts may type it."""

from __future__ import annotations

import pytest

from app.cli.arguments import UsageError, parser


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
