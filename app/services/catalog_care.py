"""Care of the catalog: retire, merge, take either back; and entries from a file, whole or not."""

from __future__ import annotations

import asyncio
import hashlib
import re
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.central.contract.signatures import digest_of
from app.domain.catalog_import import (
    Fate,
    FileRow,
    JudgedRow,
    KnownEntry,
    judge,
    model_key,
    read_rows,
)
from app.domain.central_services import Aggregate
from app.domain.changes import Changes
from app.domain.errors import Invalid, NotFound, Refused
from app.domain.ids import EntityId, OpId
from app.domain.model_work import EntryCard, MergedAway
from app.domain.operations import FieldChange, Json
from app.domain.people import Permission, Person
from app.domain.views import EntryNames
from app.ports.store import ReadTx, WriteTx
from app.services.conflicts import disputed
from app.services.decisions import Decided, Decision, decide, decide_once
from app.services.desk import Desk, require

RETIRED, SUPPORTED = "retired", "supported"
_PAGE = 2_000
_CONTRACT_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_FROM_A_FILE = "offhook catalog file 1"
_PARTS = ((0, 8), (8, 12), (12, 16), (16, 20), (20, 32))
"""Of a digest: what stands between the hyphens of an id."""
LARGEST_FILE = 20_000_000
"""Bytes: far more than the most rows that are taken in at once."""


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What a file would change; nothing has been."""

    rows: tuple[JudgedRow, ...]
    digest: str
    """Of exactly this: what is confirmed is what was shown."""
    entry_ids: Mapping[str, EntityId] = field(default_factory=dict)
    """The file's own ids → those of the catalog, which are of another form where the file's are
    none that the contract knows.
    """

    def count(self, fate: Fate) -> int:
        return sum(one.fate is fate for one in self.rows)


class CatalogCare:
    """The catalog's own service; everything is an operation with conflicts like any other."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def card(self, entry_id: str) -> EntryCard | None:
        """The entry, merged away or not, with all that hangs on it; None where it is not here."""
        return await self._desk.store.read(lambda tx: _card(tx, entry_id))

    async def merged_away(self) -> Sequence[MergedAway]:
        """Entries that readers are sent on from: no search finds them."""
        return await self._desk.store.read(lambda tx: tx.models.merged_away())

    async def retire(self, entry_id: str, person: Person) -> Decided:
        """No longer supported; what points at it stays."""
        return await self._set_status(entry_id, RETIRED, person)

    async def support(self, entry_id: str, person: Person) -> Decided:
        """Supported again."""
        return await self._set_status(entry_id, SUPPORTED, person)

    async def _set_status(self, entry_id: str, status: str, person: Person) -> Decided:
        op_id = OpId(self._desk.ids.new_id())

        def write(tx: WriteTx) -> Decided:
            fields, rev = _entry(tx, entry_id)
            if fields.get("status") == status:
                raise Refused(f"It is {status} already.", safe="Nothing was written.")
            changes = {"status": FieldChange(fields.get("status"), status)}
            decision = Decision(
                "catalog_entry.set", EntityId(entry_id), op_id, changes=changes, base_rev=rev
            )
            return decide(self._desk, tx, person, decision)

        return await decide_once(self._desk, op_id, write)

    # --- from a file -----------------------------------------------------------------------

    async def read(self, file: Path) -> str:
        """The file's text, read away from the caller's thread. Raises Invalid."""
        return await asyncio.to_thread(_read, file)

    async def preview(self, text: str) -> ImportPreview:
        """What the file would change. Raises Invalid for no catalog."""
        rows, bad = read_rows(text)
        names = await self._names()
        here = {one.id for one in names}
        ids = {row.id: _entry_id(row.id, here) for row in rows if row.id}
        in_file = {entry_id: id_ for id_, entry_id in ids.items()}
        by_id = {in_file.get(EntityId(one.id), one.id): _known(one) for one in names}
        by_key = {
            model_key(one.maker, one.name, one.numbers): in_file.get(EntityId(one.id), one.id)
            for one in names
        }
        judged = judge(rows, by_id, by_key)
        shown = tuple(sorted((*judged, *bad), key=lambda one: one.row.line))
        return ImportPreview(shown, digest_of([_as_shown(one) for one in shown]), ids)

    async def _names(self) -> Sequence[EntryNames]:
        found: list[EntryNames] = []
        after = -1
        while after:
            page, after = await self._desk.store.read(_page(after))
            found += page
        return [*found, *await self._desk.store.read(_approved_here)]

    async def apply(self, text: str, digest: str, person: Person) -> list[Decided]:
        """New and changed rows, in one transaction; the operations that made.

        Raises Refused where the catalog moved since the preview, NotAllowed; then nothing is in.
        """
        require(person, Permission.DECIDE_MODELS)
        moved = threading.Event()
        forget = self._desk.store.subscribe(lambda now: _note(moved, now))
        try:
            preview = await self.preview(text)
            if preview.digest != digest:
                raise _has_changed()
            return await self._taken_in(preview, person, moved)
        finally:
            forget()

    async def _taken_in(
        self, preview: ImportPreview, person: Person, moved: threading.Event
    ) -> list[Decided]:
        """In one transaction, and only over the catalog that was compared: `moved` is set by the
        writer's own thread right after any other commit to it.
        """
        wanted = [one for one in preview.rows if one.fate in (Fate.NEW, Fate.CHANGED)]
        ids = [OpId(self._desk.ids.new_id()) for _ in wanted]
        known = preview.entry_ids
        fresh = [known.get(one.row.id) or EntityId(self._desk.ids.new_id()) for one in wanted]

        def write(tx: WriteTx) -> list[Decided]:
            if moved.is_set():
                raise _has_changed()
            return [
                decide(self._desk, tx, person, self._decision(tx, one, op_id, entry_id))
                for one, op_id, entry_id in zip(wanted, ids, fresh, strict=True)
            ]

        return await self._desk.store.write(write)

    def _decision(self, tx: ReadTx, judged: JudgedRow, op_id: OpId, entry_id: EntityId) -> Decision:
        new = _fields(judged.row)
        if judged.fate is Fate.NEW:
            changes = {name: FieldChange(None, value) for name, value in new.items()}
            return Decision("catalog_entry.create", entry_id, op_id, changes=changes)
        fields, rev = _entry(tx, entry_id)
        moved = {
            name: FieldChange(fields.get(name), value)
            for name, value in new.items()
            if name not in ("status", "source") and fields.get(name) != value
        }
        return Decision("catalog_entry.set", entry_id, op_id, changes=moved, base_rev=rev)


