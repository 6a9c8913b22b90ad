"""What goes wrong with a request, as RFC 9457 problems of the contract."""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as DatabaseTimeout

from app.central.contract import wire
from app.central.contract.routes import PROBLEM_BASE, Code, Header
from app.central.reference.database import Replica
from app.central.reference.transactions import Busy
from app.domain.errors import Invalid

_LOG = logging.getLogger("app.central.reference")
_LOCK_HELD = "55P03"
"""PostgreSQL's lock_not_available, after the time `database` allows."""
_READ_ONLY = "25006"
"""PostgreSQL's read_only_sql_transaction: it began to follow while this was under way."""
_SOON_S = 1.0
AWAY_S = 2.0
"""When to ask a central again whose database is away, or that is behind."""

Asked = Request[Any, Any, Any]


class Problem(Exception):
    """Raised by a route; becomes an RFC 9457 body."""

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        *,
        retry_after: float | None = None,
        **more: Any,  # noqa: ANN401 - fields of the struct
    ) -> None:
        super().__init__(title)
        self.body = wire.Problem(PROBLEM_BASE + code, title, status, **more)
        self.retry_after = retry_after


def behind() -> Problem:
    """This node cannot answer for what the desk knows, or wants done; another one can."""
    return Problem(503, Code.BEHIND, "This replica is behind.", retry_after=AWAY_S)


def _respond(problem: wire.Problem, retry_after: float | None = None) -> Response[wire.Problem]:
    headers = {} if retry_after is None else {"Retry-After": str(math.ceil(retry_after))}
    return Response(
        problem,
        status_code=problem.status,
        media_type="application/problem+json",
        headers=headers,
    )


def _on_problem(_request: Asked, error: Problem) -> Response[wire.Problem]:
    return _respond(error.body, error.retry_after)


def _on_replica(request: Asked, _error: Replica) -> Response[wire.Problem]:
    return _on_problem(request, behind())


def _on_busy(request: Asked, _error: Exception) -> Response[wire.Problem]:
    title = "Central is still at work on it."
    return _on_problem(request, Problem(409, Code.STILL_RUNNING, title, retry_after=_SOON_S))


def _on_http(_request: Asked, error: HTTPException) -> Response[wire.Problem]:
    code = Code.NOT_FOUND if error.status_code == 404 else Code.BAD_BODY
    title = "There is nothing here." if error.status_code == 404 else "The request has a slip."
    return _respond(wire.Problem(PROBLEM_BASE + code, title, error.status_code))


def failed(error: Exception, op_id: str | None) -> Problem:
    """Our own fault, noted without anybody's words."""
    _LOG.error("A request failed: %s", type(error).__name__)
    return Problem(500, Code.OPERATION_FAILED, "Central failed on this request.", op_id=op_id)


def _on_bug(request: Asked, error: Exception) -> Response[wire.Problem]:
    return _on_problem(request, failed(error, request.headers.get(Header.KEY)))


def _on_database(request: Asked, error: SQLAlchemyError) -> Response[wire.Problem]:
    """The database is away or held by somebody: no fault of the operation, which it never names."""
    state = getattr(error.orig, "sqlstate", "") if isinstance(error, DBAPIError) else ""
    if state == _READ_ONLY:
        return _on_problem(request, behind())
    if not isinstance(error, OperationalError | InterfaceError | DatabaseTimeout):
        return _on_bug(request, error)
    _LOG.error("The database did not answer: %s", type(error).__name__)
    if state == _LOCK_HELD:
        return _on_busy(request, error)
    title = "Central's ledger is away."
    return _respond(wire.Problem(PROBLEM_BASE + Code.UNAVAILABLE, title, 503), AWAY_S)


HANDLERS: Mapping[int | type[Exception], Any] = {
    Problem: _on_problem,
    Replica: _on_replica,
    Busy: _on_busy,
    SQLAlchemyError: _on_database,
    Invalid: _on_bug,
    HTTPException: _on_http,
    Exception: _on_bug,
}
