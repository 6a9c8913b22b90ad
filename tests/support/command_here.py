"""A command line run in this very process: the same code, without a second of starting up."""

from __future__ import annotations

import contextlib
import io

from app.__main__ import main
from tests.support.programs import DeskProgram, Ended


def run_here(program: DeskProgram, *words: str) -> Ended:
    """What the command would have printed, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    line = [*words, "--profile", str(program.profile), "--passphrase-file", str(program.secret)]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(line)
    return Ended(code, out.getvalue(), err.getvalue())


def took(desk: DeskProgram, fault: str) -> str:
    """A call taken by command line; its reference once it was acknowledged."""
    return str(run_here(desk, "take", "--phone", "07700 900118", "--fault", fault).json["ref"])
