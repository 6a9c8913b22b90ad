"""What the doctor advises for what it finds in the store."""

from __future__ import annotations

import pytest

from app.cli.doctor import what_to_do

_PAGE = "cipher_integrity_check: HMAC verification failed for page 7"
_SEARCH = "search over ticket does not fit its records"
_UNSENT = "a ticket taken here without what it belongs to"


@pytest.mark.parametrize(
    ("findings", "advice"),
    [
        ([_SEARCH], "offhook parity"),
        ([_PAGE], "offhook restore --from-journal"),
        ([_SEARCH, _PAGE], "offhook restore --from-journal"),
        ([_SEARCH, _UNSENT], "offhook restore --from-journal"),
    ],
)
def test_damage_is_restored_and_what_does_not_fit_is_compared(
    findings: list[str], advice: str
) -> None:
    """A ticket that central has never had is not to be had from it."""
    assert what_to_do(findings) == advice
