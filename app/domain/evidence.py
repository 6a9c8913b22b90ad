"""Files as evidence of a payment: what is said of them, how large they may be, what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.cards import mask_cards
from app.domain.operations import Json

LARGEST_BYTES = 5_000_000
MOST_BYTES_A_TICKET = 20_000_000
LONGEST_NAME = 200

_BEGINS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
)


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file of a claim, as its ticket says it; the content is on the desk that took it."""

    id: str
    claim_id: str
    name: str
    kind: str
    """pdf, png, jpeg, text or other, by its content and not by its name."""
    size: int


def kind_of(content: bytes) -> str:
    """What the content is, whatever its name says."""
    found = next((kind for begins, kind in _BEGINS if content.startswith(begins)), "")
    if found:
        return found
    return "text" if _as_text(content) is not None else "other"


def without_cards(content: bytes) -> bytes:
    """A text with its card numbers masked; a picture stays as it is, for nothing reads it."""
    text = _as_text(content)
    if text is None:
        return content
    masked = mask_cards(text)
    return content if masked == text else masked.encode()


def _as_text(content: bytes) -> str | None:
    if b"\x00" in content:
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def evidence_of(fields: Mapping[str, Json]) -> tuple[EvidenceFile, ...]:
    """The files a ticket names, oldest first."""
    entries = fields.get("evidence")
    listed = entries if isinstance(entries, list) else []
    return tuple(
        EvidenceFile(
            id=str(one.get("id") or ""),
            claim_id=str(one.get("claim_id") or ""),
            name=str(one.get("name") or ""),
            kind=str(one.get("kind") or "other"),
            size=size if isinstance(size := one.get("size"), int) else 0,
        )
        for one in listed
        if isinstance(one, dict)
    )
