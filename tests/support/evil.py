"""Texts that would do something if a screen took them for more than text; each names a file."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from types import TracebackType
from typing import Self

_LOADING = (
    "<img src='{file}'>", '<IMG SRC="{url}">', "<img src={url}>", "<img src='{url}' width=9999>",
    "<img\nsrc='{file}'\n>", "<img src='{file}", "<image xlink:href='{file}'>",
    "<body background='{url}'>", "<table background='{file}'><tr><td>x</table>",
    "<td background='{url}'>", "<div style=\"background-image:url('{url}')\">x</div>",
    "<ul style=\"list-style-image:url({url})\"><li>x</ul>", "<style>@import '{url}';</style>",
    "<style>body{{background:url({url})}}</style>", "<link rel='stylesheet' href='{url}'>",
    "<base href='{url}'><img src='a.png'>", "<object data='{url}'></object>",
    "<iframe src='{url}'></iframe>", "<a href='{url}'>press</a>", "![x]({url})", "[x]({file})",
    "<svg><image href='{url}'/></svg>", "<img src='file:{file}'>", "&lt;img src='{file}'&gt;",
    "<img src='//host/share/a.png'>", "<img src='\\\\\\\\host\\\\share\\\\a.png'>",
    "<script src='{url}'></script>", "<meta http-equiv='refresh' content='0;{url}'>",
    "<p><b>bold</b><i>x</i><u>y</u></p>", "<font color=red size=7>x</font>",
)  # fmt: skip
_WRAPPERS = ("{}", "<html>{}</html>", "<!DOCTYPE html>{}", "<p>{}</p>", "\n\n{}", "<qt>{}</qt>",
             "\ufeff{}")  # fmt: skip
_ODD = (
    "&amp; &lt; &#60;img&#62;", "\u202etfel ot thgir\u202c \U0001f9ef", "x" * 5_000,
    "line\nline\r\n\x00\x07", "%1 %n {0} {name} {{", "&File &Open &&", "a\tb\x0bc\x0cd",
    "\u2028\u2029\u200b\u200d", "e\u0301\u0302\u0303" * 200, "= 1+1", "@SUM(A1)", "' OR 1=1 --",
    "Ünïcødé ẞ", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "مرحبا بالعالم", "\x1b[31mred",
    "Ms \u202enosrep\u2069 \u2067Petrov", "Pe\u200bt\u200drov\ufeff", "\u2068\u202b\u2069\u200f",
    "שלום \u202e(24)", "مرحبا KG-39", "tag\U000e0061\U000e007f", "\u115f\u3164", "\x9b2J\x7fgone",
    "a\u034fb\u180e\ufff9",
)  # fmt: skip


def corpus(file: Path) -> list[str]:
    """More than 200 texts; those that load name this file."""
    named = [one.format(file=file, url=file.as_uri()) for one in _LOADING]
    return [*(wrap.format(one) for wrap in _WRAPPERS for one in named), *_ODD]


_IN_OPEN, _IN_NONBLOCK = 0x20, 0o4000


class Opened:
    """Counts how often a file is opened, by whomever in whatever language (inotify; Linux)."""

    def __init__(self, file: Path) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._file = file
        self._handle = -1

    def __enter__(self) -> Self:
        self._handle = self._libc.inotify_init1(_IN_NONBLOCK)
        watch = self._libc.inotify_add_watch(self._handle, os.fsencode(self._file), _IN_OPEN)
        assert watch >= 0
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        os.close(self._handle)

    def times(self) -> int:
        """How many opens since it was asked last."""
        try:
            return len(os.read(self._handle, 65_536)) // 16
        except BlockingIOError:
            return 0
