"""Since when a row may go, and which records were erased."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "aging",
        sa.Column("what", sa.Text, primary_key=True, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
    )
    op.create_table(
        "erased",
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("is_traceless", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Take them away again; an older program knows neither."""
    op.drop_table("erased")
    op.drop_table("aging")
