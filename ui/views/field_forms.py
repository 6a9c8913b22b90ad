"""Small forms inside a ticket: correct its fields, promise something, take its model back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QDateTime, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QWidget,
)

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.tickets import PRIORITIES, Safety
from app.domain.times import HOUR
from app.domain.views import TicketDetail
from ui.terms import terms
from ui.text import PlainLabel
from ui.theme import Space, Token, Type
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choices import Choice, When, labelled
from ui.widgets.field import Field
from ui.widgets.flow import Flow, beside
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Surface, column

_TEXTS = ("caller_phone", "reachable", "place", "serial", "model_words", "fault")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "priority": PRIORITIES,
    "coverage": ("", "verified", "claimed", "waived"),
    "safety": tuple(Safety),
}


class TicketForm(Surface):
    """Their ground: a title, a body, Save and Cancel; Esc closes, nothing is lost by it."""

    closed = Signal()
    shown = Signal()

    def __init__(self, title: str, save: str, parent: QWidget | None = None) -> None:
        super().__init__(Token.PANEL, parent, line_below=True)
        self._body = column(self, gap=Space.M)
        self._body.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        self._body.addWidget(PlainLabel(title, self, step=Type.GROUP))
        self.save_button = Button(save, self, keys="Ctrl+Enter")
        cancel = Button(self.tr("Cancel"), self, kind=ButtonKind.QUIET, keys="Esc")
        cancel.clicked.connect(self.close_form)
        self.save_button.clicked.connect(self.save)
        self._foot = Flow()
        self._foot.add(self.save_button)
        self._foot.add(cancel)
        self.hide()

    def save(self) -> None:
        """What Ctrl+Enter and the button do."""

    def open_form(self) -> None:
        self.show()
        self.shown.emit()

    def close_form(self) -> None:
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
            return
        super().keyPressEvent(event)


class FormArea(Scrolled):
    """Holds the forms of a page, one of them open at a time.

    It is as high as the open one, scrolling where that is too much.
    """

    turned = Signal()
    """One was opened or closed."""

    def __init__(self, forms: Sequence[TicketForm], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._inside = QWidget(self)
        body = column(self._inside)
        self._forms = tuple(forms)
        for form in self._forms:
            body.addWidget(form)
            form.shown.connect(partial(self._show_alone, form))
            form.closed.connect(self._follow)
        self.setWidget(self._inside)
        self.hide()

    @property
    def form_open(self) -> TicketForm | None:
        """The one that is open, if any."""
        return next((form for form in self._forms if not form.isHidden()), None)

    def close_open(self) -> None:
        """Nothing is open from here on."""
        if self.form_open is not None:
            self.form_open.close_form()

    def _show_alone(self, opened: TicketForm) -> None:
        for form in self._forms:
            if form is not opened and not form.isHidden():
                form.close_form()
        self.updateGeometry()
        self._follow()

    def _follow(self) -> None:
        self.setHidden(self.form_open is None)
        self.turned.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A form that grows while it is open, as by what is wrong with a field, takes its room."""
        if watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint().expandedTo(QSize(0, self._inside.minimumSizeHint().height()))


