"""What settles a conflict: the operations by which a record becomes what somebody has chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.central_services import Aggregate
from app.domain.errors import Refused
from app.domain.ids import EntityId, OpId
from app.domain.model_rule import new_pin
from app.domain.operations import KINDS, Effect, FieldChange, Json, KindRule
from app.domain.people import Person
from app.domain.proposals import DECISIONS, SENTENCES, objection
from app.domain.times import to_rfc3339
from app.ports.store import ReadTx
from app.services.decisions import Decision
from app.services.desk import Desk
from app.services.merging import require_mergeable

_INTO = "merged_into"


@dataclass(frozen=True, slots=True)
class Choice:
    """What choosing one value would do to a field."""

    field: str
    before: Json
    """As the record stands, which is what the person saw; central's merge compares with it."""
    after: Json

    @property
    def changes(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Settling:
    """One record, the kind of operation that met the conflict, and who settles it."""

    desk: Desk
    kind: str
    target: EntityId
    person: Person

    @property
    def rule(self) -> KindRule:
        return KINDS[self.kind]

    def decisions(
        self, tx: ReadTx, choices: Sequence[Choice], op_ids: tuple[OpId, OpId]
    ) -> Sequence[Decision]:
        """In the order they are made; `choices` are those that change something.

        Raises Refused where the record has gone on, and its rules allow the choice no more.
        """
        found = tx.own_record(self.rule.aggregate, self.target)
        if not choices or found is None:
            return ()
        if self.rule.effect in (Effect.MERGE, Effect.UNMERGE):
            return self._merges(tx, choices[0], found[1], op_ids)
        changes = {one.field: self._change(one) for one in choices}
        changes |= self._stamped(found[0])
        if self.kind in DECISIONS:
            changes |= self._as_a_decision(found[0], changes)
        return [Decision(self.kind, self.target, op_ids[0], changes=changes, base_rev=found[1])]

    def _change(self, choice: Choice) -> FieldChange:
        """A model's pin carries the ones before it, whichever is chosen."""
        if choice.field != "model_pin":
            return FieldChange(choice.before, choice.after)
        chosen = choice.after if isinstance(choice.after, dict) else self._taken_back()
        plain = {name: value for name, value in chosen.items() if name != "earlier"}
        return FieldChange(choice.before, new_pin(choice.before, plain))

    def _taken_back(self) -> dict[str, Json]:
        return {"entry_id": None, "by": self.person.id, "at": self._now(), "why": ""}

    def _stamped(self, fields: Mapping[str, Json]) -> dict[str, FieldChange]:
        """Whoever settles it has decided it, and now."""
        values: dict[str, Json] = {"decided_by": self.person.id, "decided_at": self._now()}
        return {
            name: FieldChange(fields.get(name), values[name]) for name in sorted(self.rule.stamps)
        }

    def _now(self) -> str:
        return to_rfc3339(self.desk.clock.now())

    def _as_a_decision(
        self, fields: Mapping[str, Json], changes: Mapping[str, FieldChange]
    ) -> dict[str, FieldChange]:
        """What the table of decisions wants of one beside the field that was chosen."""
        if self.rule.signed:
            raise Refused(
                "A signed decision is made anew, where the proposal is shown.",
                safe="Nothing was decided.",
            )
        rule = DECISIONS[self.kind]
        more: dict[str, FieldChange] = {}
        if rule.needs and rule.needs not in changes:
            more[rule.needs] = FieldChange(fields.get(rule.needs), fields.get(rule.needs))
        if self.kind == "proposal.delegate" and "delegated_why" not in changes:
            why = "chosen where two people had given it to somebody"
            more["delegated_why"] = FieldChange(fields.get("delegated_why"), why)
        if rule.after is not None:
            more["state"] = FieldChange(fields.get("state"), rule.after.value)
        new = {name: change.new for name, change in ({**changes, **more}).items()}
        found = objection(self.kind, fields, self.person.id, new)
        if found is not None:
            raise Refused(SENTENCES[found], safe="Nothing was decided.")
        return more

    def _merges(
        self, tx: ReadTx, choice: Choice, rev: int | None, op_ids: tuple[OpId, OpId]
    ) -> Sequence[Decision]:
        """A merge cannot be pointed elsewhere: it is taken back, and made anew."""
        aggregate, made = self.rule.aggregate, list[Decision]()
        if choice.before:
            made.append(
                Decision(
                    f"{aggregate}.unmerge", self.target, op_ids[0], base_rev=rev,
                    changes={_INTO: FieldChange(choice.before, None)},
                )
            )  # fmt: skip
        if choice.after:
            into = str(choice.after)
            self._require_here(tx, aggregate, into)
            require_mergeable(self.desk, tx, aggregate, self.target, into)
            entry: dict[str, Json] = {"into": into}
            made.append(
                Decision(f"{aggregate}.merge", self.target, op_ids[1], entry=entry, base_rev=rev)
            )
        return made

    def _require_here(self, tx: ReadTx, aggregate: Aggregate, id_: str) -> None:
        if tx.own_record(aggregate, id_) is None:
            raise Refused("What it would be merged into is not on this computer.")
