"""Every action of the screens says what it needs of central (ux 14)."""

from __future__ import annotations

from app.domain.activities import NEEDS
from ui.actions import Actions
from ui.offers import ACTIVITY_OF, ON_SCREEN


def test_every_action_is_in_one_of_the_two_tables() -> None:
    """A new action is added to `ACTIVITY_OF` or `ON_SCREEN` in `ui/offers.py`."""
    acts = {str(one.act) for one in Actions().specs()}
    about_central, on_screen = set(map(str, ACTIVITY_OF)), set(map(str, ON_SCREEN))
    missing = acts - about_central - on_screen
    assert not missing, f"add to ACTIVITY_OF or ON_SCREEN in ui/offers.py: {sorted(missing)}"
    assert about_central | on_screen == acts, "a table names an action that is gone"
    assert not about_central & on_screen
    assert all(activity in NEEDS for activity in ACTIVITY_OF.values())
