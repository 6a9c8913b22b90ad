"""Operations: exactly one effect per id, whatever is sent again, merged or missing."""

from __future__ import annotations

import json
import time

from app.domain.ids import Millis
from app.domain.times import from_rfc3339, to_rfc3339
from tests.contract.speaker import Speaker, code_of, new_id


def test_the_same_operation_again_is_a_duplicate_with_one_effect(desk: Speaker) -> None:
    body = desk.ticket()
    first, again = desk.send(body).json(), desk.send(body).json()
    assert first["outcome"] == "applied"
    assert again["outcome"] == "duplicate"
    assert again["rev"] == first["rev"] == 1
    assert desk.row(body["target"])["rev"] == 1


def test_the_same_id_with_another_body_is_refused(desk: Speaker) -> None:
    body = desk.ticket()
    assert desk.send(body).status_code == 200
    answer = desk.send({**body, "offline": True})
    assert (answer.status_code, code_of(answer)) == (422, "other-body")


def test_an_operation_without_a_key_is_refused(desk: Speaker) -> None:
    answer = desk.http.post("/v1/tickets/operations", content=json.dumps(desk.ticket()))
    assert (answer.status_code, code_of(answer)) == (400, "no-key")


def test_bytes_that_are_no_operation_are_refused_by_name(desk: Speaker) -> None:
    for raw in (b"", b"<html>", b"[]", b'{"op_id": 3}', b'{"op_id":"x"}' * 2, b"[" * 5_000):
        key = new_id()
        answer = desk.http.post(
            "/v1/tickets/operations", content=raw, headers={"Idempotency-Key": key}
        )
        assert answer.status_code == 400, raw[:20]
        assert answer.json()["op_id"] == key


def test_fields_merge_one_by_one_and_a_moved_one_is_a_conflict(desk: Speaker) -> None:
    ticket = desk.ticket(place="here", priority="normal")
    desk.send(ticket)
    target = ticket["target"]
    desk.send(desk.body("ticket.set", target, changes={"place": {"base": "here", "new": "there"}}))
    late = desk.body(
        "ticket.set",
        target,
        changes={
            "place": {"base": "here", "new": "elsewhere"},
            "priority": {"base": "normal", "new": "high"},
        },
    )
    verdict = desk.send(late).json()
    assert verdict["outcome"] == "applied_with_conflicts"
    conflict = verdict["conflicts"][0]
    assert (conflict["field"], conflict["mine"], conflict["theirs"]) == (
        "place", "elsewhere", "there",
    )  # fmt: skip
    assert conflict["by"] == "ellen.marsh"
    fields = desk.row(target)["fields"]
    assert (fields["place"], fields["priority"]) == ("there", "high")


def test_the_same_new_value_from_two_sides_is_no_conflict(desk: Speaker) -> None:
    ticket = desk.ticket(place="here")
    desk.send(ticket)
    for _ in range(2):
        change = {"place": {"base": "here", "new": "there"}}
        verdict = desk.send(desk.body("ticket.set", ticket["target"], changes=change)).json()
        assert verdict["outcome"] == "applied"


def test_an_entry_joins_its_list_once(desk: Speaker) -> None:
    ticket = desk.ticket()
    desk.send(ticket)
    entry = {"id": new_id(), "text": "rang back"}
    for _ in range(2):
        desk.send(desk.body("ticket.note", ticket["target"], entry=entry))
    assert desk.row(ticket["target"])["fields"]["notes"] == [entry]


def test_a_note_finds_another_desks_ticket_by_its_reference(desk: Speaker) -> None:
    ticket = desk.ticket()
    desk.send(ticket)
    reference = ticket["changes"]["reference"]["new"]
    note = desk.body("ticket.note", {"ref": reference}, entry={"id": new_id(), "text": "x"})
    assert desk.send(note).json()["outcome"] == "applied"
    assert len(desk.row(ticket["target"])["fields"]["notes"]) == 1


def test_what_comes_too_early_is_deferred_and_taken_later(desk: Speaker) -> None:
    ticket = desk.ticket()
    note = desk.body("ticket.note", ticket["target"], entry={"id": new_id(), "text": "x"},
                     after=ticket["op_id"])  # fmt: skip
    assert desk.send(note).json()["outcome"] == "deferred"
    desk.send(ticket)
    assert desk.send(note).json()["outcome"] == "applied"


