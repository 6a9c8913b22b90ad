"""The words of the catch-up: its figures, what is left of a ticket, and all of it on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.domain.catch_up import CatchUp, Left, TakenHere
from app.domain.ids import Millis
from app.domain.tickets import Missing
from app.domain.views import CallBack
from ui.session import Session
from ui.terms import terms
from ui.text import one_line
from ui.times import moment, time_words
from ui.widgets.figures import Figure
from ui.wording import wording


class CatchUpWords(QObject):
    """`catch_up_words` is the one to ask; it keeps no words."""

    def figures(self, found: CatchUp, now: Millis) -> tuple[Figure, ...]:
        """Taken, sent, unresolved, needs review, exposure."""
        return (
            Figure(str(len(found.taken)), self.tr("taken here"), self._by_intake(found)),
            Figure(str(found.sent), self.tr("sent"), self._last(found, now)),
            Figure(str(found.unresolved), self.tr("unresolved"), self._unresolved(found)),
            self._review(found),
            Figure(
                self._exposure(found),
                self.tr("exposure from the outage"),
                self.tr("%n claim(s) not verified", "", len(found.claims)),
            ),
        )

    def _by_intake(self, found: CatchUp) -> str:
        said = {
            "phone": self.tr("%n by phone", "", found.by_intake.get("phone", 0)),
            "walk_in": self.tr("%n walk-in", "", found.by_intake.get("walk_in", 0)),
        }
        return ", ".join(said[name] for name in said if found.by_intake.get(name))

    def _last(self, found: CatchUp, now: Millis) -> str:
        if found.last_received is None:
            return self.tr("none yet")
        return self.tr("last at {time}, each once").format(time=moment(found.last_received, now))

    def _unresolved(self, found: CatchUp) -> str:
        models = self.tr("%n model(s)", "", found.models)
        rest = self.tr("%n to complete", "", found.to_complete)
        return ", ".join(
            word for word, count in ((models, found.models), (rest, found.to_complete)) if count
        )

    def _review(self, found: CatchUp) -> Figure:
        reviews = found.reviews
        named = ", ".join(one.row.reference for one in reviews[:2])
        more = len(reviews) - 2
        note = f"{named} +{more}" if more > 0 else named
        return Figure(str(len(reviews)), self.tr("needs review"), note, review=bool(reviews))

    def _exposure(self, found: CatchUp) -> str:
        totals = [terms.money(amount, name) for name, amount in found.exposure.items()]
        return " + ".join(totals) or "0"

    def left(self, one: TakenHere, name_of: Callable[[str], str]) -> str:
        """The one next thing, as what to do."""
        match one.left:
            case Left.COMPARE:
                return self.tr("Compare %n field(s)", "", one.count)
            case Left.DECIDE:
                return self.tr("Decide what central refused")
            case Left.CHOOSE_MODEL:
                return self.tr("Choose model, %n candidate(s)", "", one.count)
            case Left.PROPOSE_MODEL:
                return self.tr("Propose a model")
            case Left.COMPLETE:
                return self.tr("Complete {what}").format(what=self._missing(one.missing))
            case Left.NOTHING if one.closed:
                return terms.status(one.row.status).lower()
            case Left.NOTHING:
                owner = name_of(one.row.owner) if one.row.owner else ""
                if owner:
                    return self.tr("nothing, with {name}").format(name=one_line(owner))
                return self.tr("nothing, unassigned")

    def _missing(self, missing: Sequence[Missing]) -> str:
        names = {
            Missing.REACHABLE: self.tr("number"),
            Missing.PLACE: self.tr("address"),
            Missing.FAULT: self.tr("fault"),
            Missing.DEVICE: self.tr("device"),
            Missing.COVERAGE: self.tr("coverage"),
        }
        first = names[missing[0]]
        rest = len(missing) - 1
        return f"{first} +{rest}" if rest else first

    def paper(self, found: CatchUp, span: str, session: Session) -> str:
        """Everything as lines of plain text, readable without any program."""
        now = session.now
        lines = [span, ""]
        lines += [one.sentence() for one in self.figures(found, now)]
        for title, rows in (
            (self.tr("Still active"), found.active),
            (self.tr("Closed during the outage"), found.closed),
        ):
            lines += ["", f"{title} ({len(rows)})"]
            lines += [self._paper_row(one, session, now) for one in rows]
        lines += ["", self.tr("Call-back list")]
        lines += [
            f"{self._when(one, now)}  {one_line(one.to)}  {one_line(one.what)}  {one.reference}  "
            f"{session.name_of(one.whose) if one.whose else ''}".rstrip()
            for one in found.call_backs
        ]
        return "\n".join(lines)

    @staticmethod
    def _when(one: CallBack, now: Millis) -> str:
        return time_words.no_time_said() if one.due is None else moment(one.due, now)

    def _paper_row(self, one: TakenHere, session: Session, now: Millis) -> str:
        row = one.row
        due = time_words.due(row.due, now) if row.due is not None and not one.closed else ""
        parts = (
            row.reference, wording.row_state(row.state), one_line(row.fault),
            one_line(row.device), self.left(one, session.name_of), due,
        )  # fmt: skip
        return "  ".join(part for part in parts if part)


catch_up_words = CatchUpWords()
"""The one to ask."""
