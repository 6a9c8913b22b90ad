"""Central's rules and history, one at a time and without HTTP."""
