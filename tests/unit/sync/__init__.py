"""Tests of the sync engine on virtual time."""
