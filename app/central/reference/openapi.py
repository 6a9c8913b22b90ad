"""The contract as OpenAPI 3.1, generated from the wire types and the table of routes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import msgspec

from app.central.contract import routes, wire
from app.central.contract.routes import Header
from app.domain.central_services import Service

_PROBLEM_TYPE = "application/problem+json"
_TERM = {"name": Header.TERM, "in": "header", "schema": {"type": "string"}}
_ATTEMPT = {"name": Header.ATTEMPT, "in": "header", "schema": {"type": "string"}}
_RECEIPT = {"name": Header.RECEIPT, "in": "header", "schema": {"type": "string"}}
_KEY = {"name": Header.KEY, "in": "header", "required": True, "schema": {"type": "string"}}
_PERSON_HEADER = {"name": Header.PERSON, "in": "header", "schema": {"type": "string"}}
_CURSOR = {"name": "cursor", "in": "query", "schema": {"type": "string"}}
_AFTER = {"name": "after", "in": "query", "schema": {"type": "string"}}
_LIMIT = {
    "name": "limit",
    "in": "query",
    "schema": {"type": "integer", "minimum": 1, "maximum": 1_000, "default": 1_000},
}
_WAIT = {
    "name": "wait",
    "in": "query",
    "schema": {"type": "number", "minimum": 0, "maximum": 25, "default": 0},
}


@dataclass(frozen=True, slots=True)
class Route:
    """One route: what goes in, what comes out, which problems it has."""

    method: str
    path: str
    summary: str
    answer: type[msgspec.Struct]
    problems: tuple[int, ...] = ()
    body: type[msgspec.Struct] | None = None
    parameters: tuple[dict[str, Any], ...] = ()
    open: bool = False
    """Needs no credential."""


_TERM_OF = {"name": "term", "in": "query", "schema": {"type": "integer", "minimum": 1,
            "maximum": 2**31}}  # fmt: skip
_N = {"name": "n", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 2**53}}
_IDS = {"name": "ids", "in": "query", "required": True, "schema": {"type": "string"}}
_LEADING = {"name": "leading", "in": "query", "schema": {"type": "boolean", "default": False}}
_NAME, _OP, _PERSON = "{service}", "{op_id}", "{person}"
ROUTES = (
    Route("get", routes.CONFIGURATION, "The signed configuration", wire.SignedDocument, (503,)),
    Route("post", routes.ENROLMENT, "Make a desk", wire.EnrolmentAnswer, (400, 403, 503),
          wire.EnrolmentRequest, open=True),
    Route("put", routes.person_key(_PERSON), "Register a person's key for this desk",
          wire.SignedDocument, (400, 403, 503), wire.KeyRequest),
    Route("post", routes.SEED_CLAIM, "A desk from a seed registers itself", wire.SeedClaimed,
          (400, 403, 503), wire.SeedClaim, open=True),
    Route("put", routes.DESK_REPORT, "How this desk stands", wire.DeskReported, (400, 503),
          wire.DeskReport),
    Route("get", routes.DESK_AUDIT, "Where this desk's trail of decisions stood", wire.SignedHeads,
          (503,)),
    Route("post", routes.TAKE_OVER, "Another desk's unsent work comes through this one",
          wire.TakenOver, (400, 403, 503), wire.TakeOver),
    Route("get", routes.DESKS, "All desks, for people who may see them", wire.DeskStandings,
          (403, 503), parameters=(_PERSON_HEADER,)),
    Route("get", routes.health(_NAME), "Whether the service works", wire.Health,
          (400, 404, 503), parameters=(_LEADING,), open=True),
    Route("get", routes.changes(_NAME), "Rows changed behind a cursor", wire.Page,
          (400, 404, 410, 429, 503), parameters=(_CURSOR, _LIMIT, _WAIT)),
    Route("get", routes.snapshot(_NAME), "Every row by id, newest first", wire.SnapshotPage,
          (400, 404, 410, 429, 503), parameters=(_AFTER, _LIMIT)),
    Route("get", routes.rows(_NAME), "Records by id", wire.Rows, (400, 404, 429, 503),
          parameters=(_IDS,)),
    Route("get", routes.parity(_NAME), "Digests of what stands at a position", wire.Parity,
          (400, 404, 412, 429, 503), parameters=(_TERM_OF, _N)),
    Route("get", routes.parity_bucket(_NAME, "{bucket}"), "The rows of one digest",
          wire.ParityRows, (400, 404, 412, 429, 503), parameters=(_TERM_OF, _N)),
    Route("post", routes.operations(_NAME), "Take one operation", wire.Verdict,
          (400, 404, 409, 412, 422, 429, 503), wire.OperationBody,
          (_KEY, _TERM, _ATTEMPT, _RECEIPT)),
    Route("post", routes.batch(_NAME), "Take some operations, each for itself", wire.BatchAnswer,
          (400, 404, 409, 412, 503), wire.Batch, (_TERM,)),
    Route("get", routes.operation(_NAME, _OP), "What was said of an operation", wire.Verdict,
          (404, 412, 503), parameters=(_TERM,)),
    Route("put", routes.withdrawal(_NAME, _OP), "Burn an operation's id", wire.WithdrawalAnswer,
          (400, 404, 503)),
)  # fmt: skip

_TITLES = {
    400: "The request has a slip.",
    401: "The desk's credential or incarnation is not accepted.",
    403: "The enrolment code or the key is not accepted.",
    404: "There is nothing here.",
    409: "The same operation is still running.",
    410: "The feed cannot go on from there.",
    412: "Central is in another term.",
    422: "That id is known with another body.",
    429: "This desk asks too much.",
    500: "Central failed on this request.",
    503: "This replica is behind.",
}


def document() -> str:
    """The checked-in `openapi.json`, the same for the same routes and types."""
    used: list[type[msgspec.Struct]] = [wire.Problem]
    for route in ROUTES:
        used += [route.answer, *([route.body] if route.body else [])]
    types = list(dict.fromkeys(used))
    schemas, components = msgspec.json.schema_components(
        types, ref_template="#/components/schemas/{name}"
    )
    known = dict(zip(types, schemas, strict=True))
    paths: dict[str, Any] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method] = _operation(route, known)
    return (
        json.dumps(
            {
                "openapi": "3.1.0",
                "info": {"title": "Offhook central", "version": routes.VERSION},
                "paths": paths,
                "components": {
                    "schemas": components,
                    "securitySchemes": {"desk": {"type": "http", "scheme": "bearer"}},
                },
            },
            indent=1,
            sort_keys=True,
        )
        + "\n"
    )


def _operation(route: Route, known: dict[type[msgspec.Struct], Any]) -> dict[str, Any]:
    statuses = sorted({*route.problems, 500, *(() if route.open else (401,))})
    problem = {"content": {_PROBLEM_TYPE: {"schema": known[wire.Problem]}}}
    responses: dict[str, Any] = {
        "200": {
            "description": route.summary,
            "content": {"application/json": {"schema": known[route.answer]}},
        }
    }
    responses |= {str(one): {"description": _TITLES[one], **problem} for one in statuses}
    made: dict[str, Any] = {
        "summary": route.summary,
        "operationId": f"{route.method}_{route.path.split('/')[-1].strip('{}')}",
        "parameters": [*_in_path(route.path), *route.parameters],
        "responses": responses,
        "security": [] if route.open else [{"desk": []}],
    }
    if route.body is not None:
        content = {"application/json": {"schema": known[route.body]}}
        made["requestBody"] = {"required": True, "content": content}
    return made


def _in_path(path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if _NAME in path:
        names = [service.value for service in Service]
        schema: dict[str, Any] = {"type": "string", "enum": names}
        found.append({"name": "service", "in": "path", "required": True, "schema": schema})
    if "{bucket}" in path:
        number = {"type": "integer", "minimum": 0, "maximum": 255}
        found.append({"name": "bucket", "in": "path", "required": True, "schema": number})
    if _PERSON in path:
        name = {"type": "string"}
        found.append({"name": "person", "in": "path", "required": True, "schema": name})
    if _OP in path:
        schema = {"type": "string", "maxLength": 80}
        found.append({"name": "op_id", "in": "path", "required": True, "schema": schema})
    return found
