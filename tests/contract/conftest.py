"""A central to speak to: a real process, or whatever `CENTRAL_URL` names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.speaker import Speaker
from tests.support.programs import CODE, Central


@pytest.fixture(scope="session")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Central]:
    """A central process for the whole session."""
    folder = tmp_path_factory.mktemp("contract") / "central"
    # Each test enrols a desk: without this, the last of them would have a fiftieth of the rate.
    with Central(folder, "--operations-per-second", "30000") as started:
        yield started


@pytest.fixture
def desk(request: pytest.FixtureRequest) -> Iterator[Speaker]:
    """A newly enrolled desk."""
    url, code = os.environ.get("CENTRAL_URL"), os.environ.get("CENTRAL_CODE", CODE)
    if url is None:
        url = request.getfixturevalue("central").url
    with Speaker(url, code) as speaker:
        yield speaker


@pytest.fixture
def own_central(tmp_path: Path) -> Iterator[Central]:
    """A central of this test's own, for faults that change history."""
    with Central(tmp_path / "central") as started:
        yield started
