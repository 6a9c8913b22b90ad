"""What people settled by hand: whose money went to which claim, what they refused or undid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.operations import Json
from app.domain.payments.claim_index import OpenClaim, Payment
from app.domain.payments.matching import Match, Portion


class SettlingWord(StrEnum):
    """What a person said of a claim and a payment; every word can be taken back."""

    SETTLED = "settled"
    """The claim is done, also where a bank kept a fee."""
    PART = "part"
    """Some of the claim is paid; the rest stays open."""
    NOT_THIS = "not_this"
    """This payment is not for this claim: it is neither matched nor offered again."""
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Given:
    """Money of one payment that goes to the claim."""

    payment: str
    amount: int
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Settling:
    """One record; `takes_back` names the record it undoes."""

    id: str
    claim_id: str
    word: SettlingWord
    by: str
    given: tuple[Given, ...] = ()
    takes_back: str = ""


@dataclass(frozen=True, slots=True)
class ByHand:
    """What stands after everything people did, in the order they did it."""

    paid: Mapping[str, tuple[Settling, ...]] = field(default_factory=dict)
    """Claim → what settled it or a part of it."""
    whole: frozenset[str] = frozenset()
    """Claims that are done."""
    refused: Mapping[tuple[str, str], Settling] = field(default_factory=dict)
    """(payment, claim) → who said that they do not belong together."""
    left: Mapping[str, int] = field(default_factory=dict)
    """Payment known here → what of it went nowhere yet."""
    open: Mapping[str, int] = field(default_factory=dict)
    """Claim known here → what of it nothing has paid yet."""


def settling_of(fields: Mapping[str, Json]) -> Settling | None:
    """A record's words, or None for a ruling and for words of another version."""
    word = str(fields.get("ruling") or "")
    if word not in set(SettlingWord):
        return None
    listed = fields.get("portions")
    entries = listed if isinstance(listed, list) else []
    given = tuple(_given(one) for one in entries if isinstance(one, dict))
    return Settling(
        id=str(fields.get("id") or ""),
        claim_id=str(fields.get("claim_id") or ""),
        word=SettlingWord(word),
        by=str(fields.get("by") or ""),
        given=given,
        takes_back=str(fields.get("takes_back") or ""),
    )


def _given(entry: Mapping[str, Json]) -> Given:
    amount = entry.get("amount")
    whole = isinstance(amount, int) and not isinstance(amount, bool)
    return Given(
        payment=str(entry.get("id") or ""),
        amount=int(amount) if whole and isinstance(amount, int) else 0,
        currency=str(entry.get("currency") or ""),
    )


def by_hand(
    settlings: Iterable[Settling], payments: Sequence[Payment], claims: Sequence[OpenClaim]
) -> ByHand:
    """What stands of it. Money that is not there any more gives nothing: two desks that gave the
    same payment away meet here, and the later one's claim is open again. A payment this desk does
    not have is another desk's word.
    """
    said = list(settlings)
    undone = {one.takes_back for one in said if one.word is SettlingWord.TAKEN_BACK}
    standing = _Standing(payments, claims)
    for one in said:
        if one.id not in undone:
            standing.add(one)
    return standing.made()


class _Standing:
    """Counts what is left while the records go by."""

    def __init__(self, payments: Sequence[Payment], claims: Sequence[OpenClaim]) -> None:
        self._left = {one.id: one.amount for one in payments}
        self._open = {one.id: one.amount for one in claims}
        self._money = {one.id: one.currency for one in payments}
        self._money.update({one.id: one.currency for one in claims})
        self._paid: dict[str, tuple[Settling, ...]] = {}
        self._whole: set[str] = set()
        self._refused: dict[tuple[str, str], Settling] = {}

    def add(self, one: Settling) -> None:
        match one.word:
            case SettlingWord.NOT_THIS:
                for given in one.given:
                    self._refused[given.payment, one.claim_id] = one
            case SettlingWord.SETTLED | SettlingWord.PART if self._fits(one):
                self._give(one)
            case _:
                pass

    def _fits(self, one: Settling) -> bool:
        """Whether every portion is money that is there, and no more than the claim asks for."""
        if one.claim_id not in self._open or one.claim_id in self._whole or not one.given:
            return False
        needed: dict[str, int] = {}
        for given in one.given:
            needed[given.payment] = needed.get(given.payment, 0) + given.amount
        own = self._money[one.claim_id]
        return (
            all(given.amount > 0 for given in one.given)
            and sum(needed.values()) <= self._open[one.claim_id]
            and all(self._left.get(name, amount) >= amount for name, amount in needed.items())
            and all(self._money.get(given.payment, own) == own for given in one.given)
        )

    def _give(self, one: Settling) -> None:
        claim = one.claim_id
        for given in one.given:
            self._open[claim] -= given.amount
            if given.payment in self._left:
                self._left[given.payment] -= given.amount
        self._paid[claim] = (*self._paid.get(claim, ()), one)
        if one.word is SettlingWord.SETTLED or not self._open[claim]:
            self._whole.add(claim)

    def made(self) -> ByHand:
        return ByHand(self._paid, frozenset(self._whole), self._refused, self._left, self._open)


def as_match(settled: Sequence[Settling]) -> Match:
    """What people did to one claim, in the form of a match."""
    portions = tuple(
        Portion(given.payment, one.claim_id, given.amount) for one in settled for given in one.given
    )
    return Match(portions, 0, ())
