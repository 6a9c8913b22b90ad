"""The one tree of errors: the environment's fault against our fault.

::

    OffhookError
    ├── EnvironmentFault            what happened, what is safe, what to do
    │   ├── StoreFault              exit code 4
    │   │   ├── StoreLocked         another program holds the profile
    │   │   ├── StoreKeyMissing     no slot gave the key; never a new key over it
    │   │   ├── StoreKeyWrong       a key was given and does not fit
    │   │   ├── StoreDamaged        pages do not verify
    │   │   ├── StoreTooNew         written by a newer program; nothing was touched
    │   │   ├── StoreFull           the disk is full
    │   │   ├── StoreInDoubt        a commit raised; it may be there: checking
    │   │   └── StoreAbsent         no desk is enrolled in this profile
    │   ├── DeskSilent              exit code 5: the open desk gives no answer
    │   ├── SecretsUnavailable      keyring locked, absent, hung or refused
    │   └── CentralUnavailable      no service answered with a body of the contract
    ├── Refused                     exit code 3: a rule says no
    │   ├── NotAllowed              the person's roles do not grant it
    │   ├── NotFound                no such ticket, customer, operation
    │   ├── Invalid                 the words given do not make a valid record
    │   └── MoveNotAllowed          the status table has no such move
    └── Bug                         our fault: a diagnostics bundle
"""

from __future__ import annotations

from app.domain.visible import visible


class OffhookError(Exception):
    """Carries three sentences, none of which holds a customer's words."""

    code = "offhook"

    def __init__(self, happened: str, *, safe: str = "", todo: str = "") -> None:
        super().__init__(happened)
        self.happened = happened
        self.safe = safe
        self.todo = todo

    def sentence(self) -> str:
        """What happened, what is safe and what to do, as one line."""
        return visible(" ".join(part for part in (self.happened, self.safe, self.todo) if part))


class EnvironmentFault(OffhookError):
    """Disk, keyring, network or another program: not our bug, and survivable."""

    code = "environment"


class StoreFault(EnvironmentFault):
    """The local store cannot be used as it is."""

    code = "store"


class StoreLocked(StoreFault):
    code = "store-locked"


class StoreKeyMissing(StoreFault):
    code = "store-key-missing"


class StoreKeyWrong(StoreFault):
    code = "store-key-wrong"


class StoreDamaged(StoreFault):
    code = "store-damaged"


class StoreTooNew(StoreFault):
    code = "store-too-new"


class StoreFull(StoreFault):
    code = "store-full"


class StoreInDoubt(StoreFault):
    code = "store-in-doubt"


class StoreAbsent(StoreFault):
    code = "store-absent"


class StoreGone(StoreAbsent):
    """A desk was here: its keys are, the file with its store is not."""

    code = "store-gone"


class DeskSilent(EnvironmentFault):
    """The open desk gives no answer; `safe` says whether what was asked may have been done."""

    code = "desk-silent"


class SecretsUnavailable(EnvironmentFault):
    """The keyring is locked, absent, hung, or a kind we do not trust."""

    code = "secrets-unavailable"


class CentralUnavailable(EnvironmentFault):
    """Nothing of the contract came back; `cause` is one of the words of `Silence`."""

    code = "central-unavailable"

    def __init__(
        self,
        happened: str,
        *,
        cause: str = "",
        safe: str = "",
        todo: str = "",
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(happened, safe=safe, todo=todo)
        self.cause = cause
        self.retry_after_s = retry_after_s


class Refused(OffhookError):
    """A rule of the helpdesk says no; nothing was written."""

    code = "refused"


class NotAllowed(Refused):
    code = "not-allowed"


class NotFound(Refused):
    code = "not-found"


class Invalid(Refused):
    """Field errors stand in `fields` (field name → sentence)."""

    code = "invalid"

    def __init__(
        self, happened: str, *, fields: dict[str, str] | None = None, todo: str = ""
    ) -> None:
        super().__init__(happened, safe="Nothing was written.", todo=todo)
        self.fields = fields or {}


class MoveNotAllowed(Refused):
    code = "move-not-allowed"


class Bug(OffhookError):
    """Something we wrote is wrong."""

    code = "bug"
