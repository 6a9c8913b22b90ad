"""What a desk keeps no longer: records, finished operations, drafts and copies past their days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.domain.central_services import SERVICE_OF, Aggregate
from app.domain.ids import Millis
from app.domain.lifecycle import FINAL
from app.domain.times import DAY
from local_store import carried, records
from local_store.layout import EXPIRED, OUT_OF_SCOPE
from local_store.sql import Sql, listed

LEAST_OUTBOX_DAYS = 30
"""Finished operations are needed that long, to be offered again to a restored central."""
BACKUP_DAYS = DRAFT_DAYS = 30
_ROWS = 100
"""Looked at or taken out in one transaction."""
_FINAL = ", ".join(f"'{state}'" for state in sorted(FINAL))
_FREE = (
    "r.rev IS NOT NULL AND r.laid IS NULL AND NOT EXISTS (SELECT 1 FROM outbox o "
    f"WHERE o.lane = r.id AND o.state NOT IN ({_FINAL})) "
    "AND NOT EXISTS (SELECT 1 FROM conflict c WHERE c.target = r.id AND c.decided_at IS NULL)"
)
"""Nothing of it is unsent or undecided here."""
_NOT_HELD = "r.id NOT IN (SELECT value FROM json_each(:held))"


@dataclass(frozen=True, slots=True)
class Aged:
    """When a record's days begin, and what keeps it all the same."""

    since: str
    """SQL: milliseconds."""
    but: str = "1"
    words: str = ""


def _day(column: str) -> str:
    return f"coalesce(unixepoch(r.{column}) * 1000, r.as_of)"


_UNUSED = "NOT EXISTS (SELECT 1 FROM $ticket t WHERE t.customer_id = {id})"

RETAINED: dict[Aggregate, Aged] = {
    Aggregate.TICKET: Aged(
        "r.happened_at",
        "r.is_open = 0",
        "from the call, once it is closed; merged with an open claim or promise, once the other "
        "one is closed",
    ),
    Aggregate.CONTACT: Aged(
        "coalesce(r.started, r.as_of)", "r.call_back_due IS NULL", "from the call, once rung back"
    ),
    Aggregate.CUSTOMER: Aged(
        "r.as_of", _UNUSED.format(id="r.id"), "from the last change, without a ticket here"
    ),
    Aggregate.DEVICE: Aged(
        "r.as_of", _UNUSED.format(id="r.customer_id"), "from the last change, as its customer"
    ),
    Aggregate.PLAN: Aged(_day("ends"), words="from its end"),
    Aggregate.PAYMENT: Aged(_day("value_date"), words="from the value date"),
    Aggregate.VISIT: Aged("coalesce(r.window_end, r.as_of)", words="from the visit's window"),
    Aggregate.MESSAGE: Aged("r.as_of", words="from the last change"),
    Aggregate.RULING: Aged("r.as_of", words="from the last change"),
    Aggregate.PROPOSAL: Aged("r.as_of", "r.state NOT IN ('open', 'asked')", "once decided"),
}
"""Tables of the mirror that a retention in days applies to; the others hold no one's data."""

OTHERS = {
    "outbox": f"from the day it is settled, withdrawn or replaced; at least {LEAST_OUTBOX_DAYS}",
    "draft": "from its last change (`drafts_days`)",
    "statement_line": "from its import",
    "evidence_file": "from the day it was kept",
    "backup": f"from its making; {BACKUP_DAYS} unless configured",
}
"""What else has its days, by the name the configuration uses."""

_QUEUES = {
    "open": "r.is_open = 1",
    "to_complete": "r.is_open = 1 AND r.status = 'to_complete'",
    "quarantine": "r.is_open = 1 AND r.status = 'quarantined'",
    "models": "r.is_open = 1 AND r.unresolved = 1",
    "payments": "(r.is_open = 1 AND r.unverified = 1 "
    "OR r.id IN (SELECT value FROM json_each(:carriers)))",
}
_SCOPE = re.compile(r"(months|queues|desks):([\w, -]+)")
_MONTH = 31 * DAY
_OF_AN_OPERATION = ("outbox", "dependency", "conflict", "parallel_edit", "second_offer")
"""Tables whose rows go with their operation."""


@dataclass(frozen=True, slots=True)
class Past:
    """Records of one table that may go, and why."""

    aggregate: Aggregate
    entities: tuple[int, ...]
    reason: str


