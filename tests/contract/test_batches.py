"""Batches: every operation is taken as if it had come alone."""

from __future__ import annotations

import json
from typing import Any

import httpx

from tests.contract.speaker import Speaker, code_of, new_id


def _batch(desk: Speaker, *bodies: Any, **headers: str) -> httpx.Response:  # noqa: ANN401 - JSON
    content = json.dumps({"operations": bodies})
    return desk.http.post("/v1/tickets/operations/batch", content=content, headers=headers)


def _outcomes(answer: httpx.Response) -> list[str]:
    return [
        entry["verdict"]["outcome"] if "verdict" in entry else entry["problem"]["type"][20:]
        for entry in answer.json()["answers"]
    ]


def test_each_operation_has_its_own_verdict_in_order(desk: Speaker) -> None:
    known, fresh = desk.ticket(), desk.ticket()
    desk.send(known)
    note = desk.body("ticket.note", fresh["target"], after=fresh["op_id"],
                     entry={"id": new_id(), "text": "behind it in its lane"})  # fmt: skip
    early = desk.body("ticket.note", new_id(), entry={"id": new_id(), "text": "early"})
    refused = {**desk.ticket(), "actor": "nobody"}
    bodies = [known, fresh, {**known, "offline": True}, note, early, refused,
              {**desk.ticket(), "happened_at": "never"}, desk.ticket()]  # fmt: skip
    answer = _batch(desk, *bodies)
    assert [one["op_id"] for one in answer.json()["answers"]] == [one["op_id"] for one in bodies]
    assert _outcomes(answer) == [
        "duplicate", "applied", "other-body", "applied", "deferred", "rejected", "bad-body",
        "applied",
    ]  # fmt: skip
    row = desk.row(fresh["target"])
    assert (row["rev"], row["origin_ops"]) == (2, [fresh["op_id"], note["op_id"]])


def test_one_that_fails_half_way_leaves_nothing_to_the_next(desk: Speaker) -> None:
    """The first one claims the reference before a number that no JSON reader keeps ends it."""
    reference = "T-HALF-" + new_id()
    bad, good = desk.ticket(reference=reference, odd=2**60), desk.ticket(reference=reference)
    assert _outcomes(_batch(desk, bad, good)) == ["bad-body", "applied"]


def test_what_was_sent_alone_is_a_duplicate_in_a_batch_and_the_other_way_round(
    desk: Speaker,
) -> None:
    body = desk.ticket()
    assert _outcomes(_batch(desk, body, body)) == ["applied", "duplicate"]
    assert desk.send(body).json()["outcome"] == "duplicate"


def test_another_term_refuses_the_whole_batch(desk: Speaker) -> None:
    body = desk.ticket()
    answer = _batch(desk, body, **{"Offhook-Term": "7 another"})
    assert (answer.status_code, code_of(answer)) == (412, "term")
    assert _outcomes(_batch(desk, body)) == ["applied"]


def test_what_is_no_batch_is_refused(desk: Speaker) -> None:
    for content in ("", "[]", '{"operations": [{}]}', '{"operations": [3]}'):
        answer = desk.http.post("/v1/tickets/operations/batch", content=content)
        assert (answer.status_code, code_of(answer)) == (400, "bad-body")
    assert _batch(desk, *[{"op_id": new_id()}] * 101).status_code == 400
    assert _outcomes(_batch(desk)) == []
