"""Candidates under the model field, with what differs marked and a key for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.delegates import paint
from ui.delegates.parts import Icon, Keys, Part, RowKind, Spring, Text, small
from ui.delegates.rows import PartsModel, PartsRow, key_of
from ui.text import Mark, quoted
from ui.theme import Radius, Size, Space, Token, Type, theme
from ui.widgets.parts_view import PartsList
from ui.widgets.surfaces import column, reveal
from ui.wording import wording

MOST_CANDIDATES = 5
_KEEP_KEYS = "Alt+0"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A catalog entry the words may mean; `marks` say what tells it from the others."""

    key: object
    name: str
    detail: str = ""
    marks: tuple[Mark, ...] = ()


class _KeepWords:
    """The key of the last row."""


_KEEP = _KeepWords()


class CandidateList(QWidget):
    """Sits in the layout under its field, hidden while it has nothing to offer.

    Up, Down and Enter in an attached edit move and choose here without leaving it; Alt+1 to
    Alt+5 choose at once, Alt+0 keeps the caller's words.
    """

    chosen = Signal(object)
    """The key of a candidate."""
    words_kept = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[Candidate, ...] = ()
        self._model = PartsModel(parent=self)
        self._list = PartsList(wording.candidates(), self, led=True)
        self._list.setModel(self._model)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.chosen.connect(self._choose)
        column(self, edge=Space.HAIR).addWidget(self._list)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for number in range(MOST_CANDIDATES):
            self._shortcut(f"Alt+{number + 1}", number)
        self._shortcut(_KEEP_KEYS, -1)
        self.hide()

    def _shortcut(self, keys: str, number: int) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: self._choose_number(number))

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        return self._candidates

    def show_candidates(
        self, candidates: Sequence[Candidate], words: str, *, keep_first: bool = False
    ) -> None:
        """Offer candidates for the caller's words; without words nothing is shown.

        `keep_first` puts keeping the words before them: none of them is likely.
        """
        self._candidates = tuple(candidates[:MOST_CANDIDATES])
        rows = [_row(one, number) for number, one in enumerate(self._candidates, 1)]
        keep = [_keep_row(words)]
        whole = [*keep, *rows] if keep_first else [*rows, *keep]
        self._model.set_rows(whole if words.strip() else [])
        self._list.setCurrentIndex(self._model.index(0, 0))
        reveal(self, shown=bool(self._model.rows))
        self.updateGeometry()

    def clear(self) -> None:
        self.show_candidates((), "")

    def attach(self, edit: QWidget) -> None:
        """Let Up, Down and Enter of this edit work in the list."""
        edit.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        typed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if not typed or self.isHidden() or not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        match event.key():
            case Qt.Key.Key_Down:
                self._list.move_by(1)
            case Qt.Key.Key_Up:
                self._list.move_by(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                return self._list.choose_current()
            case _:
                return False
        return True

    def _choose_number(self, number: int) -> None:
        if self.isHidden() or number >= len(self._candidates):
            return
        key: object = self._candidates[number].key if number >= 0 else _KEEP
        self._choose(self._model.index(self._model.row_of(key), 0))

    def _choose(self, index: QModelIndex) -> None:
        key = key_of(index)
        if isinstance(key, _KeepWords):
            self.words_kept.emit()
        else:
            self.chosen.emit(key)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(Size.EMPTY_TEXT), self._list.content_height() + 2 * Space.HAIR)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        paint.rounded(painter, self.rect(), Radius.TAG, border=look.colour(Token.LINE))
        painter.end()


def _row(candidate: Candidate, number: int) -> PartsRow:
    parts: tuple[Part, ...] = (
        Text(candidate.name, step=Type.LEAD, marks=candidate.marks),
        Spring(),
        small(candidate.detail),
        Keys(f"Alt+{number}"),
    )
    says = f"{candidate.name}, {candidate.detail}, {wording.key_sentence(f'Alt+{number}')}"
    return PartsRow(candidate.key, (parts,), RowKind.ROW, says)


def _keep_row(words: str) -> PartsRow:
    parts: tuple[Part, ...] = (
        Icon("warning", Token.WARN),
        Text(wording.keep_words(), step=Type.LEAD, fixed=True),
        Text(quoted(words), Token.TEXT2),
        small(wording.goes_to_models()),
        Spring(),
        Keys(_KEEP_KEYS),
    )
    says = f"{wording.keep_words()}: {quoted(words)}, {wording.goes_to_models()}"
    return PartsRow(_KEEP, (parts,), RowKind.ROW, says)
