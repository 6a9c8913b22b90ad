"""Fakes, builders and runners that several tests share."""
