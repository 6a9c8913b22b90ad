"""Claims and payments of which the truth is known, with the mess of real bank lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from app.domain.payments.claim_index import OpenClaim, Payment
from app.domain.reference import compose, next_counter

_FIRST_WORDS = (
    "Anna Ben Clara David Eva Finn Greta Hugo Ida Jonas Karla Leo Mia Noah Olivia Paul Rosa "
    "Sam Tina Uwe Vera Walter Yara Zoe Ahmed Fatima Igor Olga Chen Mei Raj Priya José Lucía "
    "Søren Jürgen Bärbel Zoë François Amélie "
)
FIRST = _FIRST_WORDS.split()
_STEMS_WORDS = (
    "Mei Schmi Mül Beck Hof Kra Wag Bau Fisch Leh Kai Vog Sei Bra Zim Har Kru Wol Neu Schwar "
    "Frie Sta Jen Pet Han Lar And Tho Rob Wil Bro Tay Mor Cla Hal Ald Ber Cor Dav Eri Gar "
)
STEMS = _STEMS_WORDS.split()
_ENDINGS_WORDS = (
    "er dt ler mann ner mer son sen ton ley man field wood berg stein feld bach hoff ke ski "
)
ENDINGS = _ENDINGS_WORDS.split()
PRICES = (1900, 2900, 4900, 5900, 7900, 9900, 12_900, 14_900, 19_900, 24_900)
START = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a bank and a desk would hold, and what belongs together."""

    claims: tuple[OpenClaim, ...]
    payments: tuple[Payment, ...]
    belongs: dict[str, frozenset[str]]
    """Payment → the claims it pays; payments nobody claimed are missing."""


def truth(seed: int, claims: int, payments: int) -> Truth:
    """The same for the same seed. About seven of ten payments belong to a claim."""
    return _Generator(Random(seed)).made(claims, payments)


class _Generator:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._counter = 1000
        self._lines = 0

    def made(self, claims: int, payments: int) -> Truth:
        known = [self._claim(number) for number in range(claims)]
        lines: list[Payment] = []
        belongs: dict[str, frozenset[str]] = {}
        order = self._random.sample(known, min(claims, payments))
        while len(lines) < payments:
            kind = self._random.random()
            if kind < 0.30 or not order:
                lines.append(self._unclaimed())
                continue
            if kind < 0.31 and len(order) > 2:
                some, part = self._combined(order.pop(), order.pop())
            elif kind < 0.32:
                some, part = self._split(order.pop())
            else:
                claim = order.pop()
                some, part = [self._line(claim)], frozenset({claim.id})
            lines += some
            belongs.update((one.id, part) for one in some)
        self._random.shuffle(lines)
        return Truth(tuple(known), tuple(lines), belongs)

    def _claim(self, number: int) -> OpenClaim:
        random = self._random
        self._counter = next_counter("K7", self._counter + random.randrange(3))
        spoken = f"R{random.randrange(2024, 2027)}-{random.randrange(10**6):06d}"
        references = (compose("K7", self._counter), *([spoken] if random.random() < 0.6 else []))
        return OpenClaim(
            id=f"claim-{number}",
            amount=self._price(),
            currency="EUR",
            day=START + timedelta(days=random.randrange(60)),
            references=references,
            name=self._name() if random.random() < 0.97 else "",
            phone=f"+4930{random.randrange(10**7, 10**8)}" if random.random() < 0.9 else "",
        )

    def _price(self) -> int:
        if self._random.random() < 0.5:
            return self._random.choice(PRICES)
        return self._random.randrange(1000, 60_000)

    def _name(self) -> str:
        # Common names are common: two customers of one name, many times.
        random = self._random
        first = FIRST[min(random.randrange(len(FIRST)), random.randrange(len(FIRST)))]
        last = random.choice(STEMS) + random.choice(ENDINGS)
        return f"{first} {last}"

    def _line(self, claim: OpenClaim, amount: int | None = None) -> Payment:
        random = self._random
        return self._payment(
            amount=self._paid(claim.amount) if amount is None else amount,
            day=claim.day + timedelta(days=random.choice((0, 1, 1, 2, 3, 5, 8))),
            payer=self._payer(claim.name),
            text=self._purpose(claim),
        )

    def _payment(self, amount: int, day: date, payer: str, text: str) -> Payment:
        self._lines += 1
        return Payment(f"line-{self._lines}", amount, "EUR", day, payer, text)

    def _paid(self, amount: int) -> int:
        chance = self._random.random()
        if chance < 0.03:
            return amount - self._random.choice((50, 100, 150, 250))
        if chance < 0.045:
            digits = list(str(amount))
            at = self._random.randrange(len(digits) - 1)
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
            return int("".join(digits)) or amount
        return amount

    def _purpose(self, claim: OpenClaim) -> str:
        random = self._random
        if random.random() < 0.12:
            said = random.choice(("payment", "visit", "thank you", claim.phone or "repair"))
        else:
            said = self._typed(random.choice(claim.references))
        return " ".join((random.choice(("", "Ref", "invoice", "repair", "Rechnung")), said)).strip()

    def _typed(self, reference: str) -> str:
        chance = self._random.random()
        if chance < 0.08:
            return self._slip(reference)
        if chance < 0.30:
            return reference.replace("-", self._random.choice(("", " ", "/", " - ")))
        if chance < 0.40:
            return reference.lower().replace("0", "O")
        return reference

    def _slip(self, text: str) -> str:
        at = self._random.randrange(len(text) - 1)
        kind = self._random.randrange(3)
        if kind == 0:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if kind == 1:
            return text[:at] + text[at + 1 :]
        return text[:at] + self._random.choice("0123456789ABC") + text[at + 1 :]

    def _payer(self, name: str) -> str:
        random = self._random
        if not name or random.random() < 0.03:
            return random.choice(("Muster GmbH", "Hausverwaltung Nord", self._name()))
        first, last = name.split()
        chance = random.random()
        if chance < 0.05:
            return f"{random.choice(FIRST)} {last}"  # somebody of the family
        if chance < 0.10:
            return f"{first[0]}. {last}"
        if chance < 0.16:
            return f"{first} {self._slip(last)}"
        if chance < 0.35:
            return f"{last}, {first}".upper()
        return name

    def _unclaimed(self) -> Payment:
        """Somebody else's payment: prices, names and references of the same kinds."""
        random = self._random
        stranger = replace(self._claim(0), references=(self._elsewhere(),))
        return self._line(stranger) if random.random() < 0.9 else self._line(stranger, 100)

    def _elsewhere(self) -> str:
        """A reference of another desk, or an invoice nobody rang about."""
        if self._random.random() < 0.5:
            return compose("M3", next_counter("M3", self._random.randrange(10**6)))
        return f"R{self._random.randrange(2024, 2027)}-{self._random.randrange(10**6):06d}"

    def _combined(self, one: OpenClaim, two: OpenClaim) -> tuple[list[Payment], frozenset[str]]:
        text = f"{one.references[0]} and {two.references[0]}"
        day = max(one.day, two.day) + timedelta(days=1)
        made = self._payment(one.amount + two.amount, day, self._payer(one.name), text)
        return [made], frozenset({one.id, two.id})

    def _split(self, claim: OpenClaim) -> tuple[list[Payment], frozenset[str]]:
        first = claim.amount // 2
        parts = [self._line(claim, one) for one in (first, claim.amount - first)]
        parts = [replace(one, text=f"part {claim.references[0]}") for one in parts]
        return parts, frozenset({claim.id})
