"""The call being talked about, shared by the parts of its screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.domain.call import Call


class Conversation(QObject):
    """Holds the Call as it stands. A part that decides something changes it and says `answered`."""

    answered = Signal()
    """A person decided something: what follows from the call must be shown, and stored."""

    def __init__(self, call: Call, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.call = call

    def change(self, **changes: Any) -> None:  # noqa: ANN401  # any field of the Call
        """Set fields of the call."""
        self.call = replace(self.call, **changes)
