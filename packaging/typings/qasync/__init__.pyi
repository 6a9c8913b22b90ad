"""Types of the part of qasync the desk uses."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QCoreApplication

_P = ParamSpec("_P")
_R = TypeVar("_R")

class QEventLoop(asyncio.BaseEventLoop):
    def __init__(
        self,
        app: QCoreApplication | None = None,
        set_running_loop: bool = False,
        already_running: bool = False,
    ) -> None: ...
    def __enter__(self) -> QEventLoop: ...
    def __exit__(self, *args: object) -> None: ...

def asyncSlot(
    *args: type | str, **kwargs: Any
) -> Callable[
    [Callable[Concatenate[Any, _P], Coroutine[Any, Any, _R]]], Callable[..., asyncio.Task[_R]]
]: ...
def run(main: Coroutine[Any, Any, _R], *, debug: bool | None = None) -> _R: ...
