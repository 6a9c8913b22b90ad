"""What central accepts: rights, shapes, status moves, and the merge field by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.central.contract.routes import Code
from app.domain.central_services import Aggregate
from app.domain.ids import Millis
from app.domain.model_rule import is_same_value
from app.domain.operations import KINDS, Body, Effect, FieldConflict, Json
from app.domain.payments.settling import SettlingWord
from app.domain.people import Person
from app.domain.projection import lay_over
from app.domain.proposals import ProposalState
from app.domain.records import RECORDS, FieldKind, has_shape
from app.domain.tickets import MOVES, SETTABLE, Status

_KINDS = {
    aggregate: {field.name: field.kind for field in fields} for aggregate, fields in RECORDS.items()
}


class Refusal(Exception):
    """Central says no: a code and a sentence that holds nobody's words."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class NotHere(Exception):
    """Something that must come first is not at central yet; the sentence says what."""

    def __init__(self, sentence: str, code: str = Code.MISSING_TARGET) -> None:
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True, slots=True)
class Merged:
    """What an operation makes of a record."""

    fields: dict[str, Json]
    conflicts: tuple[FieldConflict, ...]
    touched: tuple[str, ...]
    """The fields it changed; a field in conflict is none of them."""


def check_kind(body: Body, service: str, owner: str) -> None:
    """Raise Refusal for a kind of operation that is not the service's own."""
    if body.kind not in KINDS or service != owner:
        raise Refusal(Code.UNKNOWN_KIND, "This service does not know that kind of operation.")


def check(body: Body, person: Person | None) -> None:
    """Raise Refusal for an operation of a known kind that no state of the ledger makes right."""
    rule = body.rule
    if person is None:
        raise Refusal(Code.UNKNOWN_PERSON, "The configuration does not name that person.")
    if not person.may(rule.permission):
        raise Refusal(Code.NOT_ALLOWED, "That person's roles do not allow it.")
    if rule.effect is Effect.APPEND and not _names_an_entry(body.entry):
        raise Refusal(Code.INVALID_FIELD, "An addition carries an entry with its own id.")
    if rule.effect is Effect.MERGE and not isinstance((body.entry or {}).get("into"), str):
        raise Refusal(Code.INVALID_FIELD, "A merge names what it merges into.")
    if body.kind == "proposal.create":
        _check_proposal(body)
    if body.kind == "ruling.settle":
        _check_settling(body)
    if rule.writes and set(body.changes) - rule.writes:
        raise Refusal(Code.INVALID_FIELD, "That kind of operation changes other fields.")
    for name, change in body.changes.items():
        if rule.effect is Effect.SET and _is_kept(rule.aggregate, name):
            raise Refusal(Code.INVALID_FIELD, f"The field {name} cannot be set.")
        _check_field(rule.aggregate, name, change.new)


def _check_proposal(body: Body) -> None:
    """A proposal starts open and under its proposer's own name: four eyes are counted by it."""
    new = {name: change.new for name, change in body.changes.items()}
    if new.get("proposer") != body.actor or new.get("state") != ProposalState.OPEN:
        raise Refusal(Code.INVALID_FIELD, "A proposal starts open, under its proposer's name.")
    if not (new.get("name") or new.get("numbers")):
        raise Refusal(Code.INVALID_FIELD, "A proposal names a model.")


def _check_settling(body: Body) -> None:
    """Settling is an agent's work; a ruling needs another right and another kind."""
    ruling = body.changes.get("ruling")
    if ruling is None or ruling.new not in set(SettlingWord):
        raise Refusal(Code.INVALID_FIELD, "Settling says settled, part, not this, or taken back.")


def _is_kept(aggregate: Aggregate, name: str) -> bool:
    """Fields that grow by their own additions, or never change after the record was made."""
    if aggregate is Aggregate.TICKET:
        return name in _KINDS[aggregate] and name not in SETTABLE
    return _KINDS[aggregate].get(name) is FieldKind.ENTRIES or name == "merged_into"


def _names_an_entry(entry: Mapping[str, Json] | None) -> bool:
    return entry is not None and isinstance(entry.get("id"), str) and bool(entry["id"])


def _check_field(aggregate: Aggregate, name: str, value: Json) -> None:
    """Unknown fields pass; known ones have their kind's shape."""
    kind = _KINDS[aggregate].get(name)
    if kind is None or value is None:
        return
    if not has_shape(kind, value):
        raise Refusal(Code.INVALID_FIELD, f"The field {name} has another shape.")


def merge(
    body: Body,
    present: Mapping[str, Json] | None,
    changed_by: Callable[[], Mapping[str, tuple[str, Millis]]],
) -> Merged:
    """Lay an operation over central's record: per field, base decides (contract.md).

    A signed decision is taken whole: the table of decisions says on what it may follow. Who
    decided something and when goes with what was decided, or not at all.
    `changed_by` is asked only about a conflict. Raises Refusal for a status the table does not
    lead to.
    """
    if body.rule.effect is not Effect.SET or present is None or body.rule.signed:
        laid = lay_over(present, body)
        return Merged(laid, (), _moved(present or {}, laid))
    applied: dict[str, Json] = dict(present)
    conflicts: list[FieldConflict] = []
    stamps = body.rule.stamps
    for name, change in body.changes.items():
        theirs = present.get(name)
        if name in stamps:
            continue
        if theirs == change.base:
            applied[name] = change.new
        elif not is_same_value(name, theirs, change.new):
            by, at = changed_by().get(name, (None, None))
            conflicts.append(FieldConflict(name, change.base, change.new, theirs, by, at))
    if not conflicts and applied != present:
        applied.update({name: body.changes[name].new for name in stamps & set(body.changes)})
    _check_move(body, present, applied)
    _check_words(present, applied)
    return Merged(applied, tuple(conflicts), _moved(present, applied))


def _check_words(present: Mapping[str, Json], applied: Mapping[str, Json]) -> None:
    """What a caller said of a device is kept as it was said; its resolution stands beside it."""
    said = present.get("model_words")
    if said and applied.get("model_words") != said:
        raise Refusal(Code.INVALID_FIELD, "The caller's words are kept as they were said.")


def _moved(before: Mapping[str, Json], after: Mapping[str, Json]) -> tuple[str, ...]:
    return tuple(name for name, value in after.items() if before.get(name) != value)


def _check_move(body: Body, present: Mapping[str, Json], applied: Mapping[str, Json]) -> None:
    if body.rule.aggregate is not Aggregate.TICKET:
        return
    before, after = str(present.get("status") or "new"), str(applied.get("status") or "new")
    if before == after:
        return
    known = {status.value for status in Status}
    if before not in known or after not in known or after not in MOVES[Status(before)]:
        raise Refusal(Code.MOVE_NOT_ALLOWED, f"A ticket that is {before} cannot become {after}.")
