"""What is only on this desk and no hand-over carries: asked about before the desk is removed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from app.domain.errors import Refused
from app.domain.giving_up import GivenUp
from app.ports.store import ReadTx
from app.services.blanks import BLANKS


@dataclass(frozen=True, slots=True)
class OnlyHere:
    """How much of it there is."""

    conflicts: int
    """Decisions of this desk beside another's, not decided: no other desk lists them."""
    files: int
    """Evidence: central has a file's name and digest, this computer its content."""
    blanks: int
    """References on paper: no other desk can enter them."""


def only_here(tx: ReadTx) -> OnlyHere:
    """Of this desk's store, as it stands."""
    blanks = tx.desk.setting(BLANKS)
    return OnlyHere(
        conflicts=len({one.op_id for one in tx.conflicts()}),
        files=len(tx.payments.evidence_ids()),
        blanks=len(blanks) if isinstance(blanks, list) else 0,
    )


def require_given_up(found: OnlyHere, given_up: Collection[GivenUp]) -> None:
    """Raise Refused for what is here and was not given up by name."""
    conflicts = 0 if GivenUp.CONFLICTS in given_up else found.conflicts
    files = 0 if GivenUp.FILES in given_up else found.files
    blanks = 0 if GivenUp.BLANKS in given_up else found.blanks
    if conflicts or files or blanks:
        raise Refused(
            f"Only on this desk (how many): undecided conflicts {conflicts}, files of evidence "
            f"{files}, paper blanks that nobody entered {blanks}.",
            safe="Nothing was removed.",
            todo="Decide the conflicts, copy the files out, enter the paper; what nobody needs is "
            "given up on purpose (--give-up).",
        )
