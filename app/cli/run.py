"""One command from start to exit code: through the running desk, or on a desk opened for it."""

from __future__ import annotations

import argparse
import asyncio
import io
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from app import config, main
from app.cli import setup, statement
from app.cli.arguments import asked_from
from app.cli.commands import EXIT_DONE, exit_code, run, run_line
from app.cli.shapes import error
from app.domain.errors import OffhookError, StoreLocked
from app.domain.visible import escaped

_Answering = Callable[[argparse.Namespace, TextIO, TextIO], int]
_LOCK_PATIENCE_S = 20.0
"""How long a command waits for another command on the same profile to end."""
_LOCK_PAUSE_S = 0.05
_DESK_ANSWERS_S = 90.0


def run_command(arguments: argparse.Namespace, words: list[str]) -> int:
    """Run a parsed command; environment faults and refusals become a sentence and a code."""
    try:
        if arguments.command == "resolve":
            from app.cli import resolve  # alone, so that nothing else is loaded for it

            return _answered(resolve.run, arguments)
        if getattr(arguments, "call", None) == "-":
            arguments.call = sys.stdin.read()
            words = [arguments.call if word == "-" else word for word in words]
        if arguments.command in setup.HANDLERS:
            code, text = setup.run(arguments)
        elif arguments.command == "statement" and not statement.wants_desk(arguments):
            code, text = statement.preview(arguments)
        else:
            code, text = _on_a_desk(arguments, words)
    except OffhookError as problem:
        code, text = exit_code(problem), error(problem)
    out = sys.stdout if code == EXIT_DONE else sys.stderr
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding="utf-8")  # JSON is; a console's own code page may lack a letter
    _say(escaped(text), out)
    return code


def _say(text: str, out: TextIO) -> None:
    """Print it. Where nobody reads on (`| head`) that is their answer: what was asked is done."""
    try:
        print(text, file=out, flush=True)
    except BrokenPipeError:
        _leave(out)


def _answered(answer: _Answering, arguments: argparse.Namespace) -> int:
    """Answer line by line, for as long as somebody reads on."""
    try:
        return answer(arguments, sys.stdin, sys.stdout)
    except BrokenPipeError:
        _leave(sys.stdout)
        return EXIT_DONE


def _leave(out: TextIO) -> None:
    """What is still to be flushed to somebody who has gone goes nowhere."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), out.fileno())


def _on_a_desk(arguments: argparse.Namespace, words: list[str]) -> tuple[int, str]:
    profile = config.profile_folder(arguments.profile, config.pinned())
    until = time.monotonic() + _LOCK_PATIENCE_S
    while True:
        try:
            return asyncio.run(_opened_for(arguments))
        except StoreLocked:
            asked = asked_from(Path.cwd(), arguments, words)
            answer = _ask_running_desk(main.socket_name(profile), asked)
            if answer is not None:
                return answer
            if time.monotonic() > until:
                raise
            time.sleep(_LOCK_PAUSE_S)


async def _opened_for(arguments: argparse.Namespace) -> tuple[int, str]:
    opened = await main.open_desk(main.Opening.of(arguments), run_line)
    try:
        return await run(opened, arguments)
    finally:
        opened.close()


def _ask_running_desk(socket_name: str, words: list[str]) -> tuple[int, str] | None:
    from ui import local_socket  # Qt is loaded only where a desk may be running

    return local_socket.ask(socket_name, words, _DESK_ANSWERS_S)
