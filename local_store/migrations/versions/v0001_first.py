"""The first schema."""

from __future__ import annotations

from importlib import resources

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table and search of version 1, as they were then."""
    for statement in _statements():
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """Take them away again, the searches before what they search."""
    made = [one.split() for one in _statements()]
    searches = [words[3] for words in made if words[:3] == ["CREATE", "VIRTUAL", "TABLE"]]
    tables = [words[2] for words in made if words[:2] == ["CREATE", "TABLE"]]
    for name in (*searches, *tables):
        op.get_bind().exec_driver_sql(f"DROP TABLE {name}")


def _statements() -> list[str]:
    """The file's statements without its comments."""
    text = resources.files("local_store.migrations").joinpath("v0001.sql").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    parts = (one.strip() for one in "\n".join(lines).split(";\n"))
    return [one.rstrip(";") for one in parts if one]
