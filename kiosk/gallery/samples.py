"""A branch to be drawn: the state at one moment of an ordinary Tuesday, and what may happen to it."""

from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from kiosk.gallery.customers import AMENITIES, GUIDE, MACHINES
from signage.core.instants import Instant
from signage.core.model import (
    Branch,
    BranchState,
    Counter,
    Day,
    HoursException,
    HoursPlan,
    Notice,
    Prompt,
    ScreenEntry,
    Source,
    Suspension,
    Text,
    Thanks,
)
from signage.core.schedule import HOUSE_SLIDES, SLIDE_S, turn

AFTERNOON: Final = Instant.parse("2026-11-24T14:05:00+08:00")
EVENING: Final = Instant.parse("2026-11-24T18:30:00+08:00")
WALL: Final = ScreenEntry(name="wall", kind="wall")
COUNTER: Final = ScreenEntry(name="counter-3", kind="counter", counter="3")

_PERSONAL: Final[Text] = {"zh": "个人业务", "en": "Personal"}
_CORPORATE: Final[Text] = {"zh": "对公业务", "en": "Corporate"}
_CASH: Final[Text] = {"zh": "现金业务", "en": "Cash"}
_WEALTH: Final[Text] = {"zh": "理财与贷款咨询", "en": "Wealth and loans"}

_PLAN: Final = HoursPlan(
    timezone="Asia/Shanghai",
    rules={
        "personal": "Mo-Fr 09:00-17:00; Sa,Su 09:30-16:00; PH 09:30-16:00",
        "corporate": "Mo-Fr 09:00-11:30,13:30-17:00; PH off",
    },
    days=(Day(date="2026-11-28", type="makeup"),),
    exceptions=(
        HoursException(
            first="2026-11-26",
            last="2026-11-26",
            rules={"corporate": "off"},
            note={"zh": "年终盘点", "en": "Stock-taking"},
        ),
    ),
)


def house(state: BranchState | None = None) -> BranchState:
    """The branch with six counters, all serving."""
    return state or BranchState(
        revision=1,
        at=AFTERNOON,
        branch=Branch(
            id="hz-0571-001",
            name={"zh": "杭州高新支行", "en": "Hangzhou Gaoxin Sub-branch"},
            hotline="95599",
            timezone="Asia/Shanghai",
            nearby={"zh": "文三路支行（向东 400 米）", "en": "Wensan Road branch (400 m)"},
        ),
        hours=_PLAN,
        counters=(
            Counter(number="1", business=_PERSONAL, state="open", teller="0571023", level=5, pad="online"),
            Counter(number="2", business=_PERSONAL, state="open", teller="0571041", level=4, pad="online"),
            Counter(number="3", business=_CASH, state="open", teller="0571017", level=4, pad="online"),
            Counter(number="4", business=_CASH, state="open", teller="0571032", pad="lost"),
            Counter(number="5", business=_CORPORATE, hours="corporate", state="open", teller="0571008", level=5),
            Counter(number="6", business=_WEALTH, hours="corporate", state="closed"),
        ),
        notices=(),
        calls=(),
        self_service=MACHINES,
        guide=GUIDE,
        amenities=AMENITIES,
        content=0,
        v=1,
    )


def holidays() -> HoursPlan:
    """With the holidays of the turn of the year."""
    new_year = {"zh": "元旦", "en": "New Year"}
    spring = {"zh": "春节", "en": "Spring Festival"}
    days = [Day(date=f"2027-01-0{day}", type="holiday", note=new_year) for day in (1, 2, 3)]
    days += [Day(date=f"2027-02-{day:02}", type="holiday", note=spring) for day in range(5, 12)]
    days += [Day(date="2027-02-14", type="makeup"), Day(date="2027-02-20", type="makeup")]
    closed = HoursException(
        first="2027-02-05",
        last="2027-02-07",
        rules={"personal": "off", "corporate": "off"},
        note={"zh": "春节休业", "en": "Closed for Spring Festival"},
    )
    exceptions = (*_PLAN.exceptions, closed)
    return replace(_PLAN, days=(*_PLAN.days, *days), exceptions=exceptions, known_until="2027-12-28")


def many_holidays() -> HoursPlan:
    """With the whole next year announced, and another service rest now and then: more than a page holds."""
    plan = holidays()
    spans = (
        ("04-03", "04-05", "清明节", "Tomb-Sweeping Day"),
        ("05-01", "05-05", "劳动节", "Labour Day"),
        ("06-09", "06-11", "端午节", "Dragon Boat Festival"),
        ("09-15", "09-17", "中秋节", "Mid-Autumn Festival"),
        ("10-01", "10-07", "国庆节", "National Day"),
    )
    days = [
        Day(date=day.isoformat(), type="holiday", note={"zh": zh, "en": en})
        for first, last, zh, en in spans
        for day in _days(f"2027-{first}", f"2027-{last}")
    ]
    makeups = ("2027-05-08", "2027-09-19", "2027-09-26", "2027-10-09")
    days += [Day(date=day, type="makeup") for day in makeups]
    return replace(plan, days=(*plan.days, *days))


def _days(first: str, last: str) -> list[date]:
    begin = date.fromisoformat(first)
    return [begin + timedelta(days=n) for n in range((date.fromisoformat(last) - begin).days + 1)]


def ordinary() -> HoursPlan:
    """With nothing special ahead."""
    return replace(_PLAN, days=(), exceptions=())


def slide_time(key: str) -> Instant:
    """A moment of the afternoon at which that house slide stands."""
    ahead = (HOUSE_SLIDES.index(key) - turn(AFTERNOON)) % len(HOUSE_SLIDES)
    return Instant.of(AFTERNOON + timedelta(seconds=ahead * SLIDE_S))


def suspended(
    scope: str, reason: str, until: str | None = None, source: Source = "manager", text: Text | None = None
) -> BranchState:
    """The branch or a counter (`counter:3`) suspended since a moment ago. `until`: local time today, HH:MM."""
    end = Instant.parse(f"2026-11-24T{until}:00+08:00") if until else None
    one = Suspension(
        id="s-1", scope=scope, reason=reason, source=source, since=AFTERNOON, until=end, actor="lobby", text=text or {}
    )
    return replace(house(), suspensions=(one,))


def noticed(text: Text, priority: int, place: str = "wall") -> BranchState:
    """A notice of that priority until four o'clock; `place` "": on every screen."""
    notice = Notice(
        id="n-1",
        text=text,
        start=AFTERNOON,
        until=Instant.parse("2026-11-24T16:00:00+08:00"),
        priority=priority,
        places=(place,) if place else (),
        icon="info",
    )
    return replace(house(), notices=(notice,))


def prompted() -> BranchState:
    """Counter 3 asks for a rating."""
    return _third(
        prompt=Prompt(
            id="p-1",
            since=Instant.of(AFTERNOON - timedelta(seconds=5)),
            until=Instant.of(AFTERNOON + timedelta(seconds=15)),
        )
    )


def thanked() -> BranchState:
    """A customer has just rated at counter 3."""
    return _third(thanks=Thanks(until=Instant.of(AFTERNOON + timedelta(seconds=6))))


def _third(*, prompt: Prompt | None = None, thanks: Thanks | None = None) -> BranchState:
    state = house()
    third = replace(state.counters[2], prompt=prompt, thanks=thanks)
    return replace(state, counters=(*state.counters[:2], third, *state.counters[3:]))
