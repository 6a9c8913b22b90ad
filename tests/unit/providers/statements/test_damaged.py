"""Half files and garbage: understood or refused, never an error of ours and never made-up money."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.domain.payments.money import written
from app.domain.payments.statements import Balances, StatementFile
from app.providers.statements.reading import FORMATS, StatementRefused, read_bytes
from tests.unit.providers.statements import test_camt053 as camt
from tests.unit.providers.statements import test_csv as csv
from tests.unit.providers.statements import test_mt940 as mt940

WHOLE = (
    mt940.pages().encode(),
    (mt940.HEAD + mt940.OPEN + mt940.PAID + mt940.CLOSE).encode(),
    camt.WHOLE,
    csv.RUNNING.encode(),
    csv.DIALECTS["two columns"].encode(),
)
DAMAGE = st.lists(
    st.tuples(st.integers(0, 2_000), st.integers(0, 20), st.binary(max_size=6)), max_size=5
)


def damaged(data: bytes, damage: list[tuple[int, int, bytes]]) -> bytes:
    for at, gone, instead in damage:
        data = data[:at] + instead + data[at + gone :]
    return data


def check(file: StatementFile) -> None:
    for one in file.statements:
        assert one.sum_in >= 0 <= one.sum_out
        assert one.sum_in - one.sum_out == sum(line.amount for line in one.lines)
        if one.balances is Balances.ADD_UP:
            assert (one.opening, one.difference) != (None, None)
            assert one.difference == 0
    assert all(bad.line > 0 for bad in file.bad)


@settings(max_examples=300)
@given(data=st.sampled_from(WHOLE), damage=DAMAGE, wanted=st.sampled_from([None, *FORMATS]))
@example(data=WHOLE[0], damage=[], wanted="csv")
def test_a_damaged_file_is_understood_or_refused(
    data: bytes, damage: list[tuple[int, int, bytes]], wanted: str | None
) -> None:
    with suppress(StatementRefused):
        check(read_bytes(damaged(data, damage), wanted))


@given(data=st.binary(max_size=400), wanted=st.sampled_from([None, *FORMATS]))
def test_any_bytes_are_understood_or_refused(data: bytes, wanted: str | None) -> None:
    with suppress(StatementRefused):
        check(read_bytes(data, wanted))


@pytest.mark.parametrize("data", WHOLE, ids=["pages", "mt940", "camt", "csv", "two columns"])
def test_every_place_a_file_may_break_off(data: bytes) -> None:
    """What broke off within an amount, and so has one that the whole has not, never adds up."""
    whole = {line.amount for one in read_bytes(data).statements for line in one.lines}
    assert whole
    refused = 0
    for end in range(len(data)):
        try:
            file = read_bytes(data[:end])
        except StatementRefused:
            refused += 1
            continue
        check(file)
        for one in file.statements:
            adds_up = one.balances is Balances.ADD_UP
            assert not adds_up or {line.amount for line in one.lines} <= whole
    assert refused


BOOKINGS = st.lists(
    st.tuples(st.integers(1, 10**9), st.booleans(), st.integers(0, 27)), min_size=1, max_size=8
)


@given(opening=st.integers(-(10**9), 10**9), bookings=BOOKINGS)
def test_the_same_statement_reads_the_same_in_every_format(
    opening: int, bookings: list[tuple[int, bool, int]]
) -> None:
    closing = opening + sum(amount if paid_in else -amount for amount, paid_in, _ in bookings)
    days = [
        (amount, paid_in, date(2026, 1, 1) + timedelta(day)) for amount, paid_in, day in bookings
    ]
    for data in (
        _as_mt940(opening, closing, days), _as_camt(opening, closing, days), _as_csv(opening, days)
    ):  # fmt: skip
        file = read_bytes(data)
        assert file.bad == ()
        (one,) = file.statements
        assert (one.opening, one.closing, one.balances) == (opening, closing, "add_up")
        assert [(abs(line.amount), line.amount > 0, line.booked) for line in one.lines] == days


Days = list[tuple[int, bool, date]]


def _as_mt940(opening: int, closing: int, days: Days) -> bytes:
    def amount(minor: int) -> str:
        return written(abs(minor), "EUR").replace(".", ",")

    lines = [
        f":61:{day:%y%m%d}{day:%m%d}{'C' if paid_in else 'D'}{amount(minor)}NTRFX{number}\n"
        for number, (minor, paid_in, day) in enumerate(days)
    ]
    ends = [
        f":{tag}:{'D' if minor < 0 else 'C'}260101EUR{amount(minor)}\n"
        for tag, minor in (("60F", opening), ("62F", closing))
    ]
    return (mt940.HEAD + ends[0] + "".join(lines) + ends[1]).encode()


def _as_camt(opening: int, closing: int, days: Days) -> bytes:
    def mark(minor: int) -> str:
        return "CRDT" if minor >= 0 else "DBIT"

    ends = [
        camt.balance(kind, written(abs(minor), "EUR"), mark(minor))
        for kind, minor in (("OPBD", opening), ("CLBD", closing))
    ]
    entries = [
        camt.entry(written(minor, "EUR"), "CRDT" if paid_in else "DBIT").replace(
            "2026-01-02", day.isoformat()
        )
        for minor, paid_in, day in days
    ]
    return camt.document(camt.statement(*ends, *entries))


def _as_csv(opening: int, days: Days) -> bytes:
    lines, balance = ["Date;Text;Amount;Balance;Currency"], opening
    for number, (minor, paid_in, day) in enumerate(days):
        signed = minor if paid_in else -minor
        balance += signed
        amounts = (written(one, "EUR").replace(".", ",") for one in (signed, balance))
        lines.append(";".join((day.isoformat(), f"line {number}", *amounts, "EUR")))
    return "\n".join(lines).encode()
