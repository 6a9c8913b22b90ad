"""News and returns (S11): `python -m benchmarks.freshness [--rounds N]`.

Two desks at a real central process on loopback: how long until one desk's change is in the other's
mirror by the poll, how long from the first good probe after an outage until work saved during it
is in central, and how many operations a desk brings there in a second.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import secrets
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.central.client.contract_client import Access, ContractClient
from app.central.client.endpoints import places
from app.central.client.enrolment import enrol
from app.central.client.transport import HttpxTransport
from app.central.contract import bodies
from app.central.contract.signing import read_document
from app.domain.central_services import Service
from app.domain.ids import DeskId, EntityId, OpId
from app.domain.operations import Body, FieldChange
from app.domain.people import Role
from app.ports.store import DeskIdentity, ReadTx, Store
from app.providers.executor import ThreadExecutor
from app.providers.platform import SystemPlatform
from app.providers.system import SystemClock, SystemRandom, Uuid7Source
from app.sync.engine import SyncEngine
from local_store import profile

CODE = "benchmark"
PLATFORM = SystemPlatform()
CLOCK = SystemClock(PLATFORM)
RANDOM = SystemRandom()
IDS = Uuid7Source(CLOCK, RANDOM)
GUARD_S = 120.0


@contextmanager
def central(folder: Path) -> Iterator[str]:
    """A reference central on loopback; its address."""
    command = [
        sys.executable, "-m", "app.central.reference", "--port", "0", "--data", str(folder),
        "--enrolment-code", CODE,
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            yield line.split()[1]
        finally:
            process.terminate()


def fault(url: str, **body: object) -> None:
    """Tell central to misbehave, or no longer."""
    request = urllib.request.Request(  # noqa: S310 - loopback
        f"{url}/faults",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    urllib.request.urlopen(request, timeout=30).close()  # noqa: S310 - loopback


@dataclass
class Desk:
    """An enrolled desk whose engine runs."""

    store: Store
    client: ContractClient
    engine: SyncEngine
    actor: str
    desk_id: str

    async def take(self) -> tuple[str, str]:
        """A ticket saved by a person: its id, and its operation's."""
        ticket = EntityId(IDS.new_id())
        operation = bodies.seal(
            Body(
                op_id=OpId(IDS.new_id()),
                kind="ticket.create",
                target=ticket,
                after=None,
                actor=self.actor,  # type: ignore[arg-type]  # a person's id
                desk=DeskId(self.desk_id),
                incarnation="inc-1",
                happened_at=CLOCK.now(),
                clock_offset_ms=None,
                clock_offset_age_ms=None,
                offline=False,
                changes={"fault": FieldChange(None, "hums"), "status": FieldChange(None, "new")},
            )
        )
        await self.store.write(lambda tx: tx.outbox.append(operation, CLOCK.now()))
        return ticket, operation.body.op_id

    async def has(self, ticket: str) -> bool:
        """Whether central's row is in the mirror."""
        found = await self.store.read(lambda tx: tx.tickets.row(ticket))
        return found is not None

    async def reaches_central(self) -> bool:
        return self.engine.reachable(Service.TICKETS)

    async def is_cut_off(self) -> bool:
        return not self.engine.reachable(Service.TICKETS)


async def desk(url: str, folder: Path) -> Desk:
    """Enrol and mirror."""
    transport = HttpxTransport()
    made = await enrol(
        transport, [url], code=CODE, desk_name="Desk", public_key="cGs=", incarnation="inc-1"
    )
    identity = DeskIdentity(
        made.desk_id, "Desk", made.desk_code, made.spare_codes, "inc-1", made.credential,
        made.organisation_key, (url,), CLOCK.now(),
    )  # fmt: skip
    PLATFORM.private_directory(folder)
    store = profile.create(folder, secrets.token_bytes(32), PLATFORM, ThreadExecutor())
    await store.write(lambda tx: tx.desk.keep_identity(identity))
    await store.write(lambda tx: tx.desk.keep_configuration(made.configuration_document))
    configuration = read_document(made.configuration_document, made.organisation_key)
    client = ContractClient(
        transport, CLOCK, Access(made.credential, "inc-1"), places(configuration, [url])
    )
    engine = SyncEngine(store, client, CLOCK, RANDOM, IDS)
    await engine.sync_once()
    agent = configuration.first_with(Role.AGENT)
    return Desk(store, client, engine, agent.id if agent else "", made.desk_id)


