"""What the driver raises, said as what happened, what is safe and what to do."""

from __future__ import annotations

from sqlcipher3 import dbapi2 as driver

from app.domain.errors import (
    StoreDamaged,
    StoreFault,
    StoreFull,
    StoreGone,
    StoreInDoubt,
    StoreLocked,
)

_ENVIRONMENT = ("SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")
_ENVIRONMENT_WORDS = ("I/O", "readonly", "unable to open")
_DAMAGE_WORDS = ("image is malformed", "malformed database", "not a database", "is encrypted")
_NO_JSON = "malformed JSON"
_FULL = frozenset({"SQLITE_FULL", "SQLITE_IOERR_WRITE"})


def full() -> StoreFull:
    return StoreFull(
        "The disk is full.",
        safe="Everything saved before is safe and can be read.",
        todo="Free some space; the words stay in the form.",
    )


def damaged() -> StoreDamaged:
    return StoreDamaged(
        "The store on this computer is damaged.",
        safe="What was sent is at central; the file was left as it is.",
        todo="Make it whole from its journal: offhook restore --from-journal.",
    )


def gone() -> StoreGone:
    """The file with the store is not where the slots of its key say that one was."""
    return StoreGone(
        "The file with this desk's store is gone.",
        safe="What was sent is at central, and nothing is made in its place.",
        todo=_BRING_BACK,
    )


def emptied() -> StoreDamaged:
    """The file is there and holds no byte, as a full or broken disk may leave it."""
    return StoreDamaged(
        "The file with this desk's store is empty.",
        safe="What was sent is at central; the file was left as it is.",
        todo=_BRING_BACK,
    )


_BRING_BACK = (
    "Bring it back from its journal: offhook restore --from-journal; or, where there is none, "
    "from the second place: offhook restore --from-second-place FOLDER."
)


def unusable() -> StoreFault:
    return StoreFault(
        "The store could not be read or written.",
        safe="Everything saved before is safe.",
        todo="Check the disk and its rights, then try again.",
    )


def unreadable() -> StoreFault:
    """A record's words are no JSON: pages that verify, and what was written in them does not."""
    return StoreFault(
        "A record on this computer cannot be read.",
        safe="What was sent is at central, and what waits is safe.",
        todo="Have it put right by central: offhook parity.",
    )


def in_doubt() -> StoreInDoubt:
    return StoreInDoubt(
        "Checking whether it was saved.",
        safe="The words are kept.",
        todo="Nothing to do; it is looked for.",
    )


def translated(error: Exception) -> StoreFault | None:
    """The sentence for an error of the driver; None for what is our own bug."""
    if not isinstance(error, driver.Error):
        return None
    name = str(getattr(error, "sqlite_errorname", "") or "")
    text = str(error)
    if name in _FULL or "disk is full" in text:
        return full()
    if _NO_JSON in text:
        return unreadable()
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or _tells_damage(text):
        return damaged()
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "is locked" in text:
        return StoreLocked(
            "Another program is using the store.",
            safe="Everything saved before is safe.",
            todo="Try again in a moment.",
        )
    if name.startswith(_ENVIRONMENT) or any(words in text for words in _ENVIRONMENT_WORDS):
        return unusable()
    return None


def says_damage(error: driver.Error) -> bool:
    """Whether pages do not verify; with the right key that is damage."""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or _tells_damage(str(error))


def tells_disk_trouble(error: driver.Error) -> bool:
    """Whether a page could not be read, written or verified, so that more of them may follow."""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    return name.startswith("SQLITE_IOERR") or says_damage(error)


def _tells_damage(text: str) -> bool:
    """SQLite calls a value that is no JSON malformed too: that is a statement's error."""
    return any(words in text for words in _DAMAGE_WORDS)


class speaking:  # noqa: N801 - it is used like a function; every transaction enters it
    """Turn the driver's and the disk's errors into ours; no SQL and no values stay in them."""

    def __enter__(self) -> None:
        """Nothing is held."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, driver.Error):
            fault = translated(error)
            if fault is not None:
                raise fault from None
        elif isinstance(error, OSError):  # what Python itself reads and writes of the store's files
            raise unusable() from None
