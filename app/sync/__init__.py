"""The engine between outbox, mirror and central."""
