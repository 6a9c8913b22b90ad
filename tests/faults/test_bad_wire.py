"""Whatever answers in central's place, no call is lost and none is taken for delivered."""

from __future__ import annotations

import msgspec
import pytest

from app.central.client.contract_client import Access, ContractClient
from app.central.client.endpoints import places
from app.central.client.transport import HttpxTransport
from app.central.contract import bodies, routes, wire
from app.domain import reference as references
from app.domain.central_services import Service
from app.domain.feed import Verdict
from app.domain.ids import DeskId, EntityId, OpId
from app.domain.operations import Body, FieldChange, Outcome
from app.ports.central import Attempt, Request
from app.profiles import CLOCK, IDS
from tests.support.command_here import run_here
from tests.support.fault_bench import PULL, PUSH, Bench
from tests.support.programs import Central, DeskProgram
from tests.support.tcp_proxy import TcpFault
from tests.support.wire_bodies import page, problem, snapshot, verdict

pytestmark = pytest.mark.faults
SOMEBODY = "0190a000-0000-7000-8000-000000000001"


def _json(body: object) -> bytes:
    return msgspec.json.encode(body)


BODIES: dict[str, bytes] = {
    "nothing": b"",
    "a word": b"ok",
    "null": b"null",
    "a number beyond all floats": b"1e999",
    "an empty object": b"{}",
    "a list": b"[]",
    "half a body": _json(verdict(SOMEBODY))[:-9],
    "two bodies": _json(verdict(SOMEBODY)) * 2,
    "bytes of another encoding": '{"op_id": "Zoë"}'.encode("latin-1"),
    "bytes with a mark before them": b"\xef\xbb\xbf" + _json(verdict(SOMEBODY)),
    "lists in lists in lists": b"[" * 100_000 + b"]" * 100_000,
    "objects in an unknown field": b'{"new": ' + b'{"a": ' * 50_000 + b"1" + b"}" * 50_001,
    "somebody else's verdict": _json(verdict(SOMEBODY)),
    "an outcome nobody knows": _json(msgspec.to_builtins(verdict(SOMEBODY)) | {"outcome": "yes"}),
    "wrong types": b'{"op_id": 7, "outcome": [], "items": {}, "position": "x", "ok": "true"}',
    "a page of another history": _json(page(term=0)),
    "a page whose hash is wrong": _json(page(page_hash="00")),
    "a page with a negative position": _json(page(n=-1)),
    "a snapshot": _json(snapshot()),
    "a problem": _json(problem("operation-failed", 500)),
    "a problem of somebody else": b'{"type": "about:blank", "title": "no", "status": 400}',
    "a megabyte of spaces": b" " * 1_000_000,
    "a portal's page": b"<!doctype html><title>Sign in to the network</title>",
}


READS = (PULL, "GET /v1/tickets/health", "GET /v1/tickets/snapshot", "GET /v1/configuration")


async def test_no_impostors_body_is_taken_for_a_verdict(bench: Bench) -> None:
    """Given anything but central's verdict as the answer, the call is sent again and is once."""
    taken = {}
    for name, body in BODIES.items():
        taken[name] = await bench.take(name)
        bench.proxy.inject(TcpFault.REPLACED, PUSH, body=body)
        report = await bench.desk.sync()
        assert report.needs_review == 0, name
        await bench.settled()
    assert bench.proxy.fired[TcpFault.REPLACED] == len(BODIES)
    lines = await bench.lines()
    assert all(len(lines[reference]["operations"]) == 1 for reference in taken.values())


@pytest.mark.parametrize("what", READS)
async def test_no_impostors_body_spoils_what_is_mirrored(bench: Bench, what: str) -> None:
    """Given anything else as a page, a probe or a configuration, the desk goes on as it was."""
    reference = await bench.take("Door seal leaks")
    await bench.settled()
    for name, body in BODIES.items():
        bench.proxy.inject(TcpFault.REPLACED, what, body=body)
        await bench.desk.sync()
        bench.proxy.heal()
        assert (await bench.opened.tickets.by_reference(reference)).row.reference == reference, name
    await bench.opened.tickets.note(reference, "Still here.", await bench.person())
    await bench.settled()
    assert (await bench.lines())[reference]["fields"]["notes"][0]["text"] == "Still here."
    if "snapshot" not in what:
        assert bench.proxy.fired[TcpFault.REPLACED] >= len(BODIES)


