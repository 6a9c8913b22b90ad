"""One seed in fifty speaks to central's real app, by HTTP requests within this process."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import httpx

from app.central.contract import wire
from app.central.contract.routes import PROBLEM_BASE, Code, Header
from app.central.reference.app import make_app
from app.central.reference.ledger import Ledger
from app.ports.central import Request, Response
from app.sync.waiting import cancelled
from tests.simulation.central import Node


class Apps:
    """Central's app for each node, made when it is first asked."""

    def __init__(self, rate: float) -> None:
        self._rate = wire.Rate(rate, 500.0)
        self._clients: dict[int, tuple[Ledger, httpx.AsyncClient]] = {}

    async def answer(self, node: Node, request: Request) -> Response:
        """What the app says; a node that follows, or refuses, says so as it does elsewhere."""
        if node.follows and request.method != "GET":
            return _problem(503, Code.BEHIND, request.headers.get(Header.KEY))
        known = node.ledger.desk_of(request.headers.get("Authorization", "").partition(" ")[2])
        if known is not None and known.name in node.refuses:
            return _problem(401, Code.SIGN_IN, None)
        asking = asyncio.ensure_future(
            self._client(node.ledger).request(
                request.method, request.url, headers=dict(request.headers), content=request.body
            )
        )
        gone = asyncio.ensure_future(node.retired.wait())
        try:
            await asyncio.wait((asking, gone), return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                return _problem(503, Code.BEHIND, None)  # nobody hears it: the node is gone
            asked = asking.result()
        finally:
            await cancelled((asking, gone))
        headers = {name.lower(): value for name, value in asked.headers.items()}
        return Response(asked.status_code, headers, asked.content)

    def _client(self, ledger: Ledger) -> httpx.AsyncClient:
        if id(ledger) not in self._clients:
            transport = httpx.ASGITransport(cast("Any", make_app(ledger, "code", self._rate)))
            self._clients[id(ledger)] = ledger, httpx.AsyncClient(transport=transport, timeout=None)  # noqa: S113 - the client's own deadline counts
        return self._clients[id(ledger)][1]


def _problem(status: int, code: str, op_id: str | None) -> Response:
    named = f',"op_id":"{op_id}"' if op_id else ""
    body = f'{{"type":"{PROBLEM_BASE}{code}","title":"{code}","status":{status}{named}}}'
    return Response(status, {"content-type": "application/problem+json"}, body.encode())
