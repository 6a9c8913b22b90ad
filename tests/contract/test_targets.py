"""What an operation may touch: a record of its own kind, and only fields that can be set."""

from __future__ import annotations

import pytest

from tests.contract.speaker import Speaker, code_of, new_id


def test_an_operation_never_turns_a_record_into_another_kind(desk: Speaker) -> None:
    ticket = desk.ticket()
    desk.send(ticket)
    contact = desk.body("contact.set", ticket["target"], changes={"number": {"new": "1"}})
    refused = desk.send(contact).json()
    assert refused["outcome"] == "rejected"
    assert desk.row(ticket["target"])["type"] == "ticket"


@pytest.mark.parametrize("field", ["notes", "claims", "reference", "received_at", "merged_into"])
def test_what_grows_or_never_changes_cannot_be_set(desk: Speaker, field: str) -> None:
    ticket = desk.ticket()
    desk.send(ticket)
    note = desk.body("ticket.note", ticket["target"], entry={"id": new_id(), "text": "kept"})
    desk.send(note)
    before = desk.row(ticket["target"])["fields"]
    change = {field: {"base": before.get(field), "new": None}}
    refused = desk.send(desk.body("ticket.set", ticket["target"], changes=change)).json()
    assert refused["problem"]["type"].endswith(":invalid-field")
    assert desk.row(ticket["target"])["fields"] == before


def test_an_empty_enrolment_code_opens_nothing(desk: Speaker) -> None:
    request = {"code": "", "desk_name": "T", "public_key": "", "incarnation": new_id()}
    answer = desk.http.post("/v1/enrolment", json=request)
    assert (answer.status_code, code_of(answer)) == (403, "bad-enrolment-code")
