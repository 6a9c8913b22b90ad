"""Alterations that change nothing anybody is promised, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping

EQUIVALENT: Mapping[str, str] = {}
"""The name of an alteration → why no test should notice it."""
