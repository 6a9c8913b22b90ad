"""Buttons: primary, plain, quiet and link, with icon, key caps and a focus ring outside."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QMoveEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui import icons
from ui.delegates import paint
from ui.delegates.parts import Keys
from ui.text import one_line, plain_button_text, tooltip
from ui.theme import Radius, Size, Space, Theme, Token, Type, theme
from ui.wording import wording


class ButtonKind(StrEnum):
    PRIMARY = "primary"
    """The one filled button of a screen."""
    PLAIN = "plain"
    QUIET = "quiet"
    LINK = "link"


_RING = Space.RING + Space.HAIR


class FocusRing(QWidget):
    """The ring around a button: a sibling that lets the mouse through."""

    def __init__(self, button: QWidget, radius: int) -> None:
        super().__init__(button.parentWidget())
        self._radius = radius
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.follow(button)
        self.show()

    def follow(self, button: QWidget) -> None:
        self.setGeometry(button.geometry().adjusted(-_RING, -_RING, _RING, _RING))
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.ring(painter, self.rect(), self._radius, theme())
        painter.end()


class Button(QPushButton):
    """A button whose text, icon and key caps are painted from the theme.

    `text` is plain: an ampersand is an ampersand. `keys` such as `Ctrl+Enter` are shown as caps
    and told to screen readers; the shortcut itself belongs to the action that owns it.
    A disabled button says why: `set_reason`.
    """

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        kind: ButtonKind = ButtonKind.PLAIN,
        keys: str = "",
        icon: str = "",
        height: Size = Size.BUTTON,
        icon_only: bool = False,
    ) -> None:
        """`icon_only` keeps the text as the name and the tooltip."""
        super().__init__(parent)
        self._kind, self._keys, self._icon_name = kind, keys, icon
        self._height, self._icon_only = height, icon_only
        self._icon_ink: Token | None = None
        self._reason = ""
        self._ring: FocusRing | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_text(text)

    # --- what may change --------------------------------------------------------------------

    @property
    def kind(self) -> ButtonKind:
        return self._kind

    @property
    def label(self) -> str:
        """The words as given."""
        return self._label

    def set_text(self, text: str) -> None:
        """Change the verb ("Save and send later")."""
        self._label = one_line(text)
        self.setText(plain_button_text(text))
        self._describe()

    def set_kind(self, kind: ButtonKind) -> None:
        self._kind = kind
        self.update()

    def set_keys(self, keys: str) -> None:
        self._keys = keys
        self._describe()

    def set_icon(self, name: str, ink: Token | None = None) -> None:
        """A Phosphor name; without an ink it takes the text's."""
        self._icon_name, self._icon_ink = name, ink
        self._describe()

    def set_reason(self, reason: str) -> None:
        """Disable with a reason; an empty one enables again."""
        self._reason = reason
        self.setEnabled(not reason)
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleName(self._label)
        keys = wording.key_sentence(self._keys) if self._keys else ""
        self.setAccessibleDescription(". ".join(said for said in (self._reason, keys) if said))
        shown = self._reason or (self._label if self._icon_only else "")
        self.setToolTip(tooltip(shown))
        self.updateGeometry()
        self.update()

    # --- size -------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        look = theme()
        wide = self._words_width(look) + self._icon_width(look) + self._caps_width(look)
        return QSize(self._high(look) if self._icon_only else wide + self._edges, self._high(look))

    def minimumSizeHint(self) -> QSize:
        """Its words: where room is scarce the key caps go first, then the icon."""
        look = theme()
        wide = self._high(look) if self._icon_only else self._words_width(look) + self._edges
        return QSize(wide, self._high(look))

    def _high(self, look: Theme) -> int:
        return max(look.px(self._height), look.metrics(Type.LEAD).height() + Space.S)

    @property
    def _edges(self) -> int:
        return {ButtonKind.LINK: 0, ButtonKind.QUIET: 2 * Space.S}.get(self._kind, 2 * Space.M)

    def _words_width(self, look: Theme) -> int:
        return look.metrics(Type.LEAD).horizontalAdvance(self._label) + 1

    def _icon_width(self, look: Theme) -> int:
        return look.px(Size.ICON) + Space.S if self._icon_name else 0

    def _caps_width(self, look: Theme) -> int:
        return Space.S + paint.width(Keys(self._keys), look) if self._keys else 0

    # --- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        self._paint_ground(painter, look)
        if self._icon_only:
            self._paint_icon(painter, self.rect(), self._ink(), look)
        else:
            self._paint_content(painter, look)
        painter.end()

    def _paint_content(self, painter: QPainter, look: Theme) -> None:
        """Icon, words and key caps in the middle, as far as there is room for them."""
        words, icon, caps = self._words_width(look), self._icon_width(look), self._caps_width(look)
        room = self.width() - self._edges
        caps = caps if words + icon + caps <= room else 0
        icon = icon if words + icon <= room else 0
        content, ink = words + icon + caps, self._ink()
        rest = QRect(max(0, (self.width() - content) // 2), 0, content, self.height())
        if icon:
            side = look.px(Size.ICON)
            square = QRect(rest.left(), rest.top(), side, rest.height())
            self._paint_icon(painter, square, ink, look)
            rest.setLeft(rest.left() + icon)
        painter.setFont(look.font(Type.LEAD))
        painter.setPen(look.colour(ink))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(rest, flags | Qt.TextFlag.TextSingleLine, self._label)
        if caps:
            rest.setLeft(rest.left() + words + Space.S)
            paint.draw_keys(painter, rest, self._keys, look.colour(self._key_ink()), look)

    def _paint_icon(self, painter: QPainter, square: QRect, ink: Token, look: Theme) -> None:
        side = look.px(Size.ICON)
        inner = QRect(0, 0, side, side)
        inner.moveCenter(square.center())
        chosen = self._icon_ink if self._icon_ink and self.isEnabled() else ink
        icons.draw(painter, inner, self._icon_name, chosen)

    def _paint_ground(self, painter: QPainter, look: Theme) -> None:
        ground, border = self._ground_tokens()
        paint.rounded(
            painter,
            self.rect(),
            Radius.CONTROL,
            ground=look.colour(ground) if ground else None,
            border=look.colour(border) if border else None,
        )

    def _is_hot(self) -> bool:
        return self.isEnabled() and (self.underMouse() or self.isDown())

    def _ground_tokens(self) -> tuple[Token | None, Token | None]:
        hot = self._is_hot()
        match self._kind:
            case ButtonKind.PRIMARY if not self.isEnabled():
                return Token.SUNKEN, Token.LINE
            case ButtonKind.PRIMARY:
                return (Token.ACCENT_HOVER if hot else Token.ACCENT), None
            case ButtonKind.PLAIN if not self.isEnabled():
                return None, Token.LINE
            case ButtonKind.PLAIN:
                return (Token.PLAIN_HOVER, Token.CONTROL) if hot else (Token.PLAIN, Token.LINE)
            case ButtonKind.QUIET:
                return (Token.RAIL_SEL if hot else None), None
            case ButtonKind.LINK:
                return None, None

    def _ink(self) -> Token:
        if not self.isEnabled():
            return Token.MUTED
        return {
            ButtonKind.PRIMARY: Token.ON_ACCENT,
            ButtonKind.PLAIN: Token.TEXT,
            ButtonKind.QUIET: Token.TEXT2,
            ButtonKind.LINK: Token.LINK,
        }[self._kind]

    def _key_ink(self) -> Token:
        filled = self._kind is ButtonKind.PRIMARY and self.isEnabled()
        return Token.ON_ACCENT if filled else (Token.TEXT2 if self.isEnabled() else Token.MUTED)

    # --- focus ring -------------------------------------------------------------------------

    def show_ring(self, *, shown: bool = True) -> None:
        """Show or take away the ring; focus does it by itself."""
        if self._ring is not None:
            self._ring.deleteLater()
            self._ring = None
        if shown and self.parentWidget() is not None and self.isVisible():
            self._ring = FocusRing(self, Radius.CARD)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.show_ring(shown=event.reason() is not Qt.FocusReason.MouseFocusReason)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.show_ring(shown=False)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._move_ring()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._move_ring()

    def _move_ring(self) -> None:
        if self._ring is not None:
            self._ring.follow(self)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.show_ring(shown=False)
