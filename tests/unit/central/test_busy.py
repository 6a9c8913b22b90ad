"""A writer that stays too long is told of as still at work, not as a failure."""

from __future__ import annotations

import threading

import pytest

from app.central.reference import transactions
from app.central.reference.transactions import Busy
from tests.support.ledger_bench import LedgerBench


def test_whoever_waits_too_long_for_the_writer_is_told_so(
    bench: LedgerBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "_PATIENCE_S", 0.05)
    body = bench.body("ticket.create", bench.new_id(), changes={})
    holds, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with bench.ledger.writing():
            holds.set()
            let_go.wait(60)

    other = threading.Thread(target=hold)
    other.start()
    holds.wait(60)
    try:
        with pytest.raises(Busy):
            bench.send(body)
        assert bench.page().items == []
    finally:
        let_go.set()
        other.join()
    assert bench.send(body).outcome == "applied"