async def _elsewhere(bench: Bench, **fields: str) -> None:
    """A ticket made by a newer desk, with fields this one has never heard of."""
    desk = bench.opened.desk
    person = await bench.person()
    known = {"fault": "No picture", "caller_phone": "1", "intake": "phone", "status": "new"}
    body = Body(
        op_id=OpId(IDS.new_id()), kind="ticket.create", target=EntityId(IDS.new_id()), after=None,
        actor=person.id, desk=DeskId(desk.identity.desk_id),
        incarnation=desk.identity.incarnation, happened_at=CLOCK.now(), clock_offset_ms=None,
        clock_offset_age_ms=None, offline=False,
        changes={name: FieldChange(None, value) for name, value in (known | fields).items()},
    )  # fmt: skip
    attempt = Attempt(body.op_id, bodies.seal(body).raw, 1, desk.identity.incarnation, None, None)
    access = Access(desk.identity.credential, desk.identity.incarnation)
    client = ContractClient(
        HttpxTransport(), CLOCK, access, places(None, [bench.central.url])
    )  # fmt: skip
    try:
        answer = await client.submit(Service.TICKETS, attempt)
    finally:
        await client.close()
    assert isinstance(answer, Verdict), answer
    assert answer.outcome is Outcome.APPLIED, answer


async def test_unknown_fields_are_kept_and_passed_on(bench: Bench) -> None:
    """Given fields of a newer program, this desk mirrors them, and its edits leave them alone."""
    reference = references.compose("Z9", references.next_counter("Z9", 0))
    await _elsewhere(bench, reference=reference, colour_of_the_case="teal")
    await bench.desk.sync()
    detail = await bench.opened.tickets.by_reference(reference)
    assert detail.fields["colour_of_the_case"] == "teal"
    wanted = {"place": "1 Mill Lane, Leeds"}
    await bench.opened.tickets.set_fields(reference, wanted, await bench.person())
    await bench.settled()
    fields = (await bench.lines())[reference]["fields"]
    assert (fields["colour_of_the_case"], fields["place"]) == ("teal", wanted["place"])


async def test_rows_of_an_unknown_kind_stop_no_page(bench: Bench) -> None:
    """Given a page of a newer central, with a kind of row and fields nobody here knows."""
    reference = await bench.take("Hums loudly")
    await bench.settled()
    await bench.opened.tickets.note(reference, "A page to come.", await bench.person())
    await bench.desk.sync()
    identity = bench.opened.desk.identity
    feed = await bench.opened.desk.store.read(lambda tx: tx.feed_state(Service.TICKETS))
    transport = HttpxTransport()
    headers = Access(identity.credential, identity.incarnation).headers()
    url = f"{bench.central.url}{routes.changes('tickets')}?limit=10&cursor={feed.cursor}"
    real = (await transport.exchange(Request("GET", url, headers))).body
    await transport.close()
    fresh = msgspec.json.decode(real, type=wire.Page)
    odd = wire.Item(
        type="warranty", id=IDS.new_id(), rev=1, position=fresh.position, op="upsert",
        as_of=fresh.source_as_of, row_hash="00", fields=msgspec.Raw(b'{"until": 2031}'),
    )  # fmt: skip
    items = [*fresh.items, odd]
    hashed = bodies.page_hash([one.row_hash for one in items], fresh.next_cursor)
    newer = msgspec.json.encode(msgspec.structs.replace(fresh, items=items, page_hash=hashed))
    body = newer[:-1] + b', "of_a_newer_schema": [1, {"a": null}]}'
    bench.proxy.inject(TcpFault.REPLACED, PULL, body=body)
    report = await bench.desk.sync()
    assert bench.proxy.fired[TcpFault.REPLACED] == 1
    assert {one.service: str(one.word) for one in report.services}["tickets"] == "up"
    await bench.settled()


def test_a_central_that_answers_html_is_called_down_and_nothing_is_lost(
    behind_a_proxy: tuple[Central, object, DeskProgram],
) -> None:
    """Given central's `portal` fault (200 with HTML), sync ends well and the ticket waits."""
    central, _proxy, program = behind_a_proxy
    taken = run_here(program, "take", "--phone", "1", "--fault", "No picture")
    central.fault("tickets", "portal")
    away = run_here(program, "sync", "--once")
    assert away.code == 0, away.err
    assert away.json["services"]["tickets"]["state"] == "down"
    assert away.json["services"]["customers"]["state"] == "up"
    assert away.json["waiting"] >= 1
    waiting = run_here(program, "outbox").json
    assert {row["ref"] for row in waiting} >= {taken.json["ref"]}
    central.heal()
    back = run_here(program, "sync", "--once")
    assert (back.code, back.json["waiting"]) == (0, 0)
    lines = [line for line in central.ledger() if line["ref"] == taken.json["ref"]]
    assert [len(line["operations"]) for line in lines] == [1]
