"""Changed in two places: before, mine and theirs of each field, one key per choice, a preview."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.activities import Activity
from app.domain.central_services import SERVICE_OF
from app.domain.errors import OffhookError, Refused
from app.domain.lifecycle import RowState
from app.domain.operations import KINDS, Json
from app.domain.people import Permission
from app.domain.views import ConflictRow, Disputed
from app.services.conflicts import Answer, Edited, Take, shown_of
from ui.actions import Act, Actions
from ui.delegates.parts import Icon, Pill, Text, lead, second
from ui.offers import Offers
from ui.record_words import may_be_typed, record_words
from ui.session import Session
from ui.tasks import NewestWins, async_slot
from ui.text import ElidedLabel, WrappedLabel, differences
from ui.theme import VERY_NARROW_BELOW, Size, Space, Token, Type, theme
from ui.times import moment
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.card import Card, CardStack
from ui.widgets.choice_cards import FieldChoice, Value
from ui.widgets.field import Field
from ui.widgets.marks import PartsLabel
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Surface, column, line
from ui.widgets.view_head import ActionFoot

_KEYS: Mapping[str, Take] = {"B": Take.BASE, "M": Take.MINE, "T": Take.THEIRS}
_Answer = Take | Edited
_Found = Sequence[Disputed]


class ConflictView(QWidget):
    """The conflicts of one record of any kind; nothing is lost by leaving them for later."""

    left = Signal(object)
    """The Disputed that was looked at: back to where its record is shown."""
    done = Signal(object, str)
    """Operation ids, the last one first, and what was done: for the undo."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._offers = Offers(session, self)
        self._wanted = ""
        self._record: Disputed | None = None
        self._rows: tuple[ConflictRow, ...] = ()
        self._others: tuple[str, ...] = ()
        self._answers: dict[tuple[str, str], _Answer] = {}
        self._seen: dict[tuple[str, str], Json] = {}
        self._active = 0
        self.fields: tuple[FieldChoice, ...] = ()
        self._make()
        self._lay_out()
        self._newest = NewestWins(self._ask, self._show)
        self._bind(actions)
        self._name_save()

    def _make(self) -> None:
        self._title = ElidedLabel(self.tr("Changed in two places"), self, step=Type.VIEW)
        self._about = PartsLabel((), self).stretching()
        self._promise = WrappedLabel(
            self.tr("Nothing is overwritten. Central's value stays until you choose; the value "
                    "not chosen stays in the history."),
            self, ink=Token.TEXT2,
        )  # fmt: skip
        self._inside = Surface(Token.SURFACE)
        self._body = column(self._inside, gap=Space.M)
        self._scroll = Scrolled(self._inside, self)
        self._scroll.setMinimumHeight(4 * theme().px(Size.FIELD))
        self.own = Field(self.tr("A value of your own"), self)
        self.own.hide()
        self.cards = CardStack(self)
        self._preview = Card("eye", self.tr("Preview, after saving"), self)
        self._next = Card("info", self.tr("What happens next"), self)
        for card in (self._preview, self._next):
            self.cards.add_card(card)
        self._count = ElidedLabel("", self, ink=Token.TEXT2, tabular=True)
        self.later = Button(self.tr("Decide later"), self, kind=ButtonKind.QUIET, keys="L")
        self.following = Button(self.tr("Next"), self, kind=ButtonKind.QUIET, keys="J")
        self.save_button = Button("", self, kind=ButtonKind.PRIMARY, keys="Ctrl+Enter")

    def _lay_out(self) -> None:
        head = column(gap=Space.S)
        head.setContentsMargins(Space.XL, Space.L, Space.XL, Space.M)
        for widget in (self._title, self._about, self._promise):
            head.addWidget(widget)
        foot = ActionFoot(self)
        foot.add_left(self._count)
        for button in (self.following, self.later, self.save_button):
            foot.add_right(button)
        own = column()
        own.setContentsMargins(Space.XL, Space.S, Space.XL, Space.S)
        own.addWidget(self.own)
        centre = Surface(Token.SURFACE)
        body = column(centre)
        body.addLayout(head)
        body.addWidget(self._scroll, 1)
        body.addLayout(own)
        body.addWidget(foot)
        row = line(self, gap=0)
        row.addWidget(centre, 1)
        row.addWidget(self.cards)
        self.cards.setFixedWidth(theme().px(Size.CONTEXT))
        self._next.add_text(
            self.tr("Your choices become a new entry in the outbox. It is checked against "
                    "central's latest value again.")
        )  # fmt: skip
        self._next.add_text(
            self.tr("If you leave now, this stays in Needs review; all other work goes on.")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very narrow, the preview gives way to the choices."""
        super().resizeEvent(event)
        wide = self.window().width() / theme().effective_factor
        self.cards.setHidden(wide < VERY_NARROW_BELOW)

    def _bind(self, actions: Actions) -> None:
        self.later.clicked.connect(self.leave)
        self.following.clicked.connect(self.go_on)
        self.save_button.clicked.connect(self.save)
        self.own.entered.connect(self._take_own)
        self._session.statuses_changed.connect(self._name_save)
        self._session.person_changed.connect(self._name_save)
        table: dict[str, Callable[[], object]] = {
            Act.TAKE_BASE: functools.partial(self.choose, "B"),
            Act.TAKE_MINE: functools.partial(self.choose, "M"),
            Act.TAKE_THEIRS: functools.partial(self.choose, "T"),
            Act.EDIT_VALUE: self.edit,
            Act.FIELD_BEFORE: functools.partial(self.step, -1),
            Act.FIELD_AFTER: functools.partial(self.step, 1),
            Act.SAVE_CHOICES: self.save,
            Act.NEXT_CONFLICT: self.go_on,
            Act.DECIDE_LATER: self.leave,
        }
        for act, do in table.items():
            actions.bind(act, self, do)

    # --- reading ----------------------------------------------------------------------------

    def open_record(self, target: str) -> None:
        """Compare the values of this record; answers given and not saved are kept, for each."""
        if target != self._wanted:  # no key may still mean the record before
            self._record, self._rows = None, ()
            self._build()
        self._wanted = target
        self.own.hide()
        self._newest.request(target)

    def reread(self) -> None:
        """The data moved under the page."""
        if self._wanted and self.isVisible():
            self._newest.request(self._wanted)

    async def _ask(self, _target: str) -> _Found:
        return await self._session.opened.conflicts.disputed()

    def _show(self, target: str, found: _Found) -> None:
        if target != self._wanted:
            return
        record = next((one for one in found if one.target == target), None)
        self._others = tuple(one.target for one in found if one.target != target)
        self.following.setVisible(bool(self._others))
        if record is None:
            self._rows = ()
            self.leave()
            return
        self._record = record
        self._show_head(record)
        if record.rows != self._rows or not self.fields:
            self._rows = record.rows
            self._forget_what_moved()
            self._build()
        self._show_answers()

    def _forget_what_moved(self) -> None:
        """An answer holds against the value that was beside it, and no other."""
        for at, row in enumerate(self._rows):
            key, theirs = self._key(at), row.conflict.theirs
            if self._seen.get(key, theirs) != theirs:
                self._answers.pop(key, None)
            self._seen[key] = theirs

    def _show_head(self, record: Disputed) -> None:
        named = record_words.title(record)
        first = (lead(record.reference),) if record.reference else ()
        kind = () if record.is_ticket else (second(record_words.kind(record.aggregate)),)
        about = (*first, *kind, second(named) if record.is_ticket else lead(named))
        self._about.set_parts((*about, Pill(RowState.NEEDS_REVIEW)))

    def _build(self) -> None:
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        words = (self.tr("Chosen"), self.tr("decided"), self.tr("to decide"))
        self.fields = tuple(
            FieldChoice(self._field(one), self._values(one), words, self._inside)
            for one in self._rows
        )
        for at, field in enumerate(self.fields):
            field.chosen.connect(functools.partial(self._choose_at, at))
            field.entered.connect(functools.partial(self._activate, at))
            self._body.addWidget(field)
        self._body.addStretch(1)
        self._active = 0
        if self.fields:
            self.step(0)

    def _values(self, row: ConflictRow) -> tuple[Value, ...]:
        conflict, now = row.conflict, self._session.now
        base = self._words(conflict.field, conflict.base)
        mine = self._words(conflict.field, conflict.mine)
        theirs = self._words(conflict.field, conflict.theirs)
        by = self._session.name_of(conflict.by) if conflict.by else self.tr("somebody")
        at = f", {moment(conflict.at, now)}" if conflict.at is not None else ""
        return (
            Value("B", self.tr("Before"), base, self.tr("before, as last seen here")),
            Value("M", self.tr("Mine"), mine,
                  self.tr("mine, on this computer {time}").format(time=moment(row.at, now)),
                  differences(mine, base) if conflict.base else ()),
            Value("T", self.tr("Theirs"), theirs,
                  self.tr("{person}{time}, at central").format(person=by, time=at),
                  differences(theirs, base) if conflict.base else ()),
        )  # fmt: skip

    def _field(self, row: ConflictRow) -> str:
        return record_words.field(KINDS[row.kind].aggregate, row.conflict.field)

    def _words(self, name: str, value: Json) -> str:
        if self._record is None:
            return ""
        session = self._session
        return record_words.value(self._record, name, value, session.name_of, session.now)

    # --- choosing ---------------------------------------------------------------------------

    def _key(self, at: int) -> tuple[str, str]:
        row = self._rows[at]
        return row.op_id, row.conflict.field

    def choose(self, key: str) -> None:
        """B, M or T for the field in hand; then on to the next that is open."""
        if self._rows:
            self._choose_at(self._active, key)

    def _choose_at(self, at: int, key: str) -> None:
        self._answers[self._key(at)] = _KEYS[key]
        self._show_answers()
        waiting = [n for n in range(len(self._rows)) if self._key(n) not in self._answers]
        self._active = at
        if waiting:
            self.step(min(waiting, key=lambda n: (n < at, n)) - at)

    def step(self, by: int) -> None:
        """To a field above or below; an edit that was begun is left."""
        self.own.hide()
        if self.fields:
            self._activate(max(0, min(len(self.fields) - 1, self._active + by)))
            field = self.fields[self._active]
            field.cards[1].setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._scroll.ensureWidgetVisible(field)

    def _activate(self, at: int) -> None:
        self._active = at
        for n, field in enumerate(self.fields):
            field.set_active(active=n == at)

    def edit(self) -> None:
        """E: a value of one's own for the field in hand, where that is a text."""
        if not self._rows or self._record is None:
            return
        row = self._rows[self._active]
        if not may_be_typed(self._record, row.conflict.field):
            self._session.refuse(Refused("Only texts can be typed: choose one of the values."))
            return
        self.own.set_label(
            self.tr("{field}, a value of your own; Enter takes it").format(field=self._field(row))
        )
        given = self._answers.get(self._key(self._active))
        value = given.value if isinstance(given, Edited) else row.conflict.mine
        self.own.set_text(value if isinstance(value, str) else "")
        self.own.show()
        self.own.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take_own(self) -> None:
        at = self._active
        self._answers[self._key(at)] = Edited(self.own.text().strip() or None)
        self.own.hide()
        self._show_answers()
        self.step(0)

    def _show_answers(self) -> None:
        self._preview.clear()
        keys = {take: key for key, take in _KEYS.items()}
        for at, field in enumerate(self.fields):
            answer = self._answers.get(self._key(at))
            chosen = keys.get(answer, "") if isinstance(answer, Take) else ""
            field.show_chosen(chosen, decided=answer is not None)
            self._add_preview(self._rows[at], answer)
        decided = sum(self._key(at) in self._answers for at in range(len(self._rows)))
        count = self.tr("{done} of {all} decided")
        self._count.setText(count.format(done=decided, all=len(self._rows)))
        self._name_save()

    def _add_preview(self, row: ConflictRow, answer: _Answer | None) -> None:
        name = row.conflict.field
        if answer is None:
            open_ = (Icon("circle-dashed", Token.REV), Text(self.tr("to decide"), Token.REV))
            self._preview.add_pair(self._field(row), *open_)
            return
        value = answer.value if isinstance(answer, Edited) else getattr(row.conflict, answer)
        self._preview.add_long_pair(self._field(row), self._words(name, value))

    def _name_save(self) -> None:
        """Whether it goes out at once, or why it cannot be saved."""
        about = () if self._record is None else (SERVICE_OF[self._record.aggregate],)
        text = self._offers.verb(Activity.DECIDE_CONFLICT, *about)
        if self.save_button.label != text:
            self.save_button.set_text(text)
        self.save_button.set_reason(self._cannot_save())

    def _cannot_save(self) -> str:
        needed = {KINDS[row.kind].permission for row in self._rows}
        if not all(map(self._session.person.may, needed)):
            is_supervisors = Permission.DECIDE_MODELS in needed
            supervisor = self.tr("A supervisor decides.")
            return supervisor if is_supervisors else self.tr("It needs another role.")
        if all(self._key(at) in self._answers for at in range(len(self._rows))):
            return ""
        return self.tr("Choose a value for each field first.")

    # --- acting -----------------------------------------------------------------------------

    @async_slot
    async def save(self) -> None:
        """Every field is decided: each operation's conflict is settled by a new operation."""
        if not self.own.isHidden():
            self._take_own()
            return
        if not self._rows or not self.save_button.isEnabled():
            return
        by_operation: dict[str, dict[str, _Answer]] = {}
        for at, row in enumerate(self._rows):
            answer = self._answers[self._key(at)]
            by_operation.setdefault(row.op_id, {})[row.conflict.field] = answer
        answers = [
            Answer(op_id, take, shown_of(one for one in self._rows if one.op_id == op_id))
            for op_id, take in by_operation.items()
        ]
        try:
            decided = await self._session.opened.conflicts.decide_all(answers, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)
            self.reread()
            return
        self._forget_answers()
        self.leave()
        if decided:
            settled = [one.op_id for one in decided]
            self.done.emit(settled[::-1], self.tr("Conflict decided"))
        self._session.saved()

    def _forget_answers(self) -> None:
        own = {row.op_id for row in self._rows}
        self._answers = {key: one for key, one in self._answers.items() if key[0] not in own}
        self._rows = ()

    def go_on(self) -> None:
        """J: the next record whose values somebody must choose."""
        if self._others:
            self.open_record(self._others[0])

    def leave(self) -> None:
        """Later: an open edit closes first; answers stay until the program ends."""
        if not self.own.isHidden():
            self.own.hide()
            self.step(0)
            return
        self.left.emit(self._record)
