"""The quick canonical encoding writes RFC 8785's bytes, whatever the value."""

from __future__ import annotations

from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.central.contract.bodies import canonical

_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(_JSON)
def test_the_quick_way_and_the_standard_write_the_same(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]  # JSON


def test_every_control_character_and_every_key_order() -> None:
    text = "".join(map(chr, range(0x180))) + "\u2028\u2029\uffff\U0001f600"
    value: dict[str, Any] = {"b": text, "B": 1, "aa": [True, None], "a": -7, "": {}}
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**60, float("nan"), float("inf"), "\ud800"])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical([value])
