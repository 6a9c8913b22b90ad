"""Rules of the tree itself, held by tests that bite."""