def test_what_builds_on_an_operation_waits_for_it_though_its_record_is_there(
    desk: Speaker,
) -> None:
    """Its predecessor in the lane, or what it depends on, may still be on its way."""
    ticket = desk.ticket()
    desk.send(ticket)
    first, second, third = (
        desk.body("ticket.note", ticket["target"], entry={"id": new_id(), "text": text})
        for text in ("first", "second", "third")
    )
    second["after"], third["depends_on"] = first["op_id"], [first["op_id"]]
    for early in (second, third):
        assert desk.send(early).json()["outcome"] == "deferred"
    desk.send(first)
    assert [desk.send(one).json()["outcome"] for one in (second, third)] == ["applied"] * 2


def test_roles_are_checked_at_central_too(desk: Speaker) -> None:
    refused = desk.send({**desk.ticket(), "actor": "ada.quist"}).json()
    assert refused["outcome"] == "rejected"
    assert refused["problem"]["type"].endswith(":not-allowed")
    unknown = desk.send({**desk.ticket(), "actor": "nobody"}).json()
    assert unknown["problem"]["type"].endswith(":unknown-person")


def test_a_refusal_is_remembered_under_its_id(desk: Speaker) -> None:
    body = {**desk.ticket(), "actor": "ada.quist"}
    assert desk.send(body).json() == desk.send(body).json()


def test_a_status_moves_only_where_the_table_leads(desk: Speaker) -> None:
    ticket = desk.ticket(status="closed")
    desk.send(ticket)
    change = {"status": {"base": "closed", "new": "scheduled"}}
    verdict = desk.send(desk.body("ticket.set", ticket["target"], changes=change)).json()
    assert verdict["problem"]["type"].endswith(":move-not-allowed")


def test_a_field_of_another_shape_is_refused_and_an_unknown_one_is_kept(desk: Speaker) -> None:
    bad = desk.send(desk.ticket(due="soon")).json()
    assert bad["problem"]["type"].endswith(":invalid-field")
    ticket = desk.ticket(colour_of_the_future={"a": [1]})
    desk.send(ticket)
    assert desk.row(ticket["target"])["fields"]["colour_of_the_future"] == {"a": [1]}


def test_what_a_newer_program_wrote_waits_for_a_newer_central(desk: Speaker) -> None:
    known = desk.http.get("/v1/tickets/health").json()["schema"]
    for kind in ("ticket.create", "ticket.of_the_future"):
        newer = {**desk.ticket(), "kind": kind, "schema": known + 1}
        verdict = desk.send(newer).json()
        assert verdict["outcome"] == "deferred"
        assert "older" in verdict["problem"]["title"]
    assert desk.send({**desk.ticket(), "schema": known}).json()["outcome"] == "applied"
    assert desk.send({**desk.ticket(), "schema": 0}).status_code == 400


def test_two_tickets_never_carry_one_reference(desk: Speaker) -> None:
    first = desk.ticket(reference="T-SAME-" + new_id())
    second = desk.ticket(reference=first["changes"]["reference"]["new"])
    assert desk.send(first).json()["outcome"] == "applied"
    assert desk.send(second).json()["problem"]["type"].endswith(":already-exists")


def test_a_withdrawn_id_is_burned_and_an_applied_one_is_not(desk: Speaker) -> None:
    early, late = desk.ticket(), desk.ticket()
    path = f"/v1/tickets/operations/{early['op_id']}/withdrawal"
    assert desk.http.put(path).json()["withdrawn"] is True
    verdict = desk.send(early).json()
    assert verdict["outcome"] == "rejected"
    assert verdict["problem"]["type"].endswith(":withdrawn")
    desk.send(late)
    answer = desk.http.put(f"/v1/tickets/operations/{late['op_id']}/withdrawal").json()
    assert (answer["withdrawn"], answer["verdict"]["outcome"]) == (False, "applied")


def test_a_withdrawal_has_a_place_in_the_history(desk: Speaker) -> None:
    """Else nobody could tell that it went with a lost piece; asked again it has the same one."""
    desk.send(desk.ticket())
    before = desk.http.get("/v1/tickets/health").json()["position"]["n"]
    path = f"/v1/tickets/operations/{desk.ticket()['op_id']}/withdrawal"
    first, again = desk.http.put(path).json(), desk.http.put(path).json()
    assert first["verdict"]["position"]["n"] == before + 1
    assert first == again
    assert desk.http.get("/v1/tickets/health").json()["position"]["n"] == before + 1


