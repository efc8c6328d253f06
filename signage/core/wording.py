"""Times and dates as phrases, as a person at the branch would say them at that moment."""

from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from signage.core.instants import Instant
from signage.core.model import Branch, Reason, Text
from signage.core.phrases import Phrase, given

_WEEKDAY_KEYS: Final = tuple(f"weekday.{number}" for number in range(1, 8))  # ISO: 1 is Monday
_SHORT_KEYS: Final = tuple(f"weekday.short.{number}" for number in range(1, 8))
_NEAR_DAYS: Final = 6  # up to here a weekday's name says which date is meant


def clock(moment: Instant, zone: ZoneInfo) -> str:
    """The wall clock's reading, ``HH:MM``."""
    return moment.astimezone(zone).strftime("%H:%M")


def weekday(day: date) -> Phrase:
    return Phrase(_WEEKDAY_KEYS[day.weekday()])


def weekday_short(day: date) -> Phrase:
    """Such as 周四, Thu: for tables."""
    return Phrase(_SHORT_KEYS[day.weekday()])


def day_and_month(day: date) -> Phrase:
    """Such as 12月3日, 3 December."""
    return Phrase("day.date", {"month": Phrase(f"month.{day.month}"), "day": day.day})


def moment_from(moment: Instant, now: Instant, zone: ZoneInfo) -> Phrase:
    """`moment` as it is said at `now`: the time alone today, with tomorrow, a weekday within the week, else a date."""
    day, today = moment.astimezone(zone).date(), now.astimezone(zone).date()
    time, ahead = clock(moment, zone), (day - today).days
    if ahead == 0:
        return Phrase("time.today", {"time": time})
    if ahead == 1:
        return Phrase("time.tomorrow", {"time": time})
    if 1 < ahead <= _NEAR_DAYS:
        return Phrase("time.weekday", {"time": time, "day": weekday(day)})
    return Phrase("time.date", {"time": time, "day": day_and_month(day)})


def end_from(moment: Instant, now: Instant, zone: ZoneInfo) -> Phrase:
    """Like `moment_from`, but the midnight that ends today is 24:00."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    if local.date() == today + timedelta(days=1) and (local.hour, local.minute) == (0, 0):
        return Phrase("time.today", {"time": "24:00"})
    return moment_from(moment, now, zone)


def reason_phrase(reason: str | None, text: Text | None = None) -> Phrase:
    """Why service is suspended: the person's own words, else the known reason's, else a general one."""
    if text:
        return given(text)
    known = reason if reason in frozenset(Reason) else Reason.OTHER
    return Phrase(f"reason.{known}")


def instead_phrase(branch: Branch) -> Phrase:
    """Where to go while the whole branch is suspended: the branch nearby that is configured, else who can help."""
    if branch.nearby:
        return Phrase("suspended.instead_nearby", {"branch": branch.nearby})
    return Phrase("suspended.instead_branch", {"hotline": branch.hotline})
