"""Claims found by what a payment may say of them, each pair weighed once."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

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


@dataclass(slots=True)
class Seen:
    """A payment with its words prepared, and the claims it may be for."""

    payment: Payment
    payer: frozenset[str]
    phones: tuple[str, ...]
    run: str
    spans: tuple[str, ...]
    numbered: bool
    """It says a number: a reference, ours or somebody else's."""
    by_end: dict[str, list[str]]
    shapes: frozenset[str]
    by_reference: dict[str, Known] = field(default_factory=dict)
    scored: list[tuple[int, int, Known]] = field(default_factory=list)
    """Score, reasons and claim, best first."""


def prepared(payment: Payment) -> Seen:
    """The payment's words as the claims' are kept."""
    words = [word.translate(LOOKALIKE) for word in tokens(f"{payment.text} {payment.payer}")]
    payer = name_words(payment.payer) or name_words(payment.text)
    found = tuple(one for one in dict.fromkeys(spans(words)) if usable_reference(one))
    by_end: dict[str, list[str]] = {}
    for one in found:
        for end in ends(one):
            by_end.setdefault(end, []).append(one)
    return Seen(
        payment=payment,
        payer=frozenset(payer),
        phones=phone_keys(payment.text),
        run="".join(words),
        spans=found,
        numbered=says_a_number(payment.text),
        by_end=by_end,
        shapes=frozenset(shape(one) for one in found if len(one) >= _SHAPED),
    )


class ClaimIndex:
    """The open claims; only amounts that were paid are indexed by amount.

    Keys are texts and values tuples of positions, so that the garbage collector has nothing to
    walk: with a list for each reference it takes longer than the matching.
    """

    def __init__(
        self,
        claims: Iterable[OpenClaim],
        paid: AbstractSet[int],
        refused: AbstractSet[tuple[str, str]] = frozenset(),
    ) -> None:
        """`refused` are pairs of payment and claim that a person said do not belong together."""
        self._paid = paid
        self._refused = refused
        self._known: list[Known] = []
        self._by_reference: dict[str, tuple[int, ...]] = {}
        self._by_end: dict[str, tuple[int, ...]] = {}
        self._by_name: dict[str, tuple[int, ...]] = {}
        self._by_phone: dict[str, tuple[int, ...]] = {}
        self._whose: dict[str, str] = {}
        self._shared: set[str] = set()
        self._amounts: dict[int, int] = {}
        for claim in claims:
            self._add(claim)
        self._rare = max(_FEW, len(self._known) // _RARE_PART)

    def _add(self, claim: OpenClaim) -> None:
        written = (compact(one) for one in claim.references)
        references = tuple([one for one in written if usable_reference(one)])
        known = Known(claim, references, name_words(claim.name), phone_key(claim.phone))
        at = len(self._known)
        self._known.append(known)
        self._amounts[claim.amount] = self._amounts.get(claim.amount, 0) + 1
        for reference in references:
            _file(self._by_reference, claim.currency + reference, at)
        if known.phone:
            _file(self._by_phone, claim.currency + known.phone, at)
        if known.name:
            name, who = _whole(known.name), known.phone or claim.id
            if self._whose.setdefault(name, who) != who:
                self._shared.add(name)
        if claim.amount in self._paid:
            self._add_by_amount(known, at)

    def _add_by_amount(self, known: Known, at: int) -> None:
        price = f"{known.claim.currency}{known.claim.amount} "
        for reference in known.references:
            for end in ends(reference):
                _file(self._by_end, price + end, at)
        for word in known.name:
            _file(self._by_name, price + word, at)

    def is_its_own(self, known: Known) -> bool:
        """Whether nobody else has the claim's name, or hardly any claim is of its amount."""
        shared = _whole(known.name) in self._shared
        return not shared or self._amounts[known.claim.amount] <= self._rare

    def score(self, seen: Seen) -> None:
        """Find the claims the payment may be for, and weigh each."""
        currency = seen.payment.currency
        price = f"{currency}{seen.payment.amount} "
        exact: set[int] = set()
        for text in seen.spans:
            exact.update(_few(self._by_reference, currency + text))
        found = set(exact)
        for end in seen.by_end:
            found.update(_few(self._by_end, price + end))
        for word in seen.payer:
            found.update(_few(self._by_name, price + word))
        for key in seen.phones:
            found.update(_few(self._by_phone, currency + key))
        if self._refused:
            exact, found = self._not_refused(seen, exact), self._not_refused(seen, found)
        seen.by_reference = {self._known[at].claim.id: self._known[at] for at in sorted(exact)}
        for at in sorted(found):
            known = self._known[at]
            reasons = _reasons(seen, known)
            seen.scored.append((score(reasons), reasons, known))
        seen.scored.sort(key=_worst_last)

    def _not_refused(self, seen: Seen, found: set[int]) -> set[int]:
        payment = seen.payment.id
        return {at for at in found if (payment, self._known[at].claim.id) not in self._refused}


def weighed(payment: Payment, claim: OpenClaim) -> int:
    """The reasons for and against any pair, also one that nothing would have found."""
    index, seen = ClaimIndex([claim], {payment.amount}), prepared(payment)
    index.score(seen)
    if seen.scored:
        return seen.scored[0][1]
    references = tuple(one for one in map(compact, claim.references) if usable_reference(one))
    return _reasons(seen, Known(claim, references, name_words(claim.name), phone_key(claim.phone)))


def _worst_last(pair: tuple[int, int, Known]) -> int:
    return -pair[0]


def _whole(name: tuple[str, ...]) -> str:
    """The name in one order of its words: banks turn them."""
    return " ".join(sorted(name))


def _file(where: dict[str, tuple[int, ...]], key: str, at: int) -> None:
    present = where.get(key, ())
    if len(present) <= _LARGEST_BUCKET:
        where[key] = (*present, at)


def _few(where: dict[str, tuple[int, ...]], key: str) -> tuple[int, ...]:
    """What is filed there, unless it is so much that it says nothing."""
    found = where.get(key, ())
    return found if len(found) <= _LARGEST_BUCKET else ()


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
    shaped = False
    for reference in known.references:
        if len(reference) >= _SURE_WITHIN and reference in seen.run:
            return BIT[Reason.REFERENCE]  # banks run words together
        shaped = shaped or (len(reference) >= _SHAPED and shape(reference) in seen.shapes)
    if any(_slipped(seen, one) for one in known.references):
        return BIT[Reason.REFERENCE_SLIP]
    return BIT[Reason.REFERENCE_OTHER] if shaped or seen.by_reference else 0


def _slipped(seen: Seen, reference: str) -> bool:
    return len(reference) > SHORTEST_REFERENCE and any(
        within_one_edit(reference, text)
        for end in ends(reference)
        for text in seen.by_end.get(end, ())
    )


def _of_amount(claimed: int, paid: int) -> int:
    match amounts_agree(claimed, paid):
        case Agreement.SAME:
            return BIT[Reason.AMOUNT]
        case Agreement.NEAR:
            fee = is_fee(claimed, paid)
            return BIT[Reason.AMOUNT_LESS_FEE if fee else Reason.AMOUNT_SWAPPED]
        case _:
            return 0
