"""The palette (Ctrl+K): one line to type in, sections of what matches, keys for everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.delegates.parts import Icon, Keys, Part, RowKind, Spring, Text
from ui.delegates.rows import PartsModel, PartsRow, key_of
from ui.text import ElidedLabel, hits
from ui.theme import Size, Space, Token, Type
from ui.widgets.field import LineInput
from ui.widgets.marks import KeyHint, PartsLabel
from ui.widgets.message import IconMark
from ui.widgets.overlay import Overlay
from ui.widgets.parts_view import PartsList
from ui.widgets.surfaces import Hairline, line
from ui.wording import wording

_SHEET_KEYS = "F1"


@dataclass(frozen=True, slots=True)
class PaletteRow:
    """One thing that can be chosen.

    `lead` is what was searched and gets its hits marked, `more` second reading after it,
    `right` any parts at the right end (a pill, a count), `keys` its shortcut.
    """

    value: object
    icon: str
    lead: str
    more: str = ""
    right: tuple[Part, ...] = ()
    keys: str = ""
    off: bool = False
    """It can be read but not chosen; `more` says why."""


@dataclass(frozen=True, slots=True)
class _Off:
    """The key of a row that cannot be chosen."""

    value: object


@dataclass(frozen=True, slots=True)
class PaletteSection:
    """Rows of one kind: customers, tickets, models, actions."""

    kind: str
    title: str
    rows: tuple[PaletteRow, ...]


class Palette(Overlay):
    """Asks by `query_changed`; the owner answers with `show_sections`.

    The owner answers for the query it was asked for: an answer to an older query is not shown.
    Tab narrows to the kind of the current row and once more widens again.
    """

    query_changed = Signal(str)
    chosen = Signal(object)
    """The value of a row."""
    chosen_beside = Signal(object)
    """Ctrl+Enter."""
    kind_narrowed = Signal(str)
    """The kind to show alone, empty for all."""
    shortcuts_wanted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._kind = ""
        self._kinds: list[str] = []
        self._model = PartsModel(parent=self)
        self._edit = LineInput(self.panel, big=True)
        self._note = ElidedLabel("", self.panel, step=Type.SMALL, ink=Token.TEXT2, tabular=True)
        self._list = PartsList(wording.results(), self.panel, lines=False, led=True)
        self._nothing = ElidedLabel("", self.panel, ink=Token.TEXT2)
        self._set_up()
        self._lay_out()

    def _set_up(self) -> None:
        self._edit.setProperty("bare", True)
        self._edit.setAccessibleName(wording.search())
        self._edit.setPlaceholderText(wording.search_prompt())
        self._edit.textChanged.connect(self.query_changed)
        self._edit.installEventFilter(self)
        self._list.setModel(self._model)
        self._list.setProperty("bare", True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.chosen.connect(self._choose)
        self._list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._nothing.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        self._nothing.hide()

    def _lay_out(self) -> None:
        head = line(gap=Space.M)
        head.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        head.addWidget(IconMark("magnifying-glass", Token.TEXT2, self.panel))
        head.addWidget(self._edit, 1)
        self._note.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        head.addWidget(self._note)
        head.addWidget(KeyHint("Esc", self.panel))
        self.body.addLayout(head)
        self.body.addWidget(Hairline(self.panel))
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._nothing)
        self.body.addWidget(Hairline(self.panel))
        self.body.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        foot = line(gap=Space.L)
        foot.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        for keys, does in wording.palette_hints():
            hint = Keys(keys), Text(does, Token.TEXT2, Type.SMALL)
            foot.addWidget(PartsLabel(hint, self.panel))
        foot.addStretch(1)
        sheet = Keys(_SHEET_KEYS), Text(wording.all_shortcuts(), Token.TEXT2, Type.SMALL)
        foot.addWidget(PartsLabel(sheet, self.panel))
        return foot

    # --- what the owner calls ---------------------------------------------------------------

    @property
    def query(self) -> str:
        return self._edit.text()

    def open_with(self, query: str = "") -> None:
        """Open with a query, all of it selected, and ask for its answer."""
        self._kind = ""
        self._edit.setText(query)
        self._edit.selectAll()
        self.open()
        self.query_changed.emit(query)

    def show_sections(self, query: str, sections: Sequence[PaletteSection], note: str = "") -> None:
        """Show the answer to a query; one that was overtaken by typing is dropped."""
        if query != self.query:
            return
        kept = key_of(self._list.currentIndex())
        by_kind = [(one.kind, row) for one in sections for row in _rows(one, query)]
        self._kinds = [kind for kind, _ in by_kind]
        self._model.set_rows([row for _, row in by_kind])
        at = max(self._model.row_of(kept) if kept is not None else -1, 0)
        self._list.setCurrentIndex(self._model.index(at, 0))
        if not self._list.currentIndex().flags() & Qt.ItemFlag.ItemIsSelectable:
            self._list.move_by(1)
        self._note.setText(note)
        empty = not self._model.rows
        self._nothing.setText(wording.nothing_found(query))
        self._nothing.setVisible(empty and bool(query))
        self.place()

    # --- inside -----------------------------------------------------------------------------

    def focus_first(self) -> None:
        self._edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def panel_height(self, width: int) -> int:
        self._list.doItemsLayout()
        fixed = self.panel.sizeHint().height() - self._list.sizeHint().height()
        return fixed + self._list.content_height() + Space.S

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress
        if watched is self._edit and pressed and isinstance(event, QKeyEvent):
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        beside = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Down:
                self._list.move_by(1)
            case Qt.Key.Key_Up:
                self._list.move_by(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose(self._list.currentIndex(), beside=beside)
            case Qt.Key.Key_Tab:
                self._narrow()
            case Qt.Key.Key_F1:
                self.close_overlay()
                self.shortcuts_wanted.emit()
            case _:
                return False
        return True

    def _narrow(self) -> None:
        index = self._list.currentIndex()
        here = "" if self._kind or not index.isValid() else self._kinds[index.row()]
        self._kind = here
        self.kind_narrowed.emit(self._kind)

    def _choose(self, index: QModelIndex, *, beside: bool = False) -> None:
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsSelectable:
            return
        value = key_of(index)
        if isinstance(value, _Off):
            return
        self.close_overlay()
        (self.chosen_beside if beside else self.chosen).emit(value)


def _rows(section: PaletteSection, query: str) -> list[PartsRow]:
    head: tuple[Part, ...] = (Text(section.title, Token.TEXT2, Type.LABEL),)
    titled = [PartsRow((section.kind,), (head,), RowKind.HEAD)] if section.title else []
    return [*titled, *(_row(row, query) for row in section.rows)]


def _row(row: PaletteRow, query: str) -> PartsRow:
    ink = Token.MUTED if row.off else Token.TEXT
    parts: list[Part] = [
        Icon("prohibit" if row.off else row.icon, ink if row.off else Token.TEXT2, Size.ICON),
        Text(row.lead, ink, Type.LEAD, marks=hits(row.lead, query)),
    ]
    if row.more:
        parts.append(Text(row.more, Token.TEXT2, tabular=True))
    parts += [Spring(), *row.right]
    if row.keys:
        parts.append(Keys(row.keys))
    return PartsRow(_Off(row.value) if row.off else row.value, (tuple(parts),))
