"""Letters that hide or turn what stands beside them: out of sight, out of comparisons, escaped.

What somebody said is stored as it came. Shown it has no control of direction (Unicode Annex 9), no
character without width and no command to a terminal; letters that are written from the right stay
what they are, and an isolate keeps them from turning their neighbours.
"""

from __future__ import annotations

import re

FSI, PDI = "\u2068", "\u2069"
"""First strong isolate and its end: the direction of what is between stays between."""
_GAPS = dict.fromkeys((0x0B, 0x0C, *range(0x1C, 0x20), 0x85), " ")
"""Breaks nobody types; a tab and a line's end are left to who lays out the text."""
_JOINED = r"\u0600-\u060f\u0620-\u17b3\u17b6-\u180d\u1810-\u200a\u2100-\ufefe\U0001f000-\U0001faff"
"""Scripts and pictures in which a joiner, or what forbids one, changes what is read."""
_CONTROLS = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # of terminals
    r"\u061c\u200e\u200f\u202a-\u202e\u2066\u2067"  # of direction
    r"\u00ad\u034f\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\U000e0000-\U000e007f"  # no width
    r"\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters that show nothing
    r"\ufff9-\ufffc\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # of other programs' layouts
)
_STRAY_JOINER = rf"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])"
_HIDDEN = re.compile(rf"[{_CONTROLS}]|{_STRAY_JOINER}")
_SILENT = re.compile(rf"[{_CONTROLS}\u200c\u200d\u2068\u2069\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_UNPRINTED = re.compile(rf"[{_CONTROLS}\x85\u2028\u2029\u2068\u2069]|{_STRAY_JOINER}")
_FROM_THE_RIGHT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff"
                             r"\U0001e800-\U0001efff]")  # fmt: skip


def visible(text: str) -> str:
    """The text without what hides or turns; of isolates only whole pairs stay."""
    if text.isascii() and text.isprintable():
        return text
    kept = _HIDDEN.sub("", text.translate(_GAPS))
    return _paired(kept) if FSI in kept or PDI in kept else kept


def isolated(text: str) -> str:
    """`visible`, for a text that others stand beside: letters from the right turn only it."""
    shown = visible(text)
    if shown.isascii() or not _FROM_THE_RIGHT.search(shown):
        return shown
    return shown if _is_one_isolate(shown) else f"{FSI}{shown}{PDI}"


def silent_left_out(text: str) -> str:
    """For comparing: without what nobody sees, joiners and the forms of pictures too."""
    if text.isascii() and text.isprintable():
        return text
    return _SILENT.sub("", text)


def escaped(json_text: str) -> str:
    r"""A JSON document for a terminal: what it would hide, turn or obey is written as `\uXXXX`."""
    if json_text.isascii() and "\x7f" not in json_text:
        return json_text
    return _UNPRINTED.sub(_as_escape, json_text)


def _as_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def _paired(text: str) -> str:
    """Only the isolates that are opened and ended."""
    opened: list[int] = []
    paired: set[int] = set()
    for at, one in enumerate(text):
        if one == FSI:
            opened.append(at)
        elif one == PDI and opened:
            paired.update((opened.pop(), at))
    return "".join(one for at, one in enumerate(text) if one not in FSI + PDI or at in paired)


def _is_one_isolate(text: str) -> bool:
    """Whether the first character's pair is the last one."""
    depth = 0
    for at, one in enumerate(text):
        depth += (one == FSI) - (one == PDI)
        if depth == 0:
            return at == len(text) - 1 > 0
    return False
