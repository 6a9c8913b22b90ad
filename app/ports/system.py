"""The machine as the desk needs it: clock, chance, ids, executor, secrets, platform, phones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

from app.domain.ids import Millis
from app.domain.operations import Json

T = TypeVar("T")


class Clock(Protocol):
    """Wall time for records, a suspend-counting monotonic time for timers."""

    def now(self) -> Millis:
        """Wall clock; may be wrong by years, decides no merge."""
        ...

    def monotonic(self) -> float:
        """Seconds that never go back and count suspend."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after that many monotonic seconds; cancellable."""
        ...


class Random(Protocol):
    """The source of jitter and of random bytes."""

    def uniform(self, low: float, high: float) -> float: ...

    def bytes(self, count: int) -> bytes:
        """Cryptographically strong in the product."""
        ...


class IdSource(Protocol):
    """Gives ids; nothing else in the product makes one."""

    def new_id(self) -> str:
        """A fresh UUIDv7."""
        ...


class Lane(StrEnum):
    """Which queue a store call stands in: one writer (user saves first), a few readers."""

    USER_WRITE = "user_write"
    ENGINE_WRITE = "engine_write"
    READ = "read"


class Executor(Protocol):
    """Runs short synchronous store calls away from the caller's thread."""

    async def run(self, lane: Lane, work: Callable[[], T]) -> T:
        """The work's result, awaited in the caller's own loop, whichever that is."""
        ...

    def close(self) -> None:
        """Finish what runs, refuse what comes after."""
        ...


class SecretStore(Protocol):
    """A slot that can hold the store's key: the OS keyring, behind a deadline."""

    def get(self, name: str) -> bytes | None:
        """The secret, or None where there is none.

        Raises SecretsUnavailable where the keyring is locked, hung, absent or untrusted.
        """
        ...

    def put(self, name: str, secret: bytes) -> None:
        """Store and read back. Raises SecretsUnavailable."""
        ...

    def describe(self) -> str:
        """The state in a few words, for `doctor`."""
        ...


class Signer(Protocol):
    """A person's key, unlocked for one decision."""

    @property
    def public_key(self) -> str:
        """Ed25519, base64."""
        ...

    def sign(self, message: bytes) -> str:
        """The signature, base64."""
        ...


class PersonKeys(Protocol):
    """Makes and unlocks people's own keys; what is kept is sealed under their passphrase."""

    def make(self, passphrase: bytes) -> tuple[Signer, dict[str, Json]]:
        """A new key, unlocked, and as it is kept."""
        ...

    def open(self, sealed: Mapping[str, Json], passphrase: bytes) -> Signer:
        """The key, unlocked. Raises NotAllowed for another passphrase, StoreDamaged."""
        ...


class Platform(Protocol):
    """Calls that differ between POSIX and Windows; the only adapter is app.providers.platform."""

    def private_directory(self, path: Path) -> None:
        """Make the directory, readable by this user only."""
        ...

    def private_file(self, path: Path) -> None:
        """Take everybody else's rights away from a file."""
        ...

    def sync_directory(self, path: Path) -> None:
        """Make a rename or a new name durable (a no-op where the system has no such call)."""
        ...

    def lock(self, path: Path) -> AbstractContextManager[bool]:
        """Hold an exclusive lock on the file; yields False at once where another process has it."""
        ...

    def socket_name(self, profile: Path) -> str:
        """The address of the running desk's local socket for that profile."""
        ...

    def boot_seconds(self) -> float:
        """Monotonic seconds that count suspend."""
        ...

    def free_bytes(self, path: Path) -> int: ...

    def file_mark(self, path: Path) -> str:
        """The same for as long as a file lies where it is; another one for each copy of it."""
        ...


class PhoneNumbers(Protocol):
    """Phone numbers of any form read as E.164."""

    def e164(self, text: str, region: str) -> str | None:
        """``+447700900118``, or None where the text is no number."""
        ...

    def shown(self, e164: str) -> str:
        """The number in its international writing, ``+44 7700 900118``."""
        ...
