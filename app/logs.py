"""Structured logs into the profile, with everything that may be personal left out."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

import structlog
from structlog.typing import EventDict, WrappedLogger

ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger", "service", "state", "op_id", "kind", "cause",
        "attempt", "seconds", "count", "code", "error", "endpoint", "term", "position", "version",
        "table", "rows", "where",
    }
)  # fmt: skip
"""The only keys a log line may carry; ids and words of ours, never a customer's."""


def only_allowed(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drop every key that is not on the list, and texts of exceptions with it."""
    return {name: value for name, value in event.items() if name in ALLOWED}


def start(folder: Path) -> None:
    """Log to `offhook.log` in the folder, 1 MB kept five times."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "offhook.log", maxBytes=1_000_000, backupCount=4, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(message)s"))
    stop()
    root = logging.getLogger("offhook")
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    root.propagate = False
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=_factory,
        cache_logger_on_first_use=True,
    )


def stop() -> None:
    """Let go of the file."""
    root = logging.getLogger("offhook")
    for handler in root.handlers:
        handler.close()
    root.handlers = []


def _factory(*_names: str) -> logging.Logger:
    return logging.getLogger("offhook")
