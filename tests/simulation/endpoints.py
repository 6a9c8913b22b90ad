"""The ways in to central: two for every service."""

from __future__ import annotations

NODES = ("a", "b")
URLS = tuple(f"http://{name}.central" for name in NODES)


def node_of(url: str) -> str:
    """The name of the node that an address leads to."""
    return url.split("//", 1)[1].split(".", 1)[0]
