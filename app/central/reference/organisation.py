"""The organisation: its keys, its signed configuration, and the desks that enrol."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, bindparam, select

import resources
from app.central.contract import bodies, hand_overs, seeds, signatures, signing, wire
from app.central.reference import approvals
from app.central.reference.database import (
    desk,
    desk_seed,
    insert_new,
    setting,
    take_over,
    upsert,
)
from app.central.reference.system import Surroundings, new_id
from app.domain.audit import anchor_message
from app.domain.configuration import Configuration
from app.domain.ids import Millis
from app.domain.reference import DIGITS
from app.domain.times import DAY, from_rfc3339, to_rfc3339

_SPARES = 3
_ANNOUNCED = 30 * DAY
_BY_CREDENTIAL = select(desk).where(desk.c.credential == bindparam("digest"))
_BY_NAME = select(setting.c.value).where(setting.c.name == bindparam("name_"))
_KEY, _RECOVERY, _DOCUMENT = "organisation_key", "recovery_key", "configuration"
_DRILLS = "only_for_drills"
_LETTERS, _DRILL_LETTER = "KCDFGHJMNPQRSTVWXYZAB", "E"
"""What codes begin with: an exercise's references are known by their letter."""


@dataclass(frozen=True, slots=True)
class KnownDesk:
    """A desk whose credential was shown."""

    id: str
    name: str
    enrolled_at: Millis
    incarnation: str


