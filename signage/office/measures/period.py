"""The time that figures are about. An event belongs to the period in which it happened, whenever it arrived."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from signage.core.instants import Instant


@dataclass(frozen=True)
class Period:
    """From `first` up to, and not including, `end`. `zone`: whose dates are meant (head office's)."""

    first: Instant
    end: Instant
    zone: ZoneInfo

    @staticmethod
    def month(text: str, zone: ZoneInfo) -> "Period":
        """``2026-11``. Raises ValueError."""
        year, dash, month = text.partition("-")
        if not (dash and len(year) == 4 and len(month) == 2 and text.isascii() and (year + month).isdigit()):
            raise ValueError(f"{text!r} is no month: wanted one such as 2026-11")
        begins = date(int(year), int(month), 1)
        return Period.dates(begins, (begins + timedelta(days=31)).replace(day=1), zone)

    @staticmethod
    def dates(first: date, end: date, zone: ZoneInfo) -> "Period":
        """From the first date's midnight up to that of `end`."""
        return Period(_midnight(first, zone), _midnight(end, zone), zone)

    @property
    def days(self) -> tuple[date, ...]:
        """The dates that lie in it, in whole or in part."""
        begins = self.first.astimezone(self.zone).date()
        count = ((self.end - timedelta(milliseconds=1)).astimezone(self.zone).date() - begins).days + 1
        return tuple(begins + timedelta(days=number) for number in range(count))

    def upto(self, now: Instant) -> "Period":
        """As much of it as is over: nothing can be owed for hours that are still to come."""
        return self if self.end <= now else Period(self.first, max(self.first, now), self.zone)

    def begins(self, day: date) -> Instant:
        """The instant at which one of its dates begins."""
        return _midnight(day, self.zone)


def _midnight(day: date, zone: ZoneInfo) -> Instant:
    return Instant.of(datetime(day.year, day.month, day.day, tzinfo=zone))