def test_doubt_is_settled_by_asking_for_the_id(desk: Speaker) -> None:
    body = desk.ticket()
    path = f"/v1/tickets/operations/{body['op_id']}"
    unknown = desk.http.get(path)
    assert (unknown.status_code, code_of(unknown)) == (404, "not-found")
    desk.send(body)
    assert desk.http.get(path).json()["outcome"] == "applied"


def test_doubt_is_settled_in_the_term_that_is_expected_and_in_no_other(desk: Speaker) -> None:
    body = desk.ticket()
    path, said = f"/v1/tickets/operations/{body['op_id']}", desk.send(body).json()
    here = {"Offhook-Term": f"{said['position']['term']} {said['term_id']}"}
    assert desk.http.get(path, headers=here).json()["outcome"] == "applied"
    for other in ("1 another", "7 another", "no term"):
        answer = desk.http.get(path, headers={"Offhook-Term": other})
        assert (answer.status_code, code_of(answer)) == (412, "term")


def test_the_calls_time_is_kept_and_a_time_ahead_is_marked(desk: Speaker) -> None:
    """And what is due some hours after the call is due as many hours after the time put right."""
    ahead = desk.ticket(
        happened_at="2040-01-01T00:00:00.000Z", due="2040-01-01T08:00:00.000Z"
    )  # fmt: skip
    desk.send(ahead)
    fields = desk.row(ahead["target"])["fields"]
    assert fields["time_uncertain"] is True
    assert fields["happened_at"] <= fields["received_at"]
    due = from_rfc3339(fields["due"]) - from_rfc3339(fields["happened_at"])
    assert due == 8 * 3_600_000


def test_no_call_of_a_desk_is_older_than_its_enrolment(desk: Speaker) -> None:
    """Within the last hour as little as years ago; the record says that its time is uncertain."""
    enrolled = Millis(time.time_ns() // 1_000_000)
    for before in (3_600_000, 400 * 86_400_000):
        early = desk.ticket(happened_at=to_rfc3339(Millis(enrolled - before)))
        desk.send(early)
        fields = desk.row(early["target"])["fields"]
        assert fields["time_uncertain"] is True
        assert from_rfc3339(fields["happened_at"]) > enrolled - 3_600_000


def test_another_term_is_refused_before_anything_is_done(desk: Speaker) -> None:
    body = desk.ticket()
    answer = desk.send(body, **{"Offhook-Term": "7 another"})
    assert (answer.status_code, code_of(answer)) == (412, "term")
    assert answer.json()["position"]["term"] == 1
    assert desk.send(body).json()["outcome"] == "applied"


def test_a_desk_begun_again_is_given_another_spare_code(desk: Speaker) -> None:
    def codes() -> list[str]:
        payload = json.loads(desk.http.get("/v1/configuration").json()["payload"])
        own = (one for one in payload["desks"] if one["desk_id"] == desk.enrolled["desk_id"])
        found: list[str] = next(own)["codes"]
        return found

    before = codes()
    desk.http.headers["Offhook-Incarnation"] = new_id()
    assert codes()[: len(before)] == before
    assert len(codes()) == len(before) + 1


def test_a_former_incarnation_is_turned_away(desk: Speaker) -> None:
    fresh = new_id()
    assert desk.send(desk.ticket(), **{"Offhook-Incarnation": fresh}).status_code == 200
    answer = desk.send(desk.ticket(), **{"Offhook-Incarnation": desk.incarnation})
    assert (answer.status_code, code_of(answer)) == (401, "old-incarnation")


def test_nobody_reads_or_writes_without_a_credential(desk: Speaker) -> None:
    del desk.http.headers["Authorization"]
    for answer in (
        desk.send(desk.ticket()),
        desk.http.get("/v1/tickets/changes"),
        desk.http.get("/v1/tickets/snapshot"),
        desk.http.get("/v1/configuration"),
    ):
        assert (answer.status_code, code_of(answer)) == (401, "sign-in")


def test_merging_leaves_a_redirect_and_both_records(desk: Speaker) -> None:
    one, other = desk.ticket(), desk.ticket()
    desk.send(one)
    desk.send(other)
    merge = desk.body("ticket.merge", one["target"], entry={"id": "m", "into": other["target"]})
    assert desk.send(merge).json()["outcome"] == "applied"
    cursor, redirects = None, []
    while True:
        page = desk.changes(**({"cursor": cursor} if cursor else {}))
        redirects += [item for item in page["items"] if item["op"] == "redirect"]
        cursor = page["next_cursor"]
        if page["up_to_date"]:
            break
    assert (one["target"], other["target"]) in {(r["id"], r["redirect_to"]) for r in redirects}
