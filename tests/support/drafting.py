"""A desk at work until it is killed: a draft with the given words, searches, an error of ours.

`python -m tests.support.drafting PROFILE PASSPHRASE_FILE WORD...`
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from dataclasses import replace
from pathlib import Path

from tests.support.desk_in_process import desk_in_process


async def run(profile: Path, passphrase_file: Path, words: list[str]) -> None:
    async with desk_in_process(profile, passphrase_file) as desk:
        opened = desk.opened
        person = await opened.people.current()
        call = replace(
            opened.intake.new_call(f"0{words[-1]}"), name=words[0], fault=f"{words[1]} leaks",
            model=words[2], place=words[3], caller=words[4],
        )  # fmt: skip
        await opened.intake.keep_draft(call, person)
        for word in words:
            await opened.finding.search(word, 10)
        try:
            await opened.desk.store.write(lambda _tx: [][int(words[-1])])
        except IndexError:
            logging.getLogger("offhook").exception("a bug was met")
        os.write(1, b"drafted\n")
        await asyncio.sleep(600)


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
