"""Coroutines behind signals: nothing is swallowed, the newest answer wins."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from ui.tasks import Debounce, NewestWins, async_slot, reporting


class Sender(QObject):
    pressed = Signal(bool)
    named = Signal(str, int)


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[object] = []

    @async_slot
    async def on_pressed(self) -> None:
        await asyncio.sleep(0)
        self.seen.append("pressed")

    @async_slot
    async def on_named(self, name: str) -> None:
        self.seen.append(name)

    @async_slot
    async def fails(self) -> None:
        raise ValueError("our bug")


@pytest.fixture
def errors() -> Iterator[list[BaseException]]:
    heard: list[BaseException] = []
    reporting.set_reporter(heard.append)
    yield heard
    reporting.set_reporter(None)


async def test_a_slot_takes_as_many_arguments_as_it_asks_for(qtbot: QtBot) -> None:
    sender, receiver = Sender(), Receiver()
    sender.pressed.connect(receiver.on_pressed)
    sender.named.connect(receiver.on_named)
    sender.pressed.emit(True)
    sender.named.emit("Ellen", 3)
    await reporting.finished()
    assert sorted(map(str, receiver.seen)) == ["Ellen", "pressed"]


async def test_an_error_reaches_the_reporter(qtbot: QtBot, errors: list[BaseException]) -> None:
    Receiver().fails()
    await reporting.finished()
    assert [str(error) for error in errors] == ["our bug"]


async def test_without_a_reporter_the_loop_hears_of_it(qtbot: QtBot) -> None:
    heard: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: heard.append(context))
    Receiver().fails()
    await reporting.finished()
    await asyncio.sleep(0)
    assert isinstance(heard[0]["exception"], ValueError)


async def test_the_newest_question_wins() -> None:
    gates = {"a": asyncio.Event(), "b": asyncio.Event()}
    shown: list[tuple[str, str]] = []

    async def ask(question: str) -> str:
        await gates[question].wait()
        return question.upper()

    newest = NewestWins[str, str](ask, lambda question, answer: shown.append((question, answer)))
    newest.request("a")
    await asyncio.sleep(0)
    newest.request("b")
    gates["a"].set()
    gates["b"].set()
    await reporting.finished()
    assert shown == [("b", "B")]


async def test_an_answer_that_could_not_be_stopped_is_not_shown() -> None:
    """A worker thread, say, finishes although nobody waits for it any more."""
    shown: list[str] = []

    async def ask(question: str) -> str:
        try:
            await asyncio.sleep(3_600)
        except asyncio.CancelledError:
            return f"late {question}"
        return question

    newest = NewestWins[str, str](ask, lambda _, answer: shown.append(answer))
    newest.request("a")
    await asyncio.sleep(0)
    newest.cancel()
    await reporting.finished()
    assert shown == []


async def test_a_cancelled_question_is_not_answered(errors: list[BaseException]) -> None:
    shown: list[str] = []

    async def ask(question: str) -> str:
        await asyncio.sleep(0)
        return question

    newest = NewestWins[str, str](ask, lambda _, answer: shown.append(answer))
    newest.request("a")
    newest.cancel()
    await reporting.finished()
    assert shown == []
    assert errors == []


async def test_an_error_of_the_newest_question_is_reported(errors: list[BaseException]) -> None:
    async def ask(question: str) -> str:
        raise OSError(question)

    NewestWins[str, str](ask, lambda *_: None).request("a")
    await reporting.finished()
    assert [type(error) for error in errors] == [OSError]


def test_typing_is_waited_out(qtbot: QtBot) -> None:
    acts: list[int] = []
    parent = QObject()
    debounce = Debounce(20, lambda: acts.append(1), parent)
    for _ in range(5):
        debounce.touch()
    assert debounce.due
    qtbot.waitUntil(lambda: acts == [1], timeout=5_000)
    assert not debounce.due


def test_leaving_a_field_acts_at_once(qtbot: QtBot) -> None:
    acts: list[int] = []
    parent = QObject()
    debounce = Debounce(60_000, lambda: acts.append(1), parent)
    debounce.now()
    assert acts == []
    debounce.touch()
    debounce.now()
    assert acts == [1]
    debounce.touch()
    debounce.drop()
    debounce.now()
    assert acts == [1]
