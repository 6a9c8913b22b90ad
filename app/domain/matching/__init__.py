"""From what a caller said to an entry of the catalog."""
