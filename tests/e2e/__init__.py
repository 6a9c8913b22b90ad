"""Outage stories against the real programs."""
