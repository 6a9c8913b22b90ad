"""Payments: money, bank statements, claims, their matching, and what is exposed meanwhile."""
