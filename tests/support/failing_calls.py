"""Lets one system call of a working desk fail: a process that forks desks, strace that injects.

`python -m tests.support.failing_calls PROFILE PASSPHRASE_FILE PLAN [careless]`, where PLAN is the
JSON of fault → how many desks. Each line printed is the JSON of one `Ending`. The forked desk waits
until strace holds it, then opens its profile and does a morning's work. The nth matching call on
one of the store's files, counted by each thread for itself, fails; then strace lets the desk go.
What is refused meanwhile is tried once more, and must succeed. A careless desk, the control, takes
a failed commit for a good one.
"""

from __future__ import annotations

import asyncio
import ctypes
import faulthandler
import json
import os
import re
import selectors
import shutil
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlcipher3 import dbapi2 as driver

from app.domain.errors import OffhookError
from app.domain.people import Person
from app.services.opened import OpenedDesk
from local_store.store import SqlStore
from tests.support.desk_in_process import open_profile
from tests.support.kill_driver import warm_up

T = TypeVar("T")
STORE_FILES = ("store.db", "store.db-wal", "store.db-shm", "journal.log", "keys.json")
WRITES = "pwrite64,write,ftruncate,fallocate"
FAULTS = {
    "disk full": (WRITES, "ENOSPC"),
    "write error": (WRITES, "EIO"),
    "sync error": ("fsync,fdatasync", "EIO"),
    "read error": ("pread64,read", "EIO"),
    "read-only": ("openat,unlink", "EROFS"),
}
"""Each fault: the calls that fail, and the error they give."""
_PR_SET_PTRACER = 0x59616D61
_LONGEST_S = 300
"""Also on a machine that has better things to do."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What one desk did while a call of it failed."""

    fault: str
    nth: int
    fired: int
    """How many calls strace made to fail."""
    steps: dict[str, str]
    """By step: `done`, or `refused ERROR, then done`."""
    said: str
    """The reference it acknowledged, or nothing."""
    seconds: float


class Morning:
    """A desk's work, step by step; a step that is refused with a sentence is tried once more."""

    def __init__(
        self, profile: Path, passphrase_file: Path, target: Path, *, careless: bool
    ) -> None:
        self._profile = profile
        self._passphrase_file = passphrase_file
        self._target = target
        self._careless = careless
        self._reference = ""
        self.steps: dict[str, str] = {}

    async def work(self, out: int) -> None:
        """Open, take, note, set, read, sync, back up, close; each reference is said aloud."""
        opened = await self._step("open", self._open)
        person = await self._step("person", opened.people.current)
        await self._step("take", lambda: self._take(opened, person, out))
        if self._careless:
            opened.close()
            return
        reference = self._reference
        await self._step("note", lambda: opened.tickets.note(reference, "Rang back.", person))
        place = {"place": "1 Mill Lane, Leeds"}
        await self._step("set", lambda: opened.tickets.set_fields(reference, place, person))
        await self._step("read", lambda: opened.tickets.by_reference(reference))
        await self._step("search", lambda: opened.finding.search("seal leaks"))
        await self._step("sync", opened.sync_once)
        await self._step("backup", lambda: self._backup(opened))
        opened.close()

    async def _open(self) -> OpenedDesk:
        return await open_profile(self._profile, self._passphrase_file)

    async def _take(self, opened: OpenedDesk, person: Person, out: int) -> str:
        call = replace(opened.intake.new_call("07700 900118"), fault="Door seal leaks")
        self._reference = (await opened.intake.take(call, person)).reference
        os.write(out, f"ack {self._reference}\n".encode())
        return self._reference

    async def _backup(self, opened: OpenedDesk) -> None:
        shutil.rmtree(self._target, ignore_errors=True)
        await opened.desk.store.backup(str(self._target))

    async def _step(self, name: str, work: Callable[[], Awaitable[T]]) -> T:
        """Once more where it was refused, when the fault is over."""
        try:
            result = await work()
        except OffhookError as error:
            refused = error
        else:
            self.steps[name] = "done"
            return result
        sentences = (refused.happened, refused.safe, refused.todo)
        assert all(sentences), f"{name}: {refused!r}"
        self.steps[name] = f"refused {refused.code}, then done"
        _until_let_go()
        return await work()


def take_no_notice() -> None:
    """The control's fault: a commit that failed is undone and called done."""

    def careless(raw: driver.Connection) -> None:
        try:
            raw.execute("COMMIT")
        except driver.Error:
            if raw.in_transaction:
                raw.execute("ROLLBACK")

    SqlStore._commit = staticmethod(careless)  # type: ignore[method-assign]  # planted


