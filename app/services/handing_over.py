"""A desk's unsent work handed to another desk: as a file only that desk opens, and taken there."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.central.contract import bodies, hand_overs, wire
from app.central.contract.hand_overs import HandedOperation, HandOver, HandOverReceipt
from app.central.contract.seeds import fingerprint, plain
from app.domain.call import Draft
from app.domain.central_services import SERVICE_OF, Service
from app.domain.changes import Changes
from app.domain.configuration import DeskEntry
from app.domain.desk_keys import DESK_KEY, SEALING_KEY, sealing_key_of
from app.domain.errors import EnvironmentFault, Invalid, NotFound, Refused
from app.domain.giving_up import GivenUp
from app.domain.ids import Millis
from app.domain.lifecycle import WITHOUT_VERDICT, OpState
from app.domain.operations import NewOperation
from app.domain.people import Permission, Person
from app.domain.take_overs import TAKE_OVERS
from app.domain.times import to_rfc3339
from app.domain.words import fold
from app.ports.store import HELD, DeskIdentity, ReadTx, StoredOperation, WriteTx
from app.services import handed_drafts
from app.services.desk import Desk, require
from app.services.handed_drafts import Away
from app.services.leaving import only_here, require_given_up

_UNSENT = WITHOUT_VERDICT | {OpState.PARKED}


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was made, and what is in it."""

    content: bytes
    to: DeskEntry
    operations: int
    drafts: int
    elsewhere: int
    """Drafts that a third desk has already, and that are left out."""
    fingerprint: str
    """Of this desk's key where the directory has another one: a person compares it there."""


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
        outbox: a lost file loses nothing. The drafts stay too, and are saved here no more before
        somebody takes them back (`Intake.take_back`). Raises NotAllowed, NotFound, Refused.
        """
        require(person, Permission.TAKE_CALLS)
        entry = self._entry(to)
        made_at = self._desk.clock.now()
        incarnation = self._desk.ids.new_id()
        given = await self._desk.store.write(
            lambda tx: self._sealed(tx, entry, made_at, incarnation)
        )
        await self._desk.refresh()
        self._renewed(self._desk.identity)
        return given

    async def give_to_file(self, to: str, out: Path, person: Person) -> Given:
        """As `give`, into a file that is not there yet. Raises Invalid, EnvironmentFault.

        The file is there before a code or an incarnation is used, and gone again where the rest
        fails.
        """
        async with _fresh(out) as file:
            given = await self.give(to, person)
            await asyncio.to_thread(_filled, file, given.content)
        return given

    def _entry(self, wanted: str) -> DeskEntry:
        """By id, code or name, and never a guess between desks of one name."""
        own, asked = self._desk.identity.desk_id, wanted.strip()
        others = [one for one in self._desk.configuration.desks if one.desk_id != own]
        named = [one for one in others if asked == one.desk_id or _has_code(one, asked)]
        named = named or [one for one in others if fold(one.name) == fold(asked)]
        if not named:
            raise NotFound("No other desk of that name is in the directory.")
        able = [one for one in named if one.sealing_key]
        if not able:
            raise Refused(
                "That desk has not told central its key yet.",
                safe="Nothing was written.",
                todo="It does so with its next contact; or choose another desk.",
            )
        if len(able) > 1:
            listed = "; ".join(f"{one.name} ({', '.join(one.codes)})" for one in able)
            raise Refused(
                f"More than one desk has that name: {listed}.",
                safe="Nothing was written.",
                todo="Name it by its code: that of the references it gives now.",
            )
        return able[0]

    def _sealed(self, tx: WriteTx, entry: DeskEntry, made_at: Millis, incarnation: str) -> Given:
        identity, operations = tx.desk.identity(), unsent(tx)
        drafts = handed_drafts.to_give(tx, entry.desk_id)
        elsewhere = len(tx.drafts()) - len(drafts)
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
        key = _desk_key(tx)
        own_key = base64.b64encode(key.public_key().public_bytes_raw()).decode()
        certificate = hand_overs.certified(certificate, key)
        content = hand_overs.sealed(
            HandOver(certificate, handed, drafts, own_key), entry.sealing_key, self._random
        )
        tx.desk.start_again(incarnation)
        hand_over = hand_overs.id_of(certificate)
        handed_drafts.note_given(tx, drafts, entry.desk_id, hand_over, made_at)
        tx.note_change(Changes.of("configuration"))
        return Given(content, entry, len(handed), len(drafts), elsewhere, self._unlisted(own_key))

    def _unlisted(self, own_key: str) -> str:
        own = self._desk.configuration.desk(self._desk.identity.desk_id)
        return "" if own is not None and own.public_key == own_key else fingerprint(own_key)

    # --- taking -----------------------------------------------------------------------------

    async def take(self, file: bytes, person: Person, giver: str | None = None) -> TakenOver:
        """Take another desk's work into this outbox, under its own ids and in its old order.

        Central is asked about every id before any is sent. Taking the same file again changes
        nothing, whatever has become of its drafts here. `giver` is the fingerprint that the giving
        desk shows, as a person compared it: for a desk whose key is not in the directory, as that
        of a second computer from one seed. Raises NotAllowed, Invalid, Refused.
        """
        require(person, Permission.TAKE_CALLS)
        kept = sealing_key_of(await self._desk.store.read(lambda tx: tx.desk.setting(SEALING_KEY)))
        if kept is None:
            raise Refused("This desk has no key of its own yet.", todo="Start it once, then again.")
        found = hand_overs.opened(file, kept.private)
        self._require_signed(found, giver)
        return await self._desk.store.write(lambda tx: self._taken(tx, found))

    async def take_file(
        self, file: Path, receipt: Path | None, person: Person, giver: str | None = None
    ) -> TakenOver:
        """As `take`, from a file; what was taken is confirmed in the receipt's new file.

        That file is there before anything is taken. Raises Invalid where the hand-over cannot be
        read or the receipt's file is there already, EnvironmentFault.
        """
        try:
            content = await asyncio.to_thread(file.read_bytes)
        except OSError as error:
            raise Invalid("The hand-over's file cannot be read.") from error
        if receipt is None:
            return await self.take(content, person, giver)
        async with _fresh(receipt) as out:
            taken = await self.take(content, person, giver)
            await asyncio.to_thread(_filled, out, msgspec.json.encode(taken.receipt))
        return taken

    def _require_signed(self, found: HandOver, compared: str | None) -> None:
        certificate = found.certificate
        giver = self._desk.configuration.desk(certificate.from_desk)
        if certificate.to_desk != self._desk.identity.desk_id:
            raise Refused("That hand-over is for another desk.")
        if giver is not None and hand_overs.is_certified(certificate, giver.public_key):
            return
        if not (found.public_key and hand_overs.is_certified(certificate, found.public_key)):
            raise Refused(
                "The desk that is named did not sign this hand-over.",
                safe="Nothing was written.",
                todo="Fetch the newest directory (sync), or have the file made again.",
            )
        here = fingerprint(found.public_key)
        if compared is None or plain(compared) != plain(here):
            raise Refused(
                f"The directory does not have the key that signed this hand-over: {here}.",
                safe="Nothing was written.",
                todo="Fetch the newest directory (sync). A second computer from one seed has such "
                "a key: compare it with what that desk shows, and give it (--giver) where it is "
                "the same.",
            )

    def _taken(self, tx: WriteTx, found: HandOver) -> TakenOver:
        brought: set[str] = set()
        services: set[str] = set()
        for one in found.operations:
            if tx.outbox.get(one.op_id) is None:
                tx.outbox.append(_operation(one), Millis(one.recorded_at))
                brought.add(one.op_id)
                services.add(one.service)
        hand_over = hand_overs.id_of(found.certificate)
        drafts, here = handed_drafts.bring(tx, found.drafts, hand_over)
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
            drafts=drafts,
            receipt=hand_overs.receipt(found, here, _desk_key(tx)),
        )

    @staticmethod
    def _remember(tx: WriteTx, certificate: wire.TakeOver) -> None:
        kept = tx.desk.setting(TAKE_OVERS)
        shown = list(kept) if isinstance(kept, list) else []
        text = msgspec.json.encode(certificate).decode()
        if text not in shown:
            tx.desk.set_setting(TAKE_OVERS, [*shown, text])

    # --- leaving ----------------------------------------------------------------------------

    async def require_removable_by(
        self, receipt: Path | None, given_up: Collection[GivenUp] = ()
    ) -> int:
        """As `require_removable`, the receipt from its file. Raises Invalid."""
        found = None if receipt is None else await asyncio.to_thread(read_receipt, receipt)
        return await self.require_removable(found, given_up)

    async def require_removable(
        self, receipt: HandOverReceipt | None, given_up: Collection[GivenUp] = ()
    ) -> int:
        """How many operations another desk holds; Refused while unsent work is only here.

        A draft is held there only where it stands as this receipt's hand-over gave it. What no
        hand-over carries is here until it is settled, or given up by name.
        """

        def read(tx: ReadTx) -> tuple[list[StoredOperation], Sequence[Draft], dict[str, Away]]:
            return unsent(tx), tx.drafts(), handed_drafts.away(tx)

        operations, drafts, away = await self._desk.store.read(read)
        held: set[str] = set()
        if receipt is not None:
            taker = self._desk.configuration.desk(receipt.to_desk)
            own = receipt.from_desk == self._desk.identity.desk_id
            if not own or taker is None or not hand_overs.is_receipt_of(receipt, taker.public_key):
                raise Invalid("That receipt is not for this desk, or of none in the directory.")
            held = set(receipt.op_ids)
            drafts = [one for one in drafts if not _covers(receipt, one, away)]
        left = [one for one in operations if one.op_id not in held]
        if left or drafts:
            raise Refused(
                f"Work here is not at central yet (unsent: {len(left)}, drafts: {len(drafts)}).",
                safe="Nothing was removed.",
                todo="Send it, or hand it over to another desk and give its receipt.",
            )
        require_given_up(await self._desk.store.read(only_here), given_up)
        return len(operations)


def read_receipt(file: Path) -> HandOverReceipt:
    """Raises Invalid."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=HandOverReceipt)
    except (OSError, msgspec.MsgspecError) as error:
        raise Invalid("The receipt cannot be read.") from error


