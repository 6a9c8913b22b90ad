"""The forms of the model work: a sentence, a rating plate, a proposal, a passphrase, a person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.domain.model_work import ModelParts, WaitingWords
from app.domain.people import Person
from app.domain.records import CATEGORIES
from app.services.models import NewEntry, PlateReading
from ui.terms import terms
from ui.text import WrappedLabel, one_line, quoted
from ui.theme import Space, Token
from ui.views.field_forms import TicketForm
from ui.widgets.choices import Choice, labelled
from ui.widgets.field import Field, LineInput
from ui.widgets.flow import beside

_FOCUS = Qt.FocusReason.ShortcutFocusReason


class SentenceForm(TicketForm):
    """One sentence that is needed: a reason, a question, an answer, what to tell the customer."""

    wanted = Signal(str)

    def __init__(
        self, title: str, save: str, label: str, missing: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, save, parent)
        self._missing = missing
        self.text = Field(label, self, multi_line=True)
        self._body.addWidget(self.text)
        self._body.addLayout(self._foot)

    def open_empty(self) -> None:
        self.text.set_text("")
        self.text.set_error("")
        self.open_form()
        self.text.setFocus(_FOCUS)

    def save(self) -> None:
        if not self.text.text().strip():
            self.text.set_error(self._missing)
            return
        self.close_form()
        self.wanted.emit(self.text.text().strip())


class PlateForm(TicketForm):
    """An expert's answer: their name, and what the rating plate says."""

    wanted = Signal(object)
    """A PlateReading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        title, save = self.tr("Read off the rating plate"), self.tr("Link the tickets")
        super().__init__(title, save, parent)
        self.said_by = Field(self.tr("Who read it"), self)
        self.plate = Field(self.tr("What the plate says"), self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.addWidget(self.said_by, 0, 0)
        grid.addWidget(self.plate, 0, 1)
        self._body.addLayout(grid)
        self._body.addLayout(self._foot)

    def open_for(self, person: Person) -> None:
        self.said_by.set_text(person.name)
        self.plate.set_text("")
        self.open_form()
        self.plate.setFocus(_FOCUS)

    def save(self) -> None:
        empty = [one for one in (self.said_by, self.plate) if not one.text().strip()]
        for one in empty:
            one.set_error(self.tr("Needed."))
        if not empty:
            self.close_form()
            self.wanted.emit(PlateReading(self.said_by.text().strip(), self.plate.text().strip()))


class ProposalForm(TicketForm):
    """A new model, prefilled from the words; what comes near is shown while it is typed."""

    wanted = Signal(object)
    """A NewEntry."""
    typed = Signal(str)
    """Everything that names the model so far, for the near neighbours."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Propose a new model"), self.tr("Propose it"), parent)
        self.maker = Field(self.tr("Maker"), self)
        self.name = Field(self.tr("Model"), self)
        self.numbers = Field(self.tr("Numbers, a comma between"), self)
        self.evidence = Field(
            self.tr("Where it is from"),
            self,
            placeholder=self.tr("Photo of the sticker, K7-0376-H"),
        )
        self.category = Choice(self.tr("Kind"), self)
        for one in CATEGORIES:
            self.category.addItem(terms.category(one), one)
        self.near = WrappedLabel("", self, ink=Token.TEXT2)
        self.also = WrappedLabel("", self, ink=Token.TEXT2)
        self._words, self._tickets, self._wordings = "", (), ()
        self._lay_out()
        for field in (self.maker, self.name, self.numbers):
            field.changed.connect(lambda _text: self.typed.emit(self._parts().all_words))

    _tickets: tuple[str, ...]
    _wordings: tuple[str, ...]

    def _lay_out(self) -> None:
        self._body.addLayout(beside((self.maker, 1), (self.name, 1)))
        self._body.addLayout(beside((self.numbers, 1), (self.evidence, 1)))
        self._body.addLayout(labelled(self.tr("Kind"), self.category))
        self._body.addWidget(self.also)
        self._body.addWidget(self.near)
        self._body.addLayout(self._foot)

    def open_for(self, rows: Sequence[WaitingWords], maker: str, category: str) -> None:
        """Prefilled: the maker where the words name a known one, the rest as it was said.

        The first row's words name the model; the others are further wordings of it.
        """
        first, *others = rows
        self._words = first.words
        self._wordings = tuple(one.words for one in others)
        self._tickets = tuple(one.id for row in rows for one in row.tickets)
        said = ", ".join(quoted(one_line(one)) for one in self._wordings)
        self.also.set_passage(self.tr("Also said: {words}").format(words=said) if said else "")
        self.also.setVisible(bool(said))
        words = first.words.split()
        rest = " ".join(one for one in words if one.lower() != maker.lower())
        self.maker.set_text(maker)
        self.name.set_text(rest)
        numbered = [one for one in words if any(map(str.isdigit, one)) and len(one) > 3]
        self.numbers.set_text(", ".join(numbered))
        self.evidence.set_text("")
        self.category.setCurrentIndex(max(0, self.category.findData(category or "other")))
        for field in (self.maker, self.name, self.numbers):
            field.set_error("")
        self.open_form()
        (self.name if maker else self.maker).setFocus(_FOCUS)
        self.typed.emit(self._parts().all_words)

    def show_near(self, titles: Sequence[str]) -> None:
        near = ", ".join(map(one_line, titles))
        text = self.tr("Near in the catalog: {names}").format(names=near)
        self.near.set_passage(text if near else self.tr("Nothing in the catalog comes near."))
        if not self.isHidden():
            self.shown.emit()

    def refuse(self, sentence: str) -> None:
        """It was not proposed, and why."""
        self.open_form()
        self.name.set_error(sentence)
        self.name.setFocus(_FOCUS)

    def _parts(self) -> ModelParts:
        numbers = tuple(one.strip() for one in self.numbers.text().split(",") if one.strip())
        return ModelParts(self.maker.text().strip(), self.name.text().strip(), numbers)

    def save(self) -> None:
        parts = self._parts()
        if not (parts.name or parts.numbers):
            self.name.set_error(self.tr("A model has a name or a number."))
            return
        entry = NewEntry(
            self._words, parts, str(self.category.currentData()), self.evidence.text().strip(),
            self._tickets, self._wordings,
        )  # fmt: skip
        self.close_form()
        self.wanted.emit(entry)


