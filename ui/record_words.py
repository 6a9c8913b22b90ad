"""Words of a record that was changed in two places: what it is, its fields and their values."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.central_services import Aggregate
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.records import RECORDS, FieldKind
from app.domain.times import from_rfc3339
from app.domain.views import Disputed
from ui.terms import terms
from ui.text import one_line, quoted
from ui.times import date, moment

_KINDS = {
    (aggregate, field.name): field.kind for aggregate, fields in RECORDS.items() for field in fields
}
_PEOPLE = frozenset({"owner", "decided_by", "delegated_to", "proposer", "agent"})


def may_be_typed(one: Disputed, name: str) -> bool:
    """Whether a value of one's own is a text; words of a list, times and ids are chosen."""
    return _KINDS.get((one.aggregate, name)) is FieldKind.TEXT


class RecordWords(QObject):
    """In the language of now; `record_words` is the one to ask."""

    def kind(self, aggregate: Aggregate) -> str:
        """What sort of record it is."""
        known = {
            Aggregate.TICKET: self.tr("Ticket"),
            Aggregate.CONTACT: self.tr("Call"),
            Aggregate.CUSTOMER: self.tr("Customer"),
            Aggregate.DEVICE: self.tr("Device"),
            Aggregate.CATALOG_ENTRY: self.tr("Catalog entry"),
            Aggregate.ALIAS: self.tr("Remembered words"),
            Aggregate.PROPOSAL: self.tr("Proposed model"),
            Aggregate.VISIT: self.tr("Visit"),
        }
        return known.get(aggregate, aggregate.value)

    def title(self, one: Disputed) -> str:
        """What people call it; words as somebody said them stand in quotes."""
        said = one.aggregate is Aggregate.ALIAS
        return quoted(one_line(one.title)) if said else one_line(one.title)

    def field(self, aggregate: Aggregate, name: str) -> str:
        """A field's name, as the record's own screen calls it."""
        if aggregate is Aggregate.TICKET:
            return terms.field(name)
        if aggregate is Aggregate.ALIAS and name == "entry_id":
            return self.tr("Means")
        if aggregate is Aggregate.CATALOG_ENTRY and name == "name":
            return self.tr("Model")
        return self._fields().get(name, terms.field(name))

    def _fields(self) -> dict[str, str]:
        return {
            "merged_into": self.tr("Same as"),
            "maker": self.tr("Maker"),
            "name": self.tr("Name"),
            "numbers": self.tr("Also written"),
            "detail": self.tr("Detail"),
            "category": self.tr("Kind"),
            "entry_id": self.tr("Model"),
            "address": self.tr("Address"),
            "city": self.tr("City"),
            "postcode": self.tr("Postcode"),
            "phones": self.tr("Phones"),
            "mails": self.tr("E-mail"),
            "language": self.tr("Language"),
            "words": self.tr("Words"),
            "rating_plate": self.tr("Rating plate"),
            "bought_where": self.tr("Bought at"),
            "bought_on": self.tr("Bought on"),
            "number": self.tr("Number"),
            "outcome": self.tr("Outcome"),
            "call_back_due": self.tr("Call-back due"),
            "call_back_done": self.tr("Rung back"),
            "expert_id": self.tr("Expert"),
            "window_start": self.tr("From"),
            "window_end": self.tr("Until"),
            "told_at": self.tr("Told"),
            "result": self.tr("Result"),
            "state": self.tr("State"),
            "question": self.tr("Question"),
            "answer": self.tr("Answer"),
            "delegated_to": self.tr("Decides"),
        }

    def value(
        self, one: Disputed, name: str, value: Json, name_of: Callable[[str], str], now: Millis
    ) -> str:
        """A value in words; an id is what people call its record. `name_of` a person's id."""
        if name == "merged_into" and not value:
            return self.tr("stands for itself")
        if name == "model_pin":
            entry = value.get("entry_id") if isinstance(value, dict) else None
            return one_line(terms.pin(entry, one.names.get(str(entry), "")))
        if name == "entry_id" and one.aggregate is Aggregate.ALIAS and not value:
            return self.tr("no model: forgotten")
        if value in (None, "", []):
            return terms.value(name, value)
        if isinstance(value, list):
            return one_line(", ".join(str(each) for each in value))
        return one_line(self._known(one, name, value, name_of, now))

    def _known(
        self, one: Disputed, name: str, value: Json, name_of: Callable[[str], str], now: Millis
    ) -> str:
        text = str(value)
        kind = _KINDS.get((one.aggregate, name))
        if text in one.names:
            return one.names[text] or text
        if name in _PEOPLE:
            return name_of(text)
        if isinstance(value, bool):
            return self.tr("yes") if value else self.tr("no")
        if kind is FieldKind.TIME:
            return moment(from_rfc3339(text), now)
        if kind is FieldKind.DATE:
            return date(text)
        return self._word(one, name, text)

    def _word(self, one: Disputed, name: str, text: str) -> str:
        if one.aggregate is Aggregate.TICKET:
            return terms.value(name, text)
        known: dict[str, Callable[[str], str]] = {
            "category": terms.category,
            "checked": terms.checked,
            "caller_relation": terms.relation,
        }
        if one.aggregate is Aggregate.CATALOG_ENTRY and name == "status":
            return self.tr("retired") if text == "retired" else self.tr("supported")
        if one.aggregate is Aggregate.VISIT and name == "state":
            return terms.visit(text)
        return known[name](text) if name in known else text


record_words = RecordWords()
"""The one to ask; it keeps no words."""
