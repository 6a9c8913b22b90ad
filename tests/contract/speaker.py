"""Speaks the contract by hand, as a desk would, without any of the client's code."""

from __future__ import annotations

import json
import secrets
import time
from types import TracebackType
from typing import Any, Self

import httpx

from app.domain.ids import uuid7


def new_id() -> str:
    return uuid7(time.time_ns() // 1_000_000, secrets.token_bytes(10))


class Speaker:
    """An enrolled desk's requests."""

    def __init__(self, url: str, code: str, public_key: str = "") -> None:
        self.http = httpx.Client(base_url=url, trust_env=False, timeout=40)
        self.incarnation = new_id()
        answer = self.http.post(
            "/v1/enrolment",
            json={
                "code": code,
                "desk_name": "T",
                "public_key": public_key,
                "incarnation": self.incarnation,
            },
        )
        assert answer.status_code == 200, answer.text
        self.enrolled = answer.json()
        self.http.headers["Authorization"] = f"Bearer {self.enrolled['credential']}"
        self._counter = secrets.randbelow(10**9)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.http.close()

    def body(self, kind: str, target: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """An operation's body by this desk's agent."""
        return {
            "op_id": new_id(), "kind": kind, "target": target, "actor": "ellen.marsh",
            "desk": self.enrolled["desk_id"], "incarnation": self.incarnation,
            "happened_at": "2026-11-20T10:00:00.000Z", **more,
        }  # fmt: skip

    def ticket(self, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """The body of a new ticket."""
        self._counter += 1
        named = {
            "fault": "No picture",
            "status": "new",
            "reference": f"T-{self._counter}",
            **fields,
        }
        changes = {name: {"base": None, "new": value} for name, value in named.items()}
        return self.body("ticket.create", new_id(), changes=changes)

    def send(
        self, body: dict[str, Any], service: str = "tickets", **headers: str
    ) -> httpx.Response:
        """Post an operation under its own id."""
        return self.http.post(
            f"/v1/{service}/operations",
            content=json.dumps(body),
            headers={"Idempotency-Key": body["op_id"], **headers},
        )

    def changes(self, service: str = "tickets", **query: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """A page of a feed; asked for again where this desk has asked too much."""
        while (answer := self._page(service, query)).status_code == 429:
            time.sleep(float(answer.headers["Retry-After"]))
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    def _page(self, service: str, query: dict[str, Any]) -> httpx.Response:
        return self.http.get(f"/v1/{service}/changes", params=query)

    def row(self, id_: str, service: str = "tickets") -> dict[str, Any]:
        """A record as the feed has it now."""
        cursor: str | None = None
        found: dict[str, Any] = {}
        while True:
            page = self.changes(service, **({"cursor": cursor} if cursor else {}))
            found |= {item["id"]: item for item in page["items"]}
            cursor = page["next_cursor"]
            if page["up_to_date"]:
                item: dict[str, Any] = found[id_]
                return item


def code_of(answer: httpx.Response) -> str:
    """The problem's code."""
    return str(answer.json()["type"]).rsplit(":", 1)[1]
