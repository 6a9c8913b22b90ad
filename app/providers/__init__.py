"""Adapters to the machine and to outside providers."""
