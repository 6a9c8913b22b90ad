"""Tests of the adapters of the machine."""
