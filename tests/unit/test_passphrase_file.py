"""A passphrase's file that holds none is the store's trouble, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import profiles
from app.domain.errors import StoreFault


@pytest.mark.parametrize("kind", ["nowhere", "folder", "empty"])
def test_a_file_without_a_passphrase_says_what_to_do(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    if kind == "folder":
        file.mkdir()
    elif kind == "empty":
        file.write_bytes(b"\n")
    with pytest.raises(StoreFault) as said:
        profiles.passphrase(file)
    assert "--passphrase-file" in said.value.todo
