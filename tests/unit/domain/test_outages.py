"""Outages: noted as lines come and go, joined where they touch, read back from anything."""

from __future__ import annotations

import pytest

from app.domain.central_services import Service
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.outages import Line, Spell, joined, kept_form, noted, spells_of
from app.domain.times import MINUTE

T, B = Service.TICKETS, Service.BILLING
UP = Line(None, down=False)


def at(minutes: float) -> Millis:
    return Millis(int(minutes * MINUTE))


def down(minutes: float) -> Line:
    return Line(at(minutes), down=True)


def test_a_spell_begins_with_its_line_and_ends_when_the_service_answers() -> None:
    began = noted((), {T: down(10), B: UP}, at(11))
    assert began == (Spell(T, at(10), None),)
    calming = noted(began, {T: Line(at(10), down=False)}, at(20))
    assert calming == (Spell(T, at(10), at(20)),), "the line still stands, the service is back"
    assert noted(calming, {T: UP}, at(21)) == calming, "the end is when it came back"
    assert noted(began, {T: UP}, at(30)) == (Spell(T, at(10), at(30)),)


def test_down_again_before_the_line_is_gone_is_the_same_spell() -> None:
    calming = (Spell(T, at(10), at(20)),)
    assert noted(calming, {T: down(10)}, at(20.5)) == (Spell(T, at(10), None),)


def test_a_later_line_is_another_spell_and_closes_what_was_left_open() -> None:
    left_open = (Spell(T, at(10), None),)
    assert noted(left_open, {T: down(40)}, at(41)) == (
        Spell(T, at(10), at(40)),
        Spell(T, at(40), None),
    )


def test_nothing_moves_while_all_is_well() -> None:
    spells = (Spell(T, at(1), at(2)),)
    assert noted(spells, dict.fromkeys(Service, UP), at(9)) == spells


def test_spells_that_overlap_or_touch_are_one_outage_newest_first() -> None:
    spells = (
        Spell(T, at(100), at(130)),
        Spell(B, at(0), at(10)),
        Spell(T, at(12), at(20)),
        Spell(B, at(110), None),
    )
    first, second = joined(spells)
    assert (first.services, first.since, first.until) == ((T, B), at(100), None)
    assert (second.services, second.since, second.until) == ((T, B), at(0), at(20))
    assert second.lasted(at(999)) == 20 * MINUTE
    assert first.lasted(at(160)) == 60 * MINUTE


def test_what_is_kept_reads_back_the_same() -> None:
    spells = (Spell(T, at(1), at(2)), Spell(B, at(3), None))
    assert spells_of(kept_form(spells)) == spells


@pytest.mark.parametrize("kept", [None, "x", [1], [["tickets", "x", 1]], [["mars", 1, 2]], {}])
def test_what_is_no_spell_is_left_out(kept: Json) -> None:
    assert spells_of(kept) == ()
