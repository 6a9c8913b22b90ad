"""What the first window needs to make this computer a desk while central is down."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class SeedEnrolling(Protocol):
    """A profile without a desk, and how it becomes one. Both calls may take a while."""

    def is_possible(self) -> bool:
        """Whether there is neither a desk here nor anything left of one."""
        ...

    def enrol(self, file: Path, passphrase: str, organisation: str) -> None:
        """Make it a desk from a seed file; the fingerprint is whose a person compared.

        Raises Invalid, SecretsUnavailable, the Store* errors.
        """
        ...