async def until(holds: Callable[[], Awaitable[bool]]) -> float:
    """Seconds until it holds, looked at each 5 ms."""
    began = CLOCK.monotonic()
    while not await holds():
        if CLOCK.monotonic() - began > GUARD_S:
            raise SystemExit("it took too long")
        await CLOCK.sleep(0.005)
    return CLOCK.monotonic() - began


async def news(one: Desk, other: Desk, rounds: int) -> list[float]:
    """From one desk's save to the other desk's mirror."""
    times = []
    for _ in range(rounds):
        ticket, _op = await one.take()
        times.append(await until(lambda ticket=ticket: other.has(ticket)))  # type: ignore[misc]  # a lambda with defaults has no type
        await CLOCK.sleep(0.2)
    return times


async def returns(one: Desk, other: Desk, url: str, rounds: int) -> list[float]:
    """From the first good probe after an outage to the other desk's mirror."""
    times = []
    for _ in range(rounds):
        fault(url, service=Service.TICKETS, fault="down")
        ticket, _op = await one.take()
        await until(one.is_cut_off)
        await CLOCK.sleep(1)
        fault(url, clear=True)
        await until(one.reaches_central)
        times.append(await until(lambda ticket=ticket: _settled(one, ticket)))  # type: ignore[misc]  # a lambda with defaults has no type
    await until(other.reaches_central)
    return times


async def _settled(one: Desk, ticket: str) -> bool:
    def asked(tx: ReadTx) -> bool:
        last = tx.outbox.last_in_lane(ticket, "ticket.set")
        stored = tx.outbox.get(last) if last else None
        return stored is not None and stored.verdict_position is not None

    return await one.store.read(asked)


async def drain(one: Desk, url: str, operations: int) -> float:
    """Operations a second that one desk brings to central after an outage."""
    fault(url, service=Service.TICKETS, fault="down")
    for _ in range(operations):
        await one.take()
    await until(one.is_cut_off)
    fault(url, clear=True)
    await until(one.reaches_central)
    began = CLOCK.monotonic()
    await until(lambda: _empty(one))
    return operations / (CLOCK.monotonic() - began)


async def _empty(one: Desk) -> bool:
    counts = await one.store.read(lambda tx: tx.outbox.counts())
    return counts.waiting == 0


async def measure(url: str, folder: Path, rounds: int) -> None:
    one, other = await desk(url, folder / "one"), await desk(url, folder / "other")
    running = [asyncio.ensure_future(each.engine.run()) for each in (one, other)]
    await until(other.reaches_central)
    await CLOCK.sleep(1)
    seen = await news(one, other, rounds)
    print(f"S11 saved here, on the other desk: {_shown(seen)} (goal 1 s)")
    back = await returns(one, other, url, max(rounds // 4, 3))
    print(f"S11 first good probe, work in central: {_shown(back)} (goal 2 s)")
    print(
        f"drain of one desk: {await drain(one, url, 1_000):.0f} operations a second (allowed 300)"
    )
    for each in (one, other):
        each.engine.stop()
    await asyncio.wait(running)
    for each in (one, other):
        await each.client.close()
        await each.store.close()


def _shown(seconds: list[float]) -> str:
    return f"median {statistics.median(seconds) * 1e3:.0f} ms, worst {max(seconds) * 1e3:.0f} ms"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name, central(Path(name) / "central") as url:
        asyncio.run(measure(url, Path(name), rounds))


if __name__ == "__main__":
    main()
