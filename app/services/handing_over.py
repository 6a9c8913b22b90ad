"""A desk's unsent work handed to another desk: as a file only that desk opens, and taken there."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.central.contract import bodies, hand_overs, wire
from app.central.contract.hand_overs import HandedOperation, HandOver, HandOverReceipt
from app.domain.central_services import SERVICE_OF, Service
from app.domain.changes import Changes
from app.domain.configuration import DeskEntry
from app.domain.desk_keys import DESK_KEY, SEALING_KEY, sealing_key_of
from app.domain.errors import EnvironmentFault, Invalid, NotFound, Refused
from app.domain.ids import Millis
from app.domain.lifecycle import WITHOUT_VERDICT, OpState
from app.domain.operations import NewOperation
from app.domain.people import Permission, Person
from app.domain.take_overs import TAKE_OVERS
from app.domain.times import to_rfc3339
from app.ports.store import HELD, DeskIdentity, ReadTx, StoredOperation, WriteTx
from app.services.desk import Desk, require

_UNSENT = WITHOUT_VERDICT | {OpState.PARKED}


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was made, and what is in it."""

    content: bytes
    to: DeskEntry
    operations: int
    drafts: int


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What a file brought."""

    from_desk: str
    operations: int
    known_here: int
    """Operations this desk had already."""
    drafts: int
    receipt: HandOverReceipt


class HandingOver:
    """The file is safe to lose and safe to take twice: both desks keep the same ids."""

    def __init__(
        self,
        desk: Desk,
        random: Callable[[int], bytes],
        renewed: Callable[[DeskIdentity], None] = lambda _identity: None,
    ) -> None:
        """`renewed` is told of the new incarnation, under which everything goes from then on."""
        self._desk = desk
        self._random = random
        self._renewed = renewed

    # --- giving -----------------------------------------------------------------------------

    async def give(self, to: str, person: Person) -> Given:
        """Seal everything unsent for a desk of the directory.

        From here on this desk goes on under its next spare code and a new incarnation, and asks
        central about each of these operations before it would send one itself. Nothing leaves the
        outbox: a lost file loses nothing. Raises NotAllowed, NotFound, Refused.
        """
        require(person, Permission.TAKE_CALLS)
        entry = self._entry(to)
        if not entry.sealing_key:
            raise Refused(
                "That desk has not told central its key yet.",
                safe="Nothing was written.",
                todo="It does so with its next contact; or choose another desk.",
            )
        made_at = self._desk.clock.now()
        incarnation = self._desk.ids.new_id()
        given = await self._desk.store.write(
            lambda tx: self._sealed(tx, entry, made_at, incarnation)
        )
        await self._desk.refresh()
        self._renewed(self._desk.identity)
        return given

    async def give_to_file(self, to: str, out: Path, person: Person) -> Given:
        """As `give`, into a file that is not there yet. Raises Invalid, EnvironmentFault."""
        if await asyncio.to_thread(out.exists):
            raise Invalid("That file is there already.", todo="Name another one.")
        given = await self.give(to, person)
        await asyncio.to_thread(_write, out, given.content)
        return given

    def _entry(self, wanted: str) -> DeskEntry:
        own, folded = self._desk.identity.desk_id, wanted.strip().casefold()
        for one in self._desk.configuration.desks:
            names = {one.desk_id, one.name.casefold(), *(code.casefold() for code in one.codes)}
            if folded in names and one.desk_id != own:
                return one
        raise NotFound("No other desk of that name is in the directory.")

    def _sealed(self, tx: WriteTx, entry: DeskEntry, made_at: Millis, incarnation: str) -> Given:
        identity, operations, drafts = tx.desk.identity(), unsent(tx), list(tx.drafts())
        handed = [
            HandedOperation(one.op_id, one.service.value, one.raw, one.digest, one.recorded_at)
            for one in operations
        ]
        certificate = wire.TakeOver(
            from_desk=identity.desk_id,
            to_desk=entry.desk_id,
            incarnation=identity.incarnation,
            digest=hand_overs.digest_of(one.op_id for one in handed),
            made_at=to_rfc3339(made_at),
            signature="",
        )
        certificate = hand_overs.certified(certificate, _desk_key(tx))
        content = hand_overs.sealed(
            HandOver(certificate, handed, drafts), entry.sealing_key, self._random
        )
        tx.desk.start_again(incarnation)
        tx.note_change(Changes.of("configuration"))
        return Given(content, entry, len(handed), len(drafts))

    # --- taking -----------------------------------------------------------------------------

    async def take(self, file: bytes, person: Person) -> TakenOver:
        """Take another desk's work into this outbox, under its own ids and in its old order.

        Central is asked about every id before any is sent. Taking the same file again changes
        nothing. Raises NotAllowed, Invalid, Refused.
        """
        require(person, Permission.TAKE_CALLS)
        kept = sealing_key_of(await self._desk.store.read(lambda tx: tx.desk.setting(SEALING_KEY)))
        if kept is None:
            raise Refused("This desk has no key of its own yet.", todo="Start it once, then again.")
        found = hand_overs.opened(file, kept.private)
        self._require_signed(found)
        return await self._desk.store.write(lambda tx: self._taken(tx, found))

    async def take_file(self, file: Path, receipt: Path | None, person: Person) -> TakenOver:
        """As `take`, from a file; what was taken is confirmed in the receipt's new file.

        Raises Invalid where the file cannot be read, EnvironmentFault.
        """
        try:
            content = await asyncio.to_thread(file.read_bytes)
        except OSError as error:
            raise Invalid("The hand-over's file cannot be read.") from error
        taken = await self.take(content, person)
        if receipt is not None:
            await asyncio.to_thread(_write, receipt, msgspec.json.encode(taken.receipt))
        return taken

    def _require_signed(self, found: HandOver) -> None:
        certificate = found.certificate
        giver = self._desk.configuration.desk(certificate.from_desk)
        if certificate.to_desk != self._desk.identity.desk_id:
            raise Refused("That hand-over is for another desk.")
        if giver is None or not hand_overs.is_certified(certificate, giver.public_key):
            raise Refused(
                "The desk that is named did not sign this hand-over.",
                safe="Nothing was written.",
                todo="Fetch the newest directory (sync), or have the file made again.",
            )

    def _taken(self, tx: WriteTx, found: HandOver) -> TakenOver:
        brought: set[str] = set()
        services: set[str] = set()
        for one in found.operations:
            if tx.outbox.get(one.op_id) is None:
                tx.outbox.append(_operation(one), Millis(one.recorded_at))
                brought.add(one.op_id)
                services.add(one.service)
        known = {draft.call.draft_id for draft in tx.drafts()}
        fresh = [draft for draft in found.drafts if draft.call.draft_id not in known]
        for draft in fresh:
            tx.keep_draft(draft)
        if services:
            held = tx.desk.setting(HELD)
            before = [str(name) for name in held] if isinstance(held, list) else []
            tx.desk.set_setting(HELD, [*sorted({*before, *services})])
        self._remember(tx, found.certificate)
        tx.note_change(Changes.of("held"))
        return TakenOver(
            from_desk=found.certificate.from_desk,
            operations=len(brought),
            known_here=len(found.operations) - len(brought),
            drafts=len(fresh),
            receipt=hand_overs.receipt(found, _desk_key(tx)),
        )

    @staticmethod
    def _remember(tx: WriteTx, certificate: wire.TakeOver) -> None:
        kept = tx.desk.setting(TAKE_OVERS)
        shown = list(kept) if isinstance(kept, list) else []
        text = msgspec.json.encode(certificate).decode()
        if text not in shown:
            tx.desk.set_setting(TAKE_OVERS, [*shown, text])

    # --- leaving ----------------------------------------------------------------------------

    async def require_removable_by(self, receipt: Path | None) -> int:
        """As `require_removable`, the receipt from its file. Raises Invalid."""
        found = None if receipt is None else await asyncio.to_thread(read_receipt, receipt)
        return await self.require_removable(found)

    async def require_removable(self, receipt: HandOverReceipt | None) -> int:
        """How many operations another desk holds; Refused while unsent work is only here."""

        def read(tx: ReadTx) -> tuple[list[StoredOperation], int]:
            return unsent(tx), len(tx.drafts())

        operations, drafts = await self._desk.store.read(read)
        held: set[str] = set()
        if receipt is not None:
            taker = self._desk.configuration.desk(receipt.to_desk)
            own = receipt.from_desk == self._desk.identity.desk_id
            if not own or taker is None or not hand_overs.is_receipt_of(receipt, taker.public_key):
                raise Invalid("That receipt is not for this desk, or of none in the directory.")
            held = set(receipt.op_ids)
        left = [one for one in operations if one.op_id not in held]
        if left or (drafts and receipt is None):
            raise Refused(
                f"Work here is not at central yet: {len(left)} unsent, {drafts} drafts.",
                safe="Nothing was removed.",
                todo="Send it (sync), or hand it over to another desk and give its receipt.",
            )
        return len(operations)


def read_receipt(file: Path) -> HandOverReceipt:
    """Raises Invalid."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=HandOverReceipt)
    except (OSError, msgspec.MsgspecError) as error:
        raise Invalid("The receipt cannot be read.") from error


def _write(target: Path, content: bytes) -> None:
    try:
        with target.open("xb") as out:
            out.write(content)
    except OSError as error:
        raise EnvironmentFault(
            "The file could not be written.",
            safe="Everything is still in this desk's outbox.",
            todo="Name another place, then again.",
        ) from error


def unsent(tx: ReadTx) -> list[StoredOperation]:
    """Everything without a verdict and everything parked, in the order it was decided."""
    found = (tx.outbox.get(row.op_id) for row in tx.outbox.rows() if row.state in _UNSENT)
    return sorted((one for one in found if one is not None), key=lambda one: one.seq)


def _desk_key(tx: ReadTx) -> Ed25519PrivateKey:
    kept = tx.desk.setting(DESK_KEY)
    if not isinstance(kept, str):
        raise Refused("This desk has no key of its own.", todo="Enrol it again.")
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(kept))


def _operation(one: HandedOperation) -> NewOperation:
    body = bodies.read(one.raw)
    return NewOperation(body, Service(SERVICE_OF[body.rule.aggregate]), one.raw, one.digest)
