"""Paths, header names and problem codes of the contract."""

from __future__ import annotations

from typing import Final

VERSION: Final = "1.0.0"
PROBLEM_BASE: Final = "urn:offhook:problem:"

CONFIGURATION: Final = "/v1/configuration"
ENROLMENT: Final = "/v1/enrolment"
SEED_CLAIM: Final = "/v1/enrolment/seed"
DESK_REPORT: Final = "/v1/desk/report"
DESK_AUDIT: Final = "/v1/desk/audit"
TAKE_OVER: Final = "/v1/desk/take-over"
DESKS: Final = "/v1/desks"


def person_key(person: str) -> str:
    return f"/v1/people/{person}/key"


def changes(service: str) -> str:
    return f"/v1/{service}/changes"


def snapshot(service: str) -> str:
    return f"/v1/{service}/snapshot"


def rows(service: str) -> str:
    return f"/v1/{service}/rows"


def parity(service: str) -> str:
    return f"/v1/{service}/parity"


def parity_bucket(service: str, bucket: str) -> str:
    return f"/v1/{service}/parity/{bucket}"


def operations(service: str) -> str:
    return f"/v1/{service}/operations"


def batch(service: str) -> str:
    return f"/v1/{service}/operations/batch"


def operation(service: str, op_id: str) -> str:
    return f"/v1/{service}/operations/{op_id}"


def withdrawal(service: str, op_id: str) -> str:
    return f"/v1/{service}/operations/{op_id}/withdrawal"


def health(service: str) -> str:
    return f"/v1/{service}/health"


class Header:
    """Headers of an attempt; the body itself never changes."""

    KEY: Final = "Idempotency-Key"
    TERM: Final = "Offhook-Term"
    """``TERM_NUMBER TERM_ID`` the desk expects; another one answers 412."""
    INCARNATION: Final = "Offhook-Incarnation"
    ATTEMPT: Final = "Offhook-Attempt"
    RECEIPT: Final = "Offhook-Receipt"
    """Of a decision that is offered again after a restore: central's former receipt."""
    CLOCK_OFFSET: Final = "Offhook-Clock-Offset"
    AUTHORIZATION: Final = "Authorization"
    PERSON: Final = "Offhook-Person"
    """Who asks, where an answer is for some roles only."""


class Code:
    """Problem codes; on the wire with `PROBLEM_BASE` before them."""

    NO_KEY: Final = "no-key"
    STILL_RUNNING: Final = "still-running"
    OTHER_BODY: Final = "other-body"
    BAD_BODY: Final = "bad-body"
    UNKNOWN_KIND: Final = "unknown-kind"
    NOT_ALLOWED: Final = "not-allowed"
    UNKNOWN_PERSON: Final = "unknown-person"
    MISSING_TARGET: Final = "missing-target"
    ALREADY_EXISTS: Final = "already-exists"
    MOVE_NOT_ALLOWED: Final = "move-not-allowed"
    INVALID_FIELD: Final = "invalid-field"
    DELETED: Final = "deleted"
    WITHDRAWN: Final = "withdrawn"
    SUPERSEDED: Final = "superseded"
    """Another operation, which names it, has taken its place."""
    NEWER_SCHEMA: Final = "newer-schema"
    """Deferred: this central is older than the program that wrote the body."""
    SIGN_IN: Final = "sign-in"
    OLD_INCARNATION: Final = "old-incarnation"
    TERM: Final = "term"
    CURSOR_EXPIRED: Final = "cursor-expired"
    BEHIND: Final = "behind"
    UNAVAILABLE: Final = "unavailable"
    """Central's own database is away; names no operation, so that none is blamed."""
    TOO_MANY: Final = "too-many"
    OPERATION_FAILED: Final = "operation-failed"
    SELF_APPROVED: Final = "self-approved"
    ALREADY_DECIDED: Final = "already-decided"
    DELEGATED: Final = "delegated"
    NOT_AS_SHOWN: Final = "not-as-shown"
    UNSIGNED: Final = "unsigned"
    BAD_SIGNATURE: Final = "bad-signature"
    UNKNOWN_KEY: Final = "unknown-key"
    REVOKED_KEY: Final = "revoked-key"
    OTHER_DESK: Final = "other-desk"
    BAD_KEY: Final = "bad-key"
    SEED_USED: Final = "seed-used"
    BAD_CODE: Final = "bad-enrolment-code"
    NOT_FOUND: Final = "not-found"
