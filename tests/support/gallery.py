"""A window with every component in every state, and pictures of it in both palettes.

`python -m tests.support.gallery --shots FOLDER` takes the pictures; without it the window opens.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.domain.lifecycle import RowState
from app.domain.views import ServiceWord
from tests.support.contrast import contrast
from ui.delegates import paint
from ui.delegates.parts import (
    AsOf,
    Break,
    Icon,
    Part,
    Pill,
    RowKind,
    Spring,
    Tag,
    Text,
    Words,
    group_head,
    intake,
    lead,
    not_verified,
    past_due,
    second,
    small,
    taken_in_outage,
)
from ui.delegates.rows import PartsModel, PartsRow
from ui.text import Mark, MarkKind, PlainLabel
from ui.theme import Look, Radius, Size, Space, State, Theme, Token, Type, theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.call_strip import CallButton, CallCard, CallState, CallStrip
from ui.widgets.caller_offer import CallerOffer, Offer
from ui.widgets.candidate_list import Candidate, CandidateList
from ui.widgets.card import Card, CardStack
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.marks import AsOfMark, Avatar, KeyHint, PartsLabel, StatePill, TagMark
from ui.widgets.message import Message, MessageAction
from ui.widgets.palette import Palette, PaletteRow, PaletteSection
from ui.widgets.parts_view import PartsTable
from ui.widgets.person import PersonButton
from ui.widgets.progress import Meter, Step, Stepper, StepState
from ui.widgets.rail import Rail, RailGroup, RailItem
from ui.widgets.reference_board import ReferenceBoard
from ui.widgets.service_bar import ServiceState, StatusBar, service_parts
from ui.widgets.shortcut_sheet import ShortcutGroup, ShortcutSheet
from ui.widgets.surfaces import Hairline, Surface, column, line
from ui.widgets.toast import Toast
from ui.widgets.top_bar import TopBar
from ui.widgets.view_head import ActionFoot, ViewHead

# --- the sheet of components ----------------------------------------------------------------------

_GROUND_OF = {"accent": "on.accent", "mark": "mark.text", "focus": "selected"}
_SWATCHES = (
    Token.WINDOW, Token.SURFACE, Token.PANEL, Token.RAISED, Token.TEXT, Token.TEXT2,
    Token.MUTED, Token.CONTROL, Token.ACCENT, Token.LINK, Token.FOCUS, Token.SELECTED,
    Token.HAIR, Token.LINE, Token.OK, Token.OK_TINT, Token.WARN, Token.WARN_TINT,
    Token.BAD, Token.BAD_TINT, Token.REV, Token.REV_TINT, Token.MOVE, Token.MOVE_TINT,
    Token.NEU, Token.NEU_TINT, Token.MARK, Token.MARK_TEXT,
)  # fmt: skip


class Swatch(QWidget):
    """A colour, its name, and its contrast against text or surface."""

    def __init__(self, token: Token, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self.setFixedHeight(theme().px(Size.BUTTON_SAVE))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        side = look.px(Size.BUTTON_LINE)
        square = QRect(0, 0, side, side)
        line_ink, ground = look.colour(Token.LINE), look.colour(self._token)
        paint.rounded(painter, square, Radius.CONTROL, ground=ground, border=line_ink)
        tint = self._token.value.endswith(".tint") or self._token.value in (
            "window", "surface", "panel", "raised", "selected",
        )  # fmt: skip
        other = Token.TEXT if tint else Token(_GROUND_OF.get(self._token.value, "surface"))
        value = look.colour(self._token).name().upper()
        ratio = contrast(value, look.colour(other).name())
        words = (
            Text(self._token.value, step=Type.LABEL),
            Break(),
            small(f"{value}   {ratio:.1f}  {other}", Token.TEXT2),
        )
        paint.draw_parts(painter, self.rect().adjusted(side + Space.S, -2, 0, -6), words, look)
        painter.end()


def head(text: str) -> PlainLabel:
    return PlainLabel(text, step=Type.HEAD, ink=Token.TEXT2)


def row_of(*widgets: QWidget, gap: int = Space.S) -> QHBoxLayout:
    row = line(gap=gap)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def colours_column() -> QWidget:
    side = QWidget()
    body = column(side, gap=Space.S, edge=Space.XL)
    body.addWidget(head("Colours, with contrast against the ground they meet"))
    for at in range(0, len(_SWATCHES), 2):
        pair = line(gap=Space.L)
        pair.addWidget(Swatch(_SWATCHES[at]))
        pair.addWidget(Swatch(_SWATCHES[at + 1]))
        body.addLayout(pair)
    body.addWidget(head("Type"))
    for text, step in (
        ("My queue", Type.VIEW), ("Contact", Type.GROUP),
        ("No picture, sound works", Type.BODY), ("Claimed since 10:42", Type.SMALL),
    ):  # fmt: skip
        body.addWidget(PlainLabel(text, step=step, tabular=step is Type.SMALL))
    body.addStretch(1)
    return side


_STATES = (
    RowState.SAVED_HERE, RowState.WAITING, RowState.SENDING, RowState.SENT,
    RowState.FAILED, RowState.NEEDS_REVIEW,
)  # fmt: skip


def marks_column() -> QWidget:
    side = Surface(line_left=True, line_right=True)
    body = column(side, gap=Space.S, edge=Space.XL)
    body.addWidget(head("State of a row: icon and word, loud only when a person is needed"))
    body.addLayout(row_of(*(StatePill(state) for state in _STATES[:4])))
    body.addLayout(row_of(*(StatePill(state) for state in _STATES[4:])))
    body.addWidget(head("Service"))
    for word, time in (
        (ServiceWord.UP, ""), (ServiceWord.SLOW, ""), (ServiceWord.STALE, "09:55"),
        (ServiceWord.DOWN, "10:42"), (ServiceWord.SIGN_IN, ""),
    ):  # fmt: skip
        body.addWidget(PartsLabel(service_parts(word, time, "Tickets")))
    body.addWidget(head("Marks"))
    body.addLayout(
        row_of(AsOfMark("09:55"), TagMark.of(not_verified()), TagMark.of(taken_in_outage()))
    )
    body.addLayout(
        row_of(
            TagMark.of(intake("phone")),
            TagMark("Exception", State.BAD, "warning-circle"),
            PartsLabel((Words("the small Hisense"),)),
            Avatar("Ellen Marsh"),
        )
    )
    body.addLayout(row_of(KeyHint("Ctrl+K"), KeyHint("F2"), KeyHint("A"), KeyHint("Ctrl+Enter")))
    body.addWidget(head("Buttons: rest, hover, focus, disabled"))
    for kind, text, keys in (
        (ButtonKind.PRIMARY, "Approve", "A"),
        (ButtonKind.PLAIN, "Reject", "R"),
        (ButtonKind.QUIET, "Next", "J"),
        (ButtonKind.LINK, "Status", ""),
    ):
        body.addLayout(_buttons(kind, text, keys))
    body.addWidget(head("Fields"))
    body.addLayout(_fields())
    body.addWidget(head("Call card: talking, on hold"))
    for number, card in enumerate(CALLS, 1):
        button = CallButton(card, number)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        body.addWidget(button)
    body.addStretch(1)
    return side


CALLS = (
    CallCard("a", "Margaret Ellison", "+44 7700 900118", "02:41", CallState.TALKING, active=True),
    CallCard("b", "+44 7700 900451", "no name yet", "01:12", CallState.ON_HOLD),
)


def _buttons(kind: ButtonKind, text: str, keys: str) -> QHBoxLayout:
    rest = Button(text, kind=kind, keys=keys)
    hot = Button(text, kind=kind, keys=keys)
    hot.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    focused = Button(text, kind=kind, keys=keys)
    focused.setObjectName("ringed")
    disabled = Button(text, kind=kind, keys=keys)
    disabled.set_reason("Needs Tickets")
    return row_of(rest, hot, focused, disabled)


def _fields() -> QVBoxLayout:
    name = Field("Name", placeholder="Name or company")
    device = Field("Device")
    device.set_text("Samsng 55")
    device.edit.setObjectName("focused")
    phone = Field("Caller phone", big=True)
    phone.set_text("07700 9")
    phone.set_error("Too short for a phone number")
    model = Field("Model")
    model.set_text("HP Pavilion 15-eg2001na")
    model.set_fixed(fixed=True, reason="Central decides this one")
    both = column(gap=Space.S)
    for left, right in ((name, device), (phone, model)):
        pair = line(gap=Space.M)
        pair.addWidget(left)
        pair.addWidget(right)
        both.addLayout(pair)
    return both


def rows_column() -> QWidget:
    side = QWidget()
    body = column(side, gap=Space.S, edge=Space.XL)
    body.addWidget(head("Rail row: rest, selected, needs a person"))
    rail = Rail("Lanes")
    rail.show_groups((RailGroup("", (_LANES[1], _LANES[0], _LANES[5])),))
    rail.set_current("mine")
    rail.setFixedHeight(theme().px(Size.RAIL_ROW) * 4)
    body.addWidget(rail)
    body.addWidget(head("Table row"))
    table = sample_table()
    table.setFixedHeight(theme().px(Size.ROW) * 5)
    body.addWidget(table)
    body.addWidget(head("Message in the layout, near its cause"))
    for message in sample_messages():
        body.addWidget(message)
    body.addWidget(head("Toast: undo only, bottom left of the centre, 8 s"))
    place = QWidget()
    place.setObjectName("toast place")
    place.setFixedHeight(theme().px(Size.ACTION_FOOT) + Space.XL)
    place.setAccessibleName("place of the toast")
    body.addWidget(place)
    body.addWidget(head("Difference: tint, weight and underline together"))
    body.addWidget(
        PartsLabel(
            (
                Text("Samsung UE55AU7100K", step=Type.LEAD, marks=(Mark(12, 7),)),
                Text("+44 7700 900347", step=Type.LEAD, marks=(Mark(14, 1),)),
                small("search hit:"),
                Text("Margaret Ellison", step=Type.LEAD, marks=(Mark(9, 3, MarkKind.HIT),)),
            )
        )
    )
    body.addStretch(1)
    return side


def sample_messages() -> list[Message]:
    made = []
    for state, icon, fact, more, actions in (
        (State.BAD, "cloud-slash", "Tickets unreachable since 10:42.", "3 are waiting.",
         (MessageAction("status", "Status"),)),
        (State.WARN, "clock-counter-clockwise", "Billing's data is from 09:55.",
         "The rest is live.", ()),
        (State.REV, "git-branch", "2 fields changed at central too.", "",
         (MessageAction("compare", "Compare", "C", ButtonKind.PLAIN),)),
        (State.OK, "check-circle", "12 sent, 1 needs review", "",
         (MessageAction("dismiss", "Dismiss"),)),
        (State.NEU, "copy", "Like K7-0406-M of Tuesday?", "Same caller, Samsung TV.",
         (MessageAction("add", "Add to it", "Alt+A"),
          MessageAction("another", "Another fault", "Alt+O"))),
    ):  # fmt: skip
        message = Message(state, icon)
        message.show_message(fact, more, actions)
        made.append(message)
    return made


class Components(Surface):
    """The sheet of components, like picture 00."""

    def __init__(self) -> None:
        super().__init__()
        row = line(self, gap=0)
        for made in (colours_column, marks_column, rows_column):
            row.addWidget(made(), 1)

    def pose(self) -> None:
        """Put rings, focus and toast where the picture has them; needs to be on screen."""
        for button in self.findChildren(Button, "ringed"):
            button.show_ring()
        place = self.findChild(QWidget, "toast place")
        if isinstance(place, QWidget):
            Toast(place).offer("Assigned to R. Beck")
        edit = self.findChild(QWidget, "focused")
        if isinstance(edit, QWidget):
            edit.setFocus()


# --- the desk ---------------------------------------------------------------------------------

_LANES = (
    RailItem("mine", "My queue", "tray", 16),
    RailItem("unassigned", "Unassigned", "users", 23),
    RailItem("to_complete", "To complete", "check-square-offset", 9),
    RailItem("models", "Models to resolve", "question", 6),
    RailItem("payments", "Payments not verified", "article", 4),
    RailItem("needs_review", "Needs review", "flag", 2, review=True),
    RailItem("quarantine", "Quarantine", "shield-warning", 37),
    RailItem("outbox", "Outbox", "paper-plane-tilt", 8),
)
GROUPS = (
    RailGroup("Lanes", _LANES[:2]),
    RailGroup("", _LANES[2:6]),
    RailGroup("", _LANES[6:]),
    RailGroup(
        "Saved views",
        (
            RailItem("v1", "Bristol, due today", "bookmark-simple", 8),
            RailItem("v2", "Care homes", "bookmark-simple", 5),
            RailItem("v3", "Fridges over 8 °C", "bookmark-simple", 3),
        ),
    ),
)
SERVICES = (
    ServiceState("tickets", "Tickets", ServiceWord.DOWN, "10:42"),
    ServiceState("customers", "Customers", ServiceWord.UP),
    ServiceState("catalog", "Catalog", ServiceWord.UP),
    ServiceState("billing", "Billing", ServiceWord.STALE, "09:55"),
    ServiceState("experts", "Experts", ServiceWord.SLOW),
    ServiceState("notifications", "Notifications", ServiceWord.UP),
)
HEADS = ("Ticket", "State", "Fault", "Device", "Customer", "Due \u2191", "Assigned")
WIDTHS = (105, 122, 215, 174, 130, 90, 80)
_TICKETS: tuple[tuple[str, RowState, str, str, str, str, str], ...] = (
    ("K7-0388-D", RowState.SENDING, "Fridge at 11 °C, freezer fine", "Bosch KGN39VIEAG",
     "Yusuf Demir", "!18 min over", "You"),
    ("C1-7732-M", RowState.SENT, "Vertical lines since the update", "LG OLED55C24LA",
     "Grace Okafor", "!5 min over", "R. Beck"),
    ("K7-0421-X", RowState.WAITING, "No picture, sound works", "?Samsng 55 inch UE-something",
     "Margaret Ellison", "in 25 min", "You"),
    ("K7-0397-8", RowState.NEEDS_REVIEW, "Hinge broken, lid will not close",
     "HP Pavilion 15-eg2001na", "Daniel O'Brien", "in 38 min", "You"),
    ("K7-0402-T", RowState.SENT, "Two fridges off since the night", "Samsung RB38C602CS9",
     "St Mary's Hospice", "in 41 min", "S. Iqbal"),
    ("K7-0419-2", RowState.WAITING, "Charges on neither port", "ThinkPad T14 Gen 3",
     "Priya Raman", "in 52 min", "You"),
    ("K7-0398-G", RowState.SAVED_HERE, "Battery swollen, screen lifts", "Apple iPhone 13",
     "Hannah Lindqvist", "13:40", "You"),
    ("C1-7741-A", RowState.FAILED, "Stops at rinse, shows E18", "?Beko washer, WTL 84 something",
     "Ola Nowak", "14:30", "R. Beck"),
)  # fmt: skip


def _ticket_row(ticket: tuple[str, RowState, str, str, str, str, str]) -> PartsRow:
    reference, state, fault, device, customer, due, owner = ticket
    said = Words(device[1:]) if device.startswith("?") else second(device)
    over = past_due(due[1:]) if due.startswith("!") else Text(due, tabular=True)
    owned: tuple[Part, ...] = (
        (Text(owner, Token.MUTED),)
        if owner == "You"
        else (Icon("wrench", Token.MUTED), second(owner))
    )
    cells: tuple[tuple[Part, ...], ...] = (
        (lead(reference),), (Pill(state),), (Text(fault),), (said,), (second(customer),),
        (over,), owned,
    )  # fmt: skip
    return PartsRow(reference, cells, RowKind.ROW, f"{reference}, {state}, {fault}, {customer}")


def queue_rows() -> list[PartsRow]:
    rows = [_ticket_row(ticket) for ticket in _TICKETS]
    return [
        PartsRow("past", (group_head("Past due", 2, over=True),), RowKind.GROUP),
        *rows[:2],
        PartsRow("hour", (group_head("Within the hour", 4),), RowKind.GROUP),
        *rows[2:6],
        PartsRow("later", (group_head("Later today", 2),), RowKind.GROUP),
        *rows[6:],
        PartsRow("tomorrow", (group_head("Tomorrow and later", 3),), RowKind.GROUP_CLOSED),
    ]


def sample_table() -> PartsTable:
    table = PartsTable("Tickets")
    model = PartsModel(("Ticket",), table)
    texts = ("rest", "rest", "keyboard focus", "rest")
    model.set_rows(
        [
            PartsRow(
                at,
                (
                    (
                        lead("K7-0421-X"),
                        Pill(RowState.WAITING),
                        Text("No picture, sound works"),
                        Spring(),
                        small(text),
                    ),
                ),
            )
            for at, text in enumerate(texts)
        ]
    )
    table.setModel(model)
    table.setHeaderHidden(True)
    table.setCurrentIndex(model.index(2, 0))
    return table


def queue_table() -> PartsTable:
    table = PartsTable("My queue")
    model = PartsModel(HEADS, table)
    model.set_rows(queue_rows())
    table.setModel(model)
    for at, wide in enumerate(WIDTHS):
        table.setColumnWidth(at, round(wide * theme().effective_factor))
    table.setCurrentIndex(model.index(model.row_of("K7-0421-X"), 0))
    return table


def context_cards() -> CardStack:
    stack = CardStack(line_left=False)
    ticket = Card("ticket", "Ticket")
    ticket.add_pair("Lane", Text("Actionable"), mark=AsOf("10:42"))
    ticket.add_pair("Due", Text("11:44", step=Type.LEAD, tabular=True), small("in 38 min"))
    customer = Card("user", "Customer")
    customer.add_lead("Margaret Ellison")
    customer.add_text("+44 7700 900118", tabular=True)
    customer.add_text("12 Cotham Vale, Bristol BS6")
    customer.add_link("open", "2 open tickets", "· customer since 2019")
    coverage = Card("shield-check", "Coverage")
    coverage.set_as_of("09:55")
    coverage.add_lead("Home Plus, TVs and appliances")
    coverage.add_text("Runs to 14 Mar 2026, repair at home")
    device = Card("television", "Device")
    device.add_parts(Words("Samsng 55 inch UE-something"))
    device.add_text("The caller's words. 4 candidates.")
    device.add_widget(Button("Choose model", keys="M", height=Size.BUTTON_LINE))
    payment = Card("article", "Payment")
    payment.set_as_of("09:55")
    payment.add_parts(not_verified())
    payment.add_pair("Claimed", Text("£89.00 by bank transfer", tabular=True))
    payment.add_pair("Settle by", Text("Fri 10:58, in 23 h 52 min", tabular=True))
    complete = Card("check-square-offset", "To complete")
    complete.add_to_complete("Serial number")
    complete.add_to_complete("Address, from the customer record", done=True)
    for card in (ticket, customer, coverage, device, payment, complete):
        stack.add_card(card)
    foot = ActionFoot(ground=Token.PANEL, height=Size.CONTEXT_FOOT)
    foot.add_left(Button("Open", keys="Enter", height=Size.BUTTON_LINE))
    foot.add_left(Button("Note", kind=ButtonKind.QUIET, keys="N", height=Size.BUTTON_LINE))
    stack.set_foot(foot)
    return stack


class Desk(Surface):
    """The frame of the desk with a queue, like picture 01."""

    def __init__(self) -> None:
        super().__init__()
        self.palette_overlay = Palette(self)
        self.sheet = ShortcutSheet(self)
        body = column(self)
        self.top = TopBar(self)
        body.addWidget(self.top)
        middle = line(gap=0)
        middle.addWidget(self._rail())
        centre = column()
        self.outage = Message(State.BAD, "cloud-slash", self, full_width=True)
        centre.addWidget(self.outage)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self._queue())
        split.addWidget(context_cards())
        split.setStretchFactor(0, 1)
        centre.addWidget(split, 1)
        middle.addLayout(centre, 1)
        body.addLayout(middle, 1)
        self.status = StatusBar(self)
        self.status.show_services(SERVICES)
        self.status.show_outbox(8, "09:41")
        body.addWidget(self.status)
        self.outage.show_message(
            "Tickets unreachable since 10:42. New tickets are saved on this computer; "
            "3 are waiting.",
            actions=(
                MessageAction("works", "What still works"), MessageAction("status", "Status"),
            ),
        )  # fmt: skip

    def _rail(self) -> Rail:
        self.rail = Rail("Lanes", self)
        self.rail.show_groups(GROUPS)
        self.rail.set_current("mine")
        person = PersonButton(self)
        person.set_person("Ellen Marsh", "Agent · desk K7")
        self.rail.set_foot(person)
        return self.rail

    def _queue(self) -> QWidget:
        centre = Surface()
        body = column(centre)
        title = ViewHead("My queue")
        title.set_note("16 tickets, 2 past due")
        for text, icon in (("Filter", "funnel"), ("Due", "sort-ascending")):
            title.add_action(Button(text, kind=ButtonKind.QUIET, icon=icon))
        body.addWidget(title)
        self.table = queue_table()
        body.addWidget(self.table, 1)
        return centre


# --- the call ---------------------------------------------------------------------------------


def _spoken() -> list[tuple[str, str]]:
    words = {"K": "Kilo", "7": "seven", "0": "zero", "4": "four", "2": "two", "1": "one"}
    return [(one, {**words, "X": "X-ray"}.get(one, "")) for one in "K7-0421-X"]


class Call(Surface):
    """Fields, candidates, offers, stepper and the reference, like pictures 02 and 03."""

    def __init__(self) -> None:
        super().__init__()
        body = column(self)
        strip = CallStrip(self)
        strip.show_calls(CALLS)
        body.addWidget(strip)
        middle = line(gap=0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._form())
        middle.addWidget(scroll, 1)
        middle.addWidget(self._assist())
        body.addLayout(middle, 1)
        foot = ActionFoot(self)
        foot.add_left(
            PartsLabel((Icon("check", Token.OK), Text("Draft kept 11:00:36", Token.TEXT2)))
        )
        foot.add_right(Button("Keep as draft", kind=ButtonKind.QUIET, keys="Esc"))
        foot.add_right(
            Button(
                "Save and send later", kind=ButtonKind.PRIMARY, keys="Ctrl+Enter",
                height=Size.BUTTON_SAVE,
            )
        )  # fmt: skip
        body.addWidget(foot)

    def _form(self) -> QWidget:
        form = Surface()
        body = column(form, gap=Space.M, edge=Space.XL)
        phone = Field("Caller phone", big=True)
        phone.set_text("07700 900118")
        phone.set_note("read as +44 7700 900118")
        name = Field("Name", big=True)
        name.set_text("Margaret Ellison")
        pair = line(gap=Space.L)
        pair.addWidget(phone, 3)
        pair.addWidget(name, 5)
        body.addLayout(pair)
        fault = Field("Fault", multi_line=True)
        fault.set_text("No picture since this morning, sound works. Standby light blinks twice.")
        body.addWidget(fault)
        body.addWidget(sample_messages()[-1])
        device = Field("Device", big=True)
        device.set_text("Samsng 55 inch UE-something")
        device.set_note("4 candidates, differences marked")
        device.edit.setObjectName("focused")
        body.addWidget(device)
        self.candidates = CandidateList(form)
        self.candidates.attach(device.edit)
        self.candidates.show_candidates(CANDIDATES, device.text())
        body.addWidget(self.candidates)
        body.addWidget(ReferenceBoard(_spoken()))
        body.addWidget(
            Stepper(
                (
                    Step("Taken", StepState.DONE, "Tue 16:12"),
                    Step("Triaged", StepState.DONE, "16:41"),
                    Step("Actionable", StepState.CURRENT, "Wed 09:05"),
                    Step("With expert", StepState.TO_COME),
                    Step("Closed", StepState.TO_COME),
                )
            )
        )
        meter = Meter()
        meter.set_share(0.34, "£341 of £1,000", 0.8)
        body.addWidget(meter)
        body.addStretch(1)
        return form

    def _assist(self) -> QWidget:
        stack = CardStack(width=Size.CONTEXT_CALL)
        caller = Card("user", "Caller")
        caller.set_note("2 matches, you chose")
        self.offers = CallerOffer(caller)
        self.offers.show_offers(OFFERS, "m")
        caller.add_wide(self.offers)
        later = Card("check-square-offset", "To complete later")
        later.add_to_complete("Exact model")
        later.add_to_complete("Serial number")
        later.add_text("None of these holds up saving.", Type.SMALL)
        tickets = Card("tray", "Open tickets of this caller")
        tickets.set_as_of("10:42")
        tickets.set_note("2")
        tickets.add_parts(lead("K7-0406-M"), second("Picture flickers, Samsung QE43Q60C"))
        for card in (caller, tickets, later):
            stack.add_card(card)
        return stack


CANDIDATES = (
    Candidate(1, "Samsung UE55AU7100K", "55 in, Crystal UHD, 2021", (Mark(12, 7),)),
    Candidate(2, "Samsung UE55AU7172UXXH", "55 in, Crystal UHD, 2021", (Mark(12, 10),)),
    Candidate(3, "Samsung UE55CU7020K", "55 in, Crystal UHD, 2023", (Mark(12, 7),)),
    Candidate(4, "Samsung QE55Q60C", "55 in, QLED, 2023", (Mark(8, 1), Mark(12, 4))),
)
OFFERS = (
    Offer("m", "Margaret Ellison", ("Number on the customer record", "12 Cotham Vale, Bristol")),
    Offer("d", "David Ellison", ("Number on a ticket of March 2023", "12 Cotham Vale, Bristol")),
)


# --- outbox and empty states ------------------------------------------------------------------


class Waiting(Surface):
    """Two-line rows of the outbox and the three empty states, like pictures 08 and 09."""

    def __init__(self) -> None:
        super().__init__()
        body = column(self)
        outbox = ViewHead("Outbox")
        outbox.set_note("8 entries, oldest 09:41. Order per ticket is kept.")
        outbox.add_action(Button("Try all now", icon="paper-plane-tilt"))
        body.addWidget(outbox)
        table = PartsTable("Outbox")
        model = PartsModel(("State", "What", "Since", "Why it waits", "Next try"), table)
        model.set_rows([_outbox_row(state) for state in _STATES])
        table.setModel(model)
        for at, wide in enumerate((132, 484, 96, 380, 100)):
            table.setColumnWidth(at, round(wide * theme().effective_factor))
        table.setCurrentIndex(model.index(1, 0))
        body.addWidget(table, 1)
        body.addWidget(Hairline())
        states = line(gap=Space.L, edge=Space.L)
        for made in empty_states():
            states.addWidget(made)
        body.addLayout(states)


def _outbox_row(state: RowState) -> PartsRow:
    cells: tuple[tuple[Part, ...], ...] = (
        (Pill(state),),
        (
            lead("K7-0391-W"), Text("Payment claim", Token.TEXT2), Break(),
            small("£120.00, card, ends 5512"),
        ),
        (Text("09:41", tabular=True), Break(), small("1 h 25 min")),
        (
            Text("Billing refused it: the amount is not the plan's price"), Break(),
            small("plan-price-mismatch, id 7F3A-22"),
        ),
        (Text("when edited"),),
    )  # fmt: skip
    return PartsRow(state, cells, RowKind.TWO_LINES)


def empty_states() -> list[EmptyState]:
    mine, hidden, missing = EmptyState(), EmptyState(), EmptyState()
    mine.explain(
        "tray", "Nothing is assigned to you", "23 tickets are unassigned.",
        action="Take the next one", keys="N", primary=True,
    )  # fmt: skip
    words = tuple(Tag(word, State.NEU) for word in ("Fridges", "Leeds", "due today"))
    hidden.explain(
        "funnel", "The filter hides 14 tickets", action="Show all 14", keys="Ctrl+Backspace",
        parts=(Text("Filter:", Token.TEXT2), *words),
    )  # fmt: skip
    missing.explain(
        "arrows-clockwise", "Not yet on this computer",
        "Tickets has been down since this desk was enrolled at 10:50. Next try 11:06:48.",
        action="Try now", keys="T",
    )  # fmt: skip
    return [mine, hidden, missing]


# --- overlays ---------------------------------------------------------------------------------

SECTIONS = (
    PaletteSection(
        "customers", "Customers",
        (
            PaletteRow("c1", "user", "Margaret Ellison", "+44 7700 900118 · Bristol",
                       (small("2 open", Token.TEXT2),), "Enter"),
            PaletteRow("c2", "user", "David Ellison", "+44 7700 900118 · Bristol"),
        ),
    ),
    PaletteSection(
        "tickets", "Tickets",
        (
            PaletteRow("t1", "ticket", "K7-0421-X", "No picture, sound works",
                       (Pill(RowState.WAITING),)),
            PaletteRow("t2", "ticket", "K7-0406-M", "Picture flickers in the evening",
                       (Pill(RowState.SENT),)),
        ),
    ),
    PaletteSection(
        "models", "Models",
        (PaletteRow("m1", "television", "Jollysat Ellipse 32 HD", "television, 32 in"),),
    ),
    PaletteSection(
        "actions", "Actions",
        (
            PaletteRow("a1", "phone-incoming", "New call with", "Margaret Ellison", keys="F2"),
            PaletteRow("a2", "note-pencil", "Add a note to K7-0421-X", keys="N"),
            PaletteRow("a3", "article", "Payments not verified", keys="G, P"),
        ),
    ),
)  # fmt: skip
SHORTCUTS = (
    ShortcutGroup("Everywhere", (("New call", "F2"), ("Search", "Ctrl+K"), ("Shortcuts", "F1"))),
    ShortcutGroup("Call", (("Save", "Ctrl+Enter"), ("Keep as draft", "Esc"))),
    ShortcutGroup("Queue", (("Open", "Enter"), ("Note", "N"), ("Assign", "A"))),
)


def palette_page() -> QWidget:
    desk = Desk()
    desk.palette_overlay.query_changed.connect(
        lambda query: desk.palette_overlay.show_sections(
            query, SECTIONS, "from this computer, 4 ms"
        )
    )
    return desk


def shortcut_page() -> QWidget:
    desk = Desk()
    desk.sheet.show_groups(SHORTCUTS)
    return desk


PAGES: dict[str, Callable[[], QWidget]] = {
    "components": Components,
    "desk": Desk,
    "call": Call,
    "waiting": Waiting,
    "palette": palette_page,
    "shortcuts": shortcut_page,
}


def pose(name: str, page: QWidget) -> None:
    """Bring a page that is on screen into the state its picture shows."""
    if isinstance(page, Components):
        page.pose()
    elif name == "palette" and isinstance(page, Desk):
        page.palette_overlay.open_with("elli")
    elif name == "shortcuts" and isinstance(page, Desk):
        page.sheet.open()
    elif isinstance(page, Desk):
        page.table.setFocus(Qt.FocusReason.MouseFocusReason)
    elif isinstance(page, Call):
        edit = page.findChild(QWidget, "focused")
        if isinstance(edit, QWidget):
            edit.setFocus()


def take_shots(app: QApplication, folder: Path, *, size: tuple[int, int] = (1440, 900)) -> None:
    """Pictures of every page in both palettes at 100 % and 200 %."""
    folder.mkdir(parents=True, exist_ok=True)
    inter = QFont("Inter")
    inter.setPointSizeF(9.75)
    look = Theme(app, reduced_motion=True, base_font=inter, look=Look.LIGHT)
    for chosen in (Look.LIGHT, Look.DARK):
        for scale in (1.0, 2.0):
            look.set_look(chosen)
            look.set_font_scale(scale)
            for name, made in PAGES.items():
                _shoot(app, made, name, size, folder / f"{name}-{chosen}-{round(scale * 100)}.png")


def _shoot(
    app: QApplication, made: Callable[[], QWidget], name: str, size: tuple[int, int], file: Path
) -> None:
    page = made()
    page.resize(*size)
    page.show()
    page.activateWindow()
    app.processEvents()
    pose(name, page)
    app.processEvents()
    app.processEvents()
    page.grab().save(str(file))
    page.close()
    page.deleteLater()
    app.processEvents()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shots", type=Path, help="take pictures into this folder and stop")
    parser.add_argument("--page", choices=sorted(PAGES), default="components")
    chosen = parser.parse_args()
    if chosen.shots:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    if chosen.shots:
        take_shots(app, chosen.shots)
        return
    Theme(app).apply()
    page = PAGES[chosen.page]()
    page.resize(1440, 900)
    page.show()
    pose(chosen.page, page)
    app.exec()


if __name__ == "__main__":
    main()
