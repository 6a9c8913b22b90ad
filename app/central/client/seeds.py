"""Claiming a seed over the contract."""

from __future__ import annotations

import msgspec

from app.central.client import decoding
from app.central.client.contract_client import ContractClient
from app.central.contract import routes, wire
from app.central.contract.routes import Code
from app.ports.central import Response
from app.ports.seeds import Claimed


class SeedTalk:
    """Implements `app.ports.seeds.Seeds` over a client's endpoints."""

    def __init__(self, client: ContractClient) -> None:
        self._client = client

    async def claim(self, token: str, public_key: str, incarnation: str) -> Claimed | None:
        def read(response: Response) -> tuple[Claimed | None] | None:
            problem = decoding.problem_of(response.body)
            if problem is not None and decoding.code_of(problem) == Code.SEED_USED:
                return (None,)
            body = decoding.body_of(response.body, wire.SeedClaimed)
            if body is None:
                return None
            return (Claimed(body.credential, msgspec.json.encode(body.configuration)),)

        asked = msgspec.json.encode(wire.SeedClaim(token, public_key, incarnation))
        return (await self._client.ask(routes.SEED_CLAIM, read, method="POST", body=asked))[0]
