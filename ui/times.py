"""How times are written on the screens: local, short, and relative where that helps."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import QLocale, QObject

from app.domain.ids import Millis
from app.domain.times import DAY, HOUR, MINUTE, SECOND

_WEEK = 6


def local(at: Millis) -> datetime:
    """The instant in this computer's time zone."""
    return datetime.fromtimestamp(at / 1000, tz=UTC).astimezone()


def clock(at: Millis) -> str:
    """Hours and minutes: 10:42."""
    return local(at).strftime("%H:%M")


def clock_seconds(at: Millis) -> str:
    return local(at).strftime("%H:%M:%S")


def day(at: Millis, now: Millis) -> str:
    """The weekday near today, the date further away: Fri, 24 Nov, 24 Nov 2025."""
    when, today = local(at), local(now)
    locale = QLocale()
    weekday = locale.dayName(when.isoweekday(), QLocale.FormatType.ShortFormat).rstrip(".")
    if abs((when.date() - today.date()).days) <= _WEEK:
        return weekday
    date = f"{when.day} {locale.monthName(when.month, QLocale.FormatType.ShortFormat)}"
    return date if when.year == today.year else f"{date} {when.year}"


def moment(at: Millis, now: Millis) -> str:
    """The time of day today, the day before it otherwise: 10:42, Fri 10:42."""
    if local(at).date() == local(now).date():
        return clock(at)
    return f"{day(at, now)} {clock(at)}"


def starts_tomorrow(now: Millis) -> Millis:
    """Midnight that ends today, in this computer's time zone."""
    next_day = local(now).date() + timedelta(days=1)
    # Without a zone of its own the time is read in the computer's, as it will be at that midnight.
    return Millis(int(datetime.combine(next_day, time.min).timestamp() * 1000))


def date(iso: str) -> str:
    """A wire date as people write it: 26 May 2028; what is no date stays as it is."""
    try:
        when = datetime.fromisoformat(iso)
    except ValueError:
        return iso
    month = QLocale().monthName(when.month, QLocale.FormatType.ShortFormat)
    return f"{when.day} {month} {when.year}"


class TimeWords(QObject):
    """Times that need words; `time_words` is the one to ask."""

    def due(self, at: Millis, now: Millis) -> str:
        """18 min over, 3 h over, in 25 min, 13:10, Fri 09:00."""
        if at < now:
            unit = next((one for one in (DAY, HOUR) if now - at >= one), SECOND)
            late = (now - at) // unit * unit
            return self.tr("{length} over").format(length=self.length(late))
        if at - now < HOUR:
            return self.tr("in {length}").format(length=self.length(at - now))
        return moment(at, now)

    def no_time_said(self) -> str:
        """Of a promise: nobody said when."""
        return self.tr("no time said")

    def length(self, milliseconds: int) -> str:
        """A stretch of time in at most two units: 4 s, 18 min, 1 h 25 min, 3 d 4 h."""
        if milliseconds < MINUTE:
            return self.tr("{count} s").format(count=milliseconds // SECOND)
        if milliseconds < HOUR:
            return self.tr("{count} min").format(count=milliseconds // MINUTE)
        if milliseconds < DAY:
            hours, rest = divmod(milliseconds, HOUR)
            return self._two(self.tr("{count} h"), hours, self.tr("{count} min"), rest // MINUTE)
        days, rest = divmod(milliseconds, DAY)
        return self._two(self.tr("{count} d"), days, self.tr("{count} h"), rest // HOUR)

    def ago(self, at: Millis, now: Millis) -> str:
        return self.tr("{length} ago").format(length=self.length(max(0, now - at)))

    def until(self, at: Millis, now: Millis) -> str:
        """In 12 s; now, once it is past."""
        if at <= now:
            return self.tr("now")
        return self.tr("in {length}").format(length=self.length(at - now))

    @staticmethod
    def _two(large: str, count: int, small: str, rest: int) -> str:
        first = large.format(count=count)
        return f"{first} {small.format(count=rest)}" if rest else first


time_words = TimeWords()
"""The one to ask; it keeps no words."""
