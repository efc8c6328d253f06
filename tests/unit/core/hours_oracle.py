"""Opening hours defined a second time: no library, no rule's text, no type that leads to a stand-in date.

A `World` is tables of minutes. Whether a service is open is read off them for what the wall clock shows, minute by minute
from some days before; an hour that the clock shows twice counts the first time, one that it never shows has passed. What
a change is follows from the walk. The product is given the same world as a plan, in words.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from signage.core.instants import Instant
from signage.core.model import Day, HoursChange, HoursException, HoursPlan

Minutes = tuple[tuple[int, int], ...]  # from, to; minutes since midnight, the end may lie on the next date

NAMES = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
SERVICES = ("personal", "corporate", "counter:7")
DAYS = 9  # that a walk covers; the tables know only these
RUN_UP = 3  # days walked before, so that nights and repeated hours are under way
MINUTE = timedelta(minutes=1)

# Where a walk may start: summer time's both ends, offsets changed by law, a date that never was, leap days, new years.
STARTS = {
    "Asia/Shanghai": ("2026-02-12", "2026-12-29", "2026-09-28", "2024-02-26", "2027-02-03"),
    "Europe/Berlin": ("2026-03-25", "2026-10-21", "2028-02-26", "2026-12-28"),
    "America/New_York": ("2026-03-04", "2026-10-28", "2024-02-27"),
    "Australia/Lord_Howe": ("2026-04-01", "2026-10-01"),  # summer time of half an hour
    "Asia/Pyongyang": ("2015-08-11", "2018-05-01"),  # half an hour back by decree, and forth again
    "Europe/Istanbul": ("2016-10-26", "2016-03-23"),  # stayed on summer time
    "America/Caracas": ("2016-04-28",),
    "Pacific/Apia": ("2011-12-26", "2012-03-29"),  # no 30 December 2011
    "Africa/Casablanca": ("2026-02-11", "2026-03-18"),  # an hour back for Ramadan
    "Asia/Kathmandu": ("2026-07-12",),
}


@dataclass(frozen=True)
class Table:
    """One service's minutes: for each weekday, for holidays, and in the summer months other ones if given."""

    week: tuple[Minutes, ...]
    holiday: Minutes
    summer: Minutes | None

    def on(self, day: date, weekday: int, *, holiday: bool) -> Minutes:
        if self.summer is not None and day.month in {7, 8, 9}:
            return self.summer
        return self.holiday if holiday else self.week[weekday]

    def rule(self) -> str:
        parts = [f"{name} {spell(minutes)}" for name, minutes in zip(NAMES, self.week, strict=True)]
        parts.append(f"PH {spell(self.holiday)}")
        if self.summer is not None:
            parts += [f"Jul-Sep {spell(self.summer)}", f"Jul-Sep PH {spell(self.summer)}"]
        return "; ".join(parts)


@dataclass(frozen=True)
class Closure:
    """Minutes of their own for some services on some days of the walk."""

    first: int
    last: int
    minutes: dict[str, Minutes]

    def word(self, service: str) -> Minutes | None:
        """What it says of a service. A counter of its own is closed with the whole branch."""
        if service in self.minutes:
            return self.minutes[service]
        everything = [self.minutes.get(name) for name in SERVICES[:2]]
        return () if service == SERVICES[2] and everything == [(), ()] else None


