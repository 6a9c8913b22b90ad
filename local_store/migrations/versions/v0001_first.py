"""The first schema."""

from __future__ import annotations

from alembic import op

from local_store.schema import create_all, drop_all

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table and search of version 1."""
    create_all(op.get_bind())


def downgrade() -> None:
    """Take them away again."""
    drop_all(op.get_bind())
