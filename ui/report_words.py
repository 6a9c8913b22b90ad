"""The outage report and printed blanks as plain text, for paper and PDF."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.domain.ids import Millis
from app.domain.outage_report import Handling, OutageReport
from app.services.reporting import Report
from ui.session import Session
from ui.terms import terms
from ui.text import one_line
from ui.times import clock, day, moment, time_words

_RULE = "_" * 40


class ReportWords(QObject):
    """Words for paper; `report_words` is the one to ask."""

    def text(self, report: Report, session: Session) -> str:
        """The whole report, one thing a line."""
        outage, now = report.outage, session.now
        span = self.span(outage, now)
        lines = [
            span, "",
            self.tr("Taken: {count}").format(count=outage.taken),
            self.tr("Completed: {count}").format(count=outage.completed),
            self.tr("Unresolved: {count}").format(count=outage.unresolved),
            "", self.handling(outage), "",
        ]  # fmt: skip
        for one in report.exposure:
            total = terms.money(one.total, one.currency)
            lines.append(self.tr("Exposure: {amount}").format(amount=total))
        lines += ["", self.tr("By hour and agent: taken, completed, unresolved")]
        for count in outage.counts:
            hour = self.hour(count.hour, now)
            name = one_line(session.name_of(count.agent)) or "\u2013"
            lines.append(
                f"{hour:<16} {name:<28} {count.taken:>5} {count.completed:>5} {count.unresolved:>5}"
            )
        return "\n".join(lines)

    def span(self, outage: OutageReport, now: Millis) -> str:
        """From when to when."""
        return self.tr("From {start} to {end}").format(
            start=moment(outage.since, now), end=moment(outage.until, now)
        )

    def hour(self, at: Millis, now: Millis) -> str:
        """The hour a count is of."""
        return f"{day(at, now)} {clock(at)}"

    def handling(self, outage: OutageReport) -> str:
        """Handling time online against outage."""
        return self.tr("Handling time, half of the calls were shorter: {outage} in the outage, "
                       "{online} online").format(
            outage=self.median(outage.outage), online=self.median(outage.online)
        )  # fmt: skip

    def median(self, handling: Handling) -> str:
        """A median with how many calls it is of."""
        if handling.median_s is None:
            return self.tr("no calls with both times")
        length = time_words.length(handling.median_s * 1_000)
        calls = self.tr("%n call(s)", "", handling.calls)
        return f"{length} ({calls})"

    def blanks(self, references: Sequence[str]) -> str:
        """A form for each reference: what a reduced ticket needs, in the order of talking."""
        asked = (
            self.tr("Date and time, from and until"), self.tr("Phone"), self.tr("Name"),
            self.tr("What is wrong"), self.tr("Danger: gas, smoke, shock, water, none"),
            self.tr("Device"), self.tr("Where"), self.tr("Reachable when"),
            self.tr("Paid? amount, date, reference (never a card number)"), self.tr("Taken by"),
        )  # fmt: skip
        return "\n\n\n".join(
            "\n\n".join((reference, *(f"{one}: {_RULE}" for one in asked)))
            for reference in references
        )


report_words = ReportWords()
"""The one to ask; it keeps no words."""
