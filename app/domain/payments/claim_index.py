"""Claims found by what a payment may say of them, each pair weighed once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from app.domain.payments.reasons import BIT, Reason, score
from app.domain.payments.signals import (
    LOOKALIKE,
    SHORTEST_REFERENCE,
    Agreement,
    amounts_agree,
    compact,
    days_agree,
    ends,
    is_fee,
    name_words,
    names_agree,
    phone_key,
    phone_keys,
    says_a_number,
    shape,
    spans,
    usable_reference,
    within_one_edit,
)
from app.domain.words import tokens

_LARGEST_BUCKET = 24
"""A reference or a name that more claims share says nothing."""
_FEW = 3
_RARE_PART = 5_000
"""An amount is rare where at most this part of all claims is of it."""
_SHAPED = 7
"""A text this long with the digits in a reference's places is a reference of that kind."""
_SURE_WITHIN = 8
"""A reference this long is no chance within a longer run of letters and digits."""


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """What a claim and its ticket say of the payment."""

    id: str
    amount: int
    currency: str
    day: date
    """When it was paid by the caller's word, else when the claim was made."""
    references: tuple[str, ...] = ()
    """The caller's payment reference and the ticket's own, as written."""
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """A line of a statement or of billing's feed, in."""

    id: str
    amount: int
    currency: str
    day: date
    payer: str = ""
    text: str = ""
    """Reference and purpose, as the bank passes them on."""


@dataclass(slots=True)
class Known:
    """A claim with its words prepared."""

    claim: OpenClaim
    references: tuple[str, ...]
    name: tuple[str, ...]
    phone: str


@dataclass
class Seen:
    """A payment with its words prepared, and the claims it may be for."""

    payment: Payment
    payer: frozenset[str]
    phones: tuple[str, ...]
    run: str
    spans: tuple[str, ...]
    numbered: bool
    """It says a number: a reference, ours or somebody else's."""
    exact: tuple[str, ...]
    """Keys of claims whose reference it says."""
    near: tuple[str, ...]
    """Keys of claims it may be for otherwise: the price alone or with an end of a reference or a
    name's word, or a phone number."""
    whole: str
    """The key of claims of the payer's whole name, whatever their price."""
    by_reference: dict[str, Known] = field(default_factory=dict)
    scored: list[tuple[int, int, Known]] = field(default_factory=list)
    """Score, reasons and claim, best first."""

    @cached_property
    def by_end(self) -> dict[str, list[str]]:
        """Everything in it that may be a reference, under its first and its last letters."""
        found: dict[str, list[str]] = {}
        for one in self.spans:
            for end in ends(one):
                found.setdefault(end, []).append(one)
        return found

    @cached_property
    def shapes(self) -> frozenset[str]:
        """Of everything in it that is long enough to be a reference."""
        return frozenset([shape(one) for one in self.spans if len(one) >= _SHAPED])


def prepared(payment: Payment) -> Seen:
    """The payment's words as the claims' are kept."""
    text, beside = _words(payment.text), _words(payment.payer)
    payer = name_words(payment.payer) or name_words(payment.text)
    said = dict.fromkeys([*spans(text), *spans(beside)])
    found = tuple([one for one in said if usable_reference(one)])
    currency, phones = payment.currency, phone_keys(payment.text)
    price = f"{currency}{payment.amount} "
    parts = {end for one in found for end in ends(one)}.union(payer)
    return Seen(
        payment=payment,
        payer=frozenset(payer),
        phones=phones,
        run="".join([*text, *beside]),
        spans=found,
        numbered=says_a_number(payment.text),
        exact=tuple([currency + one for one in found]),
        near=(price, *[price + part for part in parts], *[currency + key for key in phones]),
        whole=f"{currency} {_whole(payer)}",
    )


def _words(text: str) -> list[str]:
    return [word.translate(LOOKALIKE) for word in tokens(text)]


