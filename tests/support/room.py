"""Whether what is said on a window has the room it needs."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from ui.text import ElidedLabel, WrappedLabel


def cut_short(window: QWidget) -> list[str]:
    """What is on screen and lower or narrower than its text, or cut at a side.

    By its words, or its class where it has none.
    """
    return [
        one.accessibleName() or type(one).__name__
        for one in window.findChildren(QWidget)
        if isinstance(one, (QAbstractButton, QComboBox, QLabel, QLineEdit))
        and not one.visibleRegion().isEmpty()
        and (one.height() < _needed(one) or _is_cut_at_a_side(one))
    ]


def _is_cut_at_a_side(one: QWidget) -> bool:
    """Nothing is scrolled sideways but tables, so what lies beyond a side is never seen."""
    least = min(one.minimumSizeHint().width(), one.sizeHint().width())
    is_narrow = one.width() < least and not isinstance(one, ElidedLabel)
    return is_narrow or _seen(one) < one.width()


def _seen(one: QWidget) -> int:
    """How wide it stands within all that holds it, whatever lies over it."""
    seen, at = one.rect(), one
    while (above := at.parentWidget()) is not None and not at.isWindow():
        seen = seen.translated(at.pos()).intersected(above.rect())
        at = above
    return seen.width()


def _needed(one: QWidget) -> int:
    """Pixels; what wraps needs more the narrower it is."""
    if isinstance(one, WrappedLabel):
        return one.heightForWidth(one.width())
    return min(one.minimumSizeHint().height(), one.sizeHint().height())