class Retention:
    """One transaction's look at what is past its days. Time is central's, never this machine's."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql
        self._now = _central_time(sql)

    def step(self) -> bool:
        """Take out a little of what this desk wrote itself; whether there may be more."""
        if self._now is None:
            return False
        return any(part() for part in (self._operations, self._drafts, self._lines, self._evidence))

    @property
    def now(self) -> Millis | None:
        """The newest time any service has named as its data's; None before the first contact."""
        return self._now

    # --- what this desk decided ------------------------------------------------------------

    def _operations(self) -> bool:
        """Finished for long enough, with nothing unfinished in its lane or behind it."""
        self._sql.run(
            f"DELETE FROM aging WHERE what IN (SELECT 'op:' || op_id FROM outbox "
            f"WHERE state NOT IN ({_FINAL}))"
        )
        self._sql.run(
            "INSERT OR IGNORE INTO aging (what, since) SELECT 'op:' || op_id, ? FROM outbox "
            f"WHERE state IN ({_FINAL}) "
            "AND NOT EXISTS (SELECT 1 FROM aging WHERE what = 'op:' || op_id) LIMIT ?",
            self._now, 4 * _ROWS,
        )  # fmt: skip
        days = max(LEAST_OUTBOX_DAYS, self._days("outbox") or LEAST_OUTBOX_DAYS)
        found = self._sql.all(
            "SELECT o.op_id FROM aging a JOIN outbox o ON a.what = 'op:' || o.op_id "
            f"WHERE a.since <= ? AND o.state IN ({_FINAL}) AND NOT EXISTS (SELECT 1 FROM outbox p "
            f"WHERE p.lane = o.lane AND p.state NOT IN ({_FINAL})) AND NOT EXISTS (SELECT 1 FROM "
            "dependency d JOIN outbox n ON n.op_id = d.op_id WHERE d.needs = o.op_id "
            f"AND n.state NOT IN ({_FINAL})) AND NOT EXISTS (SELECT 1 FROM conflict c "
            "WHERE c.op_id = o.op_id AND c.decided_at IS NULL) LIMIT ?",
            self._before(days), _ROWS,
        )  # fmt: skip
        gone = listed(op_id for (op_id,) in found)
        for table in _OF_AN_OPERATION:
            self._sql.run(
                f"DELETE FROM {table} WHERE op_id IN (SELECT value FROM json_each(?))", gone
            )
        self._sql.run(
            "DELETE FROM aging WHERE what IN (SELECT 'op:' || value FROM json_each(?))", gone
        )
        return len(found) == _ROWS

    def _drafts(self) -> bool:
        """Nobody has touched it since this desk first saw it as it is."""
        named = "'draft:' || id || ':' || changed"
        self._sql.run(
            f"INSERT OR IGNORE INTO aging (what, since) SELECT {named}, ? FROM draft", self._now
        )
        before = self._before(self._days("draft") or DRAFT_DAYS)
        self._sql.run(
            f"DELETE FROM draft WHERE {named} IN (SELECT what FROM aging WHERE since <= ?)", before
        )
        self._sql.run(
            "DELETE FROM aging WHERE what LIKE 'draft:%' "
            f"AND what NOT IN (SELECT {named} FROM draft)"
        )
        return False

    def _lines(self) -> bool:
        days = self._days("statement_line")
        if days is None:
            return False
        gone = self._sql.run(
            "DELETE FROM statement_line WHERE key IN (SELECT key FROM statement_line "
            "WHERE imported_at <= ? LIMIT ?)",
            self._before(days), _ROWS,
        )  # fmt: skip
        return gone == _ROWS

    def _evidence(self) -> bool:
        days = self._days("evidence_file")
        if days is not None:
            self._sql.run("DELETE FROM evidence_file WHERE kept_at <= ?", self._before(days))
        return False

    # --- what central's is -------------------------------------------------------------------

    def past(self) -> Past | None:
        """Some records of the mirror that are past their days or outside the scope; to be read
        beside the writer, for it looks at every row.
        """
        if self._now is None:
            return None
        found = (self._past(*rule) for rule in self._rules())
        return next((one for one in found if one is not None), None)

    def _past(
        self, aggregate: Aggregate, where: str, values: Mapping[str, object], reason: str
    ) -> Past | None:
        rows = self._sql.all_named(
            f"SELECT r.entity FROM ${aggregate} r WHERE {where} AND {_FREE} AND {_NOT_HELD} "
            "LIMIT :rows",
            {**values, "rows": _ROWS, "held": self._held(aggregate, reason)},
        )
        return Past(aggregate, tuple(row[0] for row in rows), reason) if rows else None

    def take_out(self, past: Past) -> None:
        """Those of the records that are still as free to go as they were."""
        found = self._sql.all_named(
            f"SELECT r.entity, r.id, r.rev, r.term FROM ${past.aggregate} r "
            f"WHERE r.entity IN (SELECT value FROM json_each(:these)) AND {_FREE} AND {_NOT_HELD}",
            {"these": listed(past.entities), "held": self._held(past.aggregate, past.reason)},
        )
        records.remove(self._sql, past.aggregate, [row[0] for row in found])
        if past.aggregate is Aggregate.TICKET:
            self._sql.run(
                "DELETE FROM evidence_file WHERE ticket_id IN (SELECT value FROM json_each(?))",
                listed(row[1] for row in found),
            )
        kept = (past.aggregate.value, past.reason, self._now)
        self._sql.many(
            "INSERT OR REPLACE INTO removed (id, rev, term, type, reason, at) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            [(id_, rev, term, *kept) for _entity, id_, rev, term in found],
        )
        self._sql.run(
            "UPDATE feed SET mirrored = mirrored - ? WHERE service = ?",
            len(found), SERVICE_OF[past.aggregate].value,
        )  # fmt: skip

    def _held(self, aggregate: Aggregate, reason: str) -> str:
        """Merged tickets with a claim to verify, or a promise to keep under an open one.

        Their days begin when that is over.

        Outside the scope they go as soon as the ticket that it is worked on under is not here.
        """
        if aggregate is not Aggregate.TICKET:
            return listed(())
        named = carried.carriers(self._sql)
        claimed = (
            part for at, parts in named.items() for part in parts if part != at or reason == EXPIRED
        )
        return listed({*claimed, *carried.promised(self._sql)})

    def _rules(self) -> Iterator[tuple[Aggregate, str, Mapping[str, object], str]]:
        for table, days, scope in self._sql.all('SELECT "table", days, scope FROM retention'):
            if table not in set(Aggregate):
                continue
            aggregate = Aggregate(table)
            aged = RETAINED.get(aggregate)
            if aged is not None and days is not None:
                where = f"{aged.since} <= :before AND {aged.but}"
                yield aggregate, where, {"before": self._before(days)}, EXPIRED
            outside = self._outside(aggregate, str(scope or ""))
            if outside is not None:
                yield aggregate, *outside, OUT_OF_SCOPE

    def _outside(self, aggregate: Aggregate, scope: str) -> tuple[str, dict[str, object]] | None:
        """What a scope leaves out; it is written ``months:6;queues:open,models;desks:K7,K8``."""
        wheres: list[str] = []
        values: dict[str, object] = {}
        for kind, words in _SCOPE.findall(scope):
            names = [one.strip() for one in words.split(",")]
            if kind == "months" and aggregate in RETAINED and words.strip().isdigit():
                since = RETAINED[aggregate].since
                wheres.append(f"{since} <= :months")
                values["months"] = Millis((self._now or 0) - int(words) * _MONTH)
            elif kind == "queues" and aggregate is Aggregate.TICKET:
                known = [f"({_QUEUES[one]})" for one in names if one in _QUEUES]
                values["carriers"] = listed(carried.carriers(self._sql))
                if len(known) == len(names):
                    wheres.append(f"NOT ({' OR '.join(known)})")
            elif kind == "desks" and aggregate is Aggregate.TICKET:
                wheres.append(
                    "substr(r.reference, 1, instr(r.reference, '-') - 1) NOT IN "
                    "(SELECT value FROM json_each(:desks))"
                )
                values["desks"] = listed(names)
        return (f"({' OR '.join(wheres)})", values) if wheres else None

    # --- the rules ---------------------------------------------------------------------------

    def _days(self, table: str) -> int | None:
        found = self._sql.value('SELECT days FROM retention WHERE "table" = ?', table)
        return None if found is None else int(found)

    def _before(self, days: int) -> Millis:
        return Millis((self._now or 0) - days * DAY)


