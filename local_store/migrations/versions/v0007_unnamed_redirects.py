"""Merges that a snapshot under way has not named so far."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table: of a snapshot that is under way just now no merge is missed."""
    op.create_table(
        "unnamed_redirect",
        sa.Column("from_id", sa.Text, primary_key=True, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Take it away again; an older program keeps every merge."""
    op.drop_table("unnamed_redirect")
