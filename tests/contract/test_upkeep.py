"""Records taken away: a tombstone that says why, and cursors too old to have seen it."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest

from app.central.contract import signing
from app.central.reference import history
from app.domain.configuration import Configuration
from tests.contract.speaker import Speaker, code_of
from tests.support.programs import CODE, ROOT, Central


@pytest.fixture
def speaker(own_central: Central) -> Iterator[Speaker]:
    with Speaker(own_central.url, CODE) as speaking:
        yield speaking


def _upkeep(central: Central, **wanted: Any) -> dict[str, int]:  # noqa: ANN401 - JSON
    answer = httpx.post(
        f"{central.url}/upkeep", json={"service": "tickets", **wanted}, trust_env=False
    )
    assert answer.status_code == 200, answer.text
    counts: dict[str, int] = answer.json()
    return counts


@pytest.mark.parametrize("reason", ["deleted", "erased", "expired", "out_of_scope"])
def test_a_record_taken_away_leaves_a_tombstone_that_says_why(
    own_central: Central, speaker: Speaker, reason: str
) -> None:
    ticket = speaker.ticket(caller_name="Margaret Ellison")
    speaker.send(ticket)
    seen = speaker.changes()["next_cursor"]
    assert _upkeep(own_central, remove=[ticket["target"]], reason=reason)["removed"] == 1
    item = speaker.changes(cursor=seen)["items"][0]
    assert (item["op"], item["reason"], item["rev"]) == ("tombstone", reason, 2)
    assert "Margaret" not in str(item)
    assert speaker.http.get("/v1/tickets/snapshot").json()["total"] == 0
    note = speaker.body("ticket.note", ticket["target"], entry={"id": "n", "text": "late"})
    assert speaker.send(note).json()["problem"]["type"].endswith(":deleted")


def test_what_was_erased_is_nowhere_in_the_ledger(own_central: Central, speaker: Speaker) -> None:
    ticket = speaker.ticket(place="Margaret's cottage")
    speaker.send(ticket)
    for base, new in (("Margaret's cottage", "there"), ("elsewhere", "Margaret's barn")):
        change = {"place": {"base": base, "new": new}}
        speaker.send(speaker.body("ticket.set", ticket["target"], changes=change))
    _upkeep(own_central, remove=[ticket["target"]], reason="erased")
    assert _files_that_hold(own_central, speaker, b"Margaret") == []


def _files_that_hold(central: Central, speaker: Speaker, words: bytes) -> list[str]:
    speaker.http.close()
    central.kill()
    files = [path for path in central.data.iterdir() if path.name.startswith("ledger.db")]
    assert files
    return [path.name for path in files if words in path.read_bytes()]


def test_what_was_deleted_before_is_erased_all_the_same(
    own_central: Central, speaker: Speaker
) -> None:
    """A desk that holds back the deletion hears of it, and nothing is left in the ledger."""
    ticket = speaker.ticket(place="Margaret's cottage")
    speaker.send(ticket)
    change = {"place": {"base": "Margaret's cottage", "new": "there"}}
    speaker.send(speaker.body("ticket.set", ticket["target"], changes=change))
    _upkeep(own_central, remove=[ticket["target"]], reason="deleted")
    seen = speaker.changes()["next_cursor"]
    for removed in (1, 0):
        found = _upkeep(own_central, remove=[ticket["target"]], reason="erased")
        assert found["removed"] == removed
    (item,) = speaker.changes(cursor=seen)["items"]
    assert (item["op"], item["reason"], item["rev"]) == ("tombstone", "erased", 4)
    assert _files_that_hold(own_central, speaker, b"Margaret") == []


def test_a_cursor_older_than_forgotten_tombstones_is_expired(
    own_central: Central, speaker: Speaker
) -> None:
    old = speaker.changes()["next_cursor"]
    gone, stays = speaker.ticket(), speaker.ticket()
    speaker.send(gone)
    speaker.send(stays)
    _upkeep(own_central, remove=[gone["target"]], reason="deleted")
    fresh = speaker.changes()["next_cursor"]
    assert _upkeep(own_central, purge_days=0)["purged"] == 1
    answer = speaker.http.get("/v1/tickets/changes", params={"cursor": old})
    assert (answer.status_code, code_of(answer)) == (410, "cursor-expired")
    assert speaker.changes(cursor=fresh)["items"] == []
    snapshot = speaker.http.get("/v1/tickets/snapshot").json()
    assert [item["id"] for item in snapshot["items"]] == [stays["target"]]
    assert speaker.changes(cursor=snapshot["start_cursor"])["items"] == []


def test_an_expired_cursor_of_a_higher_term_raises_the_term_all_the_same(
    own_central: Central, speaker: Speaker
) -> None:
    """A desk that another primary took further could adopt no snapshot of a lower term."""
    speaker.send(gone := speaker.ticket())
    _upkeep(own_central, remove=[gone["target"]], reason="deleted")
    _upkeep(own_central, purge_days=0)
    elsewhere = history.Cursor("tickets", 9, 4, [(9, 4, "a mark of another primary")])
    cursor = base64.urlsafe_b64encode(msgspec.json.encode(elsewhere)).decode()
    answer = speaker.http.get("/v1/tickets/changes", params={"cursor": cursor})
    assert (answer.status_code, code_of(answer)) == (410, "cursor-expired")
    snapshot = speaker.http.get("/v1/tickets/snapshot").json()
    assert snapshot["position"]["term"] == 10


def test_purging_without_tombstones_expires_nobody(own_central: Central, speaker: Speaker) -> None:
    speaker.send(speaker.ticket())
    seen = speaker.changes()["next_cursor"]
    assert _upkeep(own_central, purge_days=0)["purged"] == 0
    assert speaker.changes(cursor=seen)["items"] == []


def test_a_mass_deletion_is_announced_by_signature(own_central: Central, speaker: Speaker) -> None:
    tickets = [speaker.ticket() for _ in range(3)]
    for one in tickets:
        speaker.send(one)
    ids = [one["target"] for one in tickets]
    before = _configuration(speaker)
    _upkeep(own_central, remove=ids[:1], reason="deleted")
    assert _configuration(speaker) == before
    _upkeep(own_central, remove=ids, reason="deleted", announced=True)
    after = _configuration(speaker)
    (entry,) = after.deletions
    assert (entry.service, entry.reason, entry.count) == ("tickets", "deleted", 2)
    assert after.version == before.version + 1


def _configuration(speaker: Speaker) -> Configuration:
    document = speaker.http.get("/v1/configuration").content
    return signing.read_document(document, speaker.enrolled["organisation_key"])


def test_a_restore_that_is_said_begins_new_terms(own_central: Central, speaker: Speaker) -> None:
    speaker.send(speaker.ticket())
    seen = speaker.changes()
    command = [sys.executable, "-m", "app.central.reference", "new-terms", "--data"]
    subprocess.run([*command, str(own_central.data)], check=True, timeout=60, cwd=ROOT)
    page = speaker.changes(cursor=seen["next_cursor"])
    assert page["position"]["term"] == 2
    assert page["fork"] == seen["position"]
    assert speaker.changes("customers")["position"]["term"] == 2
