"""What the first window needs to make this computer a desk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Enrolling(Protocol):
    """A profile without a desk, and how it becomes one. Each call may take a while."""

    def is_possible(self) -> bool:
        """Whether there is neither a desk here nor anything left of one."""
        ...

    def with_code(self, central: Sequence[str], code: str, name: str) -> None:
        """Make it a desk at a central that answers.

        Raises Invalid, CentralUnavailable, SecretsUnavailable, the Store* errors.
        """
        ...

    def from_seed(self, file: Path, passphrase: str, organisation: str) -> None:
        """Make it a desk from a seed file; the fingerprint is whose a person compared.

        Raises Invalid, SecretsUnavailable, the Store* errors.
        """
        ...
