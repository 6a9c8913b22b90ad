"""Which payment settles which claim: made by itself where it is sure, else offered by rank."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

from app.domain.payments.claim_index import ClaimIndex, Known, OpenClaim, Payment, Seen, prepared
from app.domain.payments.reasons import (
    NEAREST_RIVAL,
    WORTH_OFFERING,
    Reason,
    bits,
    is_sure,
    named,
    score,
)

CHOICES = 5
"""Ranked choices offered for a line that nothing settles by itself."""
_MOST_PARTS = 6
"""Claims paid by one payment, or payments for one claim; more is for a person to see."""


@dataclass(frozen=True, slots=True)
class Portion:
    """How much of a payment goes to a claim."""

    payment: str
    claim: str
    amount: int


@dataclass(frozen=True, slots=True)
class Match:
    """Payments and claims that belong together, and why."""

    portions: tuple[Portion, ...]
    score: int
    reasons: tuple[Reason, ...]

    @property
    def payments(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.payment for one in self.portions))

    @property
    def claims(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.claim for one in self.portions))


@dataclass(frozen=True, slots=True)
class Matching:
    """What was found: made by itself, to choose from, and nothing at all."""

    automatic: tuple[Match, ...]
    suggested: dict[str, tuple[Match, ...]]
    """Payment → choices, best first."""
    unmatched: tuple[str, ...]


def match(
    payments: Iterable[Payment],
    claims: Iterable[OpenClaim],
    refused: AbstractSet[tuple[str, str]] = frozenset(),
) -> Matching:
    """Match what came in to what was claimed. Money out is never matched.

    `refused` are pairs of payment and claim that a person said do not belong together.

    Every payment is in exactly one of the three answers, and no payment or claim is in two
    automatic matches.
    """
    seen = [prepared(one) for one in payments if one.amount > 0]
    index = ClaimIndex(claims, seen, refused)
    for one in seen:
        index.score(one)
    together = _several(seen)
    single = _singles(seen, index, together)
    return _with_the_rest(seen, (*together, *single))


def _several(seen: Sequence[Seen]) -> tuple[Match, ...]:
    """One payment for several claims it names, or several payments that name one claim.

    Only where the amounts make each other to the cent, and no claim comes in twice; no payment
    can, as it names one claim or several.
    """
    found = [*_combined(seen), *_split(seen)]
    claims = Counter(claim for made in found for claim in made.claims)
    return tuple(made for made in found if all(claims[one] == 1 for one in made.claims))


def _combined(seen: Sequence[Seen]) -> Iterator[Match]:
    for one in seen:
        named_claims = [known.claim for known in one.by_reference.values()]
        if not 2 <= len(named_claims) <= _MOST_PARTS:
            continue
        if sum(claim.amount for claim in named_claims) == one.payment.amount:
            yield _made(Portion(one.payment.id, claim.id, claim.amount) for claim in named_claims)


def _split(seen: Sequence[Seen]) -> Iterator[Match]:
    parts: dict[str, list[Payment]] = defaultdict(list)
    claims: dict[str, OpenClaim] = {}
    for one in seen:
        if len(one.by_reference) == 1:
            (known,) = one.by_reference.values()
            claims[known.claim.id] = known.claim
            parts[known.claim.id].append(one.payment)
    for claim_id, lines in parts.items():
        whole = sum(one.amount for one in lines)
        if 2 <= len(lines) <= _MOST_PARTS and whole == claims[claim_id].amount:
            yield _made(Portion(one.id, claim_id, one.amount) for one in lines)


def _made(portions: Iterable[Portion]) -> Match:
    reasons = bits(Reason.REFERENCE, Reason.SUM_OF_SEVERAL)
    return Match(tuple(portions), score(reasons), named(reasons))


def _singles(seen: Sequence[Seen], index: ClaimIndex, together: Sequence[Match]) -> Iterator[Match]:
    """One payment, one claim: sure, and far from every rival on both sides."""
    taken_lines = {line for made in together for line in made.payments}
    taken_claims = {claim for made in together for claim in made.claims}
    best = _two_best_of_claims(seen)
    for one in seen:
        if not one.scored or one.payment.id in taken_lines:
            continue
        points, reasons, known = one.scored[0]
        first, second = best[known.claim.id]
        rivals = (second, one.scored[1][0] if len(one.scored) > 1 else -NEAREST_RIVAL)
        if (
            known.claim.id not in taken_claims
            and first == points
            and points - max(rivals) >= NEAREST_RIVAL
            and is_sure(reasons, by_name=not one.numbered and index.is_its_own(known))
        ):
            yield _one_to_one(one, points, reasons, known)


def _two_best_of_claims(seen: Sequence[Seen]) -> dict[str, tuple[int, int]]:
    """Claim → the two highest scores that any payment has with it."""
    best: dict[str, tuple[int, int]] = {}
    for one in seen:
        for points, _, known in one.scored:
            first, second = best.get(known.claim.id, (-NEAREST_RIVAL, -NEAREST_RIVAL))
            if points > first:
                best[known.claim.id] = points, first
            elif points > second:
                best[known.claim.id] = first, points
            else:
                best[known.claim.id] = first, second
    return best


def _one_to_one(one: Seen, points: int, reasons: int, known: Known) -> Match:
    amount = min(one.payment.amount, known.claim.amount)
    return Match((Portion(one.payment.id, known.claim.id, amount),), points, named(reasons))


def _with_the_rest(seen: Sequence[Seen], automatic: tuple[Match, ...]) -> Matching:
    done = {line for made in automatic for line in made.payments}
    claimed = {claim for made in automatic for claim in made.claims}
    suggested: dict[str, tuple[Match, ...]] = {}
    unmatched = []
    for one in seen:
        if one.payment.id in done:
            continue
        open_ones = (
            _one_to_one(one, points, reasons, known)
            for points, reasons, known in one.scored
            if points >= WORTH_OFFERING and known.claim.id not in claimed
        )
        choices = tuple(islice(open_ones, CHOICES))
        if choices:
            suggested[one.payment.id] = choices
        else:
            unmatched.append(one.payment.id)
    return Matching(automatic, suggested, tuple(unmatched))
