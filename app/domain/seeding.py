"""What a desk that began from a seed remembers until central knows it."""

from __future__ import annotations

from typing import Final

SEED_SETTING: Final = "seed"
"""{"token", "public_key"} until the seed is claimed; {"refused": true} where another has it."""
