"""Cards of the context panel: sections with a head, an as-of mark and labelled lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.delegates.parts import Icon, Part, Text, small
from ui.text import ElidedLabel, WrappedLabel, quoted
from ui.theme import Size, Space, Token, Type, theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.marks import AsOfMark, PartsLabel
from ui.widgets.message import IconMark
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Hairline, Surface, column, line, reveal


class Card(QWidget):
    """A section with a head; lines are added from above and cleared together."""

    link_chosen = Signal(str)
    """The key given to `add_link`."""

    def __init__(self, icon: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconMark(icon, Token.TEXT2, self)
        self._title = ElidedLabel(title, self, step=Type.HEAD, ink=Token.TEXT2)
        self._as_of = AsOfMark("", self)
        self._note = ElidedLabel("", self, step=Type.SMALL, ink=Token.TEXT2, tabular=True)
        self._note.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._note.hide()
        head = line(gap=Space.S)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        head.addWidget(self._as_of)
        head.addWidget(self._note)
        self.saying = Saying(self)
        self._lines = column(gap=Space.RING)
        body = column(self, gap=Space.S)
        body.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        body.addLayout(head)
        body.addWidget(self.saying)
        body.addLayout(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_icon(self, icon: str, ink: Token = Token.TEXT2) -> None:
        self._icon.set_icon(icon, ink)

    def set_as_of(self, time: str, saying: str = "") -> None:
        """Show the mark, and what can be said of it; an empty time means the data is fresh."""
        self._as_of.set_time(time)
        self.saying.say(saying if time else "")

    @property
    def as_of(self) -> str:
        """The time of the mark; empty while the data is fresh."""
        return self._as_of.time

    def set_note(self, note: str) -> None:
        """A count or a few words at the right of the head."""
        self._note.setText(note)
        reveal(self._note, shown=bool(note))

    def clear(self) -> None:
        """Take all lines away; head and mark stay."""
        _empty(self._lines)

    def add_text(
        self, text: str, step: Type = Type.BODY, ink: Token = Token.TEXT2, *, tabular: bool = False
    ) -> WrappedLabel:
        """A line of running text that wraps."""
        label = WrappedLabel(text, self, step=step, ink=ink, tabular=tabular)
        self._lines.addWidget(label)
        return label

    def add_lead(self, text: str) -> WrappedLabel:
        """The first line of a card, 13/500."""
        return self.add_text(text, Type.LEAD, Token.TEXT)

    def add_parts(self, *parts: Part) -> PartsLabel:
        """A line of parts: pills, tags, quoted words."""
        label = PartsLabel(parts, self, least=Size.LINE_BODY).stretching()
        self._lines.addWidget(label)
        return label

    def add_pair(self, label: str, *value: Part, mark: Part | None = None) -> None:
        """A labelled value: label column muted, value, and a mark at the right end."""
        row = line(gap=Space.S)
        name = ElidedLabel(label, self, ink=Token.MUTED)
        name.setFixedWidth(theme().px(Size.CARD_LABEL))
        row.addWidget(name)
        shown = PartsLabel(value, self, least=Size.LINE_BODY).stretching()
        row.addWidget(shown, 1)
        if mark is not None:
            row.addWidget(PartsLabel((mark,), self))
        self._lines.addLayout(row)

    def add_long_pair(self, label: str, value: str) -> None:
        """A labelled value that wraps where it is long."""
        row = line(gap=Space.S)
        name = ElidedLabel(label, self, ink=Token.MUTED)
        name.setFixedWidth(theme().px(Size.CARD_LABEL))
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(WrappedLabel(value, self, tabular=True), 1)
        self._lines.addLayout(row)

    def add_to_complete(self, word: str, *, done: bool = False) -> None:
        """An item of the "to complete" list: an open dashed circle, or a check."""
        icon = Icon("check", Token.OK) if done else Icon("circle-dashed", Token.MUTED)
        self.add_parts(icon, Text(word, Token.MUTED if done else Token.TEXT2))

    def add_link(self, key: str, text: str, note: str = "") -> Button:
        """A link with a few muted words after it."""
        button = Button(text, self, kind=ButtonKind.LINK, height=Size.TARGET)
        button.clicked.connect(lambda: self.link_chosen.emit(key))
        row = line(gap=Space.XS)
        row.addWidget(button)
        if note:
            row.addWidget(PartsLabel((small(note),), self).stretching(), 1)
        row.addStretch(0)
        self._lines.addLayout(row)
        return button

    def add_widget(self, widget: QWidget) -> None:
        """Anything else, from the left."""
        self._lines.addSpacing(Space.XS)
        self._lines.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def add_wide(self, widget: QWidget) -> None:
        """Anything else, over the whole width."""
        self._lines.addWidget(widget)


class Saying(QWidget):
    """A sentence an agent can say to the caller, as it is spoken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconMark("chat-centered-text", Token.WARN, self, size=Size.DETAIL)
        self._words = WrappedLabel("", self, step=Type.SMALL, ink=Token.TEXT2)
        row = line(self, gap=Space.ICON)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def say(self, sentence: str) -> None:
        """Show it in quotes; an empty one hides the line."""
        self._words.set_passage(quoted(sentence) if sentence else "")
        reveal(self, shown=bool(sentence))


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            _empty(inner)
        elif widget is not None:
            widget.hide()
            widget.deleteLater()


