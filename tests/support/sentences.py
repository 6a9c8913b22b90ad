"""What a command says when it cannot: what happened, what is safe, what to do."""

from __future__ import annotations

import json

from tests.support.programs import Ended

REFUSED_EXIT, STORE_EXIT = 3, 4


def must_say(ended: Ended, code: int, error: str) -> dict[str, str]:
    """It ended with that exit code and three sentences on standard error; they are returned."""
    assert ended.code == code, (ended.out, ended.err)
    assert "Traceback" not in ended.err
    said: dict[str, str] = json.loads(ended.err)
    assert said["error"] == error, said
    assert all(said[part].endswith((".", ")", "!", "?")) for part in ("happened", "safe", "todo"))
    return said
