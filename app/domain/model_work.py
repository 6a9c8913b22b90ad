"""The model work list: what callers said that no model is known for, and what may be done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.views import Disputed, EntryNames
from app.domain.words import tokens


@dataclass(frozen=True, slots=True)
class ModelParts:
    """What names a model."""

    maker: str
    name: str
    numbers: tuple[str, ...] = ()

    @classmethod
    def of(cls, fields: Mapping[str, Json]) -> ModelParts:
        """As an entry's or a proposal's fields say."""
        numbers = fields.get("numbers")
        texts = tuple(map(str, numbers)) if isinstance(numbers, list) else ()
        return cls(str(fields.get("maker") or ""), str(fields.get("name") or ""), texts)

    @property
    def all_words(self) -> str:
        return " ".join((self.maker, self.name, *self.numbers))

    def plain_numbers(self) -> set[str]:
        """Letters and digits alone, so that hyphens and case do not matter."""
        return {"".join(tokens(one)) for one in self.numbers} - {""}


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """An open ticket whose device is known by the caller's words alone."""

    id: str
    reference: str
    words: str
    happened_at: Millis
    in_danger: bool
    blocks: bool
    """It could be dispatched if the model were known."""


@dataclass(frozen=True, slots=True)
class WaitingWords:
    """The same words, however many callers said them: one row of the list."""

    key: str
    words: str
    """As the first caller said them."""
    tickets: tuple[WaitingTicket, ...]
    """Oldest first."""
    proposal_id: str | None = None
    """An undecided proposal for these words."""

    @property
    def oldest(self) -> Millis:
        return self.tickets[0].happened_at

    @property
    def blocking(self) -> int:
        return sum(one.blocks or one.in_danger for one in self.tickets)


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal as the supervisor's queue shows it."""

    id: str
    fields: Mapping[str, Json]
    rev: int | None
    pending: bool
    """This desk's own decision about it has not come back from central."""
    since: Millis | None = None
    """When it was proposed, where that is known."""

    @property
    def state(self) -> str:
        return str(self.fields.get("state") or "")

    @property
    def proposer(self) -> str:
        return str(self.fields.get("proposer") or "")


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Words that mean an entry."""

    id: str
    words: str
    entry_id: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class MergedAway:
    """An entry whose readers are sent on."""

    entry: EntryNames
    into: str
    """The id where they arrive."""


@dataclass(frozen=True, slots=True)
class EntryCard:
    """An entry of the catalog with all that hangs on it."""

    entry: EntryNames
    words: tuple[AliasRow, ...] = ()
    """What it is found by beside its own names."""
    tickets: tuple[WaitingTicket, ...] = ()
    """Open tickets that read as it, oldest first."""
    merged: tuple[EntryNames, ...] = ()
    """Entries whose readers arrive here."""
    into: EntryNames | None = None
    """Where its own readers are sent on to."""
    disputed: tuple[Disputed, ...] = ()
    """The entry, and those of its words, that were changed in two places."""


def in_order(rows: Iterable[WaitingWords]) -> list[WaitingWords]:
    """By what they block, then by age."""
    return sorted(rows, key=lambda row: (-row.blocking, row.oldest, row.key))


def by_skill(
    rows: Iterable[WaitingWords], category: Callable[[WaitingWords], str], skills: Collection[str]
) -> list[WaitingWords]:
    """The experts' view: what they know about first, each part in its own order; danger leads."""
    return sorted(
        rows,
        key=lambda row: (
            not any(one.in_danger for one in row.tickets),
            bool(skills) and category(row) not in skills,
        ),
    )


def separates(words: str, entry: str, neighbours: Iterable[str]) -> bool:
    """Whether the words say something of the entry that is true of no near neighbour.

    Only then may they be remembered: "samsung tv" must never become one model.
    """
    said, own = set(tokens(words)), set(tokens(entry))
    says_something = any(_begins(token, own) for token in said)
    return says_something and all(
        any(_fits(token, own, set(tokens(other))) for token in said) for other in neighbours
    )


def _fits(token: str, own: set[str], other: set[str]) -> bool:
    """A word of the entry's (or its beginning, from three letters on) and not the other's."""
    return _begins(token, own) and not _begins(token, other)


def _begins(token: str, known: set[str]) -> bool:
    return any(one == token or (len(token) >= 3 and one.startswith(token)) for one in known)


def is_same_model(one: ModelParts, other: ModelParts) -> bool:
    """Whether two name one model: a number of the same maker's, or its very name."""
    if tokens(one.maker) != tokens(other.maker):
        return False
    left, right = one.plain_numbers(), other.plain_numbers()
    same_name = bool(tokens(one.name)) and tokens(one.name) == tokens(other.name)
    return bool(left & right) or (same_name and not (left and right))
