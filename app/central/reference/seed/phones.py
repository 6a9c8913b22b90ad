"""Numbers nobody answers: ranges that two countries' regulators keep free for fiction."""

from __future__ import annotations

_EACH = 1_000
_BRITISH = (
    "+447700900", "+441632960", "+441134960", "+441144960", "+441154960", "+441164960",
    "+441174960", "+441184960", "+441214960", "+441314960", "+441414960", "+441514960",
    "+441614960", "+442079460", "+441914980", "+442920180",
)  # fmt: skip
"""Ofcom, numbers for drama: a mobile range, one without a place, then cities."""
_GERMAN = ("+493023125", "+496990009", "+494066969", "+492214710", "+498999998")
"""Bundesnetzagentur, Mitteilung 148/2021: Berlin, Frankfurt, Hamburg, Köln, München."""
_BY_PLACE = 2 * _EACH
"""The first British customers have the number of their place, in the two ranges best known."""


class Phones:
    """Gives each customer a number of their own while there are any; then they are shared."""

    def __init__(self) -> None:
        self._british = _BY_PLACE
        self._german = 0

    def first(self, place: int, *, german: bool) -> str:
        """A customer's own number, by their place among all."""
        if not german and place < _BY_PLACE:
            return _number(_BRITISH, place)
        return self.another(german=german)

    def another(self, *, german: bool) -> str:
        """The next number that nobody has yet."""
        if german:
            self._german += 1
            return _number(_GERMAN, self._german - 1)
        if self._british == len(_BRITISH) * _EACH:
            self._british = _BY_PLACE
        self._british += 1
        return _number(_BRITISH, self._british - 1)


def _number(ranges: tuple[str, ...], at: int) -> str:
    return f"{ranges[at // _EACH % len(ranges)]}{at % _EACH:03d}"


def is_fiction(number: str) -> bool:
    """Whether a number lies in one of the ranges."""
    return number[:-3] in _BRITISH + _GERMAN
