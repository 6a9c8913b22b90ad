"""What desks report of themselves, kept for those who may see all of them."""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection, select

from app.central.contract import wire
from app.central.reference.database import desk_report, upsert
from app.domain.configuration import Configuration
from app.domain.ids import Millis
from app.domain.people import Permission
from app.domain.times import to_rfc3339


def keep(connection: Connection, desk: str, report: wire.DeskReport, at: Millis) -> None:
    """The newest report of a desk stands."""
    values = {"desk": desk, "at": at, "report": msgspec.json.encode(report).decode()}
    upsert(connection, desk_report, "desk", values)


def mark_removed(connection: Connection, desk: str) -> None:
    """What was heard of it last is its last word; a desk nobody has heard of says nothing."""
    heard = connection.execute(select(desk_report).where(desk_report.c.desk == desk)).first()
    if heard is not None:
        last = msgspec.json.decode(heard.report, type=wire.DeskReport)
        keep(connection, desk, msgspec.structs.replace(last, removed=True), Millis(heard.at))


def standings(connection: Connection, configuration: Configuration) -> wire.DeskStandings:
    """Every desk of the directory, with what was last heard of it."""
    heard = {one.desk: one for one in connection.execute(select(desk_report))}
    found = []
    for entry in configuration.desks:
        last = heard.get(entry.desk_id)
        found.append(
            wire.DeskStanding(
                desk_id=entry.desk_id,
                name=entry.name,
                codes=list(entry.codes),
                extension=entry.extension,
                last_seen=to_rfc3339(Millis(last.at)) if last else None,
                report=msgspec.json.decode(last.report, type=wire.DeskReport) if last else None,
            )
        )
    return wire.DeskStandings(found)


def may_see(configuration: Configuration, person: str) -> bool:
    """Whether the configuration gives that person a look at all desks."""
    found = configuration.person(person)
    return found is not None and found.may(Permission.SEE_ALL_DESKS)
