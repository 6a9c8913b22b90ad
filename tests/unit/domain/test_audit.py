"""The trail of decisions: 10 000 tamperings, each one found; whoever rewrites it all is as well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import pytest

from app.domain.audit import (
    BEGINNING,
    NOTHING_YET,
    Anchor,
    AuditEntry,
    Breach,
    Head,
    breaches,
    chained,
    hash_of,
    keyed,
)
from app.domain.ids import Millis

KEY = b"a desk's own"
Trail = list[AuditEntry]


def trail(length: int) -> Trail:
    made: Trail = []
    head = NOTHING_YET
    for at in range(length):
        plain = AuditEntry(
            0, Millis(at), "decided", "proposal.approve", f"op-{at}", keyed(KEY, b"ellen"),
            keyed(KEY, f"body {at}".encode()), f"signature {at}", "",
        )  # fmt: skip
        made.append(chained(plain, head))
        head = Head(made[-1].n, made[-1].hash)
    return made


WHOLE = trail(16)
ANCHORS = (
    Anchor(0, BEGINNING, Millis(0), "sync"),
    Anchor(9, WHOLE[8].hash, Millis(9), "op-9"),
    Anchor(16, WHOLE[15].hash, Millis(16), "sync"),
)


def cut(entries: Trail, chance: Random) -> Trail:
    """Some go, from any place."""
    start = chance.randrange(len(entries))
    return entries[:start] + entries[start + chance.randint(1, len(entries) - start) :]


def edit(entries: Trail, chance: Random) -> Trail:
    at = chance.randrange(len(entries))
    name = chance.choice(
        ("at", "event", "kind", "op_id", "who", "content", "signature", "before", "hash")
    )
    before = getattr(entries[at], name)
    after = before + 1 if isinstance(before, int) else f"{before}x"
    changed = replace(entries[at], **{name: after})  # type: ignore[arg-type]  # as it comes
    return [*entries[:at], changed, *entries[at + 1 :]]


def reorder(entries: Trail, chance: Random) -> Trail:
    one, other = chance.sample(range(len(entries)), 2)
    moved = list(entries)
    moved[one], moved[other] = moved[other], moved[one]
    return moved


def rewrite(entries: Trail, chance: Random) -> Trail:
    """A whole new chain from some place on, with hashes that fit."""
    at = chance.randrange(len(entries))
    made = entries[:at]
    head = Head(made[-1].n, made[-1].hash) if made else NOTHING_YET
    for number, old in enumerate(entries[at:]):
        fresh = replace(old, op_id=f"{old.op_id}{'!' if number == 0 else ''}")
        made.append(chained(fresh, head))
        head = Head(made[-1].n, made[-1].hash)
    return made


def insert(entries: Trail, chance: Random) -> Trail:
    at = chance.randrange(len(entries))
    return [*entries[:at], entries[at], *entries[at:]]


TAMPERINGS: Sequence[Callable[[Trail, Random], Trail]] = (cut, edit, reorder, rewrite, insert)


def test_a_whole_trail_has_nothing_wrong() -> None:
    assert breaches(WHOLE, ANCHORS) == []
    assert breaches([], ()) == []


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda one: str(one.__name__))
def test_no_tampering_goes_unseen(tamper: Callable[[Trail, Random], Trail]) -> None:
    """2 000 of each kind: 10 000 in all."""
    chance = Random(6)
    for _ in range(2_000):
        changed = tamper(WHOLE, chance)
        assert changed != WHOLE
        assert breaches(changed, ANCHORS), changed


def test_each_kind_of_breach_is_told_apart() -> None:
    def found(entries: Trail) -> set[Breach]:
        return {one.breach for one in breaches(entries, ANCHORS)}

    assert found(WHOLE[:-1]) == {Breach.MISSING}
    assert Breach.MISSING in found([*WHOLE[:3], *WHOLE[4:]])
    assert found([*WHOLE[:3], replace(WHOLE[3], event="withdrawn"), *WHOLE[4:]]) == {Breach.EDITED}
    assert Breach.REORDERED in found([WHOLE[1], WHOLE[0], *WHOLE[2:]])
    assert found(rewrite(WHOLE, Random(1))) == {Breach.REWRITTEN}


def test_people_and_bodies_are_in_it_as_keyed_digests_alone() -> None:
    assert keyed(KEY, b"ellen") != keyed(b"another", b"ellen")
    assert "ellen" not in str(WHOLE)
    assert all(entry.hash == hash_of(entry) for entry in WHOLE)