def past_backups(sql: Sql, named: list[str]) -> list[str]:
    """Those of the copies that are past their days; each is remembered from its first sight on."""
    now = _central_time(sql)
    if now is None:
        return []
    sql.many(
        "INSERT OR IGNORE INTO aging (what, since) VALUES (?, ?)",
        [(f"copy:{one}", now) for one in named],
    )
    before = now - _backup_days(sql) * DAY
    rows = sql.all("SELECT what FROM aging WHERE what LIKE 'copy:%' AND since <= ?", before)
    return [str(what).removeprefix("copy:") for (what,) in rows]


def is_past(sql: Sql, now: Millis) -> bool:
    """Whether what a store knows of central is older than a copy of one may become."""
    known = _central_time(sql)
    return known is not None and now - known > _backup_days(sql) * DAY


def _backup_days(sql: Sql) -> int:
    days = sql.value("SELECT days FROM retention WHERE \"table\" = 'backup'")
    return BACKUP_DAYS if days is None else int(days)


def forget_backups(sql: Sql, gone: list[str]) -> None:
    """They are no more."""
    sql.run(
        "DELETE FROM aging WHERE what IN (SELECT 'copy:' || value FROM json_each(?))", listed(gone)
    )


def _central_time(sql: Sql) -> Millis | None:
    found = sql.value("SELECT max(source_as_of) FROM feed")
    return None if found is None else Millis(found)
