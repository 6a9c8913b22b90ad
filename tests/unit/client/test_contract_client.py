"""Calls over several endpoints: failover, breakers, budgets, strict reading of pages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass

import msgspec
import pytest

from app.central.client.contract_client import Access, ContractClient
from app.central.contract import wire
from app.central.contract.routes import Code, Header
from app.domain.central_services import Service
from app.domain.configuration import EndpointPlace
from app.domain.errors import CentralUnavailable
from app.domain.feed import ItemOp, NoVerdict, Position, Silence, TermRefused, Verdict
from app.domain.ids import Millis, OpId
from app.domain.operations import Outcome
from app.ports.central import Attempt, CursorExpired, Request, Response, SignInNeeded
from tests.support.scripted_transport import Reply, ScriptedTransport
from tests.support.virtual_time import VirtualClock, run_virtual
from tests.support.wire_bodies import (
    AT,
    answer,
    health,
    html,
    item,
    page,
    problem,
    snapshot,
    verdict,
)

A, B = "http://a", "http://b"
OP = OpId("0190a000-0000-7000-8000-000000000001")
ATTEMPT = Attempt(OP, b'{"op_id":"x"}', 3, "inc-2", (4, "term-4"), -1_500)
TICKETS = Service.TICKETS


@dataclass
class Line:
    """A client and the two endpoints it knows."""

    clock: VirtualClock
    transport: ScriptedTransport
    client: ContractClient

    def says(self, url: str, reply: Reply) -> None:
        self.transport.replies[url] = reply

    def count(self, url: str) -> int:
        return len(self.transport.asked[url])


def line(tell: Callable[[Line], Coroutine[object, object, None]]) -> Callable[[], None]:
    def told() -> None:
        async def run(clock: VirtualClock) -> None:
            transport = ScriptedTransport(clock)
            both = [EndpointPlace(A, "one"), EndpointPlace(B, "two")]
            client = ContractClient(
                transport, clock, Access("secret", "inc-2"), dict.fromkeys(Service, both)
            )
            transport.replies = dict.fromkeys((A, B), lambda request: html())
            await tell(Line(clock, transport, client))

        run_virtual(run)

    told.__name__ = tell.__name__
    told.__doc__ = tell.__doc__
    return told


def applies(request: Request) -> Response:
    return answer(200, verdict(OP))


def silent(cause: Silence) -> Reply:
    return lambda request: cause


@line
async def test_an_attempt_carries_its_headers_and_the_bytes_as_they_are(one: Line) -> None:
    one.says(A, applies)
    assert isinstance(await one.client.submit(TICKETS, ATTEMPT), Verdict)
    request = one.transport.asked[A][0]
    assert (request.method, request.url) == ("POST", f"{A}/v1/tickets/operations")
    assert request.body == ATTEMPT.raw
    assert {name: request.headers[name] for name in request.headers if name != "Accept"} == {
        "Authorization": "Bearer secret",
        "Content-Type": "application/json",
        "Idempotency-Key": OP,
        "Offhook-Attempt": "3",
        "Offhook-Incarnation": "inc-2",
        "Offhook-Term": "4 term-4",
        "Offhook-Clock-Offset": "-1500",
    }


FAIL_OVER = {
    "a refused connection": silent(Silence.CONNECT),
    "a time-out": silent(Silence.TIMEOUT),
    "a portal": lambda request: html(),
    "a server's failure": lambda request: html(502),
    "a replica behind": lambda request: answer(503, problem(Code.BEHIND, 503)),
    "this computer's route to it": silent(Silence.THIS_COMPUTER),
}


@pytest.mark.parametrize("name", FAIL_OVER)
def test_what_is_no_verdict_fails_over_with_the_same_id_and_bytes(name: str) -> None:
    @line
    async def tell(one: Line) -> None:
        one.says(A, FAIL_OVER[name])
        one.says(B, applies)
        assert isinstance(await one.client.submit(TICKETS, ATTEMPT), Verdict)
        first, second = one.transport.asked[A][0], one.transport.asked[B][0]
        assert (first.body, first.headers) == (second.body, second.headers)
        await one.client.submit(TICKETS, ATTEMPT)
        assert (one.count(A), one.count(B)) == (1, 2), "it stays with what answered"
        assert [state.in_use for state in one.client.endpoints(TICKETS)] == [False, True]

    tell()


CENTRALS_OWN_WORD: dict[str, Response] = {
    "a rejection": answer(200, verdict(OP, "rejected")),
    "poison": answer(500, problem(Code.OPERATION_FAILED, 500, op_id=OP)),
    "sign in": answer(401, problem(Code.SIGN_IN, 401)),
    "a refused term": answer(
        412, problem(Code.TERM, 412, position=wire.Position(9, 1), term_id="t9")
    ),
    "asked to wait": answer(429, problem(Code.TOO_MANY, 429)),
}


@pytest.mark.parametrize("name", CENTRALS_OWN_WORD)
def test_centrals_own_word_does_not_fail_over_nor_open_a_breaker(name: str) -> None:
    @line
    async def tell(one: Line) -> None:
        one.says(A, lambda request: CENTRALS_OWN_WORD[name])
        for _ in range(10):
            await one.client.submit(TICKETS, ATTEMPT)
        assert (one.count(A), one.count(B)) == (10, 0)
        assert one.client.endpoints(TICKETS)[0].open_until is None

    tell()


@line
async def test_the_breaker_is_of_one_service_and_one_endpoint(one: Line) -> None:
    one.says(A, silent(Silence.TIMEOUT))
    one.says(B, silent(Silence.TIMEOUT))
    for _ in range(12):
        await one.client.submit(TICKETS, ATTEMPT)
        await one.clock.sleep(1)
    before = one.count(A) + one.count(B)
    answered = await one.client.submit(TICKETS, ATTEMPT)
    assert answered == NoVerdict(Silence.CONNECT)
    assert one.count(A) + one.count(B) == before, "nothing went: both are open"
    assert all(state.open_until for state in one.client.endpoints(TICKETS))
    assert all(state.open_until is None for state in one.client.endpoints(Service.BILLING))


@line
async def test_a_probe_goes_to_open_endpoints_and_closes_what_answers(one: Line) -> None:
    one.says(A, silent(Silence.TIMEOUT))
    one.says(B, silent(Silence.TIMEOUT))
    for _ in range(12):
        await one.client.submit(TICKETS, ATTEMPT)
        await one.clock.sleep(1)
    one.says(B, lambda request: answer(200, health("tickets", Millis(one.clock.now() + 90_000))))
    found = await one.client.probe(TICKETS)
    assert found.offset_ms == pytest.approx(90_000, abs=20)
    assert found.position == Position(1, 1)
    one.says(B, applies)
    assert isinstance(await one.client.submit(TICKETS, ATTEMPT), Verdict)


@pytest.mark.parametrize(
    "reply",
    [
        html(),
        answer(200, health("billing")),
        answer(200, health("tickets", ok=False)),
        answer(503, problem(Code.BEHIND, 503)),
    ],
)
def test_a_probe_takes_nothing_but_the_services_own_health(reply: Response) -> None:
    @line
    async def tell(one: Line) -> None:
        one.says(A, lambda request: reply)
        one.says(B, lambda request: reply)
        with pytest.raises(CentralUnavailable):
            await one.client.probe(TICKETS)

    tell()


@line
async def test_pages_are_read_with_unknown_fields_kept(one: Line) -> None:
    row = item("row-1", 4, 7, status="new", of_a_newer_schema={"a": [1]})
    one.says(A, lambda request: answer(200, page(row, n=7)))
    found = await one.client.changes(TICKETS, "c 1/2", 500, 0)
    assert found.items[0].fields == {"status": "new", "of_a_newer_schema": {"a": [1]}}
    assert found.items[0].raw_fields == b'{"status":"new","of_a_newer_schema":{"a":[1]}}'
    assert (found.position, found.rate.operations) == (Position(1, 7), 10.0)
    assert one.transport.asked[A][0].url.endswith("changes?limit=500&wait=0&cursor=c+1%2F2")


def test_heartbeats_before_the_page_do_no_harm() -> None:
    @line
    async def tell(one: Line) -> None:
        raw = b"     \n" + msgspec.json.encode(page(item()))
        one.says(A, lambda request: Response(200, {}, raw))
        assert len((await one.client.changes(TICKETS, None, 10, 25)).items) == 1

    tell()


@line
async def test_a_row_that_a_newer_central_did_more_to_makes_no_page_unreadable(one: Line) -> None:
    """Its op is part of a type that nobody here knows; the rows beside it are as they are."""
    newer = msgspec.structs.replace(item("row-2", 3, 2, shelf="B"), op="archive")
    every = [item("row-1", 1, 1, place="Bath"), newer]
    one.says(A, lambda request: answer(200, page(*every, n=2)))
    feed = await one.client.changes(TICKETS, None, 10, 0.0)
    one.says(A, lambda request: answer(200, snapshot(*every)))
    whole = await one.client.snapshot(TICKETS, None, 10)
    body = wire.Rows(items=every, position=wire.Position(1, 2), term_id="term-1", source_as_of=AT)
    one.says(A, lambda request: answer(200, body))
    asked = await one.client.rows(TICKETS, ["row-1", "row-2"])
    for read in (feed, whole, asked):
        assert [(it.type, it.op) for it in read.items] == [
            ("ticket", ItemOp.UPSERT), ("archive:ticket", ItemOp.UPSERT)
        ]  # fmt: skip
        assert (read.items[1].fields, read.items[1].rev) == ({"shelf": "B"}, 3)


BAD_PAGES = {
    "a hash that does not fit": answer(200, page(item(), page_hash="0" * 64)),
    "fields that are no object": answer(
        200, page(msgspec.structs.replace(item(), fields=msgspec.Raw(b"[1]")))
    ),
    "a time that is none": answer(200, page(source_as_of="yesterday")),
    "a row without its id": answer(200, {"items": [{"type": "ticket"}]}),
    "a snapshot": answer(200, snapshot(item())),
    "a portal": html(),
}


@pytest.mark.parametrize("name", BAD_PAGES)
def test_a_page_that_is_not_whole_is_thrown_away(name: str) -> None:
    @line
    async def tell(one: Line) -> None:
        one.says(A, lambda request: BAD_PAGES[name])
        one.says(B, lambda request: BAD_PAGES[name])
        with pytest.raises(CentralUnavailable) as caught:
            await one.client.changes(TICKETS, None, 10, 0)
        assert caught.value.cause == Silence.NOT_CENTRAL

    tell()


@line
async def test_a_term_that_was_heard_and_not_taken_closes_no_way(one: Line) -> None:
    """That history may be lost in silence by now, and nothing here could show central so."""
    one.client.adopted(TICKETS, 2)
    one.says(A, lambda request: answer(200, page(term=3)))
    assert (await one.client.changes(TICKETS, None, 10, 0)).position.term == 3
    one.says(A, lambda request: answer(200, page(term=2)))
    assert (await one.client.changes(TICKETS, None, 10, 0)).position.term == 2


@line
async def test_a_replica_of_a_former_term_is_passed_over(one: Line) -> None:
    one.says(A, lambda request: answer(200, page(term=3)))
    assert (await one.client.changes(TICKETS, None, 10, 0)).position.term == 3
    one.client.adopted(TICKETS, 3)
    one.says(A, lambda request: answer(200, page(term=2)))
    one.says(B, lambda request: answer(200, page(term=3)))
    assert (await one.client.changes(TICKETS, None, 10, 0)).position.term == 3
    assert one.client.endpoints(TICKETS)[0].last_trouble == Silence.BEHIND


@line
async def test_the_feeds_own_refusals_come_through(one: Line) -> None:
    one.says(A, lambda request: answer(410, problem(Code.CURSOR_EXPIRED, 410)))
    with pytest.raises(CursorExpired):
        await one.client.changes(TICKETS, "old", 10, 0)
    one.says(A, lambda request: answer(401, problem(Code.SIGN_IN, 401)))
    with pytest.raises(SignInNeeded):
        await one.client.snapshot(TICKETS, None, 10)
    assert one.count(B) == 0


@line
async def test_asked_to_wait_a_read_does_not_go_elsewhere(one: Line) -> None:
    one.says(A, lambda request: answer(429, problem(Code.TOO_MANY, 429), retry_after="30"))
    with pytest.raises(CentralUnavailable) as caught:
        await one.client.changes(TICKETS, None, 10, 0)
    assert (caught.value.cause, caught.value.retry_after_s) == (Silence.BUSY, 30.0)
    assert one.count(B) == 0


@line
async def test_snapshot_pages(one: Line) -> None:
    one.says(A, lambda request: answer(200, snapshot(item("a"), item("b"), after="next")))
    found = await one.client.snapshot(TICKETS, "from here", 2)
    assert ([row.id for row in found.items], found.after) == (["a", "b"], "next")
    assert one.transport.asked[A][0].url.endswith("snapshot?limit=2&after=from+here")


@line
async def test_retries_inside_calls_obey_a_budget(one: Line) -> None:
    """Both endpoints flap: second tries stay a fifth of the first ones, and some."""
    one.says(A, lambda request: html() if one.count(A) % 2 else applies(request))
    one.says(B, lambda request: html() if one.count(B) % 2 else applies(request))
    for _ in range(200):
        await one.client.submit(TICKETS, ATTEMPT)
    assert one.count(A) + one.count(B) <= 200 * 1.2 + 10


@line
async def test_a_push_that_fails_ends_the_poll_that_waits_there(one: Line) -> None:
    """Given a poll of 25 s on an endpoint a push has just found dead, it does not wait on."""

    def dead(request: Request) -> Response | Silence:
        return Silence.TIMEOUT if request.method == "POST" else answer(200, page())

    def well(request: Request) -> Response:
        return applies(request) if request.method == "POST" else answer(200, page())

    one.says(A, dead)
    one.says(B, well)
    one.transport.took_s = 20.0
    poll = asyncio.ensure_future(one.client.changes(TICKETS, None, 10, 25))
    await one.clock.sleep(1)
    one.transport.took_s = 0.1
    began = one.clock.monotonic()
    await one.client.submit(TICKETS, ATTEMPT)
    await poll
    assert one.clock.monotonic() - began < 2
    assert one.count(B) >= 1


@line
async def test_a_poll_that_is_cancelled_leaves_the_endpoint_alone(one: Line) -> None:
    one.transport.took_s = 20.0
    poll = asyncio.ensure_future(one.client.changes(TICKETS, None, 10, 25))
    await one.clock.sleep(1)
    poll.cancel()
    await asyncio.wait([poll])
    assert poll.cancelled()
    state = one.client.endpoints(TICKETS)[0]
    assert (state.failures, state.last_trouble) == (0, "")


@line
async def test_what_is_known_in_another_term_is_no_answer(one: Line) -> None:
    """In a split brain each side has its own: the endpoint of the term expected is asked."""
    other = problem(Code.TERM, 412, position=wire.Position(5, 2), term_id="t5")
    one.says(A, lambda request: answer(412, other))
    one.says(B, lambda request: answer(200, verdict(OP)))
    known = await one.client.verdict_of(TICKETS, OP, (4, "t4"))
    assert known is not None
    for url in (A, B):
        (asked,) = one.transport.asked[url]
        assert asked.headers[Header.TERM] == "4 t4"
    one.says(B, lambda request: answer(412, other))
    with pytest.raises(CentralUnavailable) as met:
        await one.client.verdict_of(TICKETS, OP, (4, "t4"))
    assert met.value.cause == Silence.BEHIND


@line
async def test_doubt_is_settled_by_asking_for_the_id(one: Line) -> None:
    one.says(A, lambda request: answer(200, verdict(OP)))
    known = await one.client.verdict_of(TICKETS, OP)
    assert known is not None
    assert known.op_id == OP
    one.says(A, lambda request: answer(404, problem(Code.NOT_FOUND, 404)))
    assert await one.client.verdict_of(TICKETS, OP) is None
    one.says(A, lambda request: html(404))
    one.says(B, lambda request: html(404))
    with pytest.raises(CentralUnavailable):
        await one.client.verdict_of(TICKETS, OP)


@line
async def test_withdrawing_burns_the_id_or_tells_the_verdict(one: Line) -> None:
    one.says(A, lambda request: answer(200, wire.WithdrawalAnswer(OP, withdrawn=True)))
    assert (await one.client.withdraw(TICKETS, OP)).outcome is Outcome.REJECTED
    assert one.transport.asked[A][0].method == "PUT"
    came_first = wire.WithdrawalAnswer(OP, withdrawn=False, verdict=verdict(OP))
    one.says(A, lambda request: answer(200, came_first))
    assert (await one.client.withdraw(TICKETS, OP)).outcome is Outcome.APPLIED
    other = wire.WithdrawalAnswer(OP[:-1] + "9", withdrawn=True)
    one.says(A, lambda request: answer(200, other))
    one.says(B, lambda request: answer(200, other))
    with pytest.raises(CentralUnavailable):
        await one.client.withdraw(TICKETS, OP)


@line
async def test_the_configuration_comes_as_it_was_signed(one: Line) -> None:
    document = wire.SignedDocument("{}", "c2lnbmVk")
    one.says(A, silent(Silence.CONNECT))
    one.says(B, lambda request: answer(200, document))
    found = await one.client.configuration()
    assert msgspec.json.decode(found, type=wire.SignedDocument) == document


@line
async def test_without_any_endpoint_there_is_silence_and_no_error(one: Line) -> None:
    one.client.reconfigure({})
    assert await one.client.submit(TICKETS, ATTEMPT) == NoVerdict(Silence.CONNECT)
    for call in (
        one.client.changes(TICKETS, None, 1, 0),
        one.client.probe(TICKETS),
        one.client.configuration(),
    ):
        with pytest.raises(CentralUnavailable):
            await call


@line
async def test_a_renewed_credential_is_used_from_the_next_request_on(one: Line) -> None:
    one.says(A, lambda request: answer(200, page()))
    one.client.renew(Access("fresh", "inc-3"))
    await one.client.changes(TICKETS, None, 1, 0)
    headers = one.transport.asked[A][0].headers
    assert (headers["Authorization"], headers["Offhook-Incarnation"]) == ("Bearer fresh", "inc-3")


def test_a_term_refusal_is_read_whole() -> None:
    @line
    async def tell(one: Line) -> None:
        refused = problem(Code.TERM, 412, position=wire.Position(5, 2), term_id="t5")
        one.says(A, lambda request: answer(412, refused))
        found = await one.client.submit(TICKETS, ATTEMPT)
        assert found == TermRefused(Position(5, 2), "t5", None)

    tell()


def test_closing_closes_the_transport() -> None:
    @line
    async def tell(one: Line) -> None:
        await one.client.close()
        assert one.transport.closed

    tell()


@line
async def test_a_read_that_keeps_us_waiting_is_asked_of_another_endpoint_as_well(
    one: Line,
) -> None:
    """Hedged: the first good answer counts, and the slow endpoint is not blamed for it."""
    one.says(A, lambda request: answer(200, page(n=1)))
    one.says(B, lambda request: answer(200, page(n=2)))
    one.transport.took_by = {A: 6.0}
    began = one.clock.monotonic()
    assert (await one.client.changes(TICKETS, None, 10, 0)).position == Position(1, 2)
    assert one.clock.monotonic() - began < 1.5
    assert one.client.endpoints(TICKETS)[0].failures == 0
    assert one.client.endpoints(TICKETS)[1].in_use


@line
async def test_an_operation_is_never_at_two_endpoints_at_once(one: Line) -> None:
    """What changes something is asked of the next one only when the first is given up."""
    one.says(A, applies)
    one.says(B, applies)
    one.transport.took_by = {A: 3.5}
    assert isinstance(await one.client.submit(TICKETS, ATTEMPT), Verdict)
    assert (one.count(A), one.count(B)) == (1, 0)
    one.transport.took_by = {A: 60.0}
    began = one.clock.monotonic()
    assert isinstance(await one.client.submit(TICKETS, ATTEMPT), Verdict)
    assert one.clock.monotonic() - began <= 5
    assert (one.count(A), one.count(B)) == (2, 1)
    both = one.transport.asked[A][-1], one.transport.asked[B][-1]
    assert both[0].body == both[1].body


@line
async def test_a_call_has_one_deadline_for_all_its_endpoints(one: Line) -> None:
    one.says(A, applies)
    one.says(B, applies)
    one.transport.took_s = 60.0
    began = one.clock.monotonic()
    assert await one.client.submit(TICKETS, ATTEMPT) == NoVerdict(Silence.TIMEOUT)
    assert one.clock.monotonic() - began == pytest.approx(10.0)
    assert (one.count(A), one.count(B)) == (1, 1)


@line
async def test_hedging_obeys_the_budget(one: Line) -> None:
    """All endpoints slow: second questions stay a fifth of the first ones, and some."""
    one.says(A, lambda request: answer(200, page()))
    one.says(B, lambda request: answer(200, page()))
    one.transport.took_s = 1.5
    for _ in range(200):
        await one.client.changes(TICKETS, None, 10, 0)
    assert one.count(A) + one.count(B) <= 200 * 1.2 + 31, "a fifth, and one each ten seconds"
    assert one.count(B) >= 30


@line
async def test_a_probe_does_not_wait_for_an_endpoint_that_keeps_quiet(one: Line) -> None:
    one.says(B, lambda request: answer(200, health("tickets")))
    one.transport.took_by = {A: 60.0}
    began = one.clock.monotonic()
    await one.client.probe(TICKETS)
    assert one.clock.monotonic() - began < 1.5
    assert one.client.endpoints(TICKETS)[1].in_use


@line
async def test_endpoints_are_named_with_region_and_cloud(one: Line) -> None:
    one.client.reconfigure({TICKETS: [EndpointPlace(A, "West", "cloud A")]})
    (state,) = one.client.endpoints(TICKETS)
    assert (state.region, state.cloud, state.in_use) == ("West", "cloud A", True)
