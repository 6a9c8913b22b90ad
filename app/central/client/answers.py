"""What a response means: central's verdict, central's other words, or the endpoint speaking."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.central.client import decoding
from app.central.contract import wire
from app.central.contract.routes import Code
from app.domain.errors import CentralUnavailable
from app.domain.feed import Answer, NoVerdict, Poison, SignIn, Silence, TermRefused, Verdict
from app.domain.ids import OpId
from app.domain.operations import Outcome
from app.ports.central import CursorExpired, Response, SignInNeeded

T = TypeVar("T")

_SIGN_IN = frozenset({Code.SIGN_IN, Code.OLD_INCARNATION})
_ASKED_TO_WAIT = frozenset({Code.STILL_RUNNING, Code.TOO_MANY})


def answer_of(response: Response, op_id: OpId) -> Answer:
    """What came back for one attempt.

    A verdict is a body of the contract naming this operation, at whatever status; anything that
    is neither that nor a problem of the contract is silence.
    """
    verdict = decoding.body_of(response.body, wire.Verdict)
    if verdict is not None and verdict.op_id == op_id:
        try:
            return decoding.verdict_of(verdict)
        except ValueError:
            return NoVerdict(Silence.NOT_CENTRAL)
    problem = decoding.problem_of(response.body)
    if problem is None:
        return NoVerdict(silence_of(response))
    return _answer_of_problem(problem, response, op_id)


def _answer_of_problem(problem: wire.Problem, response: Response, op_id: OpId) -> Answer:
    code = decoding.code_of(problem)
    wait = decoding.retry_after(response.headers.get("retry-after"))
    if code in _SIGN_IN:
        return SignIn()
    if code == Code.TERM and problem.position and problem.term_id:
        fork = decoding.position_of(problem.fork) if problem.fork else None
        return TermRefused(decoding.position_of(problem.position), problem.term_id, fork)
    if code in _ASKED_TO_WAIT:
        return NoVerdict(Silence.BUSY, wait)
    if problem.op_id == op_id and code not in (Code.BEHIND, Code.TERM):
        if response.status >= 500:
            return Poison(decoding.reason_of(problem))
        return _refusal(problem, op_id)
    return NoVerdict(silence_of(response), wait)


def _refusal(problem: wire.Problem, op_id: OpId) -> Verdict:
    """A problem that names the operation is central's refusal of it (400, 404, 422)."""
    position = decoding.position_of(problem.position) if problem.position else None
    return Verdict(
        op_id=op_id,
        outcome=Outcome.REJECTED,
        rev=None,
        position=position,
        term_id=problem.term_id or "",
        problem=decoding.reason_of(problem),
    )


def silence_of(response: Response) -> Silence:
    """Why a response that is no verdict is none."""
    problem = decoding.problem_of(response.body)
    if problem is not None and decoding.code_of(problem) == Code.BEHIND:
        return Silence.BEHIND
    if problem is not None and decoding.code_of(problem) in _ASKED_TO_WAIT:
        return Silence.BUSY
    return Silence.SERVER_ERROR if response.status >= 500 else Silence.NOT_CENTRAL


def held_against_endpoint(answer: Answer) -> bool:
    """Whether another endpoint should be asked; a verdict or a refusal is central's own word."""
    return isinstance(answer, NoVerdict) and answer.cause is not Silence.BUSY


def read_strictly(response: Response, read: Callable[[Response], T | None]) -> T:
    """The body, else the error the contract has for this answer."""
    try:
        answer = read(response)
    except ValueError as error:
        raise unavailable(Silence.NOT_CENTRAL) from error
    if answer is not None:
        return answer
    problem = decoding.problem_of(response.body)
    code = decoding.code_of(problem) if problem else ""
    if code in (Code.SIGN_IN, Code.OLD_INCARNATION):
        raise SignInNeeded
    if code == Code.CURSOR_EXPIRED:
        raise CursorExpired
    raise CentralUnavailable(
        "Central does not answer.",
        cause=silence_of(response),
        retry_after_s=decoding.retry_after(response.headers.get("retry-after")),
    )


def unavailable(cause: Silence) -> CentralUnavailable:
    return CentralUnavailable("Central does not answer.", cause=cause)


def cause_of(error: Exception) -> Silence:
    """The cause an error carries; what carries none did not speak the contract."""
    cause = error.cause if isinstance(error, CentralUnavailable) else ""
    return Silence(cause) if cause in set(Silence) else Silence.NOT_CENTRAL
