"""Whatever a customer typed is text on every screen: nothing is loaded, nothing interpreted."""

from __future__ import annotations

import functools
import itertools
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction, QImage, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.operations import FieldConflict, Json
from app.domain.payments.read_lines import KeptLine
from app.domain.payments.statements import StatementLine
from app.domain.times import to_rfc3339
from app.domain.views import ConflictRow, CustomerCard, DeviceCard, ExpertCard, PlanCard
from app.domain.visible import visible
from tests.support.evil import Opened, corpus
from tests.support.ui_desk import NOON, ui_desk
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_store import Contents

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="inotify counts the opens")


@pytest.fixture
def bait(tmp_path: Path, qtbot: QtBot) -> Path:
    """A real picture every evil text names; loading it would succeed."""
    file = tmp_path / "bait.png"
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    assert image.save(str(file))
    return file


_EACH = 6
"""Texts a ticket and its customer share: every one of them is on every screen."""


def contents_of(texts: list[str]) -> Contents:
    """A ticket, customer, device, plan, promise, note, call and conflicts for each six texts."""
    contents = Contents()
    at = to_rfc3339(NOON)
    contents.experts = [
        ExpertCard(f"e{number}", text, text, (text,), (text,), (text,))
        for number, text in enumerate(texts)
    ]
    for number in range(0, len(texts), _EACH):
        say = functools.partial(next, itertools.cycle(texts[number : number + _EACH]))
        customer, ticket = f"customer-{number}", f"ticket-{number:04}"
        contents.customers[customer] = CustomerCard(
            customer, say(), ("+447700900118", say()), say(), say(), say(), "2019-03-01", 1,
            provisional=False,
        )  # fmt: skip
        device = DeviceCard(f"d{number}", say(), say(), say(), say(), say())
        contents.devices[customer] = [device]
        contents.plans[customer] = PlanCard(f"p{number}", say(), say(), say(), say(), 1, 4)
        contents.tickets[ticket] = _ticket(number, customer, say, at)
        reduced = {**_ticket(number, customer, say, at), "status": "to_complete", "place": None}
        contents.tickets[f"reduced-{number:04}"] = {
            **reduced, "reference": f"R7-{number:04}-0", "owner": None, "claims": None,
        }  # fmt: skip
        contents.contacts[f"call-{number}"] = {
            "customer_id": customer, "outcome": "new_ticket", "agent": say(),
            "caller_name": say(), "tickets": [ticket], "started": at,
        }  # fmt: skip
        line = StatementLine(1, date(2026, 11, 22), date(2026, 11, 22), say(), say(), say(), say())
        kept = KeptLine(f"line-{number}", "import", NOON, say(), "GBP", line)
        contents.bank_lines[kept.key] = kept
        for field in ("place", "reachable"):
            both = FieldConflict(field, say(), say(), say(), say(), NOON)
            contents.conflicts.append(ConflictRow(f"op-{number}", "ticket.set", ticket, NOON, both))
    return contents


def _ticket(number: int, customer: str, say: Callable[[], str], at: str) -> dict[str, Json]:
    return {
        "reference": f"K7-{number:04}-0", "row_state": "Sent", "status": "ready", "fault": say(),
        "customer_id": customer, "caller_name": say(), "caller_phone": say(), "place": say(),
        "reachable": say(), "serial": say(), "model_words": say(), "owner": "ellen",
        "taken_by": say(), "intake": "phone", "happened_at": at, "due": at,
        "notes": [
            {"id": f"n{at}{number}", "text": say(), "by": say(), "at": at, "internal": False}
            for _ in range(_EACH)
        ],
        "promises": [{
            "id": f"p{number}", "what": say(), "to": say(), "by_when": at, "made_by": say(),
            "at": at,
        }],
        "claims": [{
            "id": f"c{number}", "provider": say(), "reference": say(), "amount": 1,
            "currency": say(), "paid_on": say(), "last4": None, "by": say(), "at": at,
        }],
    }  # fmt: skip


def _rich(root: QWidget) -> list[str]:
    """Labels that would not take their text as it is."""
    return [
        one.text()[:60]
        for one in root.findChildren(QLabel)
        if one.textFormat() is not Qt.TextFormat.PlainText
    ]


