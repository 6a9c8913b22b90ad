"""Status moves, actionable, due times, rights, projection, changes, words."""

from __future__ import annotations

import pytest

from app.domain import records
from app.domain.call import Call
from app.domain.central_services import OWNERS, SERVICE_OF, Aggregate
from app.domain.changes import Changes
from app.domain.duplicates import likely_duplicates
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId, uuid7
from app.domain.operations import KINDS, Body, Effect, FieldChange, Json
from app.domain.people import PERMISSIONS, Permission, Person, Role
from app.domain.projection import changes_between, lay_over
from app.domain.sla import due_at
from app.domain.tickets import (
    DANGERS,
    FIELD_GROUPS,
    MOVES,
    SETTABLE,
    Missing,
    Status,
    first_status,
    in_danger,
    is_actionable,
    is_open,
    missing_parts,
    moves_from,
)
from app.domain.times import HOUR, MINUTE, from_rfc3339, to_rfc3339
from app.domain.words import fold, likeness, words_key
from tests.support.rows import ticket_row

COMPLETE: dict[str, Json] = {
    "caller_phone": "1",
    "place": "x",
    "fault": "f",
    "model_words": "m",
    "coverage": "verified",
}


def _body(kind: str, **more: object) -> Body:
    return Body(
        op_id=OpId("o"), kind=kind, target=EntityId("t"), after=None, actor=PersonId("p"),
        desk=DeskId("d"), incarnation="i", happened_at=Millis(0), clock_offset_ms=None,
        clock_offset_age_ms=None, offline=False, **more,  # type: ignore[arg-type]  # test shorthand
    )  # fmt: skip


def test_moves_name_only_known_states_and_merged_is_an_operation_of_its_own() -> None:
    assert set(MOVES) == set(Status)
    assert all(Status.MERGED not in targets for targets in MOVES.values())


def test_words_of_a_newer_program_are_open_and_dangerous() -> None:
    """What nobody here can know is not taken for done, nor for harmless."""
    assert is_open("on_loan")
    assert moves_from("on_loan") == frozenset()
    assert in_danger({"safety": "monoxide"})
    assert not any(in_danger({"safety": one}) for one in (None, "", "none", "not_asked"))
    assert [one for one in Status if not is_open(one)] == ["closed", "cancelled", "merged"]


@pytest.mark.parametrize("field", sorted(COMPLETE))
def test_each_missing_part_is_one_item(field: str) -> None:
    fields = {name: value for name, value in COMPLETE.items() if name != field}
    assert len(missing_parts(fields)) == 1
    assert not is_actionable(fields)
    assert first_status(fields) is Status.TO_COMPLETE


def test_a_complete_ticket_is_ready() -> None:
    assert missing_parts(COMPLETE) == ()
    assert first_status(COMPLETE) is Status.READY


@pytest.mark.parametrize("danger", sorted(DANGERS))
def test_danger_is_ready_with_any_part_missing(danger: str) -> None:
    assert first_status({"safety": danger}) is Status.READY
    assert Missing.FAULT in missing_parts({"safety": danger})


def test_due_counts_from_the_call_by_plan_then_priority_and_danger_is_soon() -> None:
    call = Millis(1_000_000)
    assert due_at(call, "normal", {"normal": 30}) == call + 30 * MINUTE
    assert due_at(call, "normal", {"normal": 30}, plan_minutes=60) == call + HOUR
    assert due_at(call, "low", {}, danger=True) == call + 15 * MINUTE


def test_roles_grant_what_the_table_says_and_revoked_people_nothing() -> None:
    agent = Person(PersonId("a"), "A", frozenset({Role.AGENT}))
    auditor = Person(PersonId("u"), "U", frozenset({Role.AUDITOR}))
    assert agent.may(Permission.TAKE_CALLS)
    assert not agent.may(Permission.DECIDE_MODELS)
    assert auditor.may(Permission.READ)
    assert not auditor.may(Permission.ADD_NOTES)
    gone = Person(PersonId("g"), "G", frozenset(Role), revoked_at=Millis(1))
    assert not any(gone.may(one) for one in Permission)
    assert set(PERMISSIONS) == set(Role)


