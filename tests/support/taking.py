"""A desk that takes calls in one process and says each reference aloud once it is saved.

`python -m tests.support.taking PROFILE PASSPHRASE_FILE COUNT [WORDS]`: the services of the real
desk, one line `ack REF` per call, written as soon as `take` has returned.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.services.opened import OpenedDesk
from tests.support.desk_in_process import open_profile

CLOSED = "closed\n"
"""Said when the desk has let go of its files: the journal is durable as well."""


def aloud(line: str) -> None:
    """On standard output, past every buffer."""
    os.write(1, line.encode())


async def take_calls(
    opened: OpenedDesk,
    count: int,
    words: str = "Door seal leaks",
    said: Callable[[str], None] = aloud,
) -> list[str]:
    """Take that many calls; their references."""
    person = await opened.people.current()
    taken = []
    for number in range(count):
        phone = f"07700 9{number % 100_000:05d}"
        call = replace(opened.intake.new_call(phone), name=f"Caller {number}", fault=words)
        done = await opened.intake.take(call, person)
        taken.append(done.reference)
        said(f"ack {done.reference}\n")
    return taken


async def run(profile: Path, passphrase_file: Path, count: int, words: str) -> None:
    """Open, take, close."""
    opened = await open_profile(profile, passphrase_file)
    try:
        await take_calls(opened, count, words)
    finally:
        opened.close()
    aloud(CLOSED)


if __name__ == "__main__":
    fault = sys.argv[4] if len(sys.argv) > 4 else "Door seal leaks"
    asyncio.run(run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), fault))
