"""Links to a ticket are read, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from app.domain.errors import Invalid
from app.domain.links import link_to, reference_in


def test_a_link_names_its_ticket() -> None:
    assert reference_in(link_to("K7-0422-0")) == "K7-0422-0"
    assert reference_in(" offhook://ticket/K7-0422-0/ ") == "K7-0422-0"
    assert reference_in("OFFHOOK://TICKET/k7-0422-0".replace("TICKET", "ticket")) == "k7-0422-0"
    assert reference_in("K7 0422 0") == "K7 0422 0"


@pytest.mark.parametrize(
    "text",
    [
        "https://ticket/K7-0422-0", "offhook://customer/K7-0422-0", "offhook://ticket/",
        "offhook://ticket/K7/0422", "offhook://ticket/K7-0422-0?run=x", "offhook://ticket/a#b",
        "offhook://[/K7", "file:///etc/passwd", "offhook://ticket/..%2f..%2fx",
    ],
)  # fmt: skip
def test_any_other_link_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        reference_in(text)
    assert "offhook://ticket/" in caught.value.todo
