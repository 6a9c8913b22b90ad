"""Bank statements as files: read, and the columns of a CSV kept under a name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from app.domain.payments.statements import CsvLook, StatementFile


class StatementReader(Protocol):
    """Reads files only; what they say is kept by a service."""

    def read(self, path: Path, mapping: str = "", columns: Sequence[str] = ()) -> StatementFile:
        """The file's statements. `columns` as ``MEANING=HEADING``, else those kept as `mapping`.

        With both, the columns are kept under that name once the file was understood. Raises
        NotFound, Refused for what is no statement, Invalid for a column that means nothing.
        """
        ...

    def look(self, path: Path) -> CsvLook | None:
        """The beginning of a CSV; None for a file without columns. Raises NotFound."""
        ...

    def mappings(self) -> tuple[str, ...]:
        """The names under which columns are kept."""
        ...
