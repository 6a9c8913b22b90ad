"""The organisation's configuration as the desk uses it, decoded from the signed document."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.domain.central_services import Service
from app.domain.ids import PersonId
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

    def person(self, person_id: PersonId | str) -> Person | None:
        return next((one for one in self.people if one.id == person_id), None)

    def first_with(self, role: Role) -> Person | None:
        """The first person of that role, in the configuration's order."""
        return next((one for one in self.people if role in one.roles), None)

    def desk_of_code(self, code: str) -> DeskEntry | None:
        return next((desk for desk in self.desks if code in desk.codes), None)
