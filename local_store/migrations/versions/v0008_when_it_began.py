"""Tickets and calls are found by when they began, promises without a time by their making."""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ticket", "happened_at", ("happened_at",), "happened_at IS NOT NULL"),
    ("contact", "started", ("started",), "started IS NOT NULL"),
    (
        "ticket",
        "carried",
        ("entity",),
        "is_open = 0 AND unverified = 1 AND status NOT IN ('cancelled', 'closed')",
    ),
    ("promise", "timeless", ("made_at", "id"), "kept_at IS NULL AND due IS NULL"),
)
"""Table, name of the index, its columns, which rows are in it."""


def upgrade() -> None:
    """What a span, a retention or the call-backs ask for is not looked for in the whole table."""
    for name, index, columns, which in _INDEXES:
        for slot in (0, 1):
            table = f"{name}_{slot}"
            op.create_index(f"{table}_{index}", table, columns, sqlite_where=text(which))
    op.create_index("redirect_to", "redirect", ["to_id"])


def downgrade() -> None:
    """Take the indexes away again."""
    op.drop_index("redirect_to")
    for name, index, _columns, _which in _INDEXES:
        for slot in (0, 1):
            op.drop_index(f"{name}_{slot}_{index}")
