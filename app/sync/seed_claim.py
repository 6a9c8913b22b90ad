"""A desk that began from a seed registers itself as soon as central answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.domain.changes import Changes
from app.domain.seeding import SEED_SETTING
from app.ports.seeds import Seeds
from app.ports.store import DeskIdentity, ReadTx, WriteTx
from app.sync.service_state import Tools


@dataclass(frozen=True, slots=True)
class _Open:
    """A seed nobody has claimed yet, as far as this desk knows."""

    identity: DeskIdentity
    token: str
    public_key: str


class SeedClaim:
    """Asks until it is answered; what was decided meanwhile waits for the credential."""

    def __init__(self, tools: Tools, seeds: Seeds, renewed: Callable[[DeskIdentity], None]) -> None:
        """`renewed` takes the identity with its new credential before the next request."""
        self._tools = tools
        self._seeds = seeds
        self._renewed = renewed

    async def claim(self) -> bool:
        """Whether a credential came just now. Raises CentralUnavailable.

        A lost answer is no harm: central gives the same computer another credential.
        """
        found = await self._tools.store.read(_unclaimed)
        if found is None:
            return False
        incarnation = found.identity.incarnation
        claimed = await self._seeds.claim(found.token, found.public_key, incarnation)
        if claimed is None:
            await self._tools.store.write(_refused, by_person=False)
            return False
        identity = replace(found.identity, credential=claimed.credential)

        def write(tx: WriteTx) -> None:
            tx.desk.keep_identity(replace(tx.desk.identity(), credential=claimed.credential))
            tx.desk.keep_configuration(claimed.configuration_document)
            tx.desk.set_setting(SEED_SETTING, None)
            tx.note_change(Changes.of("configuration"))

        await self._tools.store.write(write, by_person=False)
        self._renewed(identity)
        return True


def _unclaimed(tx: ReadTx) -> _Open | None:
    kept = tx.desk.setting(SEED_SETTING)
    if not isinstance(kept, Mapping) or kept.get("refused") is True:
        return None
    return _Open(tx.desk.identity(), str(kept.get("token")), str(kept.get("public_key")))


def _refused(tx: WriteTx) -> None:
    """Another computer is that desk: the work here is handed over to one central knows."""
    tx.desk.set_setting(SEED_SETTING, {"refused": True})
