"""Which tests share a process when they run side by side."""

from __future__ import annotations

from xdist.scheduler.loadfile import LoadFileScheduling  # type: ignore[import-untyped]  # xdist has no types

EACH_BY_ITSELF = ("tests/simulation/test_mutants.py",)
"""Long files whose tests share nothing: they would keep one process busy when the rest is done."""


class SideBySide(LoadFileScheduling):  # type: ignore[misc]  # xdist has no types
    """A file's tests in one process, for they share servers; those of some files wherever."""

    def _split_scope(self, nodeid: str) -> str:
        by_itself = nodeid.startswith(EACH_BY_ITSELF)
        return nodeid if by_itself else nodeid.partition("::")[0]
