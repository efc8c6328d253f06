"""The hand-written cases of `hours_cases`, one by one."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

from signage.core.hours import Hours, read_hours
from signage.core.hours_words import describe
from signage.core.instants import Instant
from signage.core.model import Day, HoursPlan
from signage.link.catalogues import load_catalogues
from tests.unit.core import hours_cases as tables
from tests.unit.core.plans import HEBEI, SHANGHAI, dates, plan

CHINESE = {one.value: one.chinese for one in Holiday}
OFFICIAL = HoursPlan(
    timezone="Asia/Shanghai",
    rules=SHANGHAI.rules,
    days=tuple(
        [Day(date=str(day), type="holiday", note={"zh": CHINESE[name]}) for day, name in holidays.items()]
        + [Day(date=str(day), type="makeup") for day in workdays]
    ),
)
INVENTED = HoursPlan(
    timezone="Asia/Shanghai",
    rules=SHANGHAI.rules,
    days=tuple(
        [Day(date=day, type="holiday", note={"zh": "虚构春节"}) for day in dates("2031-01-22", "2031-01-29")]
        + [Day(date=day, type="makeup") for day in ("2031-01-19", "2031-02-01")]
    ),
)
NIGHTS = "Mo-Th 22:00-02:00; Fr 22:00-04:00; Sa 00:00-24:00; Su off; PH off"
PLANS = {
    "OFFICIAL": OFFICIAL,
    "FICTITIOUS": INVENTED,
    "HEBEI": HEBEI,
    "BERLIN": plan("02:30-04:00", "Europe/Berlin"),
    "NEW_YORK": plan("Mo-Su 22:00-03:00", "America/New_York"),
    "LORD_HOWE": plan("01:45-09:00", "Australia/Lord_Howe"),
    "PYONGYANG": plan("09:00-17:00", "Asia/Pyongyang"),
    "APIA": plan("09:00-17:00", "Pacific/Apia"),
    "NIGHT": plan(NIGHTS, days=(Day(date="2026-10-07", type="holiday"),)),
    "LEAP": plan("Feb 29 10:00-12:00"),
}
HOURS = {name: read_hours(one) for name, one in PLANS.items()}
ZH = load_catalogues()["zh"]


@dataclass(frozen=True)
class Row:
    plan: str
    at: str
    service: str
    state: str
    until: str
    words: str

    @property
    def hours(self) -> Hours:
        return HOURS[self.plan]

    def instant(self, text: str) -> Instant:
        if text.endswith("Z"):
            return Instant.of(datetime.fromisoformat(text))
        return Instant.of(datetime.fromisoformat(text).replace(tzinfo=self.hours.zone))


def rows() -> list[Row]:
    found = []
    for name in PLANS:
        for line in getattr(tables, name).splitlines():
            row = line.partition("#")[0].strip()
            if row:
                at, service, state, until, *words = row.split(maxsplit=4)
                found.append(Row(name, at, service, state, until, "".join(words)))
    return found


ROWS = rows()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.plan}-{row.at}-{row.service}")
def test_case(row: Row) -> None:
    now = row.instant(row.at)
    told = row.hours.at(row.service, now)
    until = None if row.until == "-" else row.instant(row.until)
    assert ("open" if told.open else "closed", told.until) == (row.state, until)
    assert told.next_open == (None if told.open else until)
    if row.words:
        assert ZH.render(describe(row.hours, row.service, now)) == row.words


def test_there_are_enough_of_them_and_no_two_alike() -> None:
    assert len({(row.plan, row.at, row.service) for row in ROWS}) == len(ROWS) >= 150


@pytest.mark.parametrize("year", range(2020, 2027))
def test_every_worked_weekend_day_stands_in_the_table(year: int) -> None:
    """And each is said to be open: the library's list is the second witness."""
    told = {
        row.at[:10] for row in ROWS if row.plan == "OFFICIAL" and row.state == "open" and row.service == "corporate"
    }
    worked = {str(day) for day in workdays if day.year == year}
    back = {row.until[:10] for row in ROWS if row.plan == "OFFICIAL"}
    assert worked <= told | back