def _hiding(root: QWidget) -> list[str]:
    """Texts of widgets, menus and rows that would hide or turn something."""
    said = [one.toolTip() for one in root.findChildren(QWidget)]
    said += [one.accessibleName() for one in root.findChildren(QWidget)]
    said += [one.accessibleDescription() for one in root.findChildren(QWidget)]
    said += [one.text() for one in root.findChildren(QLabel)]
    said += [one.text() for one in root.findChildren(QAbstractButton)]
    said += [one.text() for one in root.findChildren(QAction)]
    for box in root.findChildren(QComboBox):
        said += [box.itemText(at) for at in range(box.count())]
    for view in root.findChildren(QAbstractItemView):
        said += _in_rows(view.model()) if view.model() is not None else []
    return [one[:60] for one in said if visible(one) != one]


def _in_rows(model: QAbstractItemModel) -> Iterator[str]:
    for row, column in itertools.product(range(model.rowCount()), range(model.columnCount())):
        for role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            yield str(model.index(row, column).data(role) or "")


def _tips(screens: Screens) -> Iterator[str]:
    """Every tooltip of a widget or a row that exists now."""
    for widget in screens.window.findChildren(QWidget):
        yield widget.toolTip()
    model = screens.work.queue_page.queue.model
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            tip = model.data(model.index(row, column), Qt.ItemDataRole.ToolTipRole)
            yield str(tip or "")


def _show_as_qt_does(tip: str) -> None:
    """A tooltip is rich text where Qt finds something like a tag in it."""
    if "<" in tip:
        document = QTextDocument()
        document.setHtml(tip)
        document.size()


def test_the_bait_is_taken_where_a_screen_takes_text_for_more(bait: Path, qtbot: QtBot) -> None:
    """The count counts: a label as Qt makes it loads the picture."""
    label = QLabel(f"<img src='{bait}'>")
    qtbot.addWidget(label)
    with Opened(bait) as opened:
        label.show()
        label.grab()
        assert opened.times() > 0


def test_no_text_of_a_customer_loads_anything_on_any_screen(qtbot: QtBot, bait: Path) -> None:
    """Given over 200 evil texts in every field, when every screen shows them, then 0 loads, and
    nothing that hides or turns what stands beside it.
    """
    texts = corpus(bait)
    assert len(set(texts)) >= 200
    desk = ui_desk(contents_of(texts))
    with desk_screens(qtbot, desk) as screens, Opened(bait) as opened:
        work, window = screens.work, screens.window
        screens.until(lambda: len(work.queue_page.queue.model.rows) > len(texts) // _EACH)
        rich = []
        for number in range(0, len(texts), _EACH):
            work.ways.open_ticket(f"ticket-{number:04}")
            screens.until(lambda n=number: _on(work.ticket.detail, f"ticket-{n:04}"))  # type: ignore[misc]  # a lambda with a default
            window.grab()
            work.ways.show_customer(f"customer-{number}")
            screens.until(lambda n=number: _is(work.customer.page, f"customer-{n}"))  # type: ignore[misc]  # a lambda with a default
            window.grab()
            work.ways.compare(f"ticket-{number:04}")
            screens.until(lambda: work.conflict.fields)
            window.grab()
            rich += _rich(window) + _hiding(window)
        for tip in _tips(screens):
            _show_as_qt_does(tip)
        screens.window.resize(1440, 900)
        for place in ("to_complete", "paper", "report"):
            work.go(place)
            screens.settled()
            window.grab()
            rich += _rich(window) + _hiding(window)
        work.work_lists.show_visit("ticket-0000")
        screens.until(work.work_lists.visit.model.rowCount)
        window.grab()
        rich += _rich(window) + _hiding(window)
        work.go("payments")
        screens.until(lambda: work.work_lists.payments.offered)
        window.grab()
        rich += _rich(window) + _hiding(window)
        for keys in ("G,Q", "G,B", "G,O", "G,S", "Ctrl+K"):
            screens.press(keys)
            screens.turn(20)
            window.grab()
        screens.type("img")
        screens.settled()
        window.grab()
        rich += _hiding(window)
        screens.press("Esc", "F2")
        screens.type("07700 900118")
        screens.until(lambda: work.calls.active is not None and screens.call.assist.matches)
        window.grab()
        rich += _rich(window) + _hiding(window)
        assert rich == []
        assert opened.times() == 0


def _on(detail: object, ticket_id: str) -> bool:
    row = getattr(detail, "row", None)
    return getattr(row, "id", "") == ticket_id


def _is(page: object, customer_id: str) -> bool:
    return getattr(getattr(page, "customer", None), "id", "") == customer_id
