"""What counts as central's word: a body of the contract naming the operation, nothing else."""

from __future__ import annotations

import msgspec
import pytest

from app.central.client.answers import answer_of
from app.central.client.decoding import retry_after
from app.central.contract import wire
from app.central.contract.routes import Code
from app.domain.feed import (
    NoVerdict,
    Poison,
    Position,
    SignIn,
    Silence,
    TermRefused,
    Verdict,
)
from app.domain.ids import OpId
from app.domain.operations import Outcome
from app.ports.central import Response
from tests.support.wire_bodies import AT, answer, html, page, problem, verdict

OP = OpId("0190a000-0000-7000-8000-000000000001")
OTHER = OpId("0190a000-0000-7000-8000-000000000002")


@pytest.mark.parametrize("status", [200, 201, 409, 500, 404])
@pytest.mark.parametrize("outcome", [one.value for one in Outcome])
def test_a_verdict_naming_the_operation_is_one_at_any_status(status: int, outcome: str) -> None:
    found = answer_of(answer(status, verdict(OP, outcome)), OP)
    assert isinstance(found, Verdict)
    assert (found.op_id, found.outcome) == (OP, Outcome(outcome))
    assert found.position == Position(1, 1)


def test_unknown_fields_and_white_space_before_the_body_do_no_harm() -> None:
    body = msgspec.to_builtins(verdict(OP)) | {"of_a_newer_schema": [1, {"a": None}]}
    raw = b" \n  \n" + msgspec.json.encode(body)
    assert isinstance(answer_of(Response(200, {}, raw), OP), Verdict)


NOT_CENTRAL = {
    "a portal's page": html(),
    "a balancer's 404": html(404),
    "nothing at all": Response(200, {}, b""),
    "another operation's verdict": answer(200, verdict(OTHER)),
    "half a body": Response(200, {}, msgspec.json.encode(verdict(OP))[:-9]),
    "bytes that are no text": Response(200, {}, b"\xff\xfe\x00{"),
    "lists a hundred thousand deep": Response(200, {}, b'{"new": ' + b"[" * 100_000),
    "other JSON": answer(200, {"ok": True, "op_id": OP}),
    "a list": answer(200, [verdict(OP)]),
    "a page": answer(200, page()),
    "an outcome nobody knows": answer(200, msgspec.to_builtins(verdict(OP)) | {"outcome": "done"}),
    "a problem of somebody else": answer(
        400, {"type": "about:blank", "title": "Bad", "status": 400, "op_id": OP}
    ),
    "a refusal by a proxy": Response(401, {}, b"sign in to the proxy"),
    "a problem naming another operation": answer(400, problem(Code.BAD_BODY, 400, op_id=OTHER)),
    "a time that is none": answer(
        200,
        verdict(OP, conflicts=[wire.Conflict("status", 1, 2, 3, None, "yesterday")]),
    ),
    "a term refusal that names no term": answer(412, problem(Code.TERM, 412, op_id=OP)),
}


@pytest.mark.parametrize("name", NOT_CENTRAL)
def test_anything_else_is_silence(name: str) -> None:
    assert answer_of(NOT_CENTRAL[name], OP) == NoVerdict(Silence.NOT_CENTRAL)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_servers_failure_is_silence_of_its_own(status: int) -> None:
    assert answer_of(html(status), OP) == NoVerdict(Silence.SERVER_ERROR)
    unnamed = answer(status, problem(Code.OPERATION_FAILED, status))
    assert answer_of(unnamed, OP) == NoVerdict(Silence.SERVER_ERROR)


def test_a_failure_that_names_the_operation_is_poison() -> None:
    found = answer_of(
        answer(500, problem(Code.OPERATION_FAILED, 500, op_id=OP, detail="It failed on it.")), OP
    )
    assert isinstance(found, Poison)
    assert found.problem.text == "It failed on it."


@pytest.mark.parametrize("code", [Code.SIGN_IN, Code.OLD_INCARNATION])
def test_a_refused_credential_is_no_failure(code: str) -> None:
    assert answer_of(answer(401, problem(code, 401)), OP) == SignIn()


def test_a_refused_term_tells_the_present_one() -> None:
    refused = problem(
        Code.TERM, 412, position=wire.Position(3, 7), term_id="t3", fork=wire.Position(2, 5)
    )
    assert answer_of(answer(412, refused), OP) == TermRefused(Position(3, 7), "t3", Position(2, 5))


@pytest.mark.parametrize(("status", "code"), [(409, Code.STILL_RUNNING), (429, Code.TOO_MANY)])
def test_asked_to_wait(status: int, code: str) -> None:
    found = answer_of(answer(status, problem(code, status), retry_after="17"), OP)
    assert found == NoVerdict(Silence.BUSY, 17.0)


def test_behind() -> None:
    found = answer_of(answer(503, problem(Code.BEHIND, 503)), OP)
    assert found == NoVerdict(Silence.BEHIND)


@pytest.mark.parametrize(
    ("status", "code"),
    [(400, Code.BAD_BODY), (422, Code.OTHER_BODY), (404, Code.MISSING_TARGET), (400, Code.NO_KEY)],
)
def test_a_refusal_naming_the_operation_is_a_rejection(status: int, code: str) -> None:
    found = answer_of(answer(status, problem(code, status, op_id=OP)), OP)
    assert isinstance(found, Verdict)
    assert found.outcome is Outcome.REJECTED
    assert found.problem is not None
    assert found.problem.code == code


def test_conflicts_come_through() -> None:
    conflict = wire.Conflict("status", "new", "triaged", "closed", "Ann", AT)
    found = answer_of(answer(200, verdict(OP, "applied_with_conflicts", conflicts=[conflict])), OP)
    assert isinstance(found, Verdict)
    assert (found.conflicts[0].mine, found.conflicts[0].theirs) == ("triaged", "closed")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("999999", 300.0),
        ("inf", 300.0),
        ("nan", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_clamped(header: str | None, seconds: float | None) -> None:
    assert retry_after(header) == seconds
