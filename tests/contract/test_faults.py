"""Each fault by name does what it says, and is seen to have fired."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.contract.speaker import Speaker
from tests.support.programs import CODE, Central


def fired(central: Central) -> dict[str, int]:
    """How often each fault has fired so far."""
    answer = httpx.post(f"{central.url}/faults", json={"clear": True}, trust_env=False)
    counts: dict[str, int] = answer.json()
    return counts


@pytest.fixture
def speaker(own_central: Central) -> Iterator[Speaker]:
    with Speaker(own_central.url, CODE) as speaking:
        yield speaking


def test_down_drops_the_connection_and_spares_the_other_services(
    own_central: Central, speaker: Speaker
) -> None:
    own_central.fault("tickets", "down")
    with pytest.raises(httpx.TransportError):
        speaker.send(speaker.ticket())
    assert speaker.http.get("/v1/customers/changes").status_code == 200
    assert fired(own_central)["tickets/down"] == 1
    assert speaker.send(speaker.ticket()).status_code == 200


def test_errors_and_portal_answer_what_is_no_verdict(
    own_central: Central, speaker: Speaker
) -> None:
    own_central.fault("tickets", "errors")
    assert speaker.send(speaker.ticket()).status_code == 500
    own_central.fault("tickets", "portal")
    answer = speaker.send(speaker.ticket())
    assert (answer.status_code, answer.text[:9]) == (200, "<!doctype")
    counts = fired(own_central)
    assert counts["tickets/errors"] == counts["tickets/portal"] == 1


def test_a_lost_answer_had_its_effect(own_central: Central, speaker: Speaker) -> None:
    own_central.fault("tickets", "lost-answer")
    body = speaker.ticket()
    with pytest.raises(httpx.TransportError):
        speaker.send(body)
    assert fired(own_central)["tickets/lost-answer"] == 1
    assert speaker.send(body).json()["outcome"] == "duplicate"


def test_slow_answers_late_and_ends_by_itself(own_central: Central, speaker: Speaker) -> None:
    own_central.fault("tickets", "slow", "--for", "60")
    began = time.monotonic()
    assert speaker.http.get("/v1/tickets/health").status_code == 200
    assert time.monotonic() - began > 2
    assert fired(own_central)["tickets/slow"] == 1


def test_stale_answers_now_with_data_from_then(own_central: Central, speaker: Speaker) -> None:
    shown = speaker.ticket()
    speaker.send(shown)
    own_central.fault("tickets", "stale", "--back", "7200")
    hidden = speaker.ticket()
    assert speaker.send(hidden).json()["outcome"] == "applied"
    page = speaker.changes()
    assert [item["id"] for item in page["items"]] == [shown["target"]]
    health = speaker.http.get("/v1/tickets/health").json()
    assert page["source_as_of"] < health["now"]
    assert health["source_as_of"] < health["now"]
    assert fired(own_central)["tickets/stale"] >= 2
    assert hidden["target"] in {item["id"] for item in speaker.changes()["items"]}


def test_split_brain_is_the_same_term_under_another_id(
    own_central: Central, speaker: Speaker
) -> None:
    before = speaker.changes()
    own_central.fault("tickets", "split-brain")
    during = speaker.changes()
    assert during["position"]["term"] == before["position"]["term"]
    assert during["term_id"] != before["term_id"]
    assert fired(own_central)["tickets/split-brain"] >= 1


def _lose(central: Central, speaker: Speaker, fault: str) -> tuple[Any, Any, dict[str, Any]]:
    """A ticket before the moment that central goes back to by its own clock, and one after it."""
    kept, lost = speaker.ticket(), speaker.ticket()
    speaker.send(kept)
    moment = speaker.http.get("/v1/tickets/health").json()["now"]
    while speaker.http.get("/v1/tickets/health").json()["now"] <= moment:
        time.sleep(0.002)
    speaker.send(lost)
    seen = speaker.changes()
    going_back = {"service": "tickets", "fault": fault, "at": moment}
    assert httpx.post(f"{central.url}/faults", json=going_back, trust_env=False).is_success
    return kept, lost, seen


def test_forgetful_loses_the_last_seconds_and_says_so(
    own_central: Central, speaker: Speaker
) -> None:
    kept, lost, seen = _lose(own_central, speaker, "forgetful")
    page = speaker.changes(cursor=seen["next_cursor"])
    assert page["position"]["term"] == seen["position"]["term"] + 1
    assert page["fork"] == {"term": 1, "n": 1}
    ids = {item["id"] for item in speaker.changes()["items"]}
    assert (kept["target"] in ids, lost["target"] in ids) == (True, False)
    assert speaker.send(lost).json()["outcome"] == "applied"
    assert fired(own_central)["tickets/forgetful"] == 1


def test_amnesic_says_nothing_and_the_marks_find_it(own_central: Central, speaker: Speaker) -> None:
    _kept, lost, seen = _lose(own_central, speaker, "amnesic")
    silent = speaker.http.get("/v1/tickets/health").json()
    assert silent["position"]["term"] == 1
    page = speaker.changes(cursor=seen["next_cursor"])
    assert page["position"]["term"] == 2
    assert page["fork"]["n"] <= 1
    assert speaker.send(lost).json()["outcome"] == "applied"
    assert fired(own_central)["tickets/amnesic"] == 1


def test_amnesic_is_found_even_after_new_writes_passed_the_lost_place(
    own_central: Central, speaker: Speaker
) -> None:
    _kept, _lost, seen = _lose(own_central, speaker, "amnesic")
    for _ in range(4):
        speaker.send(speaker.ticket())
    page = speaker.changes(cursor=seen["next_cursor"])
    assert page["position"]["term"] == 2
