"""Promise P7: whatever subset of the six services is away or stale, the desk goes on working."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from app.domain.central_services import Service
from app.domain.model_work import ModelParts
from app.domain.times import HOUR
from app.domain.views import SyncReport
from app.services.models import NewEntry
from app.sync.engine import SyncEngine
from app.sync.service_state import Way
from tests.support.desk_in_process import DeskInProcess, desk_in_process
from tests.support.figures import Figures
from tests.support.live_central import LiveCentral, live_central
from tests.support.programs import DeskProgram

pytestmark = pytest.mark.faults

SUBSETS = tuple(subset for size in range(7) for subset in itertools.combinations(Service, size))
"""All 64, the empty one first."""
STALE_MS = 26 * HOUR
"""Older than the slowest service may be before its data is called stale."""
LETTERS = "QWERTZUIOPASDFGHJKLYXCVBNM"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LiveCentral, DeskProgram]]:
    folder = tmp_path_factory.mktemp("subsets")
    program = DeskProgram(folder / "desk")
    with live_central(folder / "central") as central:
        program.enrol([central.url])
        yield central, program


@pytest_asyncio.fixture
async def desk(running: tuple[LiveCentral, DeskProgram]) -> AsyncIterator[DeskInProcess]:
    central, program = running
    central.clear()
    async with desk_in_process(program.profile, program.secret) as opened:
        await opened.sync()
        yield opened
    central.clear()


class Outage:
    """One subset away: what a person does meanwhile, and how it must look."""

    def __init__(
        self, central: LiveCentral, desk: DeskInProcess, away: Mapping[Service, str], word: str
    ) -> None:
        self._central = central
        self._desk = desk
        self._away = away
        self._word = word

    async def work(self) -> str:
        """Take a call, add to it, propose its model, and find all of it; the reference."""
        opened = self._desk.opened
        person = await opened.people.current()
        call = replace(
            opened.intake.new_call("07700 900118"), fault=f"Hums {self._word}", model=self._word
        )
        taken = await opened.intake.take(call, person)
        await opened.tickets.note(taken.reference, f"Rang back {self._word}.", person)
        parts = ModelParts(maker="Nowhere", name=self._word, numbers=(self._word,))
        await opened.models.propose(NewEntry(self._word, parts), person)
        found = await opened.finding.search(self._word)
        assert [row.reference for row in found.tickets] == [taken.reference]
        await opened.finder.find(self._word)
        return taken.reference

    async def sync(self) -> SyncReport:
        """Every service is named as it is, and what waits is what cannot go."""
        report = await self._desk.sync()
        states = {status.service: str(status.word) for status in report.services}
        expected = dict.fromkeys(Service, "up") | {
            service: {"down": "down", "stale": "stale"}[fault]
            for service, fault in self._away.items()
        }
        assert states == expected
        down = [service for service, fault in self._away.items() if fault == "down"]
        assert report.waiting == 3 * (Service.TICKETS in down) + (Service.CATALOG in down)
        assert report.needs_review == 0
        for service, fault in self._away.items():
            assert self._central.fired(service, fault), f"{service} was not {fault}"
        return report


def mixed(subset: tuple[Service, ...]) -> Mapping[Service, str]:
    """Some of them down, the others stale; over all subsets each service is both, equally often."""
    return {
        service: ("down", "stale")[(place + len(subset)) % 2]
        for place, service in enumerate(subset)
    }


async def through(
    away: Mapping[Service, str], running: LiveCentral, desk: DeskInProcess, word: str
) -> float:
    """One subset goes away, a person works, and it comes back; seconds the live ones took."""
    for service, fault in away.items():
        running.fault(service, fault, back_ms=STALE_MS)
    outage = Outage(running, desk, away, word)
    reference = await outage.work()
    began = time.monotonic()
    await outage.sync()
    took = time.monotonic() - began
    running.clear()
    healed = await desk.sync()
    assert healed.waiting == 0
    assert {str(status.word) for status in healed.services} == {"up"}
    lines = await asyncio.to_thread(running.truth)
    (line,) = [line for line in lines if line["ref"] == reference]
    assert len(line["operations"]) == len(set(map(str, line["operations"])))
    assert [note["text"] for note in line["fields"]["notes"]] == [f"Rang back {word}."]
    return took


def _words() -> Iterator[str]:
    return ("".join(letters) + "7000" for letters in itertools.product(LETTERS, repeat=3))


async def test_with_any_service_away_saving_and_finding_go_on_and_the_rest_settles(
    running: tuple[LiveCentral, DeskProgram], desk: DeskInProcess, figures: Figures
) -> None:
    """Given any subset down or stale, calls are taken and found, and live services get theirs."""
    took = [
        await through(mixed(subset), running[0], desk, word)
        for subset, word in zip(SUBSETS, _words(), strict=False)
    ]
    figures.add(
        "subsets of services down or stale",
        f"{len(SUBSETS)}, all settled; live services in {max(took):.1f} s at most",
    )


class OneAfterAnother(SyncEngine):
    """The control: the services wait for one another, and one that is away ends the round."""

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401 - passed on
        super().__init__(*given, **named)
        self._turn, self._broken = asyncio.Lock(), False

    async def _once(self, service: Service) -> None:
        async with self._turn:
            if not self._broken:
                await super()._once(service)
                self._broken = self._states[service].way is Way.DOWN


async def test_the_control_whose_services_wait_for_one_another_does_not_settle(
    running: tuple[LiveCentral, DeskProgram], desk: DeskInProcess
) -> None:
    """Given an engine of one queue, one service away leaves the others' work behind."""
    chained = replace(desk, engine_class=OneAfterAnother)
    with pytest.raises(AssertionError):
        await through({Service.TICKETS: "down"}, running[0], chained, "CONTROL7001")
    running[0].clear()
    assert (await desk.sync()).waiting == 0


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["down", "stale"])
async def test_prove_all_64_subsets(
    running: tuple[LiveCentral, DeskProgram], desk: DeskInProcess, figures: Figures, fault: str
) -> None:
    """The long form: every subset, all of it down and all of it stale."""
    words = itertools.islice(_words(), 1_000 if fault == "down" else 2_000, None)
    for subset, word in zip(SUBSETS, words, strict=False):
        await through(dict.fromkeys(subset, fault), running[0], desk, word)
    figures.add(f"subsets of services {fault}", f"{len(SUBSETS)}, all settled")
