"""Shows central that another desk's work was handed to this one, before any of it is sent."""

from __future__ import annotations

from app.domain.take_overs import TAKE_OVERS
from app.ports.desks import Desks
from app.ports.store import ReadTx, WriteTx
from app.sync.service_state import Tools


class TakeOvers:
    """Certificates are kept until central has seen them."""

    def __init__(self, tools: Tools, desks: Desks) -> None:
        self._tools = tools
        self._desks = desks

    async def show(self) -> bool:
        """Show what central has not seen; whether there was any.

        Raises CentralUnavailable, SignInNeeded.
        One that central refuses is dropped: work that needs no take-over goes all the same.
        """
        unseen = await self._tools.store.read(pending)
        for text in unseen:
            await self._desks.take_over(text.encode())
            await self._tools.store.write(
                lambda tx, shown=text: _drop(tx, shown),  # type: ignore[misc]  # bound now
                by_person=False,
            )
        return bool(unseen)


def pending(tx: ReadTx) -> list[str]:
    """The certificates central has not seen."""
    kept = tx.desk.setting(TAKE_OVERS)
    return [str(one) for one in kept] if isinstance(kept, list) else []


def _drop(tx: WriteTx, text: str) -> None:
    tx.desk.set_setting(TAKE_OVERS, [one for one in pending(tx) if one != text])