class CardStack(Surface):
    """The context panel: a head, cards with hairlines between them, a foot; the cards scroll."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        width: Size = Size.CONTEXT,
        line_left: bool = True,
    ) -> None:
        """Without `line_left` where a splitter draws the line."""
        super().__init__(Token.PANEL, parent, line_left=line_left)
        self._width = width
        self._hairlines: dict[QObject, Hairline] = {}
        self._inside = Surface(Token.PANEL)
        self._cards = column(self._inside)
        self._cards.addStretch(1)
        self._scroll = Scrolled(self._inside, self)
        self._body: QVBoxLayout = column(self)
        self._body.setContentsMargins(Space.HAIR, 0, 0, 0)
        self._body.addWidget(self._scroll, 1)

    def add_card(self, card: QWidget) -> None:
        """Append a card; a hairline separates it from the one before."""
        at = self._cards.count() - 1
        if at > 0:
            hairline = Hairline(self._inside)
            self._hairlines[card] = hairline
            card.installEventFilter(self)
            self._cards.insertWidget(at, hairline)
            at += 1
        self._cards.insertWidget(at, card)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A card that hides takes its hairline along."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            hairline = self._hairlines.get(watched)
            if hairline is not None:
                hairline.setVisible(event.type() is QEvent.Type.ShowToParent)
        return False

    def lend(self) -> list[QWidget]:
        """Its cards in order, to stand elsewhere for a while; `take_back` ends that."""
        cards: list[QWidget] = list(
            self._inside.findChildren(Card, options=Qt.FindChildOption.FindDirectChildrenOnly)
        )
        cards.sort(key=self._cards.indexOf)
        for hairline in self._hairlines.values():
            hairline.hide()
            hairline.deleteLater()
        for card in cards:
            card.removeEventFilter(self)
            self._cards.removeWidget(card)
        self._hairlines = {}
        return cards

    def take_back(self, cards: Sequence[QWidget]) -> None:
        """The cards that were lent stand here again."""
        for card in cards:
            self.add_card(card)
            if (hairline := self._hairlines.get(card)) is not None:
                hairline.setHidden(card.isHidden())

    def clear(self) -> None:
        """Take all cards away."""
        self._hairlines = {}
        _empty(self._cards)
        self._cards.addStretch(1)

    def set_foot(self, foot: QWidget) -> None:
        """A row of actions that stays below the cards."""
        self._body.addWidget(foot)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._width), super().sizeHint().height())
