"""How long to wait before the next try: full jitter over a growing bound."""

from __future__ import annotations

from app.ports.system import Random

FIRST_S = 1.0
LONGEST_S = 300.0
LEAST_S = 0.25
SLOW_LANE_S = 600.0
"""An operation central keeps failing on goes at most once in this time."""


def full_jitter(random: Random, failures: int, least_s: float | None = None) -> float:
    """Seconds to wait after that many failures in a row (1 or more).

    Uniform between nothing and 1 s, 2 s, 4 s … 5 min, so that desks never come back in step;
    never less than `least_s` (what central asked for), nor than a quarter of a second.
    """
    bound = min(FIRST_S * 2 ** min(max(failures, 1) - 1, 16), LONGEST_S)
    return max(random.uniform(0.0, bound), least_s or 0.0, LEAST_S)
