"""Times of the day in a zone with summer time."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from app.domain.times import from_rfc3339, to_rfc3339
from ui.times import starts_tomorrow


@pytest.fixture
def london(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This computer stands in London."""
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.linux  # Windows has no tzset
@pytest.mark.usefixtures("london")
@pytest.mark.parametrize(
    ("now", "midnight"),
    [
        ("2026-03-28T12:00:00Z", "2026-03-29T00:00:00.000Z"),
        ("2026-03-29T00:30:00Z", "2026-03-29T23:00:00.000Z"),
        ("2026-03-29T12:00:00Z", "2026-03-29T23:00:00.000Z"),
        ("2026-10-24T12:00:00Z", "2026-10-24T23:00:00.000Z"),
        ("2026-10-24T23:30:00Z", "2026-10-26T00:00:00.000Z"),
        ("2026-10-25T12:00:00Z", "2026-10-26T00:00:00.000Z"),
    ],
)
def test_a_day_ends_at_its_own_midnight(now: str, midnight: str) -> None:
    """Also where it has 23 hours, or 25."""
    assert to_rfc3339(starts_tomorrow(from_rfc3339(now))) == midnight
