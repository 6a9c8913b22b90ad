"""Where drills are kept: a profile beside the real one, and what is known of the last drill."""

from __future__ import annotations

import json
from pathlib import Path

from app.domain.ids import Millis

_LAST = "last-drill.json"


def drill_folder(profile: Path) -> Path:
    """The drill's own folder beside a real profile; nothing of the real one is in it."""
    whole = profile.resolve()  # `.` has no name of its own
    return whole.with_name(f"{whole.name}-drill")


def last_drill(profile: Path) -> Millis | None:
    """When the last drill beside that profile was completed; None where none was."""
    try:
        kept = json.loads((drill_folder(profile) / _LAST).read_text("utf-8"))
        return Millis(int(kept["at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_last(profile: Path, at: int, seconds: float) -> None:
    """Note a completed drill beside the real profile: when, and how long it took; not who."""
    folder = drill_folder(profile)
    fresh = folder / f"{_LAST}.new"
    fresh.write_text(json.dumps({"at": at, "seconds": round(seconds)}), "utf-8")
    fresh.replace(folder / _LAST)
