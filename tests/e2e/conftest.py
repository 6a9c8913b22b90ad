"""A reference central for the tests of a file, and a desk for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.programs import Central, DeskProgram


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Central]:
    """Run as the program it is; a file whose tests break it starts its own."""
    with Central(tmp_path_factory.mktemp("central") / "central") as started:
        yield started


@pytest.fixture
def desk(central: Central, tmp_path: Path) -> DeskProgram:
    """Enrolled, and nothing else."""
    made = DeskProgram(tmp_path / "desk")
    made.enrol(central, "Front desk")
    return made
