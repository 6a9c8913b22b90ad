"""Desks report how they stand; only people who may see all desks are told."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.central.contract import hand_overs, wire
from app.domain.ids import Millis
from app.domain.times import to_rfc3339
from tests.contract.speaker import Speaker, code_of, new_id
from tests.support.programs import CODE

REPORT = {
    "version": "1.2", "waiting": 3, "needs_review": 1, "oldest_unsent": "2026-11-20T10:42:00.000Z",
    "as_of": {"tickets": "2026-11-20T10:40:00.000Z", "billing": None},
    "last_drill": "2026-11-01T09:00:00.000Z", "sealing_key": "a" * 44,
}  # fmt: skip


def standing(desk: Speaker, person: str) -> Any:  # noqa: ANN401 - JSON
    answer = desk.http.get("/v1/desks", headers={"Offhook-Person": person})
    assert answer.status_code == 200, answer.text
    own = desk.enrolled["desk_id"]
    return next(one for one in answer.json()["desks"] if one["desk_id"] == own)


def test_a_report_is_read_back_by_a_supervisor_and_the_newest_stands(desk: Speaker) -> None:
    supervisor = people(desk, "supervisor")
    assert standing(desk, supervisor).get("report") is None
    assert desk.http.put("/v1/desk/report", json=REPORT).status_code == 200
    assert desk.http.put("/v1/desk/report", json={**REPORT, "waiting": 7}).status_code == 200
    found = standing(desk, supervisor)
    assert found["report"] == {**REPORT, "waiting": 7}
    assert found["last_seen"]


def test_an_agent_and_a_stranger_are_not_told(desk: Speaker) -> None:
    for person in (people(desk, "agent"), "nobody", ""):
        answer = desk.http.get("/v1/desks", headers={"Offhook-Person": person})
        assert (answer.status_code, code_of(answer)) == (403, "not-allowed")
    assert desk.http.get("/v1/desks").status_code == 403


def test_a_report_needs_a_desk_and_sense(desk: Speaker) -> None:
    beyond = {"n": 2**53, "head": "00"}
    for slip in ({"waiting": -1}, {"waiting": 2**53}, {"audit": beyond}):
        assert desk.http.put("/v1/desk/report", json={**REPORT, **slip}).status_code == 400
    desk.http.headers["Authorization"] = "Bearer nobody"
    assert desk.http.put("/v1/desk/report", json=REPORT).status_code == 401


def test_the_directory_lists_both_keys_of_a_desk(desk: Speaker) -> None:
    before = configuration(desk)
    desk.http.put("/v1/desk/report", json=REPORT)
    desk.http.put("/v1/desk/report", json=REPORT)
    after = configuration(desk)
    entry = next(one for one in after["desks"] if one["desk_id"] == desk.enrolled["desk_id"])
    assert entry["sealing_key"] == REPORT["sealing_key"]
    assert after["version"] == before["version"] + 1, "the same key again changes nothing"
    with Speaker(str(desk.http.base_url), CODE) as other:
        assert configuration(other)["version"] > after["version"]


def test_a_desk_that_was_removed_is_nobody_to_hand_work_to(desk: Speaker) -> None:
    """Given a last word, then the directory has no key to seal for; the next report brings one."""
    supervisor = people(desk, "supervisor")
    desk.http.put("/v1/desk/report", json=REPORT)
    assert desk.http.put("/v1/desk/report", json={**REPORT, "removed": True}).status_code == 200
    assert standing(desk, supervisor)["report"]["removed"] is True
    assert _listed(desk).get("sealing_key", "") == ""
    desk.http.put("/v1/desk/report", json=REPORT)
    assert "removed" not in standing(desk, supervisor)["report"]
    assert _listed(desk)["sealing_key"] == REPORT["sealing_key"]


def _listed(desk: Speaker) -> Any:  # noqa: ANN401 - JSON
    desks = configuration(desk)["desks"]
    return next(one for one in desks if one["desk_id"] == desk.enrolled["desk_id"])


def test_a_take_over_burns_the_givers_incarnation_and_only_by_its_own_word(
    desk: Speaker,
) -> None:
    """Given a signed certificate, when the taker shows it, the giver's old life is over."""
    url = str(desk.http.base_url)
    key = Ed25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    with Speaker(url, CODE, public_key=public) as giver:
        unsigned = wire.TakeOver(
            from_desk=giver.enrolled["desk_id"], to_desk=desk.enrolled["desk_id"],
            incarnation=giver.incarnation, digest="d", made_at="2026-11-20T10:00:00.000Z",
            signature="",
        )  # fmt: skip
        certificate = msgspec.to_builtins(hand_overs.certified(unsigned, key))
        giver.http.headers["Offhook-Incarnation"] = giver.incarnation
        assert giver.http.get("/v1/configuration").status_code == 200
        for wrong in (
            {**certificate, "signature": ""},
            {**certificate, "digest": "e"},
            {**certificate, "to_desk": giver.enrolled["desk_id"]},
        ):
            assert desk.http.post("/v1/desk/take-over", json=wrong).status_code == 403
        assert giver.http.get("/v1/configuration").status_code == 200
        for _again in range(2):
            assert desk.http.post("/v1/desk/take-over", json=certificate).status_code == 200
        refused = giver.http.get("/v1/configuration")
        assert (refused.status_code, code_of(refused)) == (401, "old-incarnation")
        giver.http.headers["Offhook-Incarnation"] = new_id()
        assert giver.http.get("/v1/configuration").status_code == 200