class PassphraseForm(TicketForm):
    """The person's own passphrase, for their signature; never the store's."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Sign the decision"), self.tr("Sign it"), parent)
        edit = LineInput(self)
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.text = Field(self.tr("Your own passphrase"), self, edit=edit)
        self.text.entered.connect(self.save)
        self._body.addWidget(self.text)
        self._body.addLayout(self._foot)

    def open_for(self, person: Person, *, known: bool) -> None:
        self.text.set_text("")
        name = self.tr("Passphrase of {person}").format(person=one_line(person.name))
        first = self.tr("Your first signature here: choose a passphrase of 8 characters or more.")
        self.text.set_label(name)
        self.text.set_hint("" if known else first)
        self.open_form()
        self.text.setFocus(_FOCUS)

    def refuse(self, sentence: str) -> None:
        self.open_form()
        self.text.set_error(sentence)
        self.text.setFocus(_FOCUS)

    def save(self) -> None:
        given = self.text.text()
        if not given:
            self.text.set_error(self.tr("The passphrase is needed."))
            return
        self.text.set_text("")
        self.close_form()
        self.wanted.emit(given)


class DelegateForm(TicketForm):
    """Another supervisor decides; or oneself, in place of somebody who was to."""

    wanted = Signal(str, str)
    """The person's id, and why it is taken from another."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Let another supervisor decide"), self.tr("Delegate"), parent)
        self.who = Choice(self.tr("Who decides"), self)
        self.why = Field(self.tr("Why"), self)
        self._taken_from = ""
        self._body.addLayout(labelled(self.tr("Who decides"), self.who))
        self._body.addWidget(self.why)
        self._body.addLayout(self._foot)

    def open_for(self, people: Sequence[Person], taken_from: str = "") -> None:
        """The first of the people is chosen; `taken_from` is who was to decide, by name."""
        self._taken_from = taken_from
        self.who.clear()
        for one in people:
            self.who.addItem(one_line(one.name), one.id)
        self.why.set_text("")
        self.why.set_error("")
        needed = self.tr("{person} is to decide: what is taken over has a reason.")
        self.why.set_hint(needed.format(person=taken_from) if taken_from else "")
        self.open_form()
        (self.why if taken_from else self.who).setFocus(_FOCUS)

    def save(self) -> None:
        why = self.why.text().strip()
        if self._taken_from and not why:
            self.why.set_error(self.tr("Why is it taken over?"))
            return
        self.close_form()
        if self.who.currentData():
            self.wanted.emit(str(self.who.currentData()), why)
