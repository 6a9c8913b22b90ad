"""Draws the life of an operation from the table in app/domain/lifecycle.py."""

from __future__ import annotations

from app.domain.lifecycle import FINAL, LIFE, OpEvent, OpState

HEAD = """\
# The life of an operation

Drawn from the table in `app/domain/lifecycle.py` by `make docs`; each arrow is one local
transaction. Rows are states, columns events, cells the next state; an empty cell is an arrow that
does not exist, and asking for it is our bug.
"""


def life_page(_: str) -> str:
    """The whole page: a diagram, and the table by state and event."""
    return "\n".join([HEAD, "```mermaid", "stateDiagram-v2", *_arrows(), "```", "", *_rows(), ""])


def _arrows() -> list[str]:
    """One line per pair of states, naming every event between them."""
    events: dict[tuple[OpState, OpState], list[str]] = {}
    for (state, event), target in LIFE.items():
        events.setdefault((state, target), []).append(event.value)
    lines = [f"    {a} --> {b}: {', '.join(names)}" for (a, b), names in events.items()]
    return ["    [*] --> pending", *lines, *(f"    {s} --> [*]" for s in OpState if s in FINAL)]


def _rows() -> list[str]:
    head = "| | " + " | ".join(OpEvent) + " |"
    rows = [head, "|---" * (len(OpEvent) + 1) + "|"]
    for state in OpState:
        cells = (LIFE.get((state, event), "") for event in OpEvent)
        rows.append(f"| **{state}** | " + " | ".join(cells) + " |")
    return rows
