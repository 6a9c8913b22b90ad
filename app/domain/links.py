"""Links to a ticket, `offhook://ticket/REF`, as mails and other programs carry them."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from app.domain.errors import Invalid

SCHEME = "offhook"
_TICKET = "ticket"
_LONGEST = 200


def link_to(reference: str) -> str:
    """The link that opens a ticket in the desk of whoever follows it."""
    return f"{SCHEME}://{_TICKET}/{reference}"


def reference_in(text: str) -> str:
    """The reference that a link or a person names, as it was written; it is not judged here.

    Raises Invalid for a link to anything else.
    """
    words = text.strip()
    if "://" not in words:
        return words
    try:
        parts = urlsplit(words[:_LONGEST])
    except ValueError:
        raise _no_link() from None
    reference = unquote(parts.path).strip("/ ")
    others = parts.query or parts.fragment or "/" in reference
    if parts.scheme != SCHEME or parts.netloc != _TICKET or not reference or others:
        raise _no_link()
    return reference


def _no_link() -> Invalid:
    return Invalid("That is no link to a ticket.", todo="It looks like offhook://ticket/K7-0422-0.")
