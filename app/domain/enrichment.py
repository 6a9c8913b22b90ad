"""Reduced tickets as a work list: what blocks dispatch first, each missing part one item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.tickets import Missing, in_danger, missing_parts

BLOCKS_MOST: tuple[Missing, ...] = (
    Missing.REACHABLE,
    Missing.PLACE,
    Missing.FAULT,
    Missing.DEVICE,
    Missing.COVERAGE,
)
"""Without a number nobody can be asked anything; coverage is often found without the customer."""


@dataclass(frozen=True, slots=True)
class ReducedTicket:
    """A ticket somebody must complete, with the parts to ask for in this order."""

    ticket_id: str
    reference: str
    due: Millis | None
    missing: tuple[Missing, ...]
    danger: bool
    customer: str = ""
    fault: str = ""


def reduced(
    ticket_id: str, reference: str, due: Millis | None, fields: Mapping[str, Json]
) -> ReducedTicket | None:
    """The ticket as work, or None where nothing is missing. Danger is listed and never blocked."""
    missing = missing_parts(fields)
    if not missing:
        return None
    return ReducedTicket(
        ticket_id,
        reference,
        due,
        tuple(part for part in BLOCKS_MOST if part in missing),
        in_danger(fields),
        str(fields.get("caller_name") or ""),
        str(fields.get("fault") or ""),
    )


def work_list(tickets: Iterable[ReducedTicket]) -> tuple[ReducedTicket, ...]:
    """Danger first, then what is due first; of those due together, what needs least to be ready."""
    return tuple(sorted(tickets, key=_order))


def _order(one: ReducedTicket) -> tuple[bool, int, int, str]:
    due = one.due if one.due is not None else 2**62
    return not one.danger, due // _TOGETHER, len(one.missing), one.reference


_TOGETHER = 15 * 60_000
"""Due within the same quarter of an hour is due together."""