class Organisation:
    """Works within a caller's transaction."""

    def __init__(self, connection: Connection, surroundings: Surroundings) -> None:
        self._connection = connection
        self._surroundings = surroundings

    def found(self, *, demo: bool) -> None:
        """Make keys and the first configuration where there are none."""
        if self._value(_KEY) is not None:
            return
        self._keep(
            _KEY, base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
        )
        recovery = X25519PrivateKey.generate()
        self._keep(_RECOVERY, base64.b64encode(recovery.private_bytes_raw()).decode())
        name = "organisation.json" if demo else "organisation_small.json"
        document = msgspec.convert(resources.data(f"demo/{name}"), type=wire.ConfigurationDocument)
        public = base64.b64encode(recovery.public_key().public_bytes_raw()).decode()
        self._keep_document(msgspec.structs.replace(document, recovery_key=public))

    def only_for_drills(self) -> None:
        """From now on desks get codes that no desk of another central has."""
        self._keep(_DRILLS, "yes")

    def recovery_key(self) -> str:
        """The private half, base64: the demo shows how a desk is recovered."""
        return self._value(_RECOVERY) or ""

    def public_key(self) -> str:
        return base64.b64encode(self._key().public_key().public_bytes_raw()).decode()

    def signed(self) -> wire.SignedDocument:
        return signing.sign(self._document(), self._key())

    def stored_document(self) -> str:
        """The document's text, to see whether it has changed."""
        return self._value(_DOCUMENT) or ""

    def configuration(self) -> Configuration:
        """The document as rules read it."""
        return signing.verified(self.signed(), self.public_key())

    def receipt_for(self, op_id: str, digest: str) -> str:
        """The organisation's word that a decision was accepted, base64."""
        return approvals.receipt_for(op_id, digest, self._key())

    def anchored(self, known: KnownDesk, head: wire.AuditHead | None) -> str | None:
        """The organisation's word on where a desk's trail of decisions stood, base64."""
        if head is None:
            return None
        message = bodies.canonical(anchor_message(known.id, head.n, head.head))
        return base64.b64encode(self._key().sign(message)).decode()

    # --- people ----------------------------------------------------------------------------

    def register_key(self, known: KnownDesk, person: str, request: wire.KeyRequest) -> bool:
        """Add a person's key for the desk to the configuration; False where it may not be.

        Whoever registers a key holds its private half; a revoked person registers none.
        """
        document = self._document()
        found = next((one for one in document.people if one.id == person), None)
        message = signatures.key_proof(known.id, person, request.public_key)
        proven = signatures.verifies(request.public_key, request.proof, message)
        if found is None or found.revoked_at is not None or not proven:
            return False
        key = (known.id, request.public_key)
        if key not in found.keys:
            self._keep_person(msgspec.structs.replace(found, keys=[*found.keys, key]))
        return True

    def revoke(self, person: str) -> bool:
        """From now on the person may decide nothing; False where nobody is called that."""
        found = next((one for one in self._document().people if one.id == person), None)
        if found is None:
            return False
        at = to_rfc3339(self._surroundings.now())
        self._keep_person(msgspec.structs.replace(found, revoked_at=at))
        return True

    # --- what is taken away ----------------------------------------------------------------

    def announce(self, service: str, reason: str, count: int) -> None:
        """Sign that so many records go on purpose; what was announced long ago is left out."""
        document, now = self._document(), self._surroundings.now()
        kept = [one for one in document.deletions if now - from_rfc3339(one.at) < _ANNOUNCED]
        entry = wire.DeletionEntry(service, reason, count, to_rfc3339(now))
        version = document.version + 1
        self._keep_document(
            msgspec.structs.replace(document, version=version, deletions=[*kept, entry])
        )

    def _keep_person(self, person: wire.PersonEntry) -> None:
        document = self._document()
        people = [person if one.id == person.id else one for one in document.people]
        self._keep_document(
            msgspec.structs.replace(document, version=document.version + 1, people=people)
        )

    # --- desks -----------------------------------------------------------------------------

    def enrol(self, request: wire.EnrolmentRequest) -> wire.EnrolmentAnswer:
        """Make a desk: a code and three spares, a credential, its line in the directory."""
        credential = base64.urlsafe_b64encode(self._surroundings.random(32)).decode()
        desk_id, _name, codes = self._made(request, _digest(credential))
        return wire.EnrolmentAnswer(
            desk_id=desk_id,
            desk_code=codes[0],
            spare_codes=codes[1:],
            credential=credential,
            organisation_key=self.public_key(),
            configuration=self.signed(),
        )

    def _made(self, request: wire.EnrolmentRequest, credential: str) -> tuple[str, str, list[str]]:
        """A desk's row and its line in the directory: id, name and codes."""
        codes = self._fresh_codes(1 + _SPARES)
        desk_id = new_id(self._surroundings)
        name = request.desk_name or f"Desk {codes[0]}"
        self._connection.execute(
            desk.insert().values(
                id=desk_id,
                name=name,
                codes=json.dumps(codes),
                credential=credential,
                incarnation=request.incarnation,
                former="[]",
                public_key=request.public_key,
                enrolled_at=self._surroundings.now(),
            )
        )
        self._list_desk(desk_id, name, codes, request.public_key)
        return desk_id, name, codes

    def reserve(self, name: str, urls: Sequence[str]) -> wire.Seed:
        """A desk that is still to come, without its snapshots; nobody speaks for it yet."""
        token = base64.urlsafe_b64encode(self._surroundings.random(32)).decode()
        nobody = f"seed {_digest(token)}"
        desk_id, name, codes = self._made(wire.EnrolmentRequest("", name, "", ""), nobody)
        self._connection.execute(
            desk_seed.insert().values(token=_digest(token), desk=desk_id, public_key="")
        )
        return wire.Seed(
            made_at=to_rfc3339(self._surroundings.now()),
            desk_id=desk_id,
            desk_name=name,
            desk_code=codes[0],
            spare_codes=codes[1:],
            token=token,
            organisation_key=self.public_key(),
            configuration=self.signed(),
            central_urls=list(urls),
            snapshots={},
        )

    def claim(self, request: wire.SeedClaim) -> wire.SeedClaimed | None:
        """Let the computer that holds the seed be the desk; None where another one is already."""
        kept = select(desk_seed).where(desk_seed.c.token == _digest(request.token))
        found = self._connection.execute(kept).first()
        if found is None or found.public_key not in ("", request.public_key):
            return None
        credential = base64.urlsafe_b64encode(self._surroundings.random(32)).decode()
        values = {"credential": _digest(credential), "public_key": request.public_key}
        if not found.public_key:
            values["incarnation"] = request.incarnation
        self._connection.execute(desk.update().where(desk.c.id == found.desk).values(**values))
        self._connection.execute(
            desk_seed.update()
            .where(desk_seed.c.token == found.token)
            .values(public_key=request.public_key)
        )
        self._list_public_key(found.desk, request.public_key)
        return wire.SeedClaimed(found.desk, credential, self.signed())

    def seal_seed(self, seed: wire.Seed) -> bytes:
        """The seed's bytes behind the organisation's signature over them."""
        return seeds.signed(seed, self._key())

    def _list_public_key(self, desk_id: str, public_key: str) -> None:
        document = self._document()
        desks = [
            msgspec.structs.replace(one, public_key=public_key) if one.desk_id == desk_id else one
            for one in document.desks
        ]
        if desks != document.desks:
            self._keep_document(
                msgspec.structs.replace(document, version=document.version + 1, desks=desks)
            )

    def _fresh_codes(self, count: int) -> list[str]:
        """Two-character codes nobody has; three characters once those run out."""
        taken = {
            code
            for codes in self._connection.scalars(select(desk.c.codes))
            for code in json.loads(codes)
        } | {code for one in self._document().desks for code in one.codes}
        letters = _LETTERS if self._value(_DRILLS) is None else _DRILL_LETTER
        short = (letter + digit for digit in "789654321" for letter in letters)
        long = (a + b + c for a in letters for b in DIGITS for c in DIGITS)
        free = (code for source in (short, long) for code in source if code not in taken)
        return [next(free) for _ in range(count)]

    def _list_desk(self, desk_id: str, name: str, codes: list[str], public_key: str) -> None:
        document = self._document()
        extension = str(200 + len(document.desks))
        entry = wire.DeskEntry(desk_id, name, codes, extension, public_key)
        self._keep_document(
            msgspec.structs.replace(
                document, version=document.version + 1, desks=[*document.desks, entry]
            )
        )

    def desk_of(self, credential: str) -> KnownDesk | None:
        """The desk that shows this credential."""
        digest = hashlib.sha256(credential.encode()).hexdigest()
        found = self._connection.execute(_BY_CREDENTIAL, {"digest": digest}).first()
        if found is None:
            return None
        return KnownDesk(found.id, found.name, Millis(found.enrolled_at), found.incarnation)

    def welcome(self, known: KnownDesk, incarnation: str) -> bool:
        """Whether requests under this incarnation are taken; a new one burns all former ones."""
        if not incarnation or incarnation == known.incarnation:
            return True
        former: list[str] = json.loads(
            self._connection.execute(
                select(desk.c.former).where(desk.c.id == known.id)
            ).scalar_one()
        )
        if incarnation in former:
            return False
        self._connection.execute(
            desk.update()
            .where(desk.c.id == known.id)
            .values(incarnation=incarnation, former=json.dumps([*former, known.incarnation]))
        )
        self._top_up(known)
        return True

    def take_over(self, known: KnownDesk, certificate: wire.TakeOver) -> bool:
        """The giver's incarnation is burnt, and its decisions may come through the taker."""
        giver = self._connection.execute(
            select(desk).where(desk.c.id == certificate.from_desk)
        ).first()
        if giver is None or certificate.to_desk != known.id:
            return False
        if not hand_overs.is_certified(certificate, giver.public_key):
            return False
        if giver.incarnation == certificate.incarnation:
            former = json.dumps([*json.loads(giver.former), giver.incarnation])
            burnt = desk.update().where(desk.c.id == giver.id)
            self._connection.execute(burnt.values(incarnation="", former=former))
        self._connection.execute(
            insert_new(self._connection, take_over).values(
                from_desk=giver.id, to_desk=known.id, at=self._surroundings.now()
            )
        )
        return True

    def enrolled_at(self, desk_id: str) -> Millis:
        """Since when that desk is one of this organisation's."""
        since = select(desk.c.enrolled_at).where(desk.c.id == desk_id)
        return Millis(self._connection.execute(since).scalar_one())

    def took_over(self, taker: str, giver: str) -> bool:
        """Whether that desk's work was handed to the taker."""
        found = select(take_over.c.at).where(
            take_over.c.from_desk == giver, take_over.c.to_desk == taker
        )
        return self._connection.execute(found).first() is not None

    def _top_up(self, known: KnownDesk) -> None:
        """A desk begun again has used a spare code: it is given another."""
        stored = select(desk.c.codes).where(desk.c.id == known.id)
        codes = [*json.loads(self._connection.execute(stored).scalar_one()), *self._fresh_codes(1)]
        self._connection.execute(
            desk.update().where(desk.c.id == known.id).values(codes=json.dumps(codes))
        )
        document = self._document()
        desks = [
            msgspec.structs.replace(one, codes=codes) if one.desk_id == known.id else one
            for one in document.desks
        ]
        self._keep_document(
            msgspec.structs.replace(document, version=document.version + 1, desks=desks)
        )

    def list_key(self, desk_id: str, sealing_key: str) -> None:
        """Others seal for the desk under this key from now on; "" is none: it is no more."""
        document = self._document()
        found = next((one for one in document.desks if one.desk_id == desk_id), None)
        if found is None or found.sealing_key == sealing_key:
            return
        desks = [
            msgspec.structs.replace(one, sealing_key=sealing_key) if one is found else one
            for one in document.desks
        ]
        self._keep_document(
            msgspec.structs.replace(document, version=document.version + 1, desks=desks)
        )

    # --- what is kept ----------------------------------------------------------------------

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(self._value(_KEY) or ""))

    def _document(self) -> wire.ConfigurationDocument:
        text = self._value(_DOCUMENT) or ""
        return msgspec.json.decode(text, type=wire.ConfigurationDocument)

    def _keep_document(self, document: wire.ConfigurationDocument) -> None:
        self._keep(_DOCUMENT, msgspec.json.encode(document).decode())

    def _value(self, name: str) -> str | None:
        return self._connection.execute(_BY_NAME, {"name_": name}).scalar()

    def _keep(self, name: str, value: str) -> None:
        upsert(self._connection, setting, "name", {"name": name, "value": value})


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
