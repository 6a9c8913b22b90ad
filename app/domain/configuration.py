"""The organisation's configuration as the desk uses it, decoded from the signed document."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.central_services import Service
from app.domain.ids import Millis, PersonId
from app.domain.payments.policy import PaymentPolicy
from app.domain.people import Person, Role


@dataclass(frozen=True, slots=True)
class EndpointPlace:
    """One way in to a service, with where it stands."""

    url: str
    region: str = ""
    cloud: str = ""


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """A desk of the directory: whose references these are, and how to ring it."""

    desk_id: str
    name: str
    codes: tuple[str, ...]
    extension: str = ""
    public_key: str = ""
    """Ed25519, base64: what the desk signs in its own name."""
    sealing_key: str = ""
    """X25519, base64: what is handed over to the desk is sealed for it."""


@dataclass(frozen=True, slots=True)
class SafetyText:
    """What to say and whom to ring for one danger in one language."""

    safety: str
    language: str
    say: str
    ring: str


@dataclass(frozen=True, slots=True)
class Retention:
    """How long and how much of one table the desk keeps."""

    table: str
    days: int | None = None
    scope: str = "all"
    """Which sites, queues or months are mirrored; "all" until the configuration says less."""


@dataclass(frozen=True, slots=True)
class AnnouncedDeletion:
    """So many records of a service were taken away on purpose; their tombstones are not held."""

    service: Service
    reason: str
    count: int
    at: Millis


@dataclass(frozen=True, slots=True)
class Configuration:
    """One version of the document; the version only rises, the last good one is kept."""

    version: int
    organisation: str
    people: tuple[Person, ...]
    desks: tuple[DeskEntry, ...] = ()
    endpoints: dict[Service, tuple[EndpointPlace, ...]] = field(default_factory=dict)
    """Services missing here are served by the URLs given at enrolment."""
    stale_after_s: dict[Service, int] = field(default_factory=dict)
    retention: tuple[Retention, ...] = ()
    safety_texts: tuple[SafetyText, ...] = ()
    phone_region: str = "GB"
    languages: tuple[str, ...] = ("en", "de")
    sla_minutes: dict[str, int] = field(default_factory=dict)
    """Priority → minutes from the call to due, where no plan says otherwise."""
    currency: str = "GBP"
    recovery_key: str = ""
    """The organisation's recovery public key (X25519, base64); empty: no recovery slot."""
    drafts_days: int = 30
    payments: PaymentPolicy = field(default_factory=PaymentPolicy)
    deletions: tuple[AnnouncedDeletion, ...] = ()

    def person(self, person_id: PersonId | str) -> Person | None:
        return next((one for one in self.people if one.id == person_id), None)

    def first_with(self, role: Role) -> Person | None:
        """The first person of that role who is not revoked, in the configuration's order."""
        present = (one for one in self.people if one.revoked_at is None)
        return next((one for one in present if role in one.roles), None)

    def desk(self, desk_id: str) -> DeskEntry | None:
        return next((desk for desk in self.desks if desk.desk_id == desk_id), None)

    def desk_of_code(self, code: str) -> DeskEntry | None:
        return next((desk for desk in self.desks if code in desk.codes), None)
