"""No test reaches beyond loopback."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 9), ("2001:db8::1", 9)])
def test_a_connection_beyond_loopback_is_refused(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as outside, pytest.raises(PermissionError, match="network"):
        outside.connect(address)


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(PermissionError, match="looked up"):
        socket.getaddrinfo("example.org", 443)


def test_loopback_works() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=10) as client,
    ):
        client.sendall(b"x")
        arrived, _ = server.accept()
        with arrived:
            assert arrived.recv(1) == b"x"
