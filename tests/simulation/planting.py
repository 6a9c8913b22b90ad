"""A planted fault: how it is put in place, and where it would have made a difference."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from app.domain import lifecycle
from app.domain.lifecycle import LIFE, OpEvent, OpState

Met = Callable[[], object]
"""Is told that from here on a world with the fault may differ from one without."""
Put = Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Plant:
    """A fault of the real code."""

    put: Put
    """What a `with` puts in place and takes away again."""
    watched: Callable[[Met], AbstractContextManager[Any]]
    """The real code, which says where the fault would have done something else.

    A world in which it never says so goes the same way with the fault, for a seed decides all else.
    """


def give(owner: object, name: str, made: Any) -> Plant:  # noqa: ANN401 - whatever stands there
    """Another thing in the place of a function or class; it matters wherever that is called."""

    def watched(met: Met) -> AbstractContextManager[Any]:
        real = getattr(owner, name)

        def noted(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - as its original
            met()
            return real(*given, **more)

        return patch.object(owner, name, noted)

    return Plant(lambda: patch.object(owner, name, made), watched)


def say(owner: object, name: str, made: Callable[..., object]) -> Plant:
    """Another answer of a function that only answers; it matters where the real one differs."""

    def watched(met: Met) -> AbstractContextManager[Any]:
        real = getattr(owner, name)

        def noted(*given: Any, **more: Any) -> Any:  # noqa: ANN401 - as its original
            other = _said(made, *given, **more)
            answer = _said(real, *given, **more)
            if answer != other:
                met()
            value, error = answer
            if error is not None:
                raise error.again
            return value

        return patch.object(owner, name, noted)

    return Plant(lambda: patch.object(owner, name, made), watched)


def behind(owner: object, name: str, changed: Callable[..., object]) -> Plant:
    """What a function gives is changed, `changed(given back, *given)`; it matters where it is."""

    def put() -> AbstractContextManager[Any]:
        real = getattr(owner, name)
        return patch.object(owner, name, lambda *given: changed(real(*given), *given))

    def watched(met: Met) -> AbstractContextManager[Any]:
        real = getattr(owner, name)

        def noted(*given: Any) -> Any:  # noqa: ANN401 - as its original
            done = real(*given)
            if changed(done, *given) != done:
                met()
            return done

        return patch.object(owner, name, noted)

    return Plant(put, watched)


def around(
    owner: object, name: str, made: Callable[..., object], matters: Callable[..., bool]
) -> Plant:
    """Another thing in the place of a function, made of the real one, `made(real, *given)`.

    It matters where `matters(*given)` is true before the real one is called with the same.
    """

    def replaced(by: Callable[..., object]) -> AbstractContextManager[Any]:
        real = getattr(owner, name)
        return patch.object(owner, name, lambda *given, **more: by(real, *given, **more))

    def watched(met: Met) -> AbstractContextManager[Any]:
        def noted(real: Callable[..., object], *given: Any, **more: Any) -> Any:  # noqa: ANN401 - as its original
            if matters(*given, **more):
                met()
            return real(*given, **more)

        return replaced(noted)

    return Plant(lambda: replaced(made), watched)


def both(*plants: Plant) -> Plant:
    """Two sides that guard the same: the fault needs both to sleep."""

    @contextmanager
    def together(each: Callable[[Plant], AbstractContextManager[Any]]) -> Iterator[None]:
        with ExitStack() as stack:
            for plant in plants:
                stack.enter_context(each(plant))
            yield

    return Plant(
        lambda: together(lambda plant: plant.put()),
        lambda met: together(lambda plant: plant.watched(met)),
    )


def arrow(state: OpState, event: OpEvent, target: OpState) -> Plant:
    """One row of the life table leads elsewhere."""
    return _arrows({(state, event): target})


def all_to(event: OpEvent, where: Callable[[OpState], OpState]) -> Plant:
    """All rows of one event lead elsewhere."""
    return _arrows({(state, one): where(state) for state, one in LIFE if one is event})


def stays(state: OpState) -> OpState:
    return state


def to(target: OpState) -> Callable[[OpState], OpState]:
    return lambda _state: target


def _arrows(changed: Mapping[tuple[OpState, OpEvent], OpState]) -> Plant:
    """It matters where one of these rows is followed, or asked for where there was none."""

    @contextmanager
    def put() -> Iterator[None]:
        before = dict(LIFE)
        LIFE.update(changed)
        try:
            yield
        finally:
            LIFE.clear()
            LIFE.update(before)

    @contextmanager
    def watched(met: Met) -> Iterator[None]:
        followed = _Followed(lifecycle.LIFE, changed, met)
        with ExitStack() as patched:
            for reader in list(sys.modules.values()):
                if vars(reader).get("LIFE") is lifecycle.LIFE and reader is not lifecycle:
                    patched.enter_context(patch.object(reader, "LIFE", followed))
            patched.enter_context(patch.object(lifecycle, "LIFE", followed))
            yield

    return Plant(put, watched)


@dataclass(frozen=True, slots=True)
class _Raised:
    """An error as an answer: two of one kind and text are the same."""

    kind: type[Exception]
    text: str
    again: Exception = field(compare=False)


def _said(
    function: Callable[..., object], *given: object, **more: object
) -> tuple[object, _Raised | None]:
    try:
        return function(*given, **more), None
    except Exception as error:  # noqa: BLE001 - it is raised again
        return None, _Raised(type(error), str(error), error)


class _Followed(dict[tuple[OpState, OpEvent], OpState]):
    """The life table, whose reader is told which rows were followed."""

    def __init__(
        self, table: dict[tuple[OpState, OpEvent], OpState],
        changed: Mapping[tuple[OpState, OpEvent], OpState], met: Met,
    ) -> None:  # fmt: skip
        super().__init__(table)
        self._table, self._changed, self._met = table, changed, met

    def __getitem__(self, row: tuple[OpState, OpEvent]) -> OpState:
        target = self._table[row]
        if self._changed.get(row, target) is not target:
            self._met()
        return target

    def __contains__(self, row: object) -> bool:
        is_there = row in self._table
        if not is_there and row in self._changed:
            self._met()
        return is_there
