"""The desk's window as a process: what is opened behind it, and its part in the demo."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable
from pathlib import Path

from app import config
from app.cli.commands import run_line
from app.main import Opening, open_desk, socket_name
from app.ports.demo import DemoControls
from app.services.opened import OpenedDesk


def run(arguments: argparse.Namespace) -> int:
    """Open the window; `call NUMBER` goes to the running desk, where there is one."""
    profile = config.profile_folder(arguments.profile, config.pinned())
    opening = Opening(profile, arguments.passphrase_file, runs_sync=True)
    if arguments.command == "scene":
        from ui import story

        return story.play(arguments.scene, arguments.pictures, arguments.words, _opener(opening))
    return _window(opening, getattr(arguments, "number", None), None)


def run_window(profile: Path, secret: Path, demo: DemoControls) -> int:
    """The desk over the demo's profile."""
    return _window(Opening(profile, secret, runs_sync=True), None, demo)


def _opener(opening: Opening) -> Callable[[], Awaitable[OpenedDesk]]:
    return lambda: open_desk(opening, run_line)


def _window(opening: Opening, number: str | None, demo: DemoControls | None) -> int:
    from ui import desk_app

    return desk_app.run(
        _opener(opening),
        socket_name=socket_name(opening.profile),
        call_number=number,
        demo=demo,
    )
