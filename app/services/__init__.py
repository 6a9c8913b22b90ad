"""One desk activity each: a command becomes operations in one transaction."""