class ClaimIndex:
    """The open claims by what the payments may say of them; nothing else is kept.

    Keys are texts and values tuples of positions, so that the garbage collector has nothing to
    walk, and a claim's words are prepared when a payment first comes near it.
    """

    def __init__(
        self,
        claims: Iterable[OpenClaim],
        seen: Sequence[Seen],
        refused: AbstractSet[tuple[str, str]] = frozenset(),
    ) -> None:
        """`refused` are pairs of payment and claim that a person said do not belong together."""
        self._exact = set(chain.from_iterable(one.exact for one in seen))
        self._near = set(chain.from_iterable(one.near for one in seen))
        self._wholes = {one.whole for one in seen}
        self._paid = {one.payment.amount for one in seen}
        self._refused = refused
        self._claims = list(claims)
        self._known: dict[int, Known] = {}
        self._by_reference: dict[str, tuple[int, ...]] = {}
        self._by_other: dict[str, tuple[int, ...]] = {}
        self._by_name: dict[str, tuple[int, ...]] = {}
        self._whose: dict[str, str] = {}
        self._shared: set[str] = set()
        for at, claim in enumerate(self._claims):
            self._add(claim, at)
        self._amounts = Counter(claim.amount for claim in self._claims)
        self._rare = max(_FEW, len(self._claims) // _RARE_PART)

    def _add(self, claim: OpenClaim, at: int) -> None:
        currency = claim.currency
        references = _references(claim)
        for reference in references:
            if (key := currency + reference) in self._exact:
                _file(self._by_reference, key, at)
        phone, name = phone_key(claim.phone), name_words(claim.name)
        if (key := currency + phone) in self._near:
            _file(self._by_other, key, at)
        if name:
            self._add_name(_whole(name), phone or claim.id, currency, at)
        if claim.amount in self._paid:
            price = f"{currency}{claim.amount} "
            parts = [price]  # alone it says something where few claims are of that amount
            parts += [price + end for one in references for end in ends(one)]
            parts += [price + word for word in name]
            for key in self._near.intersection(parts):
                _file(self._by_other, key, at)

    def _add_name(self, whole: str, who: str, currency: str, at: int) -> None:
        if self._whose.setdefault(whole, who) != who:
            self._shared.add(whole)
        if (key := f"{currency} {whole}") in self._wholes:
            _file(self._by_name, key, at)

    def is_its_own(self, known: Known) -> bool:
        """Whether nobody else has the claim's name, or hardly any claim is of its amount."""
        shared = _whole(known.name) in self._shared
        return not shared or self._amounts[known.claim.amount] <= self._rare

    def score(self, seen: Seen) -> None:
        """Find the claims the payment may be for, and weigh each."""
        exact = self._found(self._by_reference, seen.exact)
        found = exact | self._found(self._by_other, seen.near)
        paid = seen.payment.amount
        for at in self._found(self._by_name, (seen.whole,)):
            if amounts_agree(self._claims[at].amount, paid) is not Agreement.OTHER:
                found.add(at)
        if self._refused:
            exact, found = self._not_refused(seen, exact), self._not_refused(seen, found)
        if not found:
            return
        seen.by_reference = {self._claims[at].id: self._prepared(at) for at in sorted(exact)}
        for at in sorted(found):
            known = self._prepared(at)
            reasons = _reasons(seen, known)
            seen.scored.append((score(reasons), reasons, known))
        seen.scored.sort(key=_worst_last)

    @staticmethod
    def _found(where: Mapping[str, tuple[int, ...]], keys: Sequence[str]) -> set[int]:
        """What is filed there, but for a key with so much behind it that it says nothing."""
        found = [where[key] for key in keys if key in where]
        return {at for some in found if len(some) <= _LARGEST_BUCKET for at in some}

    def _prepared(self, at: int) -> Known:
        known = self._known.get(at)
        if known is None:
            known = self._known[at] = _known(self._claims[at])
        return known

    def _not_refused(self, seen: Seen, found: set[int]) -> set[int]:
        payment = seen.payment.id
        return {at for at in found if (payment, self._claims[at].id) not in self._refused}


def _known(claim: OpenClaim) -> Known:
    return Known(claim, _references(claim), name_words(claim.name), phone_key(claim.phone))


def _references(claim: OpenClaim) -> tuple[str, ...]:
    return tuple([one for one in map(compact, claim.references) if usable_reference(one)])


def weighed(payment: Payment, claim: OpenClaim) -> int:
    """The reasons for and against any pair, also one that nothing would have found."""
    seen = prepared(payment)
    index = ClaimIndex([claim], [seen])
    index.score(seen)
    return seen.scored[0][1] if seen.scored else _reasons(seen, _known(claim))


def _worst_last(pair: tuple[int, int, Known]) -> int:
    return -pair[0]


def _whole(name: Sequence[str]) -> str:
    """The name in one order of its words: banks turn them."""
    return " ".join(sorted(name))


def _file(where: dict[str, tuple[int, ...]], key: str, at: int) -> None:
    present = where.get(key, ())
    if len(present) <= _LARGEST_BUCKET:
        where[key] = (*present, at)


def _reasons(seen: Seen, known: Known) -> int:
    """Everything that speaks for or against this pair."""
    claim, payment = known.claim, seen.payment
    found = _of_reference(seen, known) + _of_amount(claim.amount, payment.amount)
    found += _OF_NAME[names_agree(known.name, seen.payer)]
    found += _OF_DAY[days_agree(claim.day, payment.day)]
    if known.phone and known.phone in seen.phones:
        found += BIT[Reason.PHONE]
    return found


_OF_NAME = {
    Agreement.SAME: BIT[Reason.NAME],
    Agreement.NEAR: BIT[Reason.NAME_PART],
    Agreement.UNKNOWN: 0,
    Agreement.OTHER: BIT[Reason.NAME_OTHER],
}
_OF_DAY = {Agreement.SAME: BIT[Reason.DAY], Agreement.NEAR: 0, Agreement.OTHER: BIT[Reason.DAY_FAR]}


def _of_reference(seen: Seen, known: Known) -> int:
    if known.claim.id in seen.by_reference:
        return BIT[Reason.REFERENCE]
    for reference in known.references:
        if len(reference) >= _SURE_WITHIN and reference in seen.run:
            return BIT[Reason.REFERENCE]  # banks run words together
    if any(_slipped(seen, one) for one in known.references):
        return BIT[Reason.REFERENCE_SLIP]
    other = bool(seen.by_reference) or _says_another(seen, known)
    return BIT[Reason.REFERENCE_OTHER] if other else 0


def _says_another(seen: Seen, known: Known) -> bool:
    """Whether a text of the payment is of the kind of the claim's references, and is none."""
    kinds = [shape(one) for one in known.references if len(one) >= _SHAPED]
    return bool(kinds) and not seen.shapes.isdisjoint(kinds)


def _slipped(seen: Seen, reference: str) -> bool:
    length = len(reference)
    if length <= SHORTEST_REFERENCE:
        return False
    for end in ends(reference):
        for text in seen.by_end.get(end, ()):
            if -1 <= len(text) - length <= 1 and within_one_edit(reference, text):
                return True
    return False


def _of_amount(claimed: int, paid: int) -> int:
    match amounts_agree(claimed, paid):
        case Agreement.SAME:
            return BIT[Reason.AMOUNT]
        case Agreement.NEAR:
            fee = is_fee(claimed, paid)
            return BIT[Reason.AMOUNT_LESS_FEE if fee else Reason.AMOUNT_SWAPPED]
        case _:
            return 0
