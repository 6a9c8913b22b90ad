"""How many operations central takes in a second: `python -m benchmarks.central`."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.contract.speaker import Speaker
from tests.support.programs import CODE, Central

_OPERATIONS, _DESKS = 1_000, 8
_FIELDS = {"place": "12 Long Street, York", "caller_name": "Mary", "caller_phone": "+447700900123"}


def _request(desk: Speaker) -> bytes:
    """A new ticket as bytes on the wire, so that the client costs next to nothing."""
    body = desk.ticket(**_FIELDS)
    raw = json.dumps(body).encode()
    head = (
        "POST /v1/tickets/operations HTTP/1.1\r\nHost: central\r\n"
        f"Authorization: {desk.http.headers['Authorization']}\r\n"
        f"Idempotency-Key: {body['op_id']}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(raw)}\r\n\r\n"
    )
    return head.encode() + raw


async def _send(port: int, requests: Iterator[bytes], statuses: Counter[str]) -> None:
    """One connection: the next request once its answer is there."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in requests:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        statuses[head.split(" ", 2)[1]] += 1
        length = head.split("content-length:")[1].split("\r\n")[0]
        await reader.readexactly(int(length))
    writer.close()


async def _measure(port: int, requests: list[bytes], connections: int) -> float:
    statuses: Counter[str] = Counter()
    waiting, began = iter(requests), time.monotonic()
    await asyncio.gather(*(_send(port, waiting, statuses) for _ in range(connections)))
    took = time.monotonic() - began
    if set(statuses) != {"200"}:
        raise RuntimeError(f"central answered {dict(statuses)}")
    return len(requests) / took


def main() -> int:
    """Print operations per second for one desk, and for some at once."""
    with tempfile.TemporaryDirectory() as folder, Central(Path(folder) / "central") as central:
        desks = [Speaker(central.url, CODE) for _ in range(_DESKS)]
        for connections in (1, _DESKS):
            requests = [_request(desks[at % _DESKS]) for at in range(_OPERATIONS)]
            rate = asyncio.run(_measure(central.port, requests, connections))
            print(f"{connections} at once: {rate:.0f} operations a second")
        for desk in desks:
            desk.http.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
