"""Coroutines in answer to Qt signals: errors reported, typing waited out, the newest wins."""

from __future__ import annotations

import asyncio
import functools
import inspect
import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar, cast

from PySide6.QtCore import QObject, QTimer

_P = ParamSpec("_P")
_S = TypeVar("_S")
_Q = TypeVar("_Q")
_A = TypeVar("_A")


class ErrorReporter(Protocol):
    """Where an error of the desk's own work goes; it must not raise."""

    def __call__(self, error: BaseException, /) -> None: ...


class Reporting:
    """Who hears of errors in coroutines. The composition root sets it before the window opens."""

    def __init__(self) -> None:
        self._reporter: ErrorReporter | None = None
        self._running: set[asyncio.Task[Any]] = set()

    def set_reporter(self, reporter: ErrorReporter | None) -> None:
        self._reporter = reporter

    def report(self, error: BaseException) -> None:
        """Hand an error on; without a reporter the event loop's own handler hears of it."""
        if self._reporter is not None:
            self._reporter(error)
            return
        loop = asyncio.get_running_loop()
        loop.call_exception_handler({"message": "an unreported error", "exception": error})

    def start(self, work: Coroutine[Any, Any, _A]) -> asyncio.Task[_A]:
        """Run work on the current loop; kept alive until it ends, its error reported."""
        task = asyncio.get_running_loop().create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.report(error)

    async def finished(self) -> None:
        """Wait until everything that was started has ended; for shutdown and tests."""
        while self._running:
            await asyncio.wait(tuple(self._running))


reporting = Reporting()


def async_slot(
    method: Callable[Concatenate[_S, _P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[_S, _P], None]:
    """A method that may be connected to a signal and runs its coroutine on the event loop.

    The slot returns at once. An exception goes to the reporter; a cancelled task is no error.
    """
    accepted = _positional(method) - 1

    def slot(self: _S, *args: _P.args, **kwargs: _P.kwargs) -> None:
        # A signal may carry more than the method asks for: clicked(bool), textChanged(str).
        wanted = cast("Any", args)[:accepted]
        _ = reporting.start(cast("Any", method)(self, *wanted, **kwargs))

    return cast(
        "Callable[Concatenate[_S, _P], None]",
        functools.update_wrapper(slot, method),
    )


def _positional(method: Callable[..., Any]) -> int:
    parameters = inspect.signature(method).parameters.values()
    if any(one.kind is one.VAR_POSITIONAL for one in parameters):
        return sys.maxsize
    return sum(one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD) for one in parameters)


class Debounce(QObject):
    """Calls once after a pause: each `touch` starts the pause anew."""

    def __init__(self, pause_ms: int, act: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(act)

    def touch(self) -> None:
        self._timer.start()

    def now(self) -> None:
        """Act at once if an act is due; used when a field loses the focus."""
        if self._timer.isActive():
            self._timer.stop()
            self._act()

    def drop(self) -> None:
        """Forget an act that is due."""
        self._timer.stop()

    @property
    def due(self) -> bool:
        return self._timer.isActive()


class NewestWins(Generic[_Q, _A]):
    """Asks again whenever asked; only the answer to the newest question is shown.

    A newer question cancels the older one. `show` is called on the event loop's thread with the
    question and its answer; an error is reported, unless a newer question made it unimportant.
    """

    def __init__(self, ask: Callable[[_Q], Awaitable[_A]], show: Callable[[_Q, _A], None]) -> None:
        self._ask = ask
        self._show = show
        self._task: asyncio.Task[None] | None = None
        self._number = 0

    def request(self, question: _Q) -> None:
        self.cancel()
        self._number += 1
        self._task = reporting.start(self._run(question, self._number))

    def cancel(self) -> None:
        """No answer is wanted any more."""
        self._number += 1
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _run(self, question: _Q, number: int) -> None:
        try:
            answer = await self._ask(question)
        except Exception:
            if number == self._number:
                raise
            return  # the answer to an older question: nobody waits for it
        if number == self._number:
            self._show(question, answer)
