"""Kills, cuts, full disks and lost answers."""
