"""A ledger in this process for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.ledger_bench import LedgerBench


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[LedgerBench]:
    made = LedgerBench(tmp_path / "ledger")
    yield made
    made.close()
