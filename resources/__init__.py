"""Data files of the product, and how they are read."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def text(name: str) -> str:
    """The UTF-8 text of a data file, by its path below this package."""
    return files(__name__).joinpath(name).read_text("utf-8")


def data(name: str) -> Any:  # noqa: ANN401  # JSON has no narrower type
    """The JSON of a data file."""
    return json.loads(text(name))
