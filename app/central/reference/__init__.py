"""The reference central: six services as one ASGI app with its own ledger.

Stateless but for the ledger: any number of processes may serve one PostgreSQL database. Faults
set by `faults` live in the process that was told.
"""
