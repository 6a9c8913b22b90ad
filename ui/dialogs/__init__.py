"""Windows that ask for one thing, opened without blocking."""
