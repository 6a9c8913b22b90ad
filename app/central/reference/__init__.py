"""The reference central: one ASGI app with its own ledger."""