def test_every_aggregate_has_one_owner_and_a_record() -> None:
    assert set(SERVICE_OF) == set(Aggregate) == set(records.RECORDS)
    assert sum(len(owned) for owned in OWNERS.values()) == len(Aggregate)


def test_every_kind_touches_one_aggregate_and_appends_to_a_field_it_has() -> None:
    for rule in KINDS.values():
        names = {field.name for field in records.RECORDS[rule.aggregate]}
        assert (rule.effect is Effect.APPEND) == bool(rule.list_field)
        assert not rule.list_field or rule.list_field in names


def test_settable_and_grouped_fields_are_fields_of_a_ticket() -> None:
    names = {field.name for field in records.RECORDS[Aggregate.TICKET]}
    assert names >= SETTABLE
    assert set(FIELD_GROUPS) - names == {"visits"}


def test_laying_a_set_over_changes_only_its_fields_and_not_the_input() -> None:
    before: dict[str, Json] = {"fault": "a", "place": "b"}
    after = lay_over(before, _body("ticket.set", changes={"fault": FieldChange("a", "c")}))
    assert after == {"fault": "c", "place": "b"}
    assert before["fault"] == "a"


def test_an_entry_joins_once() -> None:
    note = _body("ticket.note", entry={"id": "n1", "text": "x"})
    once = lay_over({}, note)
    assert lay_over(once, note) == once == {"notes": [{"id": "n1", "text": "x"}]}


def test_merging_and_unmerging_leave_the_fields() -> None:
    merged = lay_over({"fault": "a"}, _body("ticket.merge", entry={"into": "t2"}))
    assert merged == {"fault": "a", "merged_into": "t2"}
    assert lay_over(merged, _body("ticket.unmerge"))["merged_into"] is None


def test_changes_between_leaves_out_what_is_equal() -> None:
    assert changes_between({"a": 1, "b": 2}, {"a": 1, "b": 3}) == {"b": FieldChange(2, 3)}


def test_times_round_trip_and_need_an_offset() -> None:
    at = Millis(1_790_000_000_123)
    assert from_rfc3339(to_rfc3339(at)) == at
    assert from_rfc3339("2026-11-23T10:42:00+01:00") == from_rfc3339("2026-11-23T09:42:00Z")
    with pytest.raises(ValueError, match="offset"):
        from_rfc3339("2026-11-23T10:42:00")


def test_a_uuid7_carries_version_and_variant() -> None:
    text = uuid7(1_790_000_000_000, bytes(range(10)))
    assert text[14] == "7"
    assert text[19] in "89ab"
    with pytest.raises(ValueError, match="ten"):
        uuid7(0, b"short")


def test_words_fold_umlauts_case_and_accents() -> None:
    assert fold("Gerät") == fold("GERAET")
    assert words_key("  Samsng-55  Zoll\n") == "samsng 55 zoll"
    assert likeness("No picture, sound works", "no picture but sound works") > 0.7
    assert likeness("No picture", "Door seal leaks") < 0.2
    assert likeness("", "x") == 0.0


def test_changes_merge_and_everything_touches_all() -> None:
    both = Changes.of("ticket", "a").merged(Changes.of("ticket", "b"))
    assert both.ids["ticket"] == {"a", "b"}
    assert both.touches("ticket", "x")
    assert not both.touches("draft")
    assert Changes(everything=True).touches("draft")


def test_the_same_caller_with_the_same_fault_is_a_likely_duplicate_and_another_fault_is_not() -> (
    None
):
    call = Call("d", Millis(0), fault="no picture, sound works")
    same = (ticket_row(fault="No picture but sound works"), {"caller_e164": "+441"})
    other = (ticket_row(fault="Remote does nothing"), {"caller_e164": "+441"})
    found = likely_duplicates(call, "+441", [other, same])
    assert [one.row.fault for one in found] == ["No picture but sound works"]
    assert set(found[0].why) == {"same_caller", "like_fault"}
