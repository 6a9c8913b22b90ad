"""What the catalog says of tickets without a pin: remembered words, approved proposals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.model_rule import Known, one_meaning
from app.domain.operations import Json
from app.domain.proposals import telling_words
from app.domain.words import words_key
from local_store import mapping
from local_store.entities import followed
from local_store.records import decoded
from local_store.sql import Sql, listed

_ALIASES = (
    "SELECT a.key, a.entry_id, coalesce(a.laid, a.fields) FROM $alias a "
    "WHERE a.key IN (SELECT value FROM json_each(?)) AND a.entry_id IS NOT NULL"
)
_APPROVED = (
    "SELECT p.entry_id, coalesce(p.laid, p.fields) FROM $proposal p "
    "WHERE p.state = 'approved' AND p.entry_id IS NOT NULL"
)
_NAME = (
    "SELECT trim(c.maker || ' ' || c.name) FROM entity e "
    "JOIN $catalog_entry c ON c.entity = e.entity WHERE e.id = ?"
)


@dataclass(frozen=True, slots=True)
class Meanings:
    """What some words, and some tickets, mean."""

    by_key: Mapping[str, Known] = field(default_factory=dict)
    by_ticket: Mapping[str, Known] = field(default_factory=dict)

    def of(self, ticket_id: str, key: str) -> Known | None:
        """Words that were remembered come before the proposal a ticket was named in."""
        return self.by_key.get(key) or self.by_ticket.get(ticket_id)


def meanings(sql: Sql, keys: Iterable[str]) -> Meanings:
    """For those of the keys that were remembered, and for every ticket of an approved proposal."""
    found: dict[str, list[Known]] = {}
    wanted = set(keys)
    for key, entry_id, fields in sql.all(_ALIASES, listed(wanted)):
        known = _known(sql, str(entry_id), decoded(fields))
        if known is not None:
            found.setdefault(str(key), []).append(known)
    by_ticket: dict[str, Known] = {}
    for entry_id, fields in sql.all(_APPROVED):
        proposal = decoded(fields)
        approved = _known(sql, str(entry_id), proposal, approved=True)
        if approved is None:
            continue
        by_ticket |= dict.fromkeys(mapping.texts(proposal, "tickets"), approved)
        for key in wanted.intersection(map(words_key, telling_words(proposal))):
            found.setdefault(key, []).append(approved)
    one = {key: meaning for key, known in found.items() if (meaning := one_meaning(known))}
    return Meanings(one, by_ticket)


def _known(
    sql: Sql, entry_id: str, fields: Mapping[str, Json], *, approved: bool = False
) -> Known | None:
    """With the name of the entry, redirects followed; a proposal names its own until it is here."""
    id_ = followed(sql, entry_id)
    name = entry_name(sql, id_)
    if name is None and approved:
        name = f"{mapping.text(fields, 'maker')} {mapping.text(fields, 'name')}".strip()
    if name is None:
        return None
    by, at = mapping.text(fields, "decided_by"), mapping.time(fields, "decided_at")
    return Known(id_, name, by, at, approved=approved)


def entry_name(sql: Sql, entry_id: str) -> str | None:
    """Maker and name of an entry that is here, redirects followed."""
    name = sql.value(_NAME, followed(sql, entry_id))
    return None if name is None else str(name)
