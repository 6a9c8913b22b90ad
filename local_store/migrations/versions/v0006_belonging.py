"""What belongs to an operation names it as its parent."""

from __future__ import annotations

from alembic import op

from local_store import schema

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLES = (schema.dependency, schema.conflict, schema.parallel_edit, schema.second_offer)


def upgrade() -> None:
    """Make each table anew with its key and fill it; a row without its operation says nothing."""
    connection = op.get_bind()
    for table in _TABLES:
        for index in table.indexes:
            index.drop(connection, checkfirst=True)
        op.rename_table(table.name, f"former_{table.name}")
        table.create(connection)
        columns = ", ".join(column.name for column in table.columns)
        op.execute(
            f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM former_{table.name} "
            "WHERE op_id IN (SELECT op_id FROM outbox)"
        )
        op.drop_table(f"former_{table.name}")


def downgrade() -> None:
    """An older program does not mind the keys."""
