"""As `tests.support.taking`, and then the desk stays open until it is killed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from tests.support.desk_in_process import open_profile
from tests.support.taking import take_calls


async def run(profile: Path, passphrase_file: Path, count: int) -> None:
    """Open, take, stay."""
    opened = await open_profile(profile, passphrase_file)
    await take_calls(opened, count)
    await asyncio.sleep(600)


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
