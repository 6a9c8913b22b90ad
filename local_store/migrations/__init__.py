"""How an older store becomes one of this version, and back: alembic's scripts."""
