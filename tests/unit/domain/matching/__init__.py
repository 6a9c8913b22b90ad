"""Resolution of device models."""
