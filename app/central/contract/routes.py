"""Paths, header names and problem codes of the contract."""

from __future__ import annotations

from typing import Final

VERSION: Final = "1.0.0"
PROBLEM_BASE: Final = "urn:offhook:problem:"

CONFIGURATION: Final = "/v1/configuration"
ENROLMENT: Final = "/v1/enrolment"


def changes(service: str) -> str:
    return f"/v1/{service}/changes"


def snapshot(service: str) -> str:
    return f"/v1/{service}/snapshot"


def operations(service: str) -> str:
    return f"/v1/{service}/operations"


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
    CLOCK_OFFSET: Final = "Offhook-Clock-Offset"
    AUTHORIZATION: Final = "Authorization"


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
    SIGN_IN: Final = "sign-in"
    OLD_INCARNATION: Final = "old-incarnation"
    TERM: Final = "term"
    CURSOR_EXPIRED: Final = "cursor-expired"
    BEHIND: Final = "behind"
    TOO_MANY: Final = "too-many"
    OPERATION_FAILED: Final = "operation-failed"
    BAD_CODE: Final = "bad-enrolment-code"
    NOT_FOUND: Final = "not-found"
