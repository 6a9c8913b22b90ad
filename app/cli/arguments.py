"""What can be typed after `offhook`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from app.config import program_version
from app.domain.giving_up import GivenUp
from app.domain.records import CATEGORIES

USAGE_EXIT = 2


class UsageError(Exception):
    """The words after `offhook` make no command; carries what to print."""


class _Parser(argparse.ArgumentParser):
    """Raises instead of exiting, so that a running desk survives a slip in a script."""

    missing: Callable[[argparse.Namespace], str | None] | None = None
    """What is wrong with its options taken together; None where nothing is."""

    def parse_known_args(  # type: ignore[override]  # the stub's overloads serve other namespaces
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        found, rest = super().parse_known_args(args, namespace)
        slip = self.missing(found) if self.missing is not None else None
        if slip is not None:
            self.error(slip)
        return found, rest

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{self.format_usage()}{self.prog}: {message}")


def parser() -> argparse.ArgumentParser:
    """All commands with their options."""
    top = _Parser(prog="offhook", description="The helpdesk desk that works in an outage.")
    top.add_argument("--version", action="version", version=f"offhook {program_version()}")
    top.add_argument("--demo", action="store_true", help="the desk with demo data")
    top.add_argument("--typed-in", type=Path, help=argparse.SUPPRESS)
    top.add_argument("--seconds", type=float, help=argparse.SUPPRESS)
    _profile(top, "")
    commands = top.add_subparsers(dest="command", parser_class=_Parser)
    _call_commands(commands)
    _ticket_commands(commands)
    _model_commands(commands)
    _catalog_commands(commands)
    _outbox_commands(commands)
    _conflict_commands(commands)
    _sync_commands(commands)
    _payment_commands(commands)
    _catch_up_commands(commands)
    _desk_commands(commands)
    return top


def asked_from(folder: Path, arguments: argparse.Namespace, words: list[str]) -> list[str]:
    """The words as a desk in another folder is to read them."""
    own = {"profile", "passphrase_file"}  # of the program that asks
    named = (value for name, value in vars(arguments).items() if name not in own)
    return ["--typed-in", str(folder), *words] if any(map(_is_path, named)) else words


def parsed_elsewhere(words: Sequence[str]) -> argparse.Namespace:
    """Words from another folder: whatever was declared a path is read from there.

    Raises UsageError.
    """
    found = parser().parse_args(words)
    for name, value in vars(found).items():
        if found.typed_in is not None and _is_path(value):
            several = isinstance(value, list)
            whole = [found.typed_in / one for one in (value if several else [value])]
            setattr(found, name, whole if several else whole[0])
    return found


def _is_path(value: object) -> bool:
    return isinstance(value, Path) or (
        isinstance(value, list) and any(isinstance(one, Path) for one in value)
    )


Commands = argparse._SubParsersAction  # noqa: SLF001  # argparse gives no public name for it


def _command(commands: Commands[_Parser], name: str, text: str, *, writes: bool = False) -> _Parser:
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
    take.add_argument("--ref", metavar="REF", help="of the printed blank it was written on")
    take.add_argument("--dropped", action="store_true", help="the line went dead")
    take.add_argument("--claim-amount", type=int, metavar="MINOR")
    take.add_argument("--claim-currency", metavar="C")
    take.add_argument("--claim-ref", metavar="R")
    take.add_argument("--claim-provider", metavar="P", help="bank, shop, app")
    take.add_argument("--claim-paid-on", metavar="DAY", help="like 2026-11-18")
    take.add_argument("--claim-last4", metavar="DIGITS", help="of a card: its last four at most")
    call = _command(commands, "call", "open the call form in the running desk")
    call.add_argument("number")
    open_ = _command(commands, "open", "open a ticket in the desk: its reference, or a link to it")
    open_.add_argument("ticket", metavar="REF")
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
    merge = _command(commands, "merge", "two tickets are one, or two customers", writes=True)
    merge.add_argument("one", metavar="REF", help="becomes part of the other; both names stay")
    merge.add_argument("into", metavar="INTO")
    unmerge = _command(commands, "unmerge", "take a merge back", writes=True)
    unmerge.add_argument("one", metavar="REF")
    for command in (merge, unmerge):
        command.add_argument("--customers", action="store_true", help="ids of customers are named")
    _command(commands, "ticket", "one ticket with thread and as-of").add_argument("ref")
    search = _command(commands, "search", "tickets, customers and models")
    search.add_argument("text")
    search.add_argument("--limit", type=int, default=20)


def _model_commands(commands: Commands[_Parser]) -> None:
    _command(commands, "models", "what callers said that no model is known for, and proposals")
    resolve = commands.add_parser("resolve", help="what model callers' words mean; JSON lines")
    resolve.add_argument("--catalog", type=Path, required=True, help="CSV of device models")
    propose = _command(commands, "propose", "ask for a new model in the catalog", writes=True)
    propose.add_argument("--words", action="append", help="what a caller said; may be repeated")
    propose.add_argument(
        "--ref", action="append", help="a ticket whose words it is for; may be repeated"
    )
    propose.add_argument("--maker", required=True)
    propose.add_argument("--name")
    propose.add_argument("--number", action="append", help="a model number; may be repeated")
    propose.add_argument("--category", choices=CATEGORIES, default="other")
    for name, text in (("approve", "put a proposed model in the catalog"),
                       ("reject", "refuse a proposed model")):  # fmt: skip
        made = _command(commands, name, text, writes=True)
        made.add_argument("proposal", help="its id")
        made.add_argument("--shown", help="digest of what was looked at, from `models`")
        made.add_argument("--person-passphrase-file", type=Path, required=True)
        if name == "reject":
            made.add_argument("--reason", required=True)
    for name, text, wanted, meaning in (
        ("ask-back", "ask the proposer of a model something", "--question", "what is asked"),
        ("answer", "answer what was asked about a proposal", "--answer", "the answer"),
        ("delegate", "let another supervisor decide", "--to", "that person"),
    ):
        made = _command(commands, name, text, writes=True)
        made.add_argument("proposal", help="its id")
        made.add_argument(wanted, required=True, help=meaning)
        if name == "delegate":
            made.add_argument("--why", help="needed to take it from the person it was given to")


def _catalog_commands(commands: Commands[_Parser]) -> None:
    catalog = _command(commands, "catalog", "care of the catalog", writes=True)
    actions = catalog.add_subparsers(dest="action", parser_class=_Parser, required=True)
    entry, alias = ("entry", "its id"), ("alias", "id of the remembered words")
    table = (
        ("retire", "no longer supported", (entry,)),
        ("support", "supported again", (entry,)),
        ("merge", "two entries are one model", (entry, ("into", "the one that is left"))),
        ("unmerge", "take a merge back", (entry,)),
        ("words", "the words an entry is found by", (entry,)),
        ("forget", "words that mean no entry any more", (alias,)),
        ("point", "words that mean another entry", (alias, entry)),
        ("import", "entries from a CSV; nothing is changed without --apply", ()),
    )
    for name, text, wanted in table:
        made = _command(actions, name, text)
        made.add_argument("--as", dest="as_person", default=argparse.SUPPRESS)
        for argument, said in wanted:
            made.add_argument(argument, help=said)
        if name == "import":
            made.add_argument("file", type=Path)
            made.add_argument("--apply", action="store_true", help="take new and changed rows in")
            made.add_argument("--digest", help="of the differences that were looked at")
    audit = _command(commands, "audit", "the trail of decisions", writes=True)
    audit.add_argument("action", choices=("verify",))


def _outbox_commands(commands: Commands[_Parser]) -> None:
    outbox = _command(commands, "outbox", "what waits, and why", writes=True)
    actions = outbox.add_subparsers(dest="action", parser_class=_Parser)
    withdraw = _command(actions, "withdraw", "take an operation back")
    withdraw.add_argument("op_id")
    withdraw.add_argument("--as", dest="as_person", default=argparse.SUPPRESS)
    release = _command(actions, "release", "send what a restore holds back, without asking first")
    release.add_argument("--as", dest="as_person", default=argparse.SUPPRESS)
    replace = _command(actions, "replace", "put a new operation in its place")
    replace.add_argument("op_id")
    replace.add_argument("fields", nargs="*", metavar="FIELD=VALUE")
    replace.add_argument("--as", dest="as_person", default=argparse.SUPPRESS)


def _conflict_commands(commands: Commands[_Parser]) -> None:
    conflicts = _command(commands, "conflicts", "fields that moved at central too", writes=True)
    actions = conflicts.add_subparsers(dest="action", parser_class=_Parser)
    _command(actions, "parallel", "edits of other fields that merged silently")
    decide = _command(actions, "decide", "choose one of the three values")
    decide.add_argument("op_id")
    decide.add_argument("--take", choices=("base", "mine", "theirs"), required=True)
    decide.add_argument(
        "--shown",
        help="digest of what was looked at, from `conflicts`; needed where it moved again",
    )
    decide.add_argument("--as", dest="as_person", default=argparse.SUPPRESS)


def _sync_commands(commands: Commands[_Parser]) -> None:
    sync = _command(commands, "sync", "send and fetch now")
    sync.add_argument("--once", action="store_true", required=True)
    _command(commands, "status", "the services and the outbox, without talking to anybody")
    _command(commands, "parity", "compare the mirrors with central now, and repair what differs")
    incidents = _command(commands, "incidents", "what must not happen and did")
    incidents.add_argument("--all", action="store_true", help="of 30 days, those over as well")
    held = _command(commands, "held", "deletions nobody announced, held", writes=True)
    actions = held.add_subparsers(dest="action", parser_class=_Parser)
    for name, text in (("release", "let them happen"), ("refuse", "keep their rows")):
        made = _command(actions, name, text)
        made.add_argument("service")
        made.add_argument("--reason", required=True)
        made.add_argument("--as", dest="as_person", default=argparse.SUPPRESS)


def _payment_commands(commands: Commands[_Parser]) -> None:
    said = "what a bank statement says; nothing is changed without --apply"
    statement = _command(commands, "statement", said, writes=True)
    statement.add_argument("file", type=Path)
    statement.add_argument("--apply", action="store_true", help="keep its new lines")
    statement.add_argument("--yes", action="store_true", help="also where balances are missing")
    statement.add_argument("--format", choices=("mt940", "camt053", "csv"))
    statement.add_argument("--mapping", metavar="NAME", help="the saved columns of a CSV")
    statement.add_argument(
        "--columns",
        nargs="+",
        metavar="MEANING=HEADING",
        help="the columns of a CSV; with --mapping they are kept under that name",
    )
    _claim_commands(commands)
    _command(commands, "exposure", "what unverified claims may cost, per currency in minor units")
    _command(commands, "enrich", "reduced tickets, what blocks dispatch most first")
    blanks = _command(commands, "blanks", "references reserved for paper", writes=True)
    blanks.add_argument("count", type=int, nargs="?", help="how many more; none: those open")
    rule = _command(commands, "rule", "decide about a claim", writes=True)
    rule.add_argument("claim_id")
    rule.add_argument(
        "ruling", choices=("verified", "unpaid", "disputed", "waived", "not_verified")
    )
    rule.add_argument("--reason")
    report = _command(commands, "report", "what was taken in an outage, and by whom", writes=True)
    report.add_argument("--since", required=True, metavar="TIME")
    report.add_argument("--until", required=True, metavar="TIME")
    report.add_argument("--csv", type=Path, metavar="FILE", help="the counts as a new file")


def _claim_commands(commands: Commands[_Parser]) -> None:
    said = "payment claims nobody has settled, and what next"
    claims = _command(commands, "claims", said, writes=True)
    claims.add_argument("--all", action="store_true", help="settled ones as well")
    actions = claims.add_subparsers(dest="action", parser_class=_Parser)
    table: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("lines", "open payments for a claim, best first, each with why", ()),
        ("settle", "give a payment's money to the claim", ("payment",)),
        (
            "reject",
            "the payment is not for it; none named: what settled it by itself",
            ("payment?",),
        ),
        ("reopen", "take back what was decided about it last", ()),
        ("evidence", "keep a file with it; none named: those kept", ("file?",)),
        ("copy", "write a kept file out; recorded", ("file_id", "out")),
    )
    for name, text, wanted in table:
        made = _command(actions, name, text)
        made.add_argument("--as", dest="as_person", default=argparse.SUPPRESS)
        made.add_argument("claim", metavar="REF", help="the ticket's reference or the claim's id")
        for argument in wanted:
            named = argument.rstrip("?")
            type_ = Path if named in {"file", "out"} else str
            made.add_argument(named, type=type_, nargs="?" if named != argument else None)


def _catch_up_commands(commands: Commands[_Parser]) -> None:
    said = "after an outage: what was taken here, what is left, and for supervisors all desks"
    catch_up = _command(commands, "catch-up", said, writes=True)
    catch_up.add_argument("--since", metavar="TIME", help="all that was taken from then on")
    catch_up.add_argument("--until", metavar="TIME")
    _command(commands, "drill", "an outage drill, in a profile beside the real one")
    real = _command(commands, "drill-call", "a drill's call that is real; the drill calls this")
    real.add_argument("call", help="its JSON, - from standard input")
    said = "drafts, call-backs and promises to a person or the next shift; work to another desk"
    hand_over = _command(commands, "hand-over", said, writes=True)
    actions = hand_over.add_subparsers(dest="action", parser_class=_Parser)
    give = _command(actions, "give", "hand over to a person, or to the next shift")
    give.add_argument("--to", required=True, metavar="PERSON|next-shift")
    file = _command(actions, "file", "unsent work as a file that only that desk opens")
    file.add_argument("out", type=Path)
    file.add_argument("--to", required=True, metavar="DESK", help="its name, code or id")
    take = _command(actions, "take", "take over the work in such a file")
    take.add_argument("file", type=Path)
    take.add_argument("--receipt", type=Path, metavar="FILE", help="for the desk that gave it")
    take.add_argument(
        "--giver", metavar="FINGERPRINT", help="of a desk that is not in the directory, as compared"
    )
    back = _command(actions, "back", "finish a draft here after all that another desk has")
    back.add_argument("draft", metavar="DRAFT_ID")
    for one in (give, file, take, back):
        one.add_argument("--as", dest="as_person", default=argparse.SUPPRESS)


def _desk_commands(commands: Commands[_Parser]) -> None:
    enrol = _command(commands, "enrol", "make this profile a desk")
    enrol.add_argument("--central", nargs="+", action="extend", metavar="URL", default=[])
    enrol.add_argument("--code", help="as central's people gave it")
    enrol.add_argument("--seed", type=Path, metavar="FILE", help="while central is down")
    enrol.add_argument("--seed-passphrase-file", type=Path)
    enrol.add_argument(
        "--organisation", metavar="FINGERPRINT", help="whose seed it must be, as compared"
    )
    enrol.add_argument("--desk-name", default="")
    enrol.add_argument("--drill", action="store_true", help=argparse.SUPPRESS)
    enrol.missing = _missing_to_enrol
    _command(commands, "doctor", "what works on this computer and what does not")
    backup = _command(commands, "backup", "an encrypted copy of everything", writes=True)
    backup.add_argument("target", type=Path)
    restore = _command(commands, "restore", "make a desk whole again, from one of three sources")
    restore.add_argument("source", type=Path, nargs="?", help="a backup's folder")
    restore.add_argument(
        "--from-second-place", type=Path, metavar="FOLDER", help="the share or stick"
    )
    restore.add_argument(
        "--from-journal",
        action="store_true",
        help="the journal beside this profile's damaged store",
    )
    restore.add_argument(
        "--backup", type=Path, metavar="FOLDER", help="begin with this backup, then the journal"
    )
    restore.add_argument(
        "--recovery-key-file", type=Path, help="instead of the passphrase, which is a new one then"
    )
    restore.missing = _missing_to_restore
    second = _command(commands, "second-place", "where a second copy is kept", writes=True)
    second.add_argument("folder", type=Path, nargs="?", help="keep it there from now on")
    second.add_argument("--none", action="store_true", help="end it and take the copy away")
    export = _command(commands, "export", "tickets as JSON lines; recorded", writes=True)
    export.add_argument("target", type=Path, nargs="?", help="none: who took out what so far")
    recover = _command(commands, "recover", "open the store with the organisation's recovery key")
    recover.add_argument("--recovery-key-file", type=Path, required=True)
    recover.add_argument("--new-passphrase-file", type=Path, required=True)
    _command(commands, "people", "who may work here")
    _command(commands, "go-on", "this copy of the desk is the desk, another one is refused")
    _remove_command(commands)


def _remove_command(commands: Commands[_Parser]) -> None:
    remove = _command(commands, "remove", "take this desk off the computer; never unsent work")
    remove.add_argument("--receipt", type=Path, metavar="FILE", help="of the desk that took over")
    remove.add_argument(
        "--give-up",
        action="append",
        type=GivenUp,
        choices=list(GivenUp),
        metavar="conflicts|files|blanks",
        default=[],
        help="what is only here and nobody needs; may be repeated",
    )


def _missing_to_enrol(given: argparse.Namespace) -> str | None:
    if (given.seed is None) is (given.code is None):
        return "a desk is enrolled with --code at a central, or from a --seed file"
    if given.seed is None and not given.central:
        return "say where central is: --central URL"
    if given.seed is not None and given.seed_passphrase_file is None:
        return "a seed opens with its passphrase: --seed-passphrase-file FILE"
    return None


def _missing_to_restore(given: argparse.Namespace) -> str | None:
    sources = (given.source, given.from_second_place, given.from_journal or None)
    if sum(one is not None for one in sources) != 1:
        return "name a backup's folder, --from-second-place or --from-journal: one of them"
    return None
