"""Two nodes, the second one's PostgreSQL following the first one's, then promoted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy

from tests.contract.speaker import Speaker, code_of
from tests.support import postgres, replicated_postgres
from tests.support.programs import CODE, Central

pytestmark = pytest.mark.postgres
_PATIENCE_S = 60.0
"""A hang guard: a follower is a few milliseconds behind, its leader's sign of life two seconds."""


@dataclass
class Pair:
    """A leader and its follower, a node on each, one desk that can speak to either."""

    leader: replicated_postgres.Server
    follower: replicated_postgres.Server
    first: Central
    second: Central
    desk: Speaker

    def at(self, node: Central) -> Speaker:
        self.desk.http.base_url = httpx.URL(node.url)
        return self.desk

    def health(self, node: Central, **query: str) -> httpx.Response:
        return self.at(node).http.get("/v1/tickets/health", params=query)

    def caught_up(self) -> None:
        """Wait until the follower stands where its leader does."""
        wanted = self.health(self.first).json()["position"]
        until(lambda: self.health(self.second).json()["position"] == wanted)


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + _PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    if postgres.programs() is None:
        pytest.skip("PostgreSQL's server is not installed (apt-get install postgresql)")
    with ExitStack() as open_:
        databases = open_.enter_context(replicated_postgres.pair())
        leader, follower = databases.primary, databases.follower
        first = open_.enter_context(Central(tmp_path / "a", database_url=leader.url))
        desk = open_.enter_context(Speaker(first.url, CODE))
        assert desk.send(desk.ticket(fault="first")).json()["outcome"] == "applied"
        second = Central(tmp_path / "b", database_url=follower.url)
        until(lambda: _has_a_ledger(follower.url))
        open_.enter_context(second)
        yield Pair(leader, follower, first, second, desk)


def _has_a_ledger(url: str) -> bool:
    engine = sqlalchemy.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.connect() as connection:
        query = "SELECT count(*) FROM pg_tables WHERE tablename = 'setting'"
        found = connection.execute(sqlalchemy.text(query)).scalar_one()
    engine.dispose()
    return bool(found)


def _behind(answer: httpx.Response) -> bool:
    return (answer.status_code, code_of(answer)) == (503, "behind")


def _writes(pair: Pair) -> list[httpx.Response]:
    """Everything a desk can ask that a follower cannot do, asked of the follower."""
    desk = pair.at(pair.second)
    body = desk.ticket()
    op = f"/v1/tickets/operations/{body['op_id']}"
    enrolment = {"code": CODE, "desk_name": "x", "public_key": "", "incarnation": "i"}
    return [
        desk.send(body),
        desk.http.get(op),
        desk.http.put(f"{op}/withdrawal"),
        desk.http.post("/v1/enrolment", json=enrolment),
    ]


def test_a_follower_reads_honestly_and_leaves_the_rest_to_its_leader(pair: Pair) -> None:
    pair.caught_up()
    assert pair.health(pair.first, leading="true").status_code == 200
    assert pair.health(pair.second).json()["leading"] is False
    assert _behind(pair.health(pair.second, leading="true"))
    for answer in _writes(pair):
        assert _behind(answer), answer.text
        assert int(answer.headers["Retry-After"]) >= 1
        assert "op_id" not in answer.json()
    assert pair.at(pair.second).changes()["items"][0]["fields"]["fault"] == "first"
    assert pair.at(pair.second).http.get("/v1/configuration").status_code == 200

    pair.follower.stop()
    body = pair.at(pair.first).ticket(fault="second")
    assert pair.desk.send(body).json()["outcome"] == "applied"
    ahead = pair.desk.changes()["next_cursor"]
    pair.leader.stop()
    pair.follower.start()
    until(lambda: pair.health(pair.second).status_code == 200)
    late = pair.at(pair.second).http.get("/v1/tickets/changes", params={"cursor": ahead})
    assert _behind(late)
    page = pair.desk.changes()
    assert page["position"]["term"] == 1
    health = pair.health(pair.second).json()
    time.sleep(1.1)
    later = pair.health(pair.second).json()
    assert later["source_as_of"] == health["source_as_of"] == page["source_as_of"]
    assert later["now"] > health["now"] > health["source_as_of"]
    assert pair.health(pair.first).status_code == 503


def _lost_one(pair: Pair) -> tuple[dict[str, Any], str]:
    """An operation that only the leader has, and the cursor behind it."""
    pair.caught_up()
    pair.follower.stop()
    body = pair.at(pair.first).ticket(fault="lost")
    assert pair.desk.send(body).json()["outcome"] == "applied"
    cursor = str(pair.desk.changes()["next_cursor"])
    pair.first.kill()
    pair.leader.stop()
    pair.follower.start()
    return body, cursor


@pytest.mark.parametrize("asks_first", ["pull", "push"])
def test_a_promotion_raises_the_term_and_nothing_is_lost_or_doubled(
    pair: Pair, asks_first: str
) -> None:
    kept = pair.at(pair.first).ticket(fault="kept")
    pair.desk.send(kept)
    before = pair.desk.changes()
    lost, cursor = _lost_one(pair)
    pair.follower.promote()
    until(lambda: pair.health(pair.second).json().get("leading") is True)
    desk = pair.at(pair.second)
    if asks_first == "push":
        former = {"Offhook-Term": f"1 {before['term_id']}"}
        refused = desk.send(lost, **former)
        assert (refused.status_code, code_of(refused)) == (412, "term")
        assert refused.json()["fork"] == before["position"]
    page = desk.changes(cursor=cursor)
    assert page["position"]["term"] == 2
    assert page["term_id"] != before["term_id"]
    assert page["fork"] == before["position"]
    assert desk.send(lost).json()["outcome"] == "applied"
    assert desk.send(kept).json()["outcome"] == "duplicate"
    faults = [item["fields"]["fault"] for item in desk.changes()["items"]]
    assert sorted(faults) == ["first", "kept", "lost"]
    assert pair.health(pair.second).json()["position"]["term"] == 2
