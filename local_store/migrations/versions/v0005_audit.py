"""The trail of decisions, and where others have signed that it stood."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TEXTS = ("event", "kind", "op_id", "who", "content", "signature", "before", "hash")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "audit_entry",
        sa.Column("n", sa.Integer, primary_key=True, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
    )
    op.create_table(
        "audit_anchor",
        sa.Column("n", sa.Integer, primary_key=True, nullable=False),
        sa.Column("head", sa.Text, primary_key=True, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("receipt", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Take them away again; an older program knows neither."""
    op.drop_table("audit_anchor")
    op.drop_table("audit_entry")
