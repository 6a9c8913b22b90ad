"""The command line: the desk's services for scripts and tests, JSON out."""
