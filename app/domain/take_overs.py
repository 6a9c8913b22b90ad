"""What a desk remembers of work it took over from another one."""

from __future__ import annotations

from typing import Final

TAKE_OVERS: Final = "take_overs"
"""The setting with the certificates central has not been shown yet, as their JSON."""