def _entry_id(id_: str, here: Collection[str]) -> EntityId:
    """The file's id where the catalog has it or the contract knows its form, else one that the
    same id always gives, so that the file taken in again changes what it made.
    """
    if id_ in here or _CONTRACT_ID.fullmatch(id_):
        return EntityId(id_)
    made = hashlib.sha256(f"{_FROM_A_FILE} {id_}".encode()).hexdigest()
    return EntityId("-".join(made[start:end] for start, end in _PARTS))


def _as_shown(one: JudgedRow) -> list[Json]:
    """All that a person sees of a row: what it would change, and from what."""
    changes: list[Json] = [[name, *pair] for name, pair in (one.changes or {}).items()]
    row = one.row
    return [row.line, row.id, row.key, row.name, row.category, one.fate.value, one.other, changes]


def _has_changed() -> Refused:
    return Refused(
        "The catalog or the file has changed since it was shown.",
        safe="Nothing was taken in.",
        todo="Look at the differences again.",
    )


def _note(moved: threading.Event, changes: Changes) -> None:
    if changes.touches("catalog_entry", "proposal"):
        moved.set()


def _approved_here(tx: ReadTx) -> Sequence[EntryNames]:
    return tx.catalog.entries_of(tx.catalog.approved_here())


def _read(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise Invalid("The file cannot be read.") from error
    if len(raw) > LARGEST_FILE:
        raise Invalid("The file is larger than 20 MB.", todo="Split it.")
    return raw.decode("utf-8-sig", errors="replace")


def _card(tx: ReadTx, entry_id: str) -> EntryCard | None:
    away = {one.entry.id: one for one in tx.models.merged_away()}
    gone = away.get(entry_id)
    if gone is not None:
        found = tx.catalog.entries_of([gone.into])
        both = tuple(one for one in disputed(tx) if one.target == entry_id)
        return EntryCard(gone.entry, into=found[0] if found else None, disputed=both)
    here = tx.catalog.entries_of([entry_id])
    if not here:
        return None
    merged = tuple(one.entry for one in away.values() if one.into == entry_id)
    words, tickets = tx.models.aliases_of(entry_id), tx.models.tickets_of(entry_id)
    own = {entry_id, *(one.id for one in words)}
    both = tuple(one for one in disputed(tx) if one.target in own)
    return EntryCard(here[0], tuple(words), tuple(tickets), merged, disputed=both)


def _page(after: int) -> Callable[[ReadTx], tuple[Sequence[EntryNames], int]]:
    return lambda tx: tx.catalog.entries(after, _PAGE)


def _entry(tx: ReadTx, entry_id: str) -> tuple[dict[str, Json], int | None]:
    known = tx.own_record(Aggregate.CATALOG_ENTRY, entry_id)
    if known is None:
        raise NotFound("That model is not in the catalog on this computer.")
    return dict(known[0]), known[1]


def _known(one: EntryNames) -> KnownEntry:
    return KnownEntry(one.id, one.maker, one.name, one.numbers, one.category)


def _fields(row: FileRow) -> dict[str, Json]:
    return {
        "maker": row.maker, "name": row.name or row.number,
        "numbers": [row.number] if row.number else [], "category": row.category,
        "status": SUPPORTED, "source": "import",
    }  # fmt: skip
