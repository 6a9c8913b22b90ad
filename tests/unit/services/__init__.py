"""Services over the real store."""
