"""Whole desks and a whole central under virtual time, with faults drawn from one seed."""
