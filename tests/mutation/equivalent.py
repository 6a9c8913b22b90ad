"""Alterations that change nothing anybody is promised, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping

_TUNED = "a little more or less of it is as good"
_LOGGED = "a loop's name, said to the log only"
_GOES_ON = "with an attempt under way the loop goes on and asks again, whatever it is told"

EQUIVALENT: Mapping[str, str] = {
    "app/sync/engine.py SyncEngine._loops: 'configuration' -> ''": _LOGGED,
    "app/sync/engine.py SyncEngine._loops: 'keys' -> ''": _LOGGED,
    "app/sync/engine.py SyncEngine._loops: 'report' -> ''": _LOGGED,
    "app/sync/engine.py SyncEngine._loops: 'seed' -> ''": _LOGGED,
    "app/sync/engine.py SyncEngine._loops: 'statuses' -> ''": _LOGGED,
    "app/sync/engine.py SyncEngine._loops: 'take-overs' -> ''": _LOGGED,
    "app/sync/engine.py SyncEngine._loops: 'upkeep' -> ''": _LOGGED,
    "app/sync/engine.py SyncEngine.sync_once: 60.0 -> 61.0": _TUNED,
    "app/sync/outcomes.py _code: '' -> 'x'": "no code of the contract is either of them",
    "app/sync/parity.py ParityCheck._rest_s: 0.0 -> 1.0": (
        "a check rests longer than that in any case"
    ),
    "app/sync/probe.py Prober._keep_offset: 0 -> 1 (2)": (
        "what was measured in the same millisecond is measured again"
    ),
    "app/sync/push.py Pusher._begin: False -> True (3)": _GOES_ON,
    "app/sync/push.py Pusher._begin: return False -> return None (3)": _GOES_ON,
    "app/sync/push.py Pusher._note_term: self._term_refusals += 1 -> self._term_refusals -= 1": (
        "it is asked only whether there was one"
    ),
    "app/sync/push.py Pusher._until_news: len(attempts) >= self._state.ramp.width -> "
    "len(attempts) > self._state.ramp.width": (
        "where no lane is free, whoever wakes it finds nothing that may begin"
    ),
    "app/sync/service_state.py SyncSettings: 10.0 -> 11.0 (2)": _TUNED,
    "app/sync/service_state.py SyncSettings: 3600.0 -> 3601.0": _TUNED,
    "app/sync/terms.py relation: position.term > known.term -> position.term >= known.term": (
        "equal terms went another way before"
    ),
}
"""The name of an alteration → why no test should notice it."""
