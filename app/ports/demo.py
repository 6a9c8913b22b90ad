"""What the demo's desk may do to its own central."""

from __future__ import annotations

from typing import Protocol


class DemoControls(Protocol):
    """Cut the demo's central and bring it back; each takes a moment, so call off the GUI thread."""

    @property
    def is_cut(self) -> bool: ...

    def cut(self) -> None:
        """Kill central's process."""
        ...

    def restore(self) -> None:
        """Start it again, on the same address."""
        ...
