"""Parity digests: the same rows give the same digests, whatever their order."""

from __future__ import annotations

import hashlib
import random

from app.domain.parity import BUCKETS, bucket_of, differing, digests


def _rows(count: int) -> list[tuple[str, str]]:
    return [(f"id-{n}", hashlib.sha256(str(n).encode()).hexdigest()) for n in range(count)]


def test_order_says_nothing_and_a_row_is_in_the_bucket_of_its_id() -> None:
    rows = _rows(500)
    before = digests(rows)
    random.Random(1).shuffle(rows)
    assert digests(rows) == before
    assert len(before) == BUCKETS
    assert bucket_of("abc") == 0xBA  # SHA-256("abc") begins with ba7816bf
    alone = digests([("abc", "0" * 63 + "1")])
    assert alone[0xBA] == "0" * 63 + "1"
    assert set(alone) == {"0" * 64, "0" * 63 + "1"}


def test_every_missing_added_or_altered_row_is_found_in_its_own_bucket() -> None:
    rows = _rows(300)
    whole = digests(rows)
    for number in range(0, 300, 7):
        id_, hash_ = rows[number]
        without = rows[:number] + rows[number + 1 :]
        assert differing(whole, digests(without)) == (bucket_of(id_),)
        altered = [*without, (id_, hash_[::-1])]
        assert differing(whole, digests(altered)) == (bucket_of(id_),)
    assert differing(whole, whole) == ()
