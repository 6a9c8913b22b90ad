"""The feed: nothing skipped, nothing twice, pages that resume, polls that wait."""

from __future__ import annotations

import base64
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.central.contract.bodies import page_hash, row_hash
from app.central.contract.signatures import key_proof
from app.central.reference.feed import truth
from app.central.reference.ledger import Ledger
from app.central.reference.system import RealSurroundings
from tests.contract.speaker import Speaker
from tests.support import postgres
from tests.support.programs import CODE, Central

_WRITERS, _EACH = 8, 15


def test_hashes_fit_rows_and_pages(desk: Speaker) -> None:
    ticket = desk.ticket(place="Köln", note_of_the_future=1.5)
    desk.send(ticket)
    page = desk.changes()
    hashes = [item["row_hash"] for item in page["items"]]
    assert page["page_hash"] == page_hash(hashes, page["next_cursor"])
    item = desk.row(ticket["target"])
    assert item["row_hash"] == row_hash("ticket", item["id"], item["rev"], item["fields"])
    assert item["origin_ops"] == [ticket["op_id"]]


def test_a_cursor_brings_only_what_came_after_it(desk: Speaker) -> None:
    before = desk.changes(limit=1000)
    while not before["up_to_date"]:
        before = desk.changes(cursor=before["next_cursor"])
    ticket = desk.ticket()
    desk.send(ticket)
    after = desk.changes(cursor=before["next_cursor"])
    assert [item["id"] for item in after["items"]] == [ticket["target"]]
    assert after["up_to_date"] is True


def test_a_cursor_that_is_none_is_gone(desk: Speaker) -> None:
    for cursor in ("x", "%%%", "bnVsbA", "W10"):
        assert desk.http.get("/v1/tickets/changes", params={"cursor": cursor}).status_code == 410


def test_a_poll_ends_when_something_comes(desk: Speaker) -> None:
    page = desk.changes()
    while not page["up_to_date"]:
        page = desk.changes(cursor=page["next_cursor"])
    ticket = desk.ticket()
    sender = threading.Timer(0.7, lambda: desk.send(ticket))
    sender.start()
    began = time.monotonic()
    polled = desk.changes(cursor=page["next_cursor"], wait=20)
    sender.join()
    assert [item["id"] for item in polled["items"]] == [ticket["target"]]
    assert time.monotonic() - began < 18  # a hang guard: a poll that slept would take 20


def test_a_snapshot_resumes_at_each_page_and_the_feed_goes_on_behind_it(desk: Speaker) -> None:
    made = [desk.ticket() for _ in range(7)]
    for one in made:
        desk.send(one)
    seen, after = [], None
    while True:
        query = {"limit": 3, **({"after": after} if after else {})}
        page = desk.http.get("/v1/tickets/snapshot", params=query).json()
        seen += [item["id"] for item in page["items"] if item["op"] == "upsert"]
        after = page.get("after")
        if after is None:
            break
    assert len(seen) == len(set(seen)) == page["total"]
    assert seen == sorted(seen, reverse=True)
    assert {one["target"] for one in made} <= set(seen)
    later = desk.ticket()
    desk.send(later)
    fresh = desk.changes(cursor=page["start_cursor"])
    assert [item["id"] for item in fresh["items"]] == [later["target"]]


def _race(speakers: list[Speaker]) -> tuple[list[str], list[str]]:
    """Many write at once while one reads on and on: the ids written, and those that were read."""
    reader = speakers[0]
    sent: list[str] = []
    done = threading.Event()

    def write(speaker: Speaker) -> None:
        for _ in range(_EACH):
            body = speaker.ticket()
            assert speaker.send(body).json()["outcome"] == "applied"
            sent.append(body["target"])

    seen: list[str] = []
    positions: list[tuple[int, int]] = []

    def read() -> None:
        cursor = None
        while True:
            last_look = done.is_set()
            page = reader.changes(limit=5, **({"cursor": cursor} if cursor else {}))
            seen.extend(item["id"] for item in page["items"])
            positions.extend(
                (item["position"]["term"], item["position"]["n"]) for item in page["items"]
            )
            cursor = page["next_cursor"]
            if last_look and page["up_to_date"]:
                return

    with ThreadPoolExecutor(_WRITERS + 1) as pool:
        reading = pool.submit(read)
        writing = [pool.submit(write, speaker) for speaker in speakers[1:]]
        try:
            for one in writing:
                one.result(timeout=120)
        finally:
            done.set()
        reading.result(timeout=120)
    assert len(sent) == _WRITERS * _EACH
    assert positions == sorted(positions)
    return sent, seen


