"""The names of the tables and the version of their layout, for work on a store that is there.

The tables themselves are SQLAlchemy's (`local_store.schema`), which takes a fifth of a second to
import and is needed to make or migrate a store only.
"""

from __future__ import annotations

from app.domain.central_services import SERVICE_OF, Aggregate, Service
from app.domain.lifecycle import FINAL
from app.domain.tickets import MOVES, OPEN_STATUSES, Status
from local_store.mapping import BODIES

VERSION = 8
"""Written to `user_version`; a store with a higher one is refused untouched."""

MIDDLE = 1 << 40
"""Row numbers of a first mirror (newest come first) count down from here, later ones count up."""

SLOTS = (0, 1)

SATELLITES: dict[Aggregate, str] = {
    Aggregate.CUSTOMER: "customer_phone",
    Aggregate.TICKET: "promise",
}

SEARCHES: dict[Aggregate, str] = {aggregate: f"{aggregate.value}_search" for aggregate in BODIES}
"""FTS5 tables over the `body` of their records (external content)."""

UNFINISHED = f"state NOT IN ({', '.join(repr(state.value) for state in sorted(FINAL))})"
"""SQL: operations that something is still to happen to.

A query that says it in these words can find them by an index of their own.
"""
BY_INDEX = "INDEXED BY outbox_open"
"""SQL: it does, and does not read the whole outbox in the order that is asked for."""

OVER = ", ".join(repr(one.value) for one in sorted(MOVES.keys() - OPEN_STATUSES - {Status.MERGED}))
"""SQL: the statuses in which nobody works on a ticket any more, whatever it is merged into."""
MERGED_CLAIM = f"is_open = 0 AND unverified = 1 AND status NOT IN ({OVER})"
"""SQL: merged tickets with a claim to be worked on; an index has them."""

EXPIRED, OUT_OF_SCOPE = "expired", "out_of_scope"
"""Why a row that stands at central is not kept here (contract.md, tombstones)."""

SERVICE_OF_TABLE: dict[str, Service] = {
    **{aggregate.value: SERVICE_OF[aggregate] for aggregate in Aggregate},
    **{name: SERVICE_OF[aggregate] for aggregate, name in SATELLITES.items()},
    **{name: SERVICE_OF[aggregate] for aggregate, name in SEARCHES.items()},
}
"""Every table that exists once per slot, by its name without the slot."""
