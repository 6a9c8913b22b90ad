"""What desks tell central of themselves, and what central says of all of them."""

from __future__ import annotations

from typing import Protocol

from app.domain.audit import SignedHead
from app.domain.desk_standing import DeskReport, DeskStanding
from app.domain.ids import PersonId


class Desks(Protocol):
    """Each raises CentralUnavailable and SignInNeeded."""

    async def report(self, report: DeskReport) -> str | None:
        """Say how this desk stands; the newest report counts.

        Central's signature over the head of the trail that came with it; None where it gave none.
        """
        ...

    async def signed_heads(self) -> tuple[SignedHead, ...]:
        """Where central has signed that this desk's trail of decisions stood, the newest first."""
        ...

    async def standings(self, person: PersonId) -> tuple[DeskStanding, ...]:
        """Every desk of the directory. Raises NotAllowed where central refuses the person."""
        ...

    async def take_over(self, certificate: bytes) -> bool:
        """Show that another desk's work was handed to this one; False where central refuses."""
        ...
