"""The desk's screens: queue, ticket, call form, outbox, status."""
