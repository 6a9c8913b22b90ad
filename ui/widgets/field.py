"""A field: label above with a note at its right, the edit, and a line below for what is wrong."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from ui.text import ElidedLabel, PlainLabel
from ui.theme import Size, Space, Token, Type, theme
from ui.widgets.message import Hint
from ui.widgets.surfaces import column, line

LONGEST_INPUT = 4_000_000
"""Characters a field takes: more than a person pastes, never a silent cut at Qt's 32 767."""


class LineInput(QLineEdit):
    """A single-line edit as high as the theme says."""

    def __init__(self, parent: QWidget | None = None, *, big: bool = False) -> None:
        super().__init__(parent)
        self._step = Type.INPUT if big else Type.BODY
        self.setMaxLength(LONGEST_INPUT)
        self.setFont(theme().font(self._step))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self.font() != theme().font(self._step):
            self.setFont(theme().font(self._step))

    def sizeHint(self) -> QSize:
        text = theme().metrics(self._step).height() + Space.M
        return QSize(super().sizeHint().width(), max(theme().px(Size.FIELD), text))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(Size.TARGET) * 3, self.sizeHint().height())


class AreaInput(QPlainTextEdit):
    """A multi-line edit for plain text; Tab goes on to the next field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._small = False
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def set_small(self, *, small: bool) -> None:
        """One line high while nobody writes, where height is scarce."""
        self._small = small
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        if self._small:
            return QSize(super().sizeHint().width(), theme().px(Size.FIELD))
        two_lines = 2 * theme().px(Size.LINE_BODY) + 2 * Space.S
        return QSize(super().sizeHint().width(), max(theme().px(Size.AREA), two_lines))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(Size.TARGET) * 2, self.sizeHint().height())


class Field(QWidget):
    """A labelled edit. `text` and `set_text` speak plain text whatever the edit is.

    `changed` carries the text after each change by a person or program, `left` tells that the
    focus went away, `entered` that Enter was pressed in a one-line field.
    """

    changed = Signal(str)
    left = Signal()
    entered = Signal()

    def __init__(
        self,
        label: str,
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        multi_line: bool = False,
        big: bool = False,
        edit: QLineEdit | QPlainTextEdit | None = None,
    ) -> None:
        """`edit` replaces the made one (for a completer or masked input of one's own)."""
        super().__init__(parent)
        made = AreaInput(self) if multi_line else LineInput(self, big=big)
        self._edit: QLineEdit | QPlainTextEdit = edit if edit is not None else made
        if edit is not None:
            made.deleteLater()
        self._label = PlainLabel(label, self, step=Type.LABEL, ink=Token.TEXT2)
        self._label.setBuddy(self._edit)
        self._note = ElidedLabel("", self, step=Type.SMALL, ink=Token.TEXT2, tabular=True)
        self._note.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._hint = Hint(self)
        self._edit.setAccessibleName(label)
        self._edit.setPlaceholderText(placeholder)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self._edit)

    def _lay_out(self) -> None:
        head = line(gap=Space.S)
        head.addWidget(self._label)
        head.addStretch(1)
        head.addWidget(self._note)
        body = column(self, gap=Space.XS)
        body.addLayout(head)
        body.addWidget(self._edit)
        body.addWidget(self._hint)
        body.addStretch(0)

    def _connect(self) -> None:
        if isinstance(self._edit, QLineEdit):
            self._edit.textChanged.connect(self.changed)
            self._edit.returnPressed.connect(self.entered)
        else:
            edit = self._edit
            edit.textChanged.connect(lambda: self.changed.emit(edit.toPlainText()))
        self._edit.installEventFilter(self)

    @property
    def edit(self) -> QLineEdit | QPlainTextEdit:
        """The edit itself, for focus chains and event filters."""
        return self._edit

    def text(self) -> str:
        edit = self._edit
        return edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Replace the text, where it differs; the cursor goes to its end."""
        if text == self.text():
            return
        if isinstance(self._edit, QLineEdit):
            self._edit.setText(text)
        else:
            self._edit.setPlainText(text)
            self._edit.moveCursor(self._edit.textCursor().MoveOperation.End)

    def set_label(self, label: str) -> None:
        self._label.setText(label)
        self._edit.setAccessibleName(label)

    def set_note(self, note: str) -> None:
        """What stands at the right of the label: "read as +44 7700 900118"."""
        self._note.setText(note)

    def set_hint(self, hint: str) -> None:
        """A line of information under the edit; empty takes it away."""
        self._show_line(hint, wrong=False)

    def set_error(self, error: str) -> None:
        """A line that says what is wrong; empty means nothing is."""
        self._show_line(error, wrong=bool(error))

    def set_fixed(self, *, fixed: bool, reason: str = "") -> None:
        """Read-only with its reason below, still readable and in the tab order."""
        self._edit.setReadOnly(fixed)
        self._edit.setProperty("fixed", fixed)
        self._restyle()
        self.set_hint(reason if fixed else "")

    @property
    def error(self) -> str:
        return self._hint.text if self._edit.property("wrong") else ""

    def _show_line(self, text: str, *, wrong: bool) -> None:
        self._hint.say(text, wrong=wrong)
        self._edit.setAccessibleDescription(text)
        if bool(self._edit.property("wrong")) is not wrong:
            self._edit.setProperty("wrong", wrong)
            self._restyle()

    def _restyle(self) -> None:
        self._edit.style().unpolish(self._edit)
        self._edit.style().polish(self._edit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.left.emit()
        return False
