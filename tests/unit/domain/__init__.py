"""The rules of the helpdesk, alone."""
