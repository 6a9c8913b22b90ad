"""The outages this desk has lived through: noted per service, joined where they touch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.domain.central_services import Service
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.times import MINUTE

OUTAGES_SETTING = "outages"
"""The setting that holds the spells, oldest first."""


def trouble_setting(service: Service) -> str:
    """The setting that says how a service stood when it was last talked to: the fields `since`
    (milliseconds) and `cause` while it was down, `sign_in` while it refused the desk.
    """
    return f"trouble.{service}"


_MOST = 120
_TOUCH = 5 * MINUTE
_SERVICES = frozenset(service.value for service in Service)


@dataclass(frozen=True, slots=True)
class Spell:
    """One service was away; `until` is None while it is."""

    service: Service
    since: Millis
    until: Millis | None


@dataclass(frozen=True, slots=True)
class Outage:
    """Spells that overlap, or nearly touch, are one outage to the people at the desk."""

    services: tuple[Service, ...]
    since: Millis
    until: Millis | None

    def lasted(self, now: Millis) -> int:
        """Milliseconds from the first silence to the last return."""
        return max(0, (self.until or now) - self.since)


@dataclass(frozen=True, slots=True)
class Line:
    """How one service stands: since when the outage line names it, and whether it is down."""

    since: Millis | None
    down: bool


def spells_of(kept: Json) -> tuple[Spell, ...]:
    """What the setting holds; what is no spell is left out."""
    found = kept if isinstance(kept, list) else []
    return tuple(spell for one in found if (spell := _spell(one)) is not None)


def _spell(one: Json) -> Spell | None:
    match one:
        case [str(service), int(since), int() | None as until] if service in _SERVICES:
            return Spell(Service(service), Millis(since), None if until is None else Millis(until))
        case _:
            return None


def kept_form(spells: Iterable[Spell]) -> list[Json]:
    """As the setting holds them."""
    return [[one.service.value, int(one.since), one.until] for one in spells]


def noted(
    spells: tuple[Spell, ...], lines: Mapping[Service, Line], now: Millis
) -> tuple[Spell, ...]:
    """The spells with what the lines say now; the same value where nothing moved."""
    found = list(spells)
    for service, line in lines.items():
        at = next((at for at, one in _newest_first(found) if one.service is service), None)
        last = found[at] if at is not None else None
        if line.since is not None and (last is None or last.since != line.since):
            if at is not None and last is not None and last.until is None:
                found[at] = replace(last, until=min(now, line.since))
            found.append(Spell(service, line.since, None if line.down else now))
        elif at is not None and last is not None:
            still = line.down and line.since == last.since
            found[at] = replace(last, until=None if still else last.until or now)
    return tuple(found[-_MOST:])


def _newest_first(spells: list[Spell]) -> Iterable[tuple[int, Spell]]:
    return reversed(list(enumerate(spells)))


def joined(spells: Iterable[Spell]) -> tuple[Outage, ...]:
    """Whole outages, the newest first."""
    found: list[Outage] = []
    for spell in sorted(spells, key=lambda one: one.since):
        last = found[-1] if found else None
        if last is None or (last.until is not None and spell.since > last.until + _TOUCH):
            found.append(Outage((spell.service,), spell.since, spell.until))
            continue
        services = {*last.services, spell.service}
        open_ = last.until is None or spell.until is None
        until = None if open_ else max(last.until or spell.since, spell.until or spell.since)
        ordered = tuple(one for one in Service if one in services)
        found[-1] = Outage(ordered, last.since, None if until is None else Millis(until))
    return tuple(reversed(found))
