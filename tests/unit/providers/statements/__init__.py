"""Bank statements of three formats, with the quirks real banks have."""
