"""A pytest plugin: all tests are collected once, and each trial runs some in a child of that run.

To load and collect takes longer than most trials. What is altered within a function is put in its
place in the child; whatever is read when modules are loaded is not for this.
"""

from __future__ import annotations

import functools
import inspect
import json
import os
import resource
import select
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import CodeType, FunctionType
from typing import Any

import pytest

ASKED, ANSWERED = "OFFHOOK_TRIALS_ASKED", "OFFHOOK_TRIALS_ANSWERED"
"""Environment variables that name the descriptors trials and verdicts go through, line by line."""


class Trials:
    """Runs what it is asked for; without being asked, nothing."""

    def __init__(self) -> None:
        self._says: int | None = None
        """In a child: where it says which test has failed."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> object | None:
        items = {item.nodeid: item for item in session.items}
        with (
            os.fdopen(int(os.environ[ASKED]), encoding="utf-8") as asked,
            os.fdopen(int(os.environ[ANSWERED]), "w", encoding="utf-8") as answered,
        ):
            for line in asked:
                trial = json.loads(line)
                put = _put_in_place(trial)
                verdict: dict[str, object] = {"put": put is not None}
                if put is not None:
                    reads, says = os.pipe()
                    child = os.fork()
                    if child == 0:
                        os.setsid()
                        resource.setrlimit(resource.RLIMIT_CPU, (trial["most_cpu_s"],) * 2)
                        resource.setrlimit(resource.RLIMIT_AS, (trial["most_bytes"],) * 2)
                        put()
                        self._says = says
                        session.items[:] = [items[one] for one in trial["tests"] or items]
                        return None  # whatever runs tests in pytest runs these
                    os.close(says)
                    verdict |= _ended(child, reads, trial["most_s"])
                print(json.dumps(verdict), file=answered, flush=True)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if self._says is not None and report.failed:
            os.write(self._says, f"{report.nodeid}\n".encode())


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Trials(), "offhook-trials")


def _ended(child: int, reads: int, most_s: float) -> Mapping[str, object]:
    """How the child ended, with whatever it started."""
    running = os.pidfd_open(child)
    poll = select.poll()
    poll.register(running, select.POLLIN)
    in_time = bool(poll.poll(1_000 * most_s))
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(running)
    with os.fdopen(reads, encoding="utf-8") as said:
        by = said.readline().strip()
    code = os.waitstatus_to_exitcode(status)
    if not in_time:
        return {"killed": True, "by": "hung"}
    return {"killed": code != 0, "by": by or (f"ended with {code}" if code else "")}


def _put_in_place(trial: Mapping[str, Any]) -> Callable[[], None] | None:
    """Puts the altered code where the function is; None where it is not in one that can be."""
    names = trial["within"].split(".")
    before, after = (_code(compile(trial[one], "", "exec"), names) for one in ("before", "after"))
    function = _function(sys.modules.get(trial["module"]), names)
    if before is None or after is None or function is None or before == after:
        return None
    if after.co_freevars != function.__code__.co_freevars:
        return None
    return functools.partial(setattr, function, "__code__", after)


def _code(code: CodeType, names: list[str]) -> CodeType | None:
    """Of the outermost function on the way."""
    for name in names:
        found = [one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == name]
        if len(found) != 1:
            return None
        code = found[0]
        if code.co_flags & inspect.CO_OPTIMIZED:
            return code
    return None


def _function(holder: object, names: list[str]) -> FunctionType | None:
    for name in names:
        held = vars(holder).get(name) if hasattr(holder, "__dict__") else None
        if isinstance(held, staticmethod | classmethod):
            held = held.__func__
        if isinstance(held, property):
            held = held.fget
        held = inspect.unwrap(held) if callable(held) and not isinstance(held, type) else held
        if isinstance(held, FunctionType):
            return held
        holder = held
    return None
