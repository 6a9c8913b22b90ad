"""Phone numbers of any form read as E.164, by the phonenumbers library."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_LONGEST_TEXT = 120
"""Characters; a longer text is a story, not a number."""


class LibPhoneNumbers:
    """Implements `app.ports.system.PhoneNumbers`; the library is loaded at the first call."""

    def e164(self, text: str, region: str) -> str | None:
        """The number without its extension, or None where the text is no number.

        `region` (``GB``) reads numbers written without a country code. Numbers newer than the
        library, or set aside for films, count by their length alone. A national number that keeps
        its leading zero is one of another country: a guessed code would match a stranger.
        """
        import phonenumbers as library

        number = _parsed(_visible(text), region)
        if number is None or not library.is_possible_number(number):
            return None
        if number.italian_leading_zero and not library.is_valid_number(number):
            return None
        return library.format_number(number, library.PhoneNumberFormat.E164)

    def shown(self, e164: str) -> str:
        """The number in its international writing; what is no number comes back as it is."""
        import phonenumbers as library

        number = _parsed(e164, None)
        if number is None:
            return e164
        return library.format_number(number, library.PhoneNumberFormat.INTERNATIONAL)


def _visible(text: str) -> str:
    """Without the invisible direction marks that come along with pasted numbers."""
    return "".join(one for one in text if unicodedata.category(one) != "Cf").strip()


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    import phonenumbers as library

    if not text or len(text) > _LONGEST_TEXT:
        return None
    try:
        return library.parse(text, region)
    except library.NumberParseException:
        return None
