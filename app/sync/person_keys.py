"""Registers people's keys at central, and lets the decisions go that waited for it."""

from __future__ import annotations

from app.domain.ids import PersonId
from app.domain.lifecycle import OpEvent, OpState
from app.domain.operations import Json
from app.domain.person_keys import (
    KEYS_SETTING,
    WAITING_SETTING,
    KeptKey,
    is_registered,
    kept_keys,
)
from app.ports.store import EventDetail, ReadTx, WriteTx
from app.sync.configuration import ConfigurationWatch, stored_configuration
from app.sync.service_state import Tools


class KeyRegistrar:
    """Works from the store alone: which keys this desk holds, which the organisation lists."""

    def __init__(self, tools: Tools, watch: ConfigurationWatch) -> None:
        self._tools = tools
        self._watch = watch

    async def register(self) -> None:
        """Tell central every key it does not know. Raises CentralUnavailable, SignInNeeded."""
        for person, key in (await self._tools.store.read(_unregistered)).items():
            document = await self._tools.central.register_key(person, key.public_key, key.proof)
            if document is not None:
                await self._watch.keep(document)
        await self.release()

    async def release(self) -> None:
        """Let go what waited for a key that is listed by now."""
        now = self._tools.clock.now()

        def write(tx: WriteTx) -> None:
            waiting = waiting_for_key(tx)
            ready = {op_id for op_id, person in waiting.items() if _is_listed(tx, person)}
            for op_id in ready:
                stored = tx.outbox.get(op_id)
                if stored is not None and stored.state is OpState.SIGN_IN:
                    tx.outbox.event(op_id, OpEvent.RENEWED, EventDetail(now))
            if ready:
                left: dict[str, Json] = {
                    one: person for one, person in waiting.items() if one not in ready
                }
                tx.desk.set_setting(WAITING_SETTING, left)

        if await self._tools.store.read(waiting_for_key):
            await self._tools.store.write(write, by_person=False)


def waiting_for_key(tx: ReadTx) -> dict[str, PersonId]:
    """Operations that wait for their person's key to be known, by id."""
    setting = tx.desk.setting(WAITING_SETTING)
    found = setting if isinstance(setting, dict) else {}
    return {op_id: PersonId(str(person)) for op_id, person in found.items()}


def _unregistered(tx: ReadTx) -> dict[PersonId, KeptKey]:
    return {
        person: key
        for person, key in kept_keys(tx.desk.setting(KEYS_SETTING)).items()
        if not _is_listed(tx, person)
    }


def _is_listed(tx: ReadTx, person: PersonId) -> bool:
    key = kept_keys(tx.desk.setting(KEYS_SETTING)).get(person)
    configuration = stored_configuration(tx)
    if key is None or configuration is None:
        return False
    return is_registered(configuration, tx.desk.identity().desk_id, person, key.public_key)
