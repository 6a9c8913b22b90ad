"""The one style sheet, written with token names; values come from `ui.theme`.

`@surface` is a colour, `@px:field` a size that grows with the font, `@space:l` and `@radius:card`
distances that do not, `@pt:body` a font size.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAME = re.compile(r"@([a-z0-9]+(?:[:._][a-z0-9_]+)*(?:\.[a-z_]+)?)")

_SHEET = """
QToolTip {
    background: @raised; color: @text; border: @space:hair solid @line; padding: @space:xs;
}
QMenu { background: @raised; color: @text; border: @space:hair solid @line; padding: @space:xs; }
QMenu::item { padding: @space:icon @space:l; border-radius: @radius:tag; }
QMenu::item:selected { background: @selected; color: @text; }
QMenu::item:disabled { color: @muted; }
QMenu::separator { height: @space:hair; background: @hair; margin: @space:xs; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateTimeEdit {
    background: @surface; color: @text; placeholder-text-color: @muted;
    border: @space:hair solid @control; border-radius: @radius:control;
    selection-background-color: @accent; selection-color: @on.accent;
}
QLineEdit { padding: @space:hair @space:s; }
QPlainTextEdit { padding: @space:xs; }
QComboBox, QSpinBox, QDateTimeEdit { padding: @space:hair @space:s; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateTimeEdit:focus {
    border: @space:ring solid @focus;
}
QLineEdit:focus { padding: 0 @space:inside; }
QPlainTextEdit:focus { padding: @space:bar; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] { border-color: @bad; }
QLineEdit:disabled, QPlainTextEdit:disabled, QLineEdit:read-only[fixed="true"] {
    background: @sunken; color: @muted; border-color: @line;
}
QLineEdit[bare="true"], QPlainTextEdit[bare="true"] {
    border: none; background: transparent; padding: 0;
}
QComboBox QAbstractItemView {
    background: @raised; color: @text; border: @space:hair solid @line;
    selection-background-color: @selected; selection-color: @text;
}

QAbstractItemView { background: @surface; border: none; outline: none; }
QAbstractItemView::item, QAbstractItemView::item:selected { background: transparent; }
QAbstractItemView[bare="true"] { background: transparent; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section {
    background: @surface; color: @text2; border: none; border-bottom: @space:hair solid @hair;
    padding: 0 @space:s 0 0; min-height: @px:column_head;
    font-size: @pt:label; font-weight: 500;
}
QHeaderView::section:first { padding-left: @space:l; }

QScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: @space:m; margin: 0; }
QScrollBar:horizontal { background: transparent; height: @space:m; margin: 0; }
QScrollBar::handle { background: @control; border-radius: @space:bar; margin: @space:bar; }
QScrollBar::handle:vertical { min-height: @px:target; }
QScrollBar::handle:horizontal { min-width: @px:target; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: @hair; }
QSplitter::handle:horizontal { width: @space:hair; }
QSplitter::handle:vertical { height: @space:hair; }
QCheckBox, QRadioButton { spacing: @space:s; min-height: @px:target; }
QCheckBox::indicator {
    width: @px:detail; height: @px:detail; background: @surface;
    border: @space:hair solid @control; border-radius: @radius:tag;
}
QCheckBox::indicator:checked {
    background: @accent; border-color: @accent; image: url("@file:tick");
}
QComboBox::drop-down { border: none; width: @px:target; }
QComboBox::down-arrow { image: url("@file:caret"); width: @px:detail; height: @px:detail; }
QSpinBox::up-button, QDateTimeEdit::up-button, QSpinBox::down-button, QDateTimeEdit::down-button {
    border: none; background: transparent; width: @px:target;
}
QSpinBox::up-arrow, QDateTimeEdit::up-arrow {
    image: url("@file:caret_up"); width: @px:icon.pill; height: @px:icon.pill;
}
QSpinBox::down-arrow, QDateTimeEdit::down-arrow {
    image: url("@file:caret"); width: @px:icon.pill; height: @px:icon.pill;
}
QCheckBox::indicator:focus { border: @space:ring solid @focus; }
"""


def filled(values: Mapping[str, str]) -> str:
    """The style sheet with each `@name` replaced. Raises KeyError for a name without a value."""
    return _NAME.sub(lambda found: values[found.group(1)], _SHEET)
