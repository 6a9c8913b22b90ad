"""Incidents, held deletions, second offers, parallel edits, rows of types not known yet."""

from __future__ import annotations

from alembic import op

from local_store import schema

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = (
    schema.parallel_edit,
    schema.second_offer,
    schema.incident,
    schema.held_tombstone,
    schema.unread_row,
)


def upgrade() -> None:
    """Make the tables; a store made from nothing has them already."""
    for table in _TABLES:
        table.create(op.get_bind(), checkfirst=True)


def downgrade() -> None:
    """Take them away again."""
    for table in _TABLES:
        table.drop(op.get_bind(), checkfirst=True)
