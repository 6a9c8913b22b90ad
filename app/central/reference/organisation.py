"""The organisation: its keys, its signed configuration, and the desks that enrol."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, select

import resources
from app.central.contract import signing, wire
from app.central.reference.database import desk, setting, upsert
from app.central.reference.system import Surroundings, new_id
from app.domain.configuration import Configuration
from app.domain.ids import Millis
from app.domain.reference import DIGITS

_SPARES = 3
_KEY, _RECOVERY, _DOCUMENT = "organisation_key", "recovery_key", "configuration"


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

    # --- desks -----------------------------------------------------------------------------

    def enrol(self, request: wire.EnrolmentRequest) -> wire.EnrolmentAnswer:
        """Make a desk: a code and three spares, a credential, its line in the directory."""
        codes = self._fresh_codes(1 + _SPARES)
        credential = base64.urlsafe_b64encode(self._surroundings.random(32)).decode()
        desk_id = new_id(self._surroundings)
        name = request.desk_name or f"Desk {codes[0]}"
        self._connection.execute(
            desk.insert().values(
                id=desk_id,
                name=name,
                codes=json.dumps(codes),
                credential=hashlib.sha256(credential.encode()).hexdigest(),
                incarnation=request.incarnation,
                former="[]",
                public_key=request.public_key,
                enrolled_at=self._surroundings.now(),
            )
        )
        self._list_desk(desk_id, name, codes)
        return wire.EnrolmentAnswer(
            desk_id=desk_id,
            desk_code=codes[0],
            spare_codes=codes[1:],
            credential=credential,
            organisation_key=self.public_key(),
            configuration=self.signed(),
        )

    def _fresh_codes(self, count: int) -> list[str]:
        """Two-character codes nobody has; three characters once those run out."""
        taken = {
            code
            for codes in self._connection.scalars(select(desk.c.codes))
            for code in json.loads(codes)
        } | {code for one in self._document().desks for code in one.codes}
        letters = "KCDFGHJMNPQRSTVWXYZAB"
        short = (letter + digit for digit in "789654321" for letter in letters)
        long = (a + b + c for a in letters for b in DIGITS for c in DIGITS)
        free = (code for source in (short, long) for code in source if code not in taken)
        return [next(free) for _ in range(count)]

    def _list_desk(self, desk_id: str, name: str, codes: list[str]) -> None:
        document = self._document()
        extension = str(200 + len(document.desks))
        entry = wire.DeskEntry(desk_id, name, codes, extension)
        self._keep_document(
            msgspec.structs.replace(
                document, version=document.version + 1, desks=[*document.desks, entry]
            )
        )

    def desk_of(self, credential: str) -> KnownDesk | None:
        """The desk that shows this credential."""
        digest = hashlib.sha256(credential.encode()).hexdigest()
        found = self._connection.execute(select(desk).where(desk.c.credential == digest)).first()
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
        return True

    # --- what is kept ----------------------------------------------------------------------

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(self._value(_KEY) or ""))

    def _document(self) -> wire.ConfigurationDocument:
        text = self._value(_DOCUMENT) or ""
        return msgspec.json.decode(text, type=wire.ConfigurationDocument)

    def _keep_document(self, document: wire.ConfigurationDocument) -> None:
        self._keep(_DOCUMENT, msgspec.json.encode(document).decode())

    def _value(self, name: str) -> str | None:
        return self._connection.execute(
            select(setting.c.value).where(setting.c.name == name)
        ).scalar()

    def _keep(self, name: str, value: str) -> None:
        upsert(self._connection, setting, "name", {"name": name, "value": value})
