"""Payments: money, statements, matching, exposure."""
