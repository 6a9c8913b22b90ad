"""Files that a caller gave as evidence of a payment; they stay on this desk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Text, primary_key=True, nullable=False),
        sa.Column("ticket_id", sa.Text, nullable=False),
        sa.Column("kept_at", sa.Integer, nullable=False),
        sa.Column("content", sa.BLOB, nullable=False),
    )
    op.create_index("evidence_file_ticket", "evidence_file", ["ticket_id"])


def downgrade() -> None:
    """Take it away again; the tickets still say that there was a file."""
    op.drop_index("evidence_file_ticket", "evidence_file")
    op.drop_table("evidence_file")
