"""A catalog from a file: what it would change is looked at before any of it is taken in."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.catalog_import import Fate, JudgedRow
from app.services.catalog_care import ImportPreview
from ui.terms import terms
from ui.text import WrappedLabel, one_line
from ui.theme import Size, Space, Token, theme
from ui.views.field_forms import TicketForm
from ui.widgets.buttons import Button
from ui.widgets.field import Field
from ui.widgets.flow import Flow

_MOST_SHOWN = 12
_LOOKED_AT = (Fate.BAD, Fate.DUPLICATE, Fate.CHANGED, Fate.NEW)
"""In the order in which somebody has to look: a hundred new rows hide no bad one."""


class ImportForm(TicketForm):
    """Ctrl+Enter looks at the file first; a second time it takes in what was shown."""

    looked = Signal(str)
    """The file's path."""
    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Import the catalog"), self.tr("Look at the file"), parent)
        self._preview: ImportPreview | None = None
        self.path = Field(self.tr("CSV with manufacturer, model_name, model_number, id"), self)
        self.browse = Button(self.tr("Choose a file"), self)
        self.found = WrappedLabel("", self, ink=Token.TEXT2)
        self.found.setMinimumWidth(theme().px(Size.EMPTY_TEXT))
        self.browse.clicked.connect(self._browse)
        self.path.changed.connect(lambda _text: self.show_preview(None))
        self.path.entered.connect(self.save)
        row = Flow(gap=Space.M)
        row.add(self.path, 1)
        row.add(self.browse)
        self._body.addLayout(row)
        self._body.addWidget(self.found)
        self._body.addLayout(self._foot)

    def open_empty(self) -> None:
        self.path.set_text("")
        self.path.set_error("")
        self.show_preview(None)
        self.open_form()
        self.path.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _browse(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file"), "", "CSV (*.csv)")
        if chosen:
            self.path.set_text(chosen)

    @property
    def preview(self) -> ImportPreview | None:
        """What was looked at; None before, and once the path is another one."""
        return self._preview

    def show_preview(self, preview: ImportPreview | None) -> None:
        """The differences, and how many rows would be taken in."""
        self._preview = preview
        if preview is None:
            self.found.set_passage("")
            self.save_button.set_text(self.tr("Look at the file"))
            return
        self.path.set_error("")
        fates = (Fate.NEW, Fate.CHANGED, Fate.SAME, Fate.DUPLICATE, Fate.BAD)
        counts = ", ".join(f"{self._word(fate)} {preview.count(fate)}" for fate in fates)
        rows = [one for fate in _LOOKED_AT for one in preview.rows if one.fate is fate]
        shown = [self._line(one) for one in rows[:_MOST_SHOWN]]
        more = len(rows) - _MOST_SHOWN
        rest = [self.tr("and %n more", "", more)] if more > 0 else []
        self.found.set_passage("\n".join((counts, *shown, *rest)))
        count = preview.count(Fate.NEW) + preview.count(Fate.CHANGED)
        self.save_button.set_text(self.tr("Take in %n row(s)", "", count))
        QTimer.singleShot(0, self, self.shown.emit)  # once the words have their height

    def _line(self, one: JudgedRow) -> str:
        row = one.row
        name = one_line(f"{row.maker} {row.name or row.number}".strip())
        said = self.tr("line {line}: {fate}").format(line=row.line, fate=self._word(one.fate))
        return ", ".join(part for part in (said, name, self._why(one)) if part)

    def _why(self, one: JudgedRow) -> str:
        match one.fate:
            case Fate.DUPLICATE:
                return self.tr("the same model as {other}").format(other=one_line(one.other))
            case Fate.BAD:
                return self.tr("names no model, or a cell is too long")
            case Fate.CHANGED:
                pairs = (one.changes or {}).items()
                return ", ".join(f"{self._value(name, a)} \u2192 {self._value(name, b)}"
                                 for name, (a, b) in pairs)  # fmt: skip
            case _:
                return ""

    def _value(self, name: str, value: str) -> str:
        return terms.category(value) if name == "category" else one_line(value) or "-"

    def _word(self, fate: Fate) -> str:
        return {
            Fate.NEW: self.tr("new"),
            Fate.CHANGED: self.tr("changed"),
            Fate.SAME: self.tr("unchanged"),
            Fate.DUPLICATE: self.tr("duplicate"),
            Fate.BAD: self.tr("bad"),
        }[fate]

    def refuse(self, sentence: str) -> None:
        self.open_form()
        self.path.set_error(sentence)

    def save(self) -> None:
        if self._preview is None:
            self.looked.emit(self.path.text().strip())
        elif self._preview.count(Fate.NEW) + self._preview.count(Fate.CHANGED):
            self.wanted.emit()
        else:
            self.path.set_error(self.tr("Nothing of it is new."))
