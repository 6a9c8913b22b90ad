"""The desk's window as a process: what is opened behind it, and its part in the demo."""

from __future__ import annotations

import argparse
import asyncio
import functools
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app import config
from app.domain.errors import DeskSilent, EnvironmentFault, OffhookError
from app.domain.links import reference_in
from app.ports.demo import DemoControls
from app.ports.drill import DrillControls
from app.providers.platform import SystemPlatform, can_open_window

if TYPE_CHECKING:
    from app.services.opened import OpenedDesk

_HAND_OVER_S = 20.0
_DONE, _REFUSED, _SILENT = 0, 3, 5


def run(arguments: argparse.Namespace) -> int:
    """Open the window; `call NUMBER` and `open REF` go to the running desk, where there is one."""
    profile = config.profile_folder(arguments.profile, config.pinned())
    secret = arguments.passphrase_file
    if arguments.command == "scene":
        from ui import story

        opening = opener(profile, secret)
        return story.play(arguments.scene, arguments.pictures, arguments.words, opening)
    try:
        errand = _errand(arguments)
    except OffhookError as problem:
        print(problem.sentence(), file=sys.stderr)
        return _REFUSED
    try:
        if errand and _handed_over(profile, errand):
            return _DONE
    except DeskSilent as problem:
        print(problem.sentence(), file=sys.stderr)
        return _SILENT
    if not can_open_window():
        print(_NO_SCREEN.sentence(), file=sys.stderr)
        return _REFUSED
    return _window(profile, secret, errand)


def _errand(arguments: argparse.Namespace) -> tuple[str, ...]:
    """What the desk is to do first, as words for a running one. Raises Invalid."""
    match arguments.command:
        case "call":
            return "call", arguments.number
        case "open":
            return "open", reference_in(arguments.ticket)
    return ()


_NO_SCREEN = EnvironmentFault(
    "There is no screen to open the desk on.",
    safe="Nothing was changed.",
    todo="Start it in a desktop session; commands such as take and status need no screen.",
)


def _handed_over(profile: Path, errand: tuple[str, ...]) -> bool:
    """Whether a running desk took it; asking needs no screen. Raises DeskSilent."""
    from ui import local_socket

    name = SystemPlatform().socket_name(profile)
    return local_socket.tell(name, list(errand), _HAND_OVER_S) is not None


def raised(profile: Path) -> bool:
    """Whether a window is open on that profile; it comes forward. Raises DeskSilent."""
    return _handed_over(profile, ("raise",))


def run_window(
    profile: Path,
    secret: Path,
    demo: DemoControls | None = None,
    *,
    prepare: Callable[[], None],
    drill: DrillControls | None = None,
) -> int:
    """The demo's or the drill's desk; `prepare` makes its profile, behind the window."""
    from ui import desk_app

    return desk_app.run(
        opener(profile, secret, prepare),
        socket_name=SystemPlatform().socket_name(profile),
        demo=demo,
        drill=drill,
    )


def opener(
    profile: Path, secret: Path | None, prepare: Callable[[], None] | None = None
) -> Callable[[], Awaitable[OpenedDesk]]:
    """Opens the desk behind the window; store, services and engine are only imported then."""

    async def opened() -> OpenedDesk:
        if prepare is not None:
            prepare()  # this coroutine has a thread and a loop of its own
        from app.main import Opening, open_desk

        return await open_desk(Opening(profile, secret, runs_sync=True), _run_line)

    return opened


async def _run_line(opened: OpenedDesk, words: list[str]) -> tuple[int, str]:
    """A command from another process; the commands are imported for the first one."""
    from app.cli.commands import run_line

    return await run_line(opened, words)


def _window(profile: Path, secret: Path | None, errand: tuple[str, ...]) -> int:
    from ui import desk_app

    return desk_app.run(
        opener(profile, secret),
        socket_name=SystemPlatform().socket_name(profile),
        errand=errand,
        start_drill=lambda: _start_drill(profile, secret),
        remove=functools.partial(_remove, profile, secret),
        enrolling=_FirstEnrolment(profile, secret),
    )


@dataclass(frozen=True, slots=True)
class _FirstEnrolment:
    """Implements Enrolling for one profile; its store opens as the program was started."""

    profile: Path
    secret: Path | None

    def is_possible(self) -> bool:
        from app import profiles

        return profiles.is_free(self.profile)

    def with_code(self, central: Sequence[str], code: str, name: str) -> None:
        from app import enrolling

        given = enrolling.CodeGiven(central, code, name)
        asyncio.run(enrolling.enrol_with(given, self.profile, self.secret))

    def from_seed(self, file: Path, passphrase: str, organisation: str) -> None:
        from app import profiles, seeding

        if self.secret is None:
            profiles.require_keyring()
        seed = seeding.SeedFile(file, passphrase.encode(), organisation or None)
        asyncio.run(seeding.enrol_from(seed, self.profile, self.secret))


def _remove(profile: Path, secret: Path | None, receipt: str, *, give_up: bool) -> bool:
    """The closed desk goes from this computer; whether central was told. Raises Refused while work
    is only here.
    """
    from app.domain.giving_up import GivenUp
    from app.removing import remove

    given_up = tuple(GivenUp) if give_up else ()
    return asyncio.run(remove(profile, secret, Path(receipt) if receipt else None, given_up)).told


def _start_drill(profile: Path, secret: Path | None) -> None:
    """A window of its own, in a process of its own; this desk goes on."""
    named = ("--passphrase-file", str(secret)) if secret else ()
    command = config.program("drill", "--profile", str(profile), *named)
    subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  # our own program
