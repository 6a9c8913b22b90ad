"""Central as the sync engine sees it, and the transport below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.central_services import Service
from app.domain.feed import Answer, FeedItem, FeedPage, Position, SnapshotPage, Verdict
from app.domain.ids import Millis, OpId
from app.domain.parity import RowState


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP exchange as bytes."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes = b""
    deadline_s: float = 10.0
    """Total time from connect to the last byte; slow drips end here too."""


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Moves bytes; the simulator and the fault tests replace it."""

    async def exchange(self, request: Request) -> Response:
        """The answer whatever its status.

        Raises CentralUnavailable (with a `Silence` value as cause) where none came in time.
        """
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of one operation: fixed body, headers of the moment."""

    op_id: OpId
    raw: bytes
    number: int
    incarnation: str
    expected_term: tuple[int, str] | None
    clock_offset_ms: int | None
    receipt: str | None = None
    """Central's own, of a decision it had accepted in a former history."""


@dataclass(frozen=True, slots=True)
class EndpointState:
    """One way in, as the status screen shows it."""

    url: str
    region: str
    open_until: float | None
    """Monotonic seconds until the breaker's half-open probe; None while closed."""
    failures: int
    in_use: bool
    last_good: Millis | None
    last_trouble: str
    cloud: str = ""


@dataclass(frozen=True, slots=True)
class HealthAnswer:
    """A good probe."""

    position: Position
    term_id: str
    source_as_of: Millis
    offset_ms: int
    """Central's clock minus ours, at half the round trip."""
    took_s: float


@dataclass(frozen=True, slots=True)
class FetchedRows:
    """Central's word on records by id; one that is not named is nowhere there."""

    items: tuple[FeedItem, ...]
    position: Position
    term_id: str


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What enrolling gave; the configuration's signature is already verified."""

    desk_id: str
    desk_code: str
    spare_codes: tuple[str, ...]
    credential: str
    organisation_key: str
    configuration_document: bytes
    """The signed document as it came, to be kept and verified again at each start."""


class CursorExpired(Exception):
    """410: the feed cannot continue from this cursor; a snapshot must."""


class OtherHistory(Exception):
    """412: central is in another term, or has not been at that position."""


class SignInNeeded(Exception):
    """401: the desk's credential is not accepted."""


class Central(Protocol):
    """One service call each; every one ends by its deadline.

    Reading calls raise CentralUnavailable, SignInNeeded or CursorExpired.
    """

    async def changes(
        self, service: Service, cursor: str | None, limit: int, wait_s: float
    ) -> FeedPage: ...

    async def snapshot(self, service: Service, after: str | None, limit: int) -> SnapshotPage: ...

    async def rows(self, service: Service, ids: Sequence[str]) -> FetchedRows:
        """At most 100 records as they are now, tombstones and redirects among them."""
        ...

    async def digests(self, service: Service, at: Position) -> tuple[str, ...]:
        """See `app.domain.parity`. Raises OtherHistory too."""
        ...

    async def bucket(self, service: Service, number: int, at: Position) -> tuple[RowState, ...]:
        """The rows of one bucket at a position. Raises OtherHistory too."""
        ...

    async def submit(self, service: Service, attempt: Attempt) -> Answer:
        """One attempt; anything that is no verdict comes back as a value, nothing raises."""
        ...

    async def verdict_of(
        self, service: Service, op_id: OpId, expected: tuple[int, str] | None = None
    ) -> Verdict | None:
        """What central knows of an operation; None where it never saw it.

        `expected`: the term and its id in which it is to know that; another one is `BEHIND`.
        """
        ...

    async def withdraw(self, service: Service, op_id: OpId) -> Verdict:
        """Burn the id: rejected where it is burned, else the verdict that came first."""
        ...

    async def configuration(self) -> bytes:
        """The signed document as it came."""
        ...

    async def register_key(self, person: str, public_key: str, proof: str) -> bytes | None:
        """Register a person's key for this desk: the signed configuration that names it.

        None where central refuses the key.
        """
        ...

    async def probe(self, service: Service) -> HealthAnswer: ...

    def endpoints(self, service: Service) -> tuple[EndpointState, ...]: ...

    def adopted(self, service: Service, term: int) -> None:
        """The mirror takes pages of that term: one of a lower term is asked for elsewhere."""
        ...

    async def close(self) -> None: ...
