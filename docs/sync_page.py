"""Puts the table of an operation's life into the page that explains sync."""

from __future__ import annotations

from app.domain.lifecycle import FINAL, LIFE, OpState

_SAYS = {
    OpState.PENDING: "decided and saved here; goes with the next push",
    OpState.SENDING: "an attempt left, or may have left: the same id again settles it",
    OpState.WAITING: "no verdict yet; tried again, without end",
    OpState.BLOCKED: "stands behind a parked one of its lane",
    OpState.SIGN_IN: "the desk's credential, or a person's key, is not known yet",
    OpState.ACKED: "central has it; the mirror has not come so far",
    OpState.SETTLED: "the mirror has passed it; the overlay is gone",
    OpState.PARKED: "central refused it: a person decides",
    OpState.REOFFER: "central lost it with a piece of history; goes again, same id",
    OpState.WITHDRAWN: "a person took it back; its id is burned where it may be under way",
    OpState.SUPERSEDED: "a new operation took its place in the lane",
}


def states() -> str:
    """Each state, what it means, and where it leads, from the table in the code."""
    rows = ["| State | Means | Leads to |", "|---|---|---|"]
    for state in OpState:
        ways: dict[OpState, list[str]] = {}
        for (before, event), after in LIFE.items():
            if before is state:
                ways.setdefault(after, []).append(event.value)
        leads = "; ".join(f"**{after}** ({', '.join(names)})" for after, names in ways.items())
        ends = "stays as the journal" if state in FINAL and not ways else ""
        rows.append(f"| **{state}** | {_SAYS[state]} | {leads or ends} |")
    return "\n".join(rows)
