"""Models nobody knows yet: link, remember, propose, and decide with four eyes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.central_services import Aggregate
from app.domain.errors import Invalid, NotFound, Refused
from app.domain.ids import EntityId, OpId
from app.domain.model_rule import NOT_SUPPORTED, new_pin
from app.domain.model_work import AliasRow, ModelParts, WaitingWords, is_same_model, separates
from app.domain.operations import FieldChange, Json
from app.domain.people import Permission, Person, Role
from app.domain.proposals import ProposalState
from app.domain.times import to_rfc3339
from app.domain.views import ModelCandidate
from app.domain.words import words_key
from app.ports.store import ReadTx, WriteTx
from app.services.decisions import Decided, Decision, decide, decide_once
from app.services.desk import Desk, require

_NEIGHBOURS = 5
LINKED, READ_OFF = "linked", "read off the rating plate"
"""Why a ticket has its model, where nobody gave a reason of their own; screens say it in words."""
MOST_WORDINGS = 20
"""Wordings beside the first that one proposal carries."""


@dataclass(frozen=True, slots=True)
class PlateReading:
    """An expert's answer: who read it off the rating plate, and what it says."""

    said_by: str
    plate: str


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A model somebody proposes, with the words it was asked for by."""

    words: str
    parts: ModelParts
    category: str = "other"
    evidence: str = ""
    """Where the proposer has it from: a photo of the sticker, the maker's site."""
    ticket_ids: tuple[str, ...] = ()
    """The tickets that wait for it; approving resolves them."""
    wordings: tuple[str, ...] = ()
    """Other wordings of the same model, proposed together with `words`."""

    def other_wordings(self) -> list[str]:
        """Once each, and without the first."""
        by_key = {words_key(one): one for one in (self.words, *self.wordings) if words_key(one)}
        return [one for key, one in by_key.items() if key != words_key(self.words)]


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a proposal left in the outbox."""

    proposal_id: str
    decided: Decided


class Models:
    """The model work list's service."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def waiting(self) -> Sequence[WaitingWords]:
        """What callers said that no model is known for, the most urgent first."""
        return await self._desk.store.read(lambda tx: tx.models.waiting())

    async def counts(self) -> tuple[int, int]:
        """How many groups of words wait for somebody, and how many proposals for a supervisor."""

        def count(tx: ReadTx) -> tuple[int, int]:
            waiting = sum(row.proposal_id is None for row in tx.models.waiting())
            return waiting, len(tx.models.proposals())

        return await self._desk.store.read(count)

    async def skills(self, person: Person) -> Sequence[str]:
        """The categories an expert knows about, for their view; everybody else has none."""
        if Role.EXPERT not in person.roles:
            return ()
        return await self._desk.store.read(lambda tx: tx.models.skills_of(person.name))

    # --- what anybody may do ---------------------------------------------------------------

    async def link(
        self,
        ticket_ids: Sequence[str],
        entry_id: str,
        person: Person,
        reading: PlateReading | None = None,
    ) -> list[Decided]:
        """Pin these tickets to an entry; their words stay as they were said.

        `reading` keeps the name of the expert whose answer it is.
        """
        why = READ_OFF if reading else LINKED
        return await self._pin(ticket_ids, entry_id, person, why, reading)

    async def not_supported(
        self, ticket_ids: Sequence[str], why: str, person: Person
    ) -> list[Decided]:
        """Pin these tickets as a model we do not support, with what to tell the customer."""
        if not why.strip():
            raise Invalid("What is the customer told?", fields={"why": "Missing."})
        return await self._pin(ticket_ids, NOT_SUPPORTED, person, why)

    async def revert(self, ticket_ids: Sequence[str], why: str, person: Person) -> list[Decided]:
        """Back to the caller's words alone; what was decided stays in the ticket's history.

        Raises Invalid without a reason.
        """
        if not why.strip():
            raise Invalid("Why is the model taken back?", fields={"why": "Missing."})
        return await self._pin(ticket_ids, None, person, why)

    async def _pin(
        self,
        ticket_ids: Sequence[str],
        entry_id: str | None,
        person: Person,
        why: str,
        reading: PlateReading | None = None,
    ) -> list[Decided]:
        require(person, Permission.RESOLVE_MODELS)
        pin: dict[str, Json] = {
            "entry_id": entry_id,
            "by": person.id,
            "at": to_rfc3339(self._desk.clock.now()),
            "why": why,
            **({"said_by": reading.said_by, "plate": reading.plate} if reading else {}),
        }
        op_ids = [OpId(self._desk.ids.new_id()) for _ in ticket_ids]

        def write(tx: WriteTx) -> list[Decided]:
            self._require_entry(tx, entry_id)
            return [
                self._pin_one(tx, person, ticket_id, op_id, pin)
                for ticket_id, op_id in zip(ticket_ids, op_ids, strict=True)
            ]

        return await self._desk.store.write(write)

    def _require_entry(self, tx: ReadTx, entry_id: str | None) -> None:
        if entry_id not in (None, NOT_SUPPORTED) and not tx.catalog.entries_of([str(entry_id)]):
            raise NotFound("That model is not in the catalog on this computer.")

    def _pin_one(
        self, tx: WriteTx, person: Person, ticket_id: str, op_id: OpId, pin: dict[str, Json]
    ) -> Decided:
        known = tx.record(Aggregate.TICKET, ticket_id)
        if known is None:
            raise NotFound("That ticket is not on this computer.")
        fields, rev = known
        before = fields.get("model_pin")
        changes = {"model_pin": FieldChange(before, new_pin(before, pin))}
        decision = Decision(
            "ticket.resolve", EntityId(ticket_id), op_id, changes=changes, base_rev=rev
        )
        return decide(self._desk, tx, person, decision)

    async def words_of(self, entry_id: str) -> Sequence[AliasRow]:
        """The words an entry is found by."""
        return await self._desk.store.read(lambda tx: tx.models.aliases_of(entry_id))

    async def may_remember(self, words: str, entry_id: str) -> bool:
        """Whether the words fit that entry and no near neighbour of it."""
        return await self._desk.store.read(lambda tx: self._is_separate(tx, words, entry_id))

    async def forget(self, alias_id: str, person: Person) -> Decided:
        """The words mean no entry any more; the tickets they resolved wait again."""
        return await self.point(alias_id, None, person)

    async def point(self, alias_id: str, entry_id: str | None, person: Person) -> Decided:
        """Let remembered words mean another entry; refused where they fit a neighbour too."""
        op_id = OpId(self._desk.ids.new_id())

        def write(tx: WriteTx) -> Decided:
            known = tx.record(Aggregate.ALIAS, alias_id)
            if known is None:
                raise NotFound("Those words are not on this computer.")
            fields, rev = known
            if entry_id is not None:
                self._require_separate(tx, str(fields.get("words") or ""), entry_id)
            news: dict[str, Json] = {"entry_id": entry_id, **self._by(person)}
            changes = {name: FieldChange(fields.get(name), value) for name, value in news.items()}
            decision = Decision(
                "alias.set", EntityId(alias_id), op_id, changes=changes, base_rev=rev
            )
            return decide(self._desk, tx, person, decision)

        return await decide_once(self._desk, op_id, write)

    def _by(self, person: Person) -> dict[str, Json]:
        return {"decided_by": person.id, "decided_at": to_rfc3339(self._desk.clock.now())}

    async def remember(self, words: str, entry_id: str, person: Person) -> Decided:
        """From now on these words mean that entry, on every desk, for waiting tickets as well.

        Raises Refused where the words would fit a near neighbour as well.
        """
        op_id, alias_id = OpId(self._desk.ids.new_id()), EntityId(self._desk.ids.new_id())
        fields: dict[str, Json] = {
            "words": words,
            "key": words_key(words),
            "entry_id": entry_id,
            **self._by(person),
        }

        def write(tx: WriteTx) -> Decided:
            self._require_separate(tx, words, entry_id)
            changes = {name: FieldChange(None, value) for name, value in fields.items()}
            return decide(
                self._desk, tx, person, Decision("alias.create", alias_id, op_id, changes=changes)
            )

        return await decide_once(self._desk, op_id, write)

    def _require_separate(self, tx: ReadTx, words: str, entry_id: str) -> None:
        if tx.catalog.name_of(entry_id) is None:
            raise NotFound("That model is not in the catalog on this computer.")
        if not self._is_separate(tx, words, entry_id):
            raise Refused(
                "These words fit other models as well.",
                safe="Nothing was written; linking the tickets is still possible.",
                todo="Remember words that only this model has.",
            )

    def _is_separate(self, tx: ReadTx, words: str, entry_id: str) -> bool:
        """Near are the entries the words find, and those the entry's own names find."""
        own = self._all_words(tx, entry_id)
        near = (*self._near(tx, words), *self._near(tx, own))
        others = {one.entry_id for one in near} - {entry_id}
        return separates(words, own, [self._all_words(tx, one) for one in others])

    def _all_words(self, tx: ReadTx, entry_id: str) -> str:
        parts = tx.models.entry_parts(entry_id)
        return parts.all_words if parts else ""

    def _near(self, tx: ReadTx, words: str) -> Sequence[ModelCandidate]:
        return tx.catalog.candidates(words, _NEIGHBOURS)

    # --- proposing -------------------------------------------------------------------------

    async def propose(self, model: NewEntry, person: Person) -> Proposed:
        """Ask for a new entry. Raises Refused where the catalog or a proposal has it already."""
        if not model.parts.name.strip() and not model.parts.numbers:
            raise Invalid("A proposal names a model.", fields={"name": "Missing."})
        if len(model.wordings) > MOST_WORDINGS:
            raise Invalid(f"A proposal carries at most {MOST_WORDINGS} wordings.")
        op_id, target = OpId(self._desk.ids.new_id()), EntityId(self._desk.ids.new_id())

        def write(tx: WriteTx) -> Decided:
            near = self._near(tx, model.parts.all_words)
            self._require_new(tx, model.parts)
            own, more = model.parts.all_words, model.other_wordings()
            others = [self._all_words(tx, one.entry_id) for one in near]
            fields: dict[str, Json] = {
                "words": model.words,
                "maker": model.parts.maker,
                "name": model.parts.name,
                "numbers": list(model.parts.numbers),
                "category": model.category,
                "neighbours": [f"{one.entry_id} {one.name}" for one in near],
                "proposer": person.id,
                "evidence": model.evidence,
                "tickets": list(model.ticket_ids),
                "remember": separates(model.words, own, others),
                "proposed_at": to_rfc3339(self._desk.clock.now()),
                "state": ProposalState.OPEN.value,
            }
            if more:
                fields["wordings"] = list(more)
                fields["telling"] = [one for one in more if separates(one, own, others)]
            changes = {name: FieldChange(None, value) for name, value in fields.items()}
            return decide(
                self._desk, tx, person, Decision("proposal.create", target, op_id, changes=changes)
            )

        return Proposed(target, await decide_once(self._desk, op_id, write))

    def _require_new(self, tx: ReadTx, model: ModelParts) -> None:
        require_not_in_catalog(tx, model)
        if any(is_same_model(model, ModelParts.of(one.fields)) for one in tx.models.proposals()):
            raise Refused(
                "Somebody has proposed that model already.",
                safe="Nothing was written.",
                todo="It waits for a supervisor.",
            )


def require_not_in_catalog(tx: ReadTx, model: ModelParts) -> None:
    """Raise Refused where one of the entries that come near is that very model."""
    for one in tx.catalog.candidates(model.all_words, _NEIGHBOURS):
        parts = tx.models.entry_parts(one.entry_id)
        if parts and is_same_model(model, parts):
            raise Refused(
                f"The catalog has that model already: {one.name}.",
                safe="Nothing was written.",
                todo="Link the tickets to it.",
            )
