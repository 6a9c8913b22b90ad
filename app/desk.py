"""The desk's window as a process: what is opened behind it, and its part in the demo."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app import config
from app.domain.errors import EnvironmentFault
from app.ports.demo import DemoControls
from app.providers.platform import SystemPlatform, can_open_window

if TYPE_CHECKING:
    from app.services.opened import OpenedDesk

_HAND_OVER_S = 5.0
_DONE, _REFUSED = 0, 3


def run(arguments: argparse.Namespace) -> int:
    """Open the window; `call NUMBER` goes to the running desk, where there is one."""
    profile = config.profile_folder(arguments.profile, config.pinned())
    secret = arguments.passphrase_file
    if arguments.command == "scene":
        from ui import story

        opener = _opener(profile, secret)
        return story.play(arguments.scene, arguments.pictures, arguments.words, opener)
    number = getattr(arguments, "number", None)
    if number is not None and _handed_over(profile, number):
        return _DONE
    if not can_open_window():
        print(_NO_SCREEN.sentence(), file=sys.stderr)
        return _REFUSED
    return _window(profile, secret, number, None)


_NO_SCREEN = EnvironmentFault(
    "There is no screen to open the desk on.",
    safe="Nothing was changed.",
    todo="Start it in a desktop session; commands such as take and status need no screen.",
)


def _handed_over(profile: Path, number: str) -> bool:
    """Whether a running desk took the call; asking needs no screen."""
    from ui import local_socket

    name = SystemPlatform().socket_name(profile)
    return local_socket.ask(name, ["call", number], _HAND_OVER_S) is not None


def run_window(profile: Path, secret: Path, demo: DemoControls) -> int:
    """The desk over the demo's profile."""
    return _window(profile, secret, None, demo)


def _opener(profile: Path, secret: Path | None) -> Callable[[], Awaitable[OpenedDesk]]:
    """Opens the desk behind the window; store, services and engine are only imported then."""

    async def opened() -> OpenedDesk:
        from app.cli.commands import run_line
        from app.main import Opening, open_desk

        return await open_desk(Opening(profile, secret, runs_sync=True), run_line)

    return opened


def _window(
    profile: Path, secret: Path | None, number: str | None, demo: DemoControls | None
) -> int:
    from ui import desk_app

    return desk_app.run(
        _opener(profile, secret),
        socket_name=SystemPlatform().socket_name(profile),
        call_number=number,
        demo=demo,
    )
