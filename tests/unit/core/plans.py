"""Plans of hours and the official Chinese arrangements of 2025 and 2026, as data."""

from datetime import date, timedelta

from signage.core.model import Day, HoursChange, HoursException, HoursPlan

# The State Council's notices: (holiday from, to), and the weekend days worked in exchange.
HOLIDAYS = {
    2025: [
        ("2025-01-01", "2025-01-01"),
        ("2025-01-28", "2025-02-04"),
        ("2025-04-04", "2025-04-06"),
        ("2025-05-01", "2025-05-05"),
        ("2025-05-31", "2025-06-02"),
        ("2025-10-01", "2025-10-08"),
    ],
    2026: [
        ("2026-01-01", "2026-01-03"),
        ("2026-02-15", "2026-02-23"),
        ("2026-04-04", "2026-04-06"),
        ("2026-05-01", "2026-05-05"),
        ("2026-06-19", "2026-06-21"),
        ("2026-09-25", "2026-09-27"),
        ("2026-10-01", "2026-10-07"),
    ],
}
MAKEUPS = {
    2025: ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"],
    2026: ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
}


def dates(first: str, last: str) -> list[str]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [str(start + timedelta(days=ahead)) for ahead in range((end - start).days + 1)]


def official_days() -> tuple[Day, ...]:
    holidays = [day for year in HOLIDAYS.values() for first, last in year for day in dates(first, last)]
    makeups = [day for year in MAKEUPS.values() for day in year]
    return tuple(
        [Day(date=day, type="holiday", note={"zh": "法定节假日"}) for day in holidays]
        + [Day(date=day, type="makeup", note={"zh": "调休补班"}) for day in makeups]
    )


SHANGHAI = HoursPlan(
    timezone="Asia/Shanghai",
    rules={
        "personal": "Mo-Fr 09:00-17:00; Sa,Su 09:30-16:00; PH 09:30-16:00",
        "corporate": "Mo-Fr 09:00-17:00; PH off",
    },
    days=official_days(),
    known_until="2026-12-31",
)

# The Hebei pact of 2016, laid over 2026: workdays 9:00-17:00, rest days and most holidays 9:30-16:30, Spring Festival
# 10:00-15:00, closed from New Year's Eve (16 February) to the second day of the year (18 February).
HEBEI = HoursPlan(
    timezone="Asia/Shanghai",
    rules={"personal": "Mo-Fr 09:00-17:00; Sa,Su 09:30-16:30; PH 09:30-16:30"},
    days=official_days(),
    exceptions=(
        HoursException(
            first="2026-02-15", last="2026-02-23", rules={"personal": "10:00-15:00"}, note={"zh": "春节营业时间"}
        ),
        HoursException(first="2026-02-16", last="2026-02-18", rules={"personal": "off"}, note={"zh": "春节休业"}),
    ),
)


def plan(rule: str, timezone: str = "Asia/Shanghai", **more: object) -> HoursPlan:
    return HoursPlan(timezone=timezone, rules={"personal": rule}, **more)  # type: ignore[arg-type] # tests name fields they know


CHANGING = HoursPlan(
    timezone="Asia/Shanghai",
    rules={**SHANGHAI.rules, "counter:5": "Mo-Fr 09:00-12:00"},
    days=SHANGHAI.days,
    changes=(
        HoursChange(first="2026-12-07", rules={"personal": "Mo-Fr 08:30-17:30; Sa,Su off"}, note={"zh": "冬令"}),
        HoursChange(first="2026-12-01", rules={"counter:5": "Mo-Su 10:00-11:00"}),
    ),
    known_until="2026-12-28",
)
