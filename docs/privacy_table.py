"""Lists what has its days, and which fields are personal data, from the tables the code uses."""

from __future__ import annotations

from app.domain.records import RECORDS
from local_store.retention import OTHERS, RETAINED


def personal_fields() -> str:
    """A table: record, its personal fields, its other fields."""
    rows = ["| Record | Personal | Not personal |", "|---|---|---|"]
    for aggregate, fields in RECORDS.items():
        personal = ", ".join(f"`{field.name}`" for field in fields if field.personal)
        others = ", ".join(f"`{field.name}`" for field in fields if not field.personal)
        rows.append(f"| {aggregate} | {personal} | {others} |")
    return "\n".join(rows)


def retained_tables() -> str:
    """A table: what has its days, and when they begin."""
    rows = ["| Table | Its days begin |", "|---|---|"]
    rows += [f"| {aggregate} | {aged.words} |" for aggregate, aged in RETAINED.items()]
    rows += [f"| {name} | {words} |" for name, words in OTHERS.items()]
    return "\n".join(rows)


def tables() -> str:
    """Both, for docs/privacy.md."""
    return f"{retained_tables()}\n\n{personal_fields()}"
