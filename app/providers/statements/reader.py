"""Statements read for one profile: its kept column mappings beside the formats."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain.payments.statements import CsvLook, StatementFile
from app.providers.statements import mapping as mappings
from app.providers.statements.reading import look_at_file, read_file


class ProfileStatements:
    """Implements `app.ports.statements.StatementReader`."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile

    def read(self, path: Path, mapping: str = "", columns: Sequence[str] = ()) -> StatementFile:
        """The file's statements; new columns are kept only where they fit the file."""
        if columns:
            given = mappings.from_words(columns)
            found = read_file(path.expanduser(), None, given)
            if mapping:
                mappings.save(self._profile, mapping, given)
            return found
        kept = mappings.saved(self._profile, mapping) if mapping else None
        return read_file(path.expanduser(), None, kept)

    def look(self, path: Path) -> CsvLook | None:
        """The beginning of a CSV; None for a file without columns. Raises NotFound."""
        return look_at_file(path.expanduser())

    def mappings(self) -> tuple[str, ...]:
        """The names under which columns are kept."""
        return tuple(sorted(one.stem for one in (self._profile / mappings.FOLDER).glob("*.json")))
