"""The top bar: menu, name, the search button that opens the palette, New call."""

from __future__ import annotations

import functools

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

import resources
from ui import icons
from ui.delegates import paint
from ui.delegates.parts import Keys, Spring, Text
from ui.text import PlainLabel, plain_button_text
from ui.theme import NARROW_BELOW, Radius, Size, Space, Token, Type, theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.surfaces import Surface, line
from ui.wording import wording

SEARCH_KEYS = "Ctrl+K"
NEW_CALL_KEYS = "F2"
PRODUCT = "Offhook"


@functools.cache
def _drawing() -> str:
    return resources.text("icons/mark.svg")


class Logo(QWidget):
    """The mark of the desk, drawn by us, in the ink of links."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        side = theme().px(Size.LOGO)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        ink = theme().colour(Token.FOCUS).name()
        drawing = _drawing().replace("currentColor", ink)
        painter = QPainter(self)
        QSvgRenderer(drawing.encode()).render(painter, self.rect().toRectF())
        painter.end()


class SearchButton(QPushButton):
    """Looks like a field and opens the palette, where one types."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(plain_button_text(wording.search_prompt()))
        self.setAccessibleName(wording.search_prompt())
        self.setAccessibleDescription(wording.key_sentence(SEARCH_KEYS))
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.px(Size.SEARCH), max(look.px(Size.FIELD), look.px(Size.BUTTON)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(Size.FIELD) * 2, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        ground = Token.HOVER if self.underMouse() else Token.SURFACE
        paint.rounded(
            painter, self.rect(), Radius.CONTROL,
            ground=look.colour(ground), border=look.colour(Token.CONTROL),
        )  # fmt: skip
        side = look.px(Size.ICON)
        icons.draw(painter, QRect(Space.S, 0, side, self.height()), "magnifying-glass", Token.TEXT2)
        room = self.rect().adjusted(Space.S + side + Space.S, 0, -Space.S, 0)
        prompt = Text(wording.search_prompt(), Token.MUTED)
        paint.draw_row(painter, room, (prompt, Spring(), Keys(SEARCH_KEYS)), look)
        if self.hasFocus():
            paint.ring(painter, self.rect(), Radius.CONTROL, look)
        painter.end()


class TopBar(Surface):
    """Across the whole window; the search field starts where the centre does."""

    menu_chosen = Signal()
    search_chosen = Signal()
    new_call_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Token.WINDOW, parent, line_below=True)
        self._menu = Button(
            wording.lanes_menu(), self, kind=ButtonKind.QUIET, icon="list", icon_only=True
        )
        self._menu.clicked.connect(self.menu_chosen)
        self._logo = Logo(self)
        self._name = PlainLabel(PRODUCT, self, step=Type.GROUP)
        self._search = SearchButton(self)
        self._search.clicked.connect(self.search_chosen)
        self._new_call = Button(
            wording.new_call(), self, kind=ButtonKind.PRIMARY, keys=NEW_CALL_KEYS,
            icon="phone-incoming",
        )  # fmt: skip
        self._new_call.clicked.connect(self.new_call_chosen)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _lay_out(self) -> None:
        self._left = QWidget(self)
        brand = line(self._left, gap=Space.S)
        brand.setContentsMargins(Space.M, 0, 0, 0)
        brand.addWidget(self._menu)
        brand.addWidget(self._logo)
        brand.addWidget(self._name)
        brand.addStretch(1)
        row = line(self, gap=0)
        row.setContentsMargins(0, 0, Space.L, Space.HAIR)
        row.addWidget(self._left)
        row.addSpacing(Space.L)
        row.addWidget(self._search)
        row.addStretch(1)
        row.addSpacing(Space.L)
        self._new_call.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(self._new_call)

    def set_new_call_primary(self, *, primary: bool) -> None:
        """Filled only where the view has no primary button of its own."""
        self._new_call.set_kind(ButtonKind.PRIMARY if primary else ButtonKind.PLAIN)
        self._new_call.set_icon("phone-incoming", None if primary else Token.FOCUS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        look = theme()
        narrow = self.width() / look.effective_factor < NARROW_BELOW
        self._logo.setVisible(not narrow)
        self._name.setVisible(not narrow)
        self._left.setFixedWidth(look.px(Size.RAIL_NARROW if narrow else Size.RAIL))
        self._search.setMaximumWidth(look.px(Size.SEARCH))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().px(Size.TOP_BAR))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())
