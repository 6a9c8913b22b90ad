"""What can be typed after `offhook`."""

from __future__ import annotations

import argparse
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn

USAGE_EXIT = 2


class UsageError(Exception):
    """The words after `offhook` make no command; carries what to print."""


class _Parser(argparse.ArgumentParser):
    """Raises instead of exiting, so that a running desk survives a slip in a script."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{self.format_usage()}{self.prog}: {message}")


def program_version() -> str:
    """The installed version, or the one in the tree when run from a checkout."""
    try:
        return version("offhook")
    except PackageNotFoundError:
        return "0.1.0"


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = _Parser(prog="offhook", description="The helpdesk desk that works in an outage.")
    top.add_argument("--version", action="version", version=f"offhook {program_version()}")
    top.add_argument("--demo", action="store_true", help="the desk with demo data")
    top.add_argument("--seconds", type=float, help=argparse.SUPPRESS)
    _profile(top, "")
    commands = top.add_subparsers(dest="command", parser_class=_Parser)
    _call_commands(commands)
    _ticket_commands(commands)
    _outbox_commands(commands)
    _sync_commands(commands)
    _desk_commands(commands)
    return top


Commands = argparse._SubParsersAction  # noqa: SLF001  # argparse gives no public name for it


def _command(
    commands: Commands[_Parser], name: str, text: str, *, writes: bool = False
) -> argparse.ArgumentParser:
    made = commands.add_parser(name, help=text, description=text)
    _profile(made, argparse.SUPPRESS)
    if writes:
        made.add_argument("--as", dest="as_person", metavar="PERSON", help="who does it")
    return made


def _profile(where: argparse.ArgumentParser, default: str) -> None:
    absent = default or None
    where.add_argument("--profile", type=Path, default=absent, help="the desk's folder")
    where.add_argument(
        "--passphrase-file", type=Path, default=absent, help="file with the store's passphrase"
    )


def _call_commands(commands: Commands[_Parser]) -> None:
    take = _command(commands, "take", "take a call: one ticket, saved durably", writes=True)
    for name in ("phone", "name", "fault", "model", "customer", "caller", "device"):
        take.add_argument(f"--{name}")
    take.add_argument("--place")
    take.add_argument("--priority", choices=("urgent", "high", "normal", "low"))
    take.add_argument("--happened-at", help="RFC 3339, for calls written up later")
    take.add_argument("--dropped", action="store_true", help="the line went dead")
    take.add_argument("--claim-amount", type=int, metavar="MINOR")
    take.add_argument("--claim-currency", metavar="C")
    take.add_argument("--claim-ref", metavar="R")
    call = _command(commands, "call", "open the call form in the running desk")
    call.add_argument("number")
    scene = _command(commands, "scene", "play a part of the demo's story on the real window")
    scene.add_argument("scene", choices=("take", "look", "sent"))
    scene.add_argument("pictures", type=Path)
    scene.add_argument("words", nargs="*")


def _ticket_commands(commands: Commands[_Parser]) -> None:
    note = _command(commands, "note", "add a note to a ticket", writes=True)
    note.add_argument("ref")
    note.add_argument("text")
    set_ = _command(commands, "set", "change fields of a ticket", writes=True)
    set_.add_argument("ref")
    set_.add_argument("fields", nargs="+", metavar="FIELD=VALUE")
    _command(commands, "ticket", "one ticket with thread and as-of").add_argument("ref")
    search = _command(commands, "search", "tickets, customers and models")
    search.add_argument("text")
    search.add_argument("--limit", type=int, default=20)


def _outbox_commands(commands: Commands[_Parser]) -> None:
    outbox = _command(commands, "outbox", "what waits, and why", writes=True)
    actions = outbox.add_subparsers(dest="action", parser_class=_Parser)
    withdraw = _command(actions, "withdraw", "take an operation back")
    withdraw.add_argument("op_id")
    withdraw.add_argument("--as", dest="as_person", default=argparse.SUPPRESS)
    replace = _command(actions, "replace", "put a new operation in its place")
    replace.add_argument("op_id")
    replace.add_argument("fields", nargs="*", metavar="FIELD=VALUE")
    replace.add_argument("--as", dest="as_person", default=argparse.SUPPRESS)


def _sync_commands(commands: Commands[_Parser]) -> None:
    sync = _command(commands, "sync", "send and fetch now")
    sync.add_argument("--once", action="store_true", required=True)
    _command(commands, "status", "the services and the outbox, without talking to anybody")


def _desk_commands(commands: Commands[_Parser]) -> None:
    enrol = _command(commands, "enrol", "make this profile a desk")
    enrol.add_argument("--central", nargs="+", metavar="URL", required=True)
    enrol.add_argument("--code", required=True)
    enrol.add_argument("--desk-name", default="")
    _command(commands, "doctor", "what works on this computer and what does not")
    backup = _command(commands, "backup", "an encrypted copy of everything", writes=True)
    backup.add_argument("target", type=Path)
    restore = _command(commands, "restore", "bring a backup back into an empty profile")
    restore.add_argument("source", type=Path)
    export = _command(commands, "export", "tickets as JSON lines; recorded", writes=True)
    export.add_argument("target", type=Path)
    recover = _command(commands, "recover", "open the store with the organisation's recovery key")
    recover.add_argument("--recovery-key-file", type=Path, required=True)
    recover.add_argument("--new-passphrase-file", type=Path, required=True)
    _command(commands, "people", "who may work here")
