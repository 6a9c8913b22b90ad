"""Lists which fields of which record are personal data, from app/domain/records.py."""

from __future__ import annotations

from app.domain.records import RECORDS


def personal_fields() -> str:
    """A table: record, its personal fields, its other fields."""
    rows = ["| Record | Personal | Not personal |", "|---|---|---|"]
    for aggregate, fields in RECORDS.items():
        personal = ", ".join(f"`{field.name}`" for field in fields if field.personal)
        others = ", ".join(f"`{field.name}`" for field in fields if not field.personal)
        rows.append(f"| {aggregate} | {personal} | {others} |")
    return "\n".join(rows)