class FieldsForm(TicketForm):
    """Every field an agent may set; `wanted` carries those that differ."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Complete and correct"), self.tr("Save the changes"), parent)
        self._fields = {name: Field(terms.field(name), self) for name in _TEXTS}
        self._choices = {name: self._choice(name) for name in _WORDS}
        self._before: dict[str, str] = {}
        fields = list(self._fields.values())
        for pair in zip(fields[::2], fields[1::2], strict=True):
            self._body.addLayout(beside(*((field, 1) for field in pair)))
        choices = (labelled(terms.field(name), box) for name, box in self._choices.items())
        self._body.addLayout(beside(*((one, 1) for one in choices)))
        self._body.addLayout(self._foot)

    def _choice(self, name: str) -> Choice:
        box = Choice(terms.field(name), self)
        words = {
            "priority": terms.priority,
            "coverage": terms.coverage,
            "safety": terms.safety,
        }[name]
        for value in _WORDS[name]:
            box.addItem(words(value) or self.tr("not known"), str(value))
        return box

    def open_for(self, detail: TicketDetail) -> None:
        """Fill from the ticket; the caller's raw words are kept as they were said."""
        self._before = {name: str(detail.fields.get(name) or "") for name in (*_TEXTS, *_WORDS)}
        for name, field in self._fields.items():
            field.set_error("")
            field.set_text(self._before[name])
        said = bool(self._before["model_words"])
        reason = self.tr("Kept as it was said.") if said else ""
        self._fields["model_words"].set_fixed(fixed=said, reason=reason)
        for name, box in self._choices.items():
            self._choose(box, len(_WORDS[name]), self._before[name] or _default(name))
        self.open_form()
        empty = next((one for one in self._fields.values() if not one.text()), None)
        (empty or self._fields["caller_phone"]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @staticmethod
    def _choose(box: Choice, known: int, value: str) -> None:
        """A word of a newer program stays on offer, else saving would write over it."""
        while box.count() > known:
            box.removeItem(known)
        if box.findData(value) < 0:
            box.addItem(value, value)
        box.setCurrentIndex(box.findData(value))

    def save(self) -> None:
        now = {name: field.text().strip() for name, field in self._fields.items()}
        now |= {name: str(box.currentData() or "") for name, box in self._choices.items()}
        changed: dict[str, Json] = {
            name: value or None
            for name, value in now.items()
            if value != (self._before[name] or _default(name))
        }
        if changed:
            self.wanted.emit(changed)
        self.close_form()

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """What a rule said no to, beside its field."""
        self.open_form()
        for name, field in self._fields.items():
            field.set_error(errors.get(name, ""))


def _default(name: str) -> str:
    return {"priority": "normal", "safety": str(Safety.NOT_ASKED)}.get(name, "")


class PromiseForm(TicketForm):
    """What is promised, to whom, until when."""

    wanted = Signal(str, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Promise something"), self.tr("Save the promise"), parent)
        self.what = Field(self.tr("What"), self, placeholder=self.tr("Ring back with a time"))
        self.to = Field(self.tr("To whom"), self)
        self.until = When(self.tr("Promised until"), self)
        until = labelled(self.tr("Until"), self.until)
        self._body.addLayout(beside((self.what, 3), (self.to, 2), (until, 1)))
        self._body.addLayout(self._foot)

    def open_for(self, detail: TicketDetail, now: Millis) -> None:
        """An empty promise to the caller, due in two hours."""
        self.what.set_text("")
        customer = detail.customer.name if detail.customer else ""
        self.to.set_text(str(detail.fields.get("caller_name") or customer))
        due = (now + 2 * HOUR) // 60_000 * 60
        self.until.setDateTime(QDateTime.fromSecsSinceEpoch(due))
        self.open_form()
        self.what.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        if not self.what.text().strip():
            self.what.set_error(self.tr("What is promised?"))
            return
        until = Millis(self.until.dateTime().toMSecsSinceEpoch())
        self.wanted.emit(self.what.text().strip(), self.to.text().strip(), until)
        self.close_form()


class ModelBackForm(TicketForm):
    """Why the caller's words alone are to count again; it stands with the decision."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Back to the caller's words"), self.tr("Take it back"), parent)
        self.why = Field(
            self.tr("Why"), self, placeholder=self.tr("It was the neighbour's machine")
        )
        self._body.addWidget(self.why)
        self._body.addLayout(self._foot)

    def open_for(self) -> None:
        self.why.set_text("")
        self.why.set_error("")
        self.open_form()
        self.why.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        if not self.why.text().strip():
            self.why.set_error(self.tr("Why is it taken back?"))
            return
        self.wanted.emit(self.why.text().strip())
        self.close_form()
