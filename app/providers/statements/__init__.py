"""Bank statements of three formats, read into the domain's records."""
