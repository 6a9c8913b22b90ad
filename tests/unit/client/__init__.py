"""Tests of the client of central."""
