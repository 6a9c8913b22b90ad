"""Mutation testing of the sync engine: whether the tests notice a small change of the code."""
