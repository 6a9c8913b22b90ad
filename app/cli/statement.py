"""`statement FILE`: what a bank statement says; without a profile it is only looked at."""

from __future__ import annotations

import argparse

from app import config, profiles
from app.cli import shapes
from app.domain.payments.statements import Statement, StatementFile
from app.providers.statements import mapping as mappings
from app.providers.statements.mapping import ColumnMapping
from app.providers.statements.reading import read_file
from local_store.keys import Keys


def wants_desk(arguments: argparse.Namespace) -> bool:
    """Whether it is about a desk's own claims: --apply, or --profile of an enrolled one."""
    if arguments.apply:
        return True
    profile = config.profile_folder(arguments.profile, config.pinned())
    return arguments.profile is not None and Keys(profile, profiles.PLATFORM).exist()


def preview(arguments: argparse.Namespace) -> tuple[int, str]:
    """The exit code and what to print; nothing is changed. Raises OffhookError."""
    return 0, shapes.printed(shape(read(arguments)))


def read(arguments: argparse.Namespace) -> StatementFile:
    """The file as the command line wants it read. Raises OffhookError."""
    return read_file(arguments.file.expanduser(), arguments.format, _mapping(arguments))


def _mapping(arguments: argparse.Namespace) -> ColumnMapping | None:
    """The columns named now, and kept where they got a name; else those kept before."""
    profile = config.profile_folder(arguments.profile, config.pinned())
    name: str | None = arguments.mapping
    if arguments.columns:
        given = mappings.from_words(arguments.columns)
        if name:
            mappings.save(profile, name, given)
        return given
    return mappings.saved(profile, name) if name else None


def shape(file: StatementFile) -> dict[str, object]:
    """The JSON others script against; counts stand where a profile's claims were looked at."""
    return {
        "format": file.format,
        "statements": [_statement(one) for one in file.statements],
        "bad": [{"line": one.line, "reason": one.reason} for one in file.bad],
        "already_seen": None,
        "matched": None,
        "suggested": None,
        "unmatched": None,
    }


def _statement(one: Statement) -> dict[str, object]:
    return {
        "account": one.account,
        "currency": one.currency or None,
        "opening": one.opening,
        "closing": one.closing,
        "lines": len(one.lines),
        "sum_in": one.sum_in,
        "sum_out": one.sum_out,
        "balances": str(one.balances),
        "difference": one.difference,
        "pending": one.pending,
    }
