"""Hours against a definition written otherwise: minute by minute, from tables, with no library and no text of rules."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from signage.core.days import WEEKDAYS
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import Day, HoursException, HoursPlan

MINUTE = timedelta(minutes=1)
MS = timedelta(milliseconds=1)
STARTS = {
    "Asia/Shanghai": [date(2026, 2, 12), date(2026, 12, 30), date(2026, 9, 29)],
    "Europe/Berlin": [date(2026, 3, 28), date(2026, 10, 24)],
    "America/New_York": [date(2026, 3, 7), date(2026, 10, 31)],
    "Australia/Lord_Howe": [date(2026, 4, 4)],  # summer time of half an hour
}
DAYS = 4

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Case:
    zone: str
    start: date
    week: list[Spans]
    holiday: Spans
    special: Spans
    kinds: list[str]
    makeup_as: str
    exception: int  # which of the days, none if it is DAYS

    def day_spans(self, day: date) -> Spans:
        """The table's word for a date."""
        ahead = (day - self.start).days
        if not 0 <= ahead < DAYS:
            return self.week[day.weekday()]
        if ahead == self.exception:
            return self.special
        match self.kinds[ahead]:
            case "holiday":
                return self.holiday
            case "makeup":
                return self.week[WEEKDAYS.index(self.makeup_as)]
            case "rest" if day.weekday() < 5:
                return self.week[6]
            case "workday" if day.weekday() >= 5:
                return self.week[WEEKDAYS.index(self.makeup_as)]
            case _:
                return self.week[day.weekday()]

    def plan(self) -> HoursPlan:
        dates = [self.start + timedelta(days=ahead) for ahead in range(DAYS)]
        exceptions = []
        if self.exception < DAYS:
            on = str(dates[self.exception])
            exceptions = [HoursException(first=on, last=on, rules={"s": times(self.special)})]
        rules = [f"{name} {times(spans)}" for name, spans in zip(WEEKDAYS, self.week, strict=True)]
        return HoursPlan(
            timezone=self.zone,
            rules={"s": "; ".join([*rules, f"PH {times(self.holiday)}"])},
            makeup_as=self.makeup_as,
            days=tuple(Day(date=str(day), type=kind) for day, kind in zip(dates, self.kinds, strict=True)),  # type: ignore[arg-type] # drawn from the four
            exceptions=tuple(exceptions),
        )

    def is_open(self, wall: datetime) -> bool:
        """Whether a wall clock that reads `wall` reads an open time, yesterday's nights included."""
        minutes = wall.hour * 60 + wall.minute
        yesterday = wall.date() - timedelta(days=1)
        return any(first <= minutes < last for first, last in self.day_spans(wall.date())) or any(
            first <= minutes + 24 * 60 < last for first, last in self.day_spans(yesterday)
        )


def times(spans: Spans) -> str:
    return ",".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in spans) or "off"


@st.composite
def day_table(draw: st.DrawFn) -> Spans:
    """Up to two spans in steps of ten minutes, the last perhaps past midnight."""
    edges = sorted(draw(st.sets(st.integers(0, 24 * 6 + 18), max_size=4)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return [(first * 10, last * 10) for first, last in pairs if first < 24 * 6]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone = draw(st.sampled_from(sorted(STARTS)))
    return Case(
        zone=zone,
        start=draw(st.sampled_from(STARTS[zone])),
        week=[draw(day_table()) for _ in range(7)],
        holiday=draw(day_table()),
        special=draw(day_table()),
        kinds=[draw(st.sampled_from(["workday", "rest", "holiday", "makeup"])) for _ in range(DAYS)],
        makeup_as=draw(st.sampled_from(WEEKDAYS)),
        exception=draw(st.integers(0, DAYS)),
    )


@settings(max_examples=60, deadline=None)
@given(cases())
def test_minute_by_minute(case: Case) -> None:
    hours = read_hours(case.plan())
    zone = ZoneInfo(case.zone)
    first = datetime(case.start.year, case.start.month, case.start.day, tzinfo=zone).astimezone(UTC)
    furthest = first.astimezone(zone).replace(tzinfo=None)
    told = hours.at("s", Instant.of(first))
    for minute in range(DAYS * 24 * 60):
        now = Instant.of(first + minute * MINUTE)
        furthest = max(furthest, now.astimezone(zone).replace(tzinfo=None))  # an hour that is repeated counts once
        if told.until is not None and now >= told.until:
            assert now == told.until, "a change falls on a whole minute, and is not passed over"
            assert hours.at("s", Instant.of(now - MS)).open == told.open
            told = hours.at("s", now)
            assert hours.at("s", Instant.of(now + MS)).open == told.open
        assert told.open == case.is_open(furthest), f"{now} reads {furthest}"
        assert told.next_open == (None if told.open else told.until)