@dataclass(frozen=True)
class World:
    """`types`: each day's type; `later`: tables that stand from a day of the walk on, in the order of days."""

    zone: str
    start: date
    tables: dict[str, Table]
    types: tuple[str, ...]
    makeup_as: int
    closures: tuple[Closure, ...]
    later: tuple[tuple[int, dict[str, Table]], ...]

    def minutes(self, service: str, day: date) -> Minutes:
        """The table's word for a date."""
        ahead = (day - self.start).days
        for closure in reversed(self.closures):
            if closure.first <= ahead <= closure.last and (found := closure.word(service)) is not None:
                return found
        table = self.tables[service]
        for begins, tables in self.later:
            if begins <= ahead:
                table = tables.get(service, table)
        weekday = day.weekday()
        if not 0 <= ahead < DAYS:
            return table.on(day, weekday, holiday=False)
        type_ = self.types[ahead]
        if type_ in {"makeup", "workday"} and (type_ == "makeup" or weekday > 4):
            weekday = self.makeup_as
        if type_ == "rest" and weekday < 5:
            weekday = 6
        return table.on(day, weekday, holiday=type_ == "holiday")

    @cached_property
    def first(self) -> datetime:
        """The walk's first minute."""
        return datetime(self.start.year, self.start.month, self.start.day, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    @cached_property
    def clock(self) -> list[datetime]:
        """The latest that the wall clock has shown, for each minute from RUN_UP days before `first` on."""
        zone, reached = ZoneInfo(self.zone), datetime(1, 1, 1)  # noqa: DTZ001 - what a wall clock shows
        shown = []
        for minute in range(-RUN_UP * 1440, DAYS * 1440):
            reached = max(reached, (self.first + minute * MINUTE).astimezone(zone).replace(tzinfo=None, fold=0))
            shown.append(reached)
        return shown

    def day(self, service: str, day: date) -> list[bool]:
        """Whether a clock that shows a minute of a date shows an open time, the night of the date before included."""
        told = [False] * 1440
        for first, last in self.minutes(service, day):
            for minute in range(first, min(last, 1440)):
                told[minute] = True
        for first, last in self.minutes(service, day - timedelta(days=1)):
            for minute in range(max(first, 1440), last):
                told[minute - 1440] = True
        return told

    def walk(self, service: str) -> list[bool]:
        """Open or not, for each minute from `first` on."""
        days: dict[date, list[bool]] = {}
        told = []
        for wall in self.clock[RUN_UP * 1440 :]:
            day = wall.date()
            if day not in days:
                days[day] = self.day(service, day)
            told.append(days[day][wall.hour * 60 + wall.minute])
        return told

    def plan(self) -> HoursPlan:
        """The same world in the product's words."""
        dates = [str(self.start + timedelta(days=ahead)) for ahead in range(DAYS)]
        return HoursPlan(
            timezone=self.zone,
            rules={service: table.rule() for service, table in self.tables.items()},
            makeup_as=NAMES[self.makeup_as],
            days=tuple(Day(date=day, type=type_) for day, type_ in zip(dates, self.types, strict=True)),  # type: ignore[arg-type] # drawn from the four
            exceptions=tuple(
                HoursException(
                    first=dates[one.first],
                    last=dates[one.last],
                    rules={service: spell(minutes) for service, minutes in one.minutes.items()},
                )
                for one in self.closures
            ),
            changes=tuple(
                HoursChange(first=dates[begins], rules={name: table.rule() for name, table in tables.items()})
                for begins, tables in self.later
            ),
        )


def spell(minutes: Minutes) -> str:
    return ",".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in minutes) or "off"


def instant(world: World, ms: int) -> Instant:
    """So many milliseconds after the walk's first minute."""
    return Instant.of(world.first + timedelta(milliseconds=ms))


# --- drawing


def draw_minutes(random: Random) -> Minutes:
    """Up to three spans; some on the hour, some on any minute, some up to or past midnight, some none at all."""
    kind = random.random()
    if kind < 0.15:
        return ()
    if kind < 0.45:
        opens = random.choice((540, 570, 600))
        return (
            ((opens, 720), (810, 1020)) if random.random() < 0.4 else ((opens, random.choice((900, 960, 990, 1020))),)
        )
    step = random.choice((1, 5, 30))
    edges = sorted(random.sample(range(1440 // step + 1), random.choice((2, 4, 6))))
    spans = [(first * step, last * step) for first, last in zip(edges[::2], edges[1::2], strict=True)]
    if random.random() < 0.3 and spans[-1][0] < 1440:  # a night
        spans[-1] = (spans[-1][0], 1440 + random.randrange(0, 8 * 60))
    return tuple(span for span in spans if span[0] < min(span[1], 1440))


def draw_table(random: Random) -> Table:
    week = tuple(draw_minutes(random) for _ in NAMES)
    if random.random() < 0.3:
        week = (week[0],) * 5 + (week[5], week[6])
    summer = draw_minutes(random) if random.random() < 0.3 else None
    return Table(week, draw_minutes(random), summer)


def draw_closure(random: Random) -> Closure:
    first = random.randrange(DAYS)
    names = random.sample(SERVICES, random.randrange(1, 4))
    minutes: dict[str, Minutes] = {name: draw_minutes(random) for name in names}
    if random.random() < 0.4:
        minutes = dict.fromkeys(SERVICES[:2], ())
    return Closure(first, random.randrange(first, min(first + 4, DAYS)), minutes)


def draw_world(random: Random) -> World:
    zone = random.choice(sorted(STARTS))
    later = sorted(random.sample(range(DAYS), random.choice((0, 0, 1, 2))))
    return World(
        zone=zone,
        start=date.fromisoformat(random.choice(STARTS[zone])),
        tables={service: draw_table(random) for service in SERVICES},
        types=tuple(random.choices(("workday", "rest", "holiday", "makeup"), k=DAYS)),
        makeup_as=random.randrange(7),
        closures=tuple(draw_closure(random) for _ in range(random.choice((0, 1, 1, 2, 3)))),
        later=tuple(
            (day, {name: draw_table(random) for name in random.sample(SERVICES, random.randrange(1, 4))})
            for day in later
        ),
    )
