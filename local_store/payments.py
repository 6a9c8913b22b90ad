"""Claims nobody has verified, what may settle them, and the bank lines read into this desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.payments.read_lines import KeptLine, TicketFields
from app.domain.payments.statements import StatementLine
from local_store import carried, mapping
from local_store.entities import followed
from local_store.evidence_files import KeptFile
from local_store.records import decoded
from local_store.sql import Row, Sql, listed

_TICKETS = """
SELECT t.id, coalesce(t.reference, ''), t.due, coalesce(t.laid, t.fields) FROM $ticket t
WHERE $which ORDER BY t.calm, t.due, t.entity
"""
_CLAIMED = carried.UNVERIFIED.format(carriers="?")
_PARTS = "t.entity IN (SELECT entity FROM entity WHERE id IN (SELECT value FROM json_each(?)))"
_REDUCED = "t.is_open = 1 AND (t.status IN ('new', 'to_complete') OR t.calm = 0)"
_LINE = (
    "key, import_id, imported_at, account, currency, amount, booked, value_date, reference, "
    "bank_reference, payer, text, reversal, at_line"
)


class PaymentQueries:
    """Implements `app.ports.store.PaymentWrites`."""

    def __init__(self, sql: Sql, kept: list[KeptFile]) -> None:
        """`kept` collects the files of evidence that this transaction keeps."""
        self._sql = sql
        self._kept = kept

    def unverified(self) -> Sequence[TicketFields]:
        """Open tickets whose coverage rests on a claim, their own or a part's, most urgent first.

        A merged ticket stands for itself where its readers arrive nowhere on this computer.
        """
        named = carried.carriers(self._sql)
        ids = [part for parts in named.values() for part in parts]
        parts = {one.id: one for one in self._tickets(_PARTS, listed(ids))} if ids else {}
        return [
            replace(one, parts=tuple(parts[id_] for id_ in named.get(one.id, ()) if id_ != one.id))
            for one in self._tickets(_CLAIMED, listed(named))
        ]

    def reduced(self) -> Sequence[TicketFields]:
        """Open tickets that may have parts missing, and those in danger, the most urgent first."""
        return self._tickets(_REDUCED)

    def _tickets(self, which: str, *values: str) -> Sequence[TicketFields]:
        statement = _TICKETS.replace("$which", which)
        return [self._ticket(row) for row in self._sql.all(statement, *values)]

    def _ticket(self, row: Row) -> TicketFields:
        id_, reference, due, stored = row
        fields = decoded(stored)
        customer = fields.get("customer_id")
        named = followed(self._sql, customer) if isinstance(customer, str) and customer else ""
        when = Millis(due) if due is not None and due != mapping.FAR else None
        return TicketFields(id_, reference, when, named, fields)

    def rulings(self) -> Sequence[Mapping[str, Json]]:
        """Every ruling's fields with its `id`, in the order this desk came to know them."""
        found = self._sql.all(
            "SELECT id, coalesce(laid, fields) FROM $ruling "
            "WHERE claim_id IS NOT NULL ORDER BY entity"
        )
        return [{**decoded(fields), "id": id_} for id_, fields in found]

    def billed(self, since: str) -> Sequence[tuple[str, Mapping[str, Json]]]:
        """Payments of billing's feed with a value date from that day (YYYY-MM-DD) on."""
        found = self._sql.all(
            "SELECT id, coalesce(laid, fields) FROM $payment WHERE value_date >= ?", since
        )
        return [(id_, decoded(fields)) for id_, fields in found]

    def lines(self, since: str) -> Sequence[KeptLine]:
        """Imported lines booked from that day on."""
        return [
            _kept(row)
            for row in self._sql.all(
                f"SELECT {_LINE} FROM statement_line WHERE booked >= ? ORDER BY booked, key", since
            )
        ]

    def last_import(self) -> Sequence[KeptLine]:
        """The lines of the statement that was imported last."""
        return [
            _kept(row)
            for row in self._sql.all(
                f"SELECT {_LINE} FROM statement_line WHERE import_id = (SELECT import_id FROM "
                "statement_line ORDER BY imported_at DESC LIMIT 1) ORDER BY booked, key"
            )
        ]

    def known(self, keys: Sequence[str]) -> frozenset[str]:
        """Those of the keys whose lines were imported before."""
        found = self._sql.all(
            "SELECT key FROM statement_line WHERE key IN (SELECT value FROM json_each(?))",
            listed(keys),
        )
        return frozenset(str(key) for (key,) in found)

    def keep_lines(self, lines: Sequence[KeptLine]) -> None:
        """Store them; a line known already stays as it was."""
        marks = ", ".join("?" * 14)
        self._sql.many(
            f"INSERT OR IGNORE INTO statement_line ({_LINE}) VALUES ({marks})",
            [_row(one) for one in lines],
        )

    def evidence(self, file_id: str) -> bytes | None:
        """A file's content; None where another desk has it."""
        found = self._sql.value("SELECT content FROM evidence_file WHERE id = ?", file_id)
        return bytes(found) if isinstance(found, bytes) else None

    def keep_evidence(self, file_id: str, ticket_id: str, content: bytes, at: Millis) -> None:
        """Store a file's content."""
        self._sql.run(
            "INSERT OR IGNORE INTO evidence_file (id, ticket_id, kept_at, content) "
            "VALUES (?, ?, ?, ?)", file_id, ticket_id, at, content,
        )  # fmt: skip
        self._kept.append(KeptFile(file_id, ticket_id, at, content))

    def evidence_ids(self) -> frozenset[str]:
        """The files kept here."""
        return frozenset(str(id_) for (id_,) in self._sql.all("SELECT id FROM evidence_file"))

    def evidence_file(self, file_id: str) -> KeptFile | None:
        """A file with its content; None where it is not here."""
        found = self._sql.all(
            "SELECT id, ticket_id, kept_at, content FROM evidence_file WHERE id = ?", file_id
        )
        return next((KeptFile(id_, ticket, at, bytes(raw)) for id_, ticket, at, raw in found), None)

    def bring_back_evidence(self, files: Iterable[KeptFile]) -> int:
        """Take in what is not here, of records that were not erased; how many there were."""
        count = 0
        for one in files:
            if self.evidence_file(one.id) is not None or self._sql.value(
                "SELECT 1 FROM erased WHERE id = ?", one.ticket_id
            ):
                continue
            self.keep_evidence(one.id, one.ticket_id, one.content, Millis(one.kept_at))
            count += 1
        return count

    def span(
        self, since: Millis, until: Millis
    ) -> tuple[Sequence[Mapping[str, Json]], Sequence[Mapping[str, Json]]]:
        """Fields of the tickets and contacts that began in [since, until)."""
        between = (since, until)
        tickets = self._sql.all(
            "SELECT id, coalesce(laid, fields) FROM $ticket "
            "WHERE happened_at >= ? AND happened_at < ?", *between,
        )  # fmt: skip
        contacts = self._sql.all(
            "SELECT coalesce(laid, fields) FROM $contact WHERE started >= ? AND started < ?",
            *between,
        )
        return (
            [{**decoded(fields), "id": id_} for id_, fields in tickets],
            [decoded(fields) for (fields,) in contacts],
        )


def _row(kept: KeptLine) -> tuple[object, ...]:
    line = kept.line
    return (
        kept.key, kept.import_id, kept.imported_at, kept.account, kept.currency, line.amount,
        line.booked.isoformat(), line.value_date.isoformat(), line.reference,
        line.bank_reference, line.payer, line.text, int(line.reversal), line.at_line,
    )  # fmt: skip


def _kept(row: Row) -> KeptLine:
    (key, import_id, imported_at, account, currency, amount, booked, value_date, reference,
     bank_reference, payer, text, reversal, at_line) = row  # fmt: skip
    line = StatementLine(
        amount=amount,
        booked=date.fromisoformat(booked),
        value_date=date.fromisoformat(value_date),
        reference=reference,
        bank_reference=bank_reference,
        payer=payer,
        text=text,
        reversal=bool(reversal),
        at_line=at_line,
    )
    return KeptLine(key, import_id, Millis(imported_at), account, currency, line)