def _covers(receipt: HandOverReceipt, draft: Draft, away: Mapping[str, Away]) -> bool:
    given = away.get(draft.call.draft_id)
    return (
        given is not None
        and given.draft_id in receipt.drafts
        and given.hand_over == receipt.hand_over
        and given.words == handed_drafts.words_of(draft)
    )


def _has_code(one: DeskEntry, code: str) -> bool:
    return code.upper() in one.codes


@asynccontextmanager
async def _fresh(target: Path) -> AsyncIterator[BinaryIO]:
    """A file that was not there; taken away again where it does not get its content."""
    out = await asyncio.to_thread(_begun, target)
    try:
        yield out
    except BaseException:
        out.close()
        await asyncio.to_thread(target.unlink, missing_ok=True)
        raise
    out.close()


def _begun(target: Path) -> BinaryIO:
    try:
        return target.open("xb")
    except FileExistsError as error:
        raise Invalid("That file is there already.", todo="Name another one.") from error
    except OSError as error:
        raise _unwritten() from error


def _filled(out: BinaryIO, content: bytes) -> None:
    try:
        out.write(content)
        out.flush()
    except OSError as error:
        raise _unwritten() from error


def _unwritten() -> EnvironmentFault:
    return EnvironmentFault(
        "The file could not be written.",
        safe="Everything is still in this desk's outbox.",
        todo="Name another place, then again.",
    )


def unsent(tx: ReadTx) -> list[StoredOperation]:
    """Everything without a verdict and everything parked, in the order it was decided.

    What was erased is none of it: nobody can send it any more.
    """
    found = (tx.outbox.get(row.op_id) for row in tx.outbox.rows() if row.state in _UNSENT)
    return sorted((one for one in found if one is not None and one.raw), key=lambda one: one.seq)


def _desk_key(tx: ReadTx) -> Ed25519PrivateKey:
    kept = tx.desk.setting(DESK_KEY)
    if not isinstance(kept, str):
        raise Refused("This desk has no key of its own.", todo="Enrol it again.")
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(kept))


def _operation(one: HandedOperation) -> NewOperation:
    body = bodies.read(one.raw)
    return NewOperation(body, Service(SERVICE_OF[body.rule.aggregate]), one.raw, one.digest)
