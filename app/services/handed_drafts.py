"""Which drafts went to another desk and which came from one: one draft becomes one ticket."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from app.domain.call import Draft
from app.domain.configuration import Configuration
from app.domain.errors import Refused
from app.domain.ids import Millis
from app.domain.operations import Json
from app.ports.store import ReadTx, WriteTx

GIVEN = "handed_drafts"
"""The setting of drafts that another desk finishes: by draft id, to whom, in which hand-over."""
TAKEN = "taken_drafts"
"""The setting of hand-overs taken here, and the drafts they brought as they were then."""
_MOST = 300


@dataclass(frozen=True, slots=True)
class Away:
    """A draft of this desk that another one has."""

    draft_id: str
    to: str
    hand_over: str
    words: str
    """Its digest as it was given."""
    at: Millis


def words_of(draft: Draft) -> str:
    """A digest of what the call says, whoever has it and whenever it was touched."""
    return hashlib.sha256(msgspec.json.encode(draft.call)).hexdigest()


# --- the giver's side -----------------------------------------------------------------------


def away(tx: ReadTx) -> dict[str, Away]:
    """By draft id."""
    kept = tx.desk.setting(GIVEN)
    rows = kept if isinstance(kept, Mapping) else {}
    return {id_: _away(id_, one) for id_, one in rows.items() if isinstance(one, Mapping)}


def _away(draft_id: str, kept: Mapping[str, Json]) -> Away:
    at = kept.get("at")
    return Away(
        draft_id,
        str(kept.get("to", "")),
        str(kept.get("hand_over", "")),
        str(kept.get("words", "")),
        Millis(at if isinstance(at, int) else 0),
    )


def to_give(tx: ReadTx, to: str) -> list[Draft]:
    """The open drafts, without those that a third desk has: they would become two tickets."""
    gone = away(tx)
    return [one for one in tx.drafts() if gone_to(gone, one) in {"", to}]


def gone_to(gone: Mapping[str, Away], draft: Draft) -> str:
    """The desk that has it, "" where it is here."""
    found = gone.get(draft.call.draft_id)
    return found.to if found else ""


def note_given(tx: WriteTx, drafts: Sequence[Draft], to: str, hand_over: str, at: Millis) -> None:
    """They are finished there from now on, until somebody takes them back here."""
    gone = away(tx)
    for one in drafts:
        id_ = one.call.draft_id
        gone.pop(id_, None)
        gone[id_] = Away(id_, to, hand_over, words_of(one), at)
    _keep_away(tx, gone)
    came = _came(tx)
    _keep_came(tx, _hand_overs(tx), {
        id_: words for id_, words in came.items() if id_ not in {d.call.draft_id for d in drafts}
    })  # fmt: skip


def take_back(tx: WriteTx, draft_id: str) -> bool:
    """A person says that the other desk will not finish it; whether it was away."""
    gone = away(tx)
    was = gone.pop(draft_id, None) is not None
    if was:
        _keep_away(tx, gone)
    return was


def require_here(tx: ReadTx, draft_id: str, configuration: Configuration) -> None:
    """Raise Refused where another desk has the draft."""
    found = away(tx).get(draft_id)
    if found is None:
        return
    entry = configuration.desk(found.to)
    desk = entry.name if entry else found.to
    raise Refused(
        f"This call was handed over to {desk}.",
        safe="Nothing was written; its words are kept as a draft.",
        todo="It is finished there; take it back first where that desk will not finish it.",
    )


def _keep_away(tx: WriteTx, gone: Mapping[str, Away]) -> None:
    rows: dict[str, Json] = {
        one.draft_id: {
            "to": one.to, "hand_over": one.hand_over, "words": one.words, "at": int(one.at),
        }
        for one in gone.values()
    }  # fmt: skip
    tx.desk.set_setting(GIVEN, dict(list(rows.items())[-_MOST:]))


# --- the taker's side -----------------------------------------------------------------------


def bring(tx: WriteTx, drafts: Sequence[Draft], hand_over: str) -> tuple[int, list[str]]:
    """Keep what this hand-over brings for the first time, saved here since or not.

    How many drafts are new here, and the ids of those this desk has as they were given.
    """
    came, known = _came(tx), _hand_overs(tx)
    brought = 0
    if hand_over not in known:
        here = {one.call.draft_id for one in tx.drafts()} - set(away(tx))
        for one in drafts:
            id_ = one.call.draft_id
            if id_ in came or id_ in here:
                continue
            take_back(tx, id_)
            tx.keep_draft(one)
            came[id_] = words_of(one)
            brought += 1
        _keep_came(tx, [*known, hand_over], came)
    held = [one.call.draft_id for one in drafts if came.get(one.call.draft_id) == words_of(one)]
    return brought, held


def _hand_overs(tx: ReadTx) -> list[str]:
    kept = tx.desk.setting(TAKEN)
    rows = kept.get("hand_overs") if isinstance(kept, Mapping) else None
    return [str(one) for one in rows] if isinstance(rows, list) else []


def _came(tx: ReadTx) -> dict[str, str]:
    kept = tx.desk.setting(TAKEN)
    rows = kept.get("drafts") if isinstance(kept, Mapping) else None
    return {id_: str(words) for id_, words in rows.items()} if isinstance(rows, Mapping) else {}


def _keep_came(tx: WriteTx, hand_overs: Sequence[str], drafts: Mapping[str, str]) -> None:
    value: Json = {
        "hand_overs": [*hand_overs[-_MOST:]],
        "drafts": dict(list(drafts.items())[-_MOST:]),
    }
    if value != tx.desk.setting(TAKEN):
        tx.desk.set_setting(TAKEN, value)
