"""Central's own tools answer a slip of the keyboard with a sentence and exit 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.central.reference.__main__ import main
from app.central.reference.faults import NAMES

FAULT = min(NAMES)


@pytest.mark.parametrize(
    "words",
    [
        ["--url", "nonsense", "--clear"],
        ["--url", "http://127.0.0.1:9", "--fault", FAULT, "--service", "tickets", "--clear"],
    ],
)
def test_a_fault_asked_for_wrongly_is_a_slip(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["faults", *words]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("text", ["model_name,model_number\n", "a,b\n1,2\n", ""])
def test_a_catalog_that_names_no_model_is_a_slip(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "models.csv"
    file.write_text(text)
    place = tmp_path / "central"
    assert main(["--data", str(place), "--demo", "--catalog", str(file)]) == 2
    assert "names no models" in capsys.readouterr().err
    assert not place.exists()