def test_no_late_commit_is_skipped_on_sqlite(own_central: Central) -> None:
    with ExitStack() as open_:
        speakers = [
            open_.enter_context(Speaker(own_central.url, CODE)) for _ in range(_WRITERS + 1)
        ]
        sent, seen = _race(speakers)
    assert sorted(seen) == sorted(set(sent))


@pytest.mark.postgres
def test_two_nodes_over_one_database_are_one_central(tmp_path: Path) -> None:
    """Keys registered at both at once are all kept; a poll at one ends with news from the other."""
    if postgres.programs() is None:
        pytest.skip("PostgreSQL's server is not installed (apt-get install postgresql)")
    with postgres.cluster() as url, ExitStack() as open_:
        nodes = [
            open_.enter_context(Central(tmp_path / name, database_url=url)) for name in ("a", "b")
        ]
        speakers = [open_.enter_context(Speaker(nodes[at % 2].url, CODE)) for at in range(_WRITERS)]
        with ThreadPoolExecutor(_WRITERS) as pool:
            answers = list(pool.map(_register, speakers))
        assert answers == [[200] * 4] * _WRITERS
        payload = json.loads(speakers[0].http.get("/v1/configuration").json()["payload"])
        keys = [key for one in payload["people"] for key in one.get("keys", [])]
        assert len(keys) == _WRITERS * 4
        assert payload["version"] >= len(keys) + _WRITERS

        one, other = speakers[:2]
        cursor = one.changes()["next_cursor"]
        body = other.ticket()
        sender = threading.Timer(0.5, lambda: other.send(body))
        sender.start()
        polled = one.changes(cursor=cursor, wait=25)
        sender.join()
        assert [item["id"] for item in polled["items"]] == [body["target"]]


def _register(speaker: Speaker) -> list[int]:
    """Four keys of one person at a desk."""
    statuses = []
    for _ in range(4):
        private = Ed25519PrivateKey.generate()
        public = base64.b64encode(private.public_key().public_bytes_raw()).decode()
        proof = private.sign(key_proof(speaker.enrolled["desk_id"], "ellen.marsh", public))
        body = {"public_key": public, "proof": base64.b64encode(proof).decode()}
        statuses.append(speaker.http.put("/v1/people/ellen.marsh/key", json=body).status_code)
    return statuses


@pytest.mark.postgres
def test_no_late_commit_is_skipped_on_postgresql_over_two_processes(tmp_path: Path) -> None:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL's server is not installed (apt-get install postgresql)")
    with postgres.cluster() as url, ExitStack() as open_:
        nodes = [
            open_.enter_context(Central(tmp_path / name, database_url=url)) for name in ("a", "b")
        ]
        speakers = [
            open_.enter_context(Speaker(nodes[at % 2].url, CODE)) for at in range(_WRITERS + 1)
        ]
        sent, seen = _race(speakers)
        assert sorted(seen) == sorted(set(sent))
        body = speakers[1].ticket()
        assert speakers[1].send(body).json()["outcome"] == "applied"
        speakers[1].http.base_url = httpx.URL(nodes[0].url)
        assert speakers[1].send(body).json()["outcome"] == "duplicate"
        ledger = Ledger.open(None, url, RealSurroundings())
        with ledger.reading() as connection:
            assert sum(1 for _ in truth(connection)) == _WRITERS * _EACH + 1
        ledger.engine.dispose()
