"""A desk with a real, empty, encrypted store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.store_desk import StoreDesk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[StoreDesk]:
    made = StoreDesk.made(tmp_path)
    yield made
    made.store.close_now()