class Driver:
    """Forks desks over one profile; strace is laid on each before it begins."""

    def __init__(
        self, profile: Path, passphrase_file: Path, room: Path, *, careless: bool = False
    ) -> None:
        warm_up()
        self._careless = careless
        self._profile = profile.resolve()
        self._passphrase_file = passphrase_file
        self._room = room
        self._log = room / "strace.log"

    def counts(self, fault: str) -> int:
        """How many calls the busiest thread of a morning makes that this fault could hit."""
        self._run(fault, None)
        threads = Counter(line.split(" ", 1)[0] for line in self._lines() if _is_call(line))
        return max(threads.values(), default=0)

    def ending(self, fault: str, nth: int) -> Ending:
        """One morning in which the nth call fails."""
        began = time.monotonic()
        told = self._run(fault, nth)
        found = re.search(r"ack (\S+)\n", told)
        steps = re.search(r"steps (.*)\n", told)
        assert steps is not None, f"{fault} at {nth}: {told}"
        return Ending(
            fault, nth, sum(map(_failed, self._lines())),
            json.loads(steps[1]), found[1] if found else "", round(time.monotonic() - began, 3),
        )  # fmt: skip

    def _lines(self) -> list[str]:
        return self._log.read_text("utf-8", errors="replace").splitlines()

    def _run(self, fault: str, nth: int | None) -> str:
        assert threading.active_count() == 1, "a fork takes one thread along"
        reading, writing = os.pipe()
        held, go = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            os.close(go)
            self._be_a_desk(writing, held)
        os.close(writing)
        os.close(held)
        with self._strace(child, fault, nth) as strace:
            os.close(go)
            told = self._heard(reading, strace)
            _pid, status = os.waitpid(child, 0)
            strace.wait(_LONGEST_S)
        assert os.waitstatus_to_exitcode(status) == 0, f"{fault} at {nth}: {status} {told}"
        return told

    def _heard(self, reading: int, strace: subprocess.Popen[bytes]) -> str:
        """All the desk says; once a call of it has failed, strace lets it go."""
        told = b""
        with selectors.DefaultSelector() as selector, os.fdopen(reading, "rb", 0) as pipe:
            selector.register(pipe, selectors.EVENT_READ)
            while True:
                if strace.poll() is None and any(map(_failed, self._lines())):
                    strace.terminate()
                if not selector.select(0.005):
                    continue
                part = pipe.read(1 << 16)
                if not part:
                    return told.decode()
                told += part

    def _strace(self, pid: int, fault: str, nth: int | None) -> subprocess.Popen[bytes]:
        calls, error = FAULTS[fault]
        what = f"trace={calls}" if nth is None else f"inject={calls}:error={error}:when={nth}"
        paths = [self._profile / name for name in STORE_FILES]
        command = ["strace", "-f", "-qq", "-s", "0", "-o", str(self._log), "-p", str(pid)]
        command += ["-e", what, *(f"-P{path}" for path in [*paths, self._room / "backup/store.db"])]
        process = subprocess.Popen(command)
        until = time.monotonic() + _LONGEST_S
        while not _tracer(pid):
            assert process.poll() is None, "strace could not be laid on the desk"
            assert time.monotonic() < until
            time.sleep(0.002)
        return process

    def _be_a_desk(self, out: int, held: int) -> None:
        """The child: never returns."""
        faulthandler.register(signal.SIGALRM, file=out, chain=True)
        signal.alarm(_LONGEST_S)  # a desk that hangs says where, and ends by the signal
        code = 1
        try:
            ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(2**64 - 1), 0, 0, 0)
            os.read(held, 1)  # until the parent has laid strace on it
            if self._careless:
                take_no_notice()
            backup = self._room / "backup"
            morning = Morning(self._profile, self._passphrase_file, backup, careless=self._careless)
            asyncio.run(morning.work(out))
            os.write(out, f"steps {json.dumps(morning.steps)}\n".encode())
            code = 0
        finally:
            if code:
                os.write(out, traceback.format_exc().encode())
            os._exit(code)


def _tracer(pid: int) -> bool:
    """Whether strace holds the process."""
    return "TracerPid:\t0\n" not in Path(f"/proc/{pid}/status").read_text("utf-8")


def _until_let_go() -> None:
    while _tracer(os.getpid()):
        time.sleep(0.002)


def _failed(line: str) -> bool:
    return "(INJECTED)" in line


def _is_call(line: str) -> bool:
    return "<... " not in line and "+++" not in line and "---" not in line


def run(
    profile: Path, passphrase_file: Path, cases: dict[str, int], *, careless: bool = False
) -> Iterator[Ending]:
    """For each fault so many mornings, the failing call spread over all a morning makes.

    The earlier the denser: a backup at the end makes most of the calls.
    """
    with TemporaryDirectory(prefix="offhook-") as name:
        desks = Driver(profile, passphrase_file, Path(name), careless=careless)
        for fault, wanted in cases.items():
            calls = desks.counts(fault)
            places = {round(calls * (index / wanted) ** 2) for index in range(min(wanted, calls))}
            for place in sorted(places):
                yield desks.ending(fault, 1 + place)


if __name__ == "__main__":
    control = "careless" in sys.argv[4:]
    for one in run(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3]), careless=control):
        sys.stdout.write(json.dumps(asdict(one)) + "\n")
        sys.stdout.flush()
