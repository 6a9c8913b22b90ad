"""Structured logs into the profile, with everything that may be personal left out."""

from __future__ import annotations

import logging
import logging.handlers
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from structlog.typing import EventDict, WrappedLogger

ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger", "service", "state", "op_id", "kind", "cause",
        "attempt", "seconds", "count", "code", "error", "endpoint", "term", "position", "version",
        "table", "rows", "where",
    }
)  # fmt: skip
"""The only keys a log line may carry; ids and words of ours, never a customer's."""

_OURS = ("app.", "local_store.", "ui.")
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def only_allowed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop every key that is not on the list, and texts of exceptions with it."""
    return {name: value for name, value in event.items() if name in ALLOWED}


def start(folder: Path) -> None:
    """Log to `offhook.log` in the folder, 1 MB kept five times; nothing goes to a console."""
    folder.mkdir(parents=True, exist_ok=True)
    stop()
    handler = _File(
        folder / "offhook.log", maxBytes=1_000_000, backupCount=4, encoding="utf-8", delay=True
    )
    handler.setFormatter(_Lines())
    logging.getLogger().addHandler(handler)
    logging.getLogger("app").setLevel(logging.INFO)


def stop() -> None:
    """Let go of the file."""
    root = logging.getLogger()
    for handler in tuple(root.handlers):
        if isinstance(handler, _File):
            root.removeHandler(handler)
            handler.close()


class _File(logging.handlers.RotatingFileHandler):
    """Known from other people's handlers by its class."""


class _Lines(logging.Formatter):
    """One JSON object per record, rendered by structlog, which is imported with the first one.

    Of our own records the words as written in the source stay, never what was put into them; of a
    library's only its name: it may have quoted what it was given.
    """

    def format(self, record: logging.LogRecord) -> str:
        from structlog.processors import JSONRenderer, TimeStamper  # slow, and seldom needed

        ours = record.name.startswith(_OURS)
        event: EventDict = {
            "event": record.msg if ours and isinstance(record.msg, str) else "another program part",
            "logger": record.name,
            "level": record.levelname.lower(),
            **{name: value for name, value in vars(record).items() if name not in _PLAIN},
        }
        if record.exc_info and (error := record.exc_info[1]) is not None:
            event["error"], event["where"] = type(error).__name__, _place(error)
        event = only_allowed(None, "", TimeStamper(fmt="iso", utc=True)(None, "", event))
        return str(JSONRenderer()(None, "", event))


def _place(error: BaseException) -> str:
    """Module file and line where it was raised; no text of it."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
