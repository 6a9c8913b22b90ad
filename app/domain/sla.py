"""When a ticket is due: counted from the call, by the plan's terms or the priority."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.ids import Millis
from app.domain.times import MINUTE

DEFAULT_MINUTES = {"urgent": 60, "high": 240, "normal": 480, "low": 1440}
DANGER_MINUTES = 15


def due_at(
    happened_at: Millis,
    priority: str,
    sla_minutes: Mapping[str, int],
    *,
    plan_minutes: int | None = None,
    danger: bool = False,
) -> Millis:
    """The due time; danger is due at once, a plan's terms go before the priority's."""
    minutes = plan_minutes or sla_minutes.get(priority) or DEFAULT_MINUTES.get(priority, 480)
    if danger:
        minutes = min(minutes, DANGER_MINUTES)
    return Millis(happened_at + minutes * MINUTE)
