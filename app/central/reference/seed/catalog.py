"""Device models: invented makers with lifelike numbering, or a CSV of real ones."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

import resources
from app.central.reference.seed.record import Record, Writer
from app.domain.central_services import Aggregate
from app.domain.records import CATEGORIES

_PER_MAKER_AND_LINE = 8
_SIZED = {"television": (32, 43, 50, 55, 65, 75), "monitor": (24, 27, 32), "fridge": (55, 60, 90)}
_WORDS = (
    ("television", ("tv", "oled", "qled", "led tv")),
    ("fridge", ("fridge", "refrigerator", "kühl")),
    ("freezer", ("freezer",)),
    ("washing_machine", ("washer", "washing", "laundry")),
    ("dryer", ("dryer",)),
    ("dishwasher", ("dishwasher",)),
    ("laptop", ("laptop", "notebook")),
    ("desktop", ("desktop", "all in one", "tower", "server")),
    ("monitor", ("monitor", "display")),
    ("phone", ("phone", "android", "mobile")),
    ("tablet", ("tablet", "ipad", "convertible")),
    ("air_conditioner", ("climate", "air")),
    ("light", ("light", "bulb", "lamp")),
    ("lock", ("lock",)),
    ("thermostat", ("thermostat",)),
    ("sensor", ("sensor", "switch", "plug", "zigbee")),
    ("remote", ("remote", "ir")),
    ("speaker", ("audio", "soundbar", "speaker")),
    ("projector", ("projector",)),
    ("printer", ("printer",)),
    ("camera", ("camera",)),
)


def plant_catalog(writer: Writer, chance: Random, file: Path | None) -> list[Record]:
    """Write the entries; they come back for devices to refer to."""
    entries = _from_csv(writer, file) if file else _invented(writer, chance)
    for entry in entries:
        writer.add(entry)
    return entries


def _invented(writer: Writer, chance: Random) -> list[Record]:
    data = resources.data("demo/devices.json")
    entries: list[Record] = []
    for category in CATEGORIES:
        for maker, letters in data["makers"]:
            for line in data["lines"][category]:
                entries += [
                    _model(writer, chance, category, (maker, letters, line))
                    for _ in range(_PER_MAKER_AND_LINE)
                ]
    return entries


def _model(writer: Writer, chance: Random, category: str, named: tuple[str, str, str]) -> Record:
    maker, letters, line = named
    size = chance.choice(_SIZED.get(category, ("",)))
    digits = f"{chance.randrange(100, 999)}{chance.choice('0055')}"
    tail = "".join(chance.choice("ABCEGKLNRTWX") for _ in range(chance.randrange(1, 4)))
    number = f"{letters}{size}{line[0].upper()}{digits}{tail}"
    detail = f"{size} in, {category}" if category in ("television", "monitor") else category
    return writer.record(
        Aggregate.CATALOG_ENTRY,
        {
            "maker": maker, "name": f"{line} {number}", "detail": detail.replace("_", " "),
            "numbers": [number], "category": category, "status": "supported", "source": "demo",
        },
    )  # fmt: skip


def _from_csv(writer: Writer, file: Path) -> list[Record]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [
            writer.record(
                Aggregate.CATALOG_ENTRY,
                {
                    "maker": row.get("manufacturer") or "",
                    "name": row["model_name"],
                    "detail": row.get("category") or "",
                    "numbers": [row["model_number"]] if row.get("model_number") else [],
                    "category": category_of(f"{row.get('category')} {row.get('source')}"),
                    "status": "supported",
                    "source": row.get("source") or "csv",
                },
            )
            for row in csv.DictReader(lines)
        ]


def names_models(file: Path) -> bool:
    """Whether the file is a list of models: the column of names, and a row at least."""
    try:
        with file.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines)
            return "model_name" in (rows.fieldnames or ()) and next(rows, None) is not None
    except (UnicodeDecodeError, csv.Error):
        return False


def category_of(text: str) -> str:
    """Our category for the words of another list's."""
    lowered = text.casefold()
    return next((name for name, words in _WORDS if any(word in lowered for word in words)), "other")
