"""WCAG 2.2 contrast of two colours, computed here and nowhere taken on trust."""

from __future__ import annotations

_DARK_LIMIT = 0.04045


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`, 0 to 1."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= _DARK_LIMIT else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
