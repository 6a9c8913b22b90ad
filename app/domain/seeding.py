"""What a desk that began from a seed remembers until central knows it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from app.domain.operations import Json

SEED_SETTING: Final = "seed"
"""{"token", "public_key"} until the seed is claimed; {"refused": true} where another has it."""


class Registration(StrEnum):
    """Whether central knows this desk."""

    REGISTERED = "registered"
    WAITS = "waits_for_central"
    """It began from a seed, and central has not answered yet."""
    TAKEN = "taken_by_another"
    """Another computer began from the same seed and was first; work here is handed over."""


def registration_of(kept: Json) -> Registration:
    """What the setting says."""
    if not isinstance(kept, Mapping):
        return Registration.REGISTERED
    return Registration.TAKEN if kept.get("refused") is True else Registration.WAITS
