"""Everything a person can do: one registry of actions, which feeds menus, palette and docs."""

from __future__ import annotations

from ui.actions.acts import MOST_CALLS, MOST_CANDIDATES, Act, ActionSpec, Scope
from ui.actions.registry import Actions, Bound, explain

__all__ = [
    "MOST_CALLS",
    "MOST_CANDIDATES",
    "Act",
    "ActionSpec",
    "Actions",
    "Bound",
    "Scope",
    "explain",
]
