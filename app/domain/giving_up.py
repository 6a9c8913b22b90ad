"""What a person may give up when a desk leaves its computer: no hand-over carries it."""

from __future__ import annotations

from enum import StrEnum


class GivenUp(StrEnum):
    """Named one by one: nothing goes that nobody spoke of."""

    CONFLICTS = "conflicts"
    FILES = "files"
    BLANKS = "blanks"