def test_calls_that_were_taken_over_keep_their_times(desk: Speaker) -> None:
    """Given a taker that was enrolled after the giver's calls, none is moved to it."""
    url = str(desk.http.base_url)
    key = Ed25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    with Speaker(url, CODE, public_key=public) as giver:
        called = to_rfc3339(Millis(time.time_ns() // 1_000_000))
        call = giver.ticket(happened_at=called)
        with Speaker(url, CODE) as taker:
            unsigned = wire.TakeOver(
                from_desk=giver.enrolled["desk_id"], to_desk=taker.enrolled["desk_id"],
                incarnation=giver.incarnation, digest="d", made_at=called, signature="",
            )  # fmt: skip
            certificate = msgspec.to_builtins(hand_overs.certified(unsigned, key))
            assert taker.http.post("/v1/desk/take-over", json=certificate).status_code == 200
            assert taker.send(call).json()["outcome"] == "applied"
            assert taker.row(call["target"])["fields"]["happened_at"] == called


def test_heads_of_the_trail_are_signed_and_told_and_none_falls_back(desk: Speaker) -> None:
    """Given heads that were signed, then a shorter or another trail is not, but in a new life."""

    def signed(n: int, head: str, incarnation: str = "a") -> bool:
        report = {**REPORT, "audit": {"n": n, "head": head}}
        asked = {"Offhook-Incarnation": new_id() if incarnation == "new" else desk.incarnation}
        answer = desk.http.put("/v1/desk/report", json=report, headers=asked)
        assert answer.status_code == 200, answer.text
        return answer.json()["audit"] is not None

    def told() -> list[tuple[int, str]]:
        heads = desk.http.get("/v1/desk/audit").json()["heads"]
        assert all(one["receipt"] and one["incarnation"] and one["at"] for one in heads)
        return [(one["n"], one["head"]) for one in heads]

    assert told() == []
    assert signed(3, "three")
    assert signed(3, "three")
    assert signed(5, "five")
    assert not signed(4, "four")
    assert not signed(3, "another three")
    assert not signed(5, "another five")
    assert desk.http.put("/v1/desk/report", json=REPORT).status_code == 200, "an older program"
    assert not signed(4, "four"), "a report without a head forgets none"
    assert sorted(told()) == [(3, "three"), (5, "five")]
    assert signed(4, "four", "new"), "restored from a backup"
    assert len(told()) == 3
    desk.http.headers["Authorization"] = "Bearer nobody"
    assert desk.http.get("/v1/desk/audit").status_code == 401


def configuration(desk: Speaker) -> Any:  # noqa: ANN401 - JSON
    return json.loads(desk.http.get("/v1/configuration").json()["payload"])


def people(desk: Speaker, role: str) -> str:
    """Somebody with that role and no other."""
    everybody = configuration(desk)["people"]
    return next(str(one["id"]) for one in everybody if one["roles"] == [role])
