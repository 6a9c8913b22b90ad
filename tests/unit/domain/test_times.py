"""A time that cannot be counted with is refused where it is read."""

from __future__ import annotations

import pytest

from app.domain.times import from_rfc3339, to_rfc3339


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
        "1969-12-31T23:59:59Z",
        "2200-01-01T00:00:00Z",
        "2026-11-23T10:42:00",
    ],
)
def test_a_time_outside_the_plausible_years_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match="a time on the wire"):
        from_rfc3339(text)


@pytest.mark.parametrize("text", ["2026-11-23t10:42:07.12z", "2026-11-23T10:42:07.1200009Z"])
def test_small_letters_and_fractions_are_read(text: str) -> None:
    assert to_rfc3339(from_rfc3339(text)) == "2026-11-23T10:42:07.120Z"
