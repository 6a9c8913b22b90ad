"""The merge field by field: base decides, and nobody's later word or later clock wins by itself."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from app.central.reference.rules import Merged, merge
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId
from app.domain.operations import Body, FieldChange, FieldConflict, Json
from app.domain.times import DAY

NOW = Millis(1_790_000_000_000)
DECADE = 10 * 365 * DAY
FIELDS = ("place", "reachable", "serial", "caller_name")
values = st.sampled_from([None, "", "a", "b", "c"])
changes = st.dictionaries(
    st.sampled_from(FIELDS), st.builds(FieldChange, values, values), min_size=1
)
records = st.fixed_dictionaries(dict.fromkeys(FIELDS, values))


def merged(
    change: Mapping[str, FieldChange], present: Mapping[str, Json], happened_at: Millis = NOW
) -> Merged:
    """An edit laid over what stands at central, where "tom" has set every field at noon."""
    body = Body(
        op_id=OpId("op"), kind="ticket.set", target=EntityId("t"), after=None,
        actor=PersonId("ann"), desk=DeskId("d"), incarnation="i", happened_at=happened_at,
        clock_offset_ms=None, clock_offset_age_ms=None, offline=True, changes=change,
    )  # fmt: skip
    return merge(body, present, lambda: dict.fromkeys(FIELDS, ("tom", NOW)))


@given(changes, records)
def test_no_value_is_overwritten_by_somebody_who_did_not_see_it(
    change: dict[str, FieldChange], present: dict[str, Json]
) -> None:
    """Given any edit of any record, then a field that stands otherwise than it was seen stays as
    it stands, and both values are in a conflict with who set the other one.
    """
    found = merged(change, present)
    unseen = {
        name
        for name, one in change.items()
        if present[name] != one.base and present[name] != one.new
    }
    assert {one.field for one in found.conflicts} == unseen
    for one in found.conflicts:
        mine = change[one.field]
        theirs = present[one.field]
        assert one == FieldConflict(one.field, mine.base, mine.new, theirs, "tom", NOW)
        assert found.fields[one.field] == theirs
    for name in set(change) - unseen:
        assert found.fields[name] == change[name].new
    for name in set(FIELDS) - set(change):
        assert found.fields[name] == present[name]
    assert not unseen & set(found.touched)


@given(changes, records, st.sampled_from([-3 * DECADE, -1, 0, 1, DAY, DECADE]))
def test_a_clock_decides_no_merge(
    change: dict[str, FieldChange], present: dict[str, Json], wrong_by: int
) -> None:
    """An edit of 2031 and one of 1996 find what one of this minute finds."""
    assert merged(change, present, Millis(NOW + wrong_by)) == merged(change, present)
