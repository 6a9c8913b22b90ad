"""The checked-in contract is what the code says, and central keeps to it under fuzzing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.central.reference.openapi import document
from tests.contract.speaker import Speaker

_FILE = Path(__file__).parents[2] / "app/central/contract/openapi.json"
_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

schema = schemathesis.openapi.from_dict(json.loads(document()))


def test_the_checked_in_contract_is_the_generated_one() -> None:
    assert _FILE.read_text("utf-8") == document()


def operations() -> Iterator[APIOperation[Any, Any, Any, Any]]:
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        yield found.ok()


@pytest.mark.parametrize("operation", [*operations()], ids=lambda one: one.label.replace("/", "."))
def test_central_keeps_to_the_contract(
    operation: APIOperation[Any, Any, Any, Any], desk: Speaker
) -> None:
    @settings(
        max_examples=20,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy())
    def holds(case: schemathesis.Case[Any]) -> None:
        case.query.pop("wait", None)
        case.call_and_validate(
            base_url=str(desk.http.base_url),
            headers={"Authorization": desk.http.headers["Authorization"]},
            checks=_CHECKS,
        )

    holds()
