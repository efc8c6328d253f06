"""A small branch at work, and parts to change about it."""

from datetime import timedelta

from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import (
    Amenity,
    Branch,
    BranchState,
    Counter,
    HoursPlan,
    Notice,
    Prompt,
    ScreenEntry,
    SelfService,
    Source,
    Suspension,
    Thanks,
)
from tests.unit.core.plans import SHANGHAI

NOON = Instant.parse("2026-11-24T04:00:00Z")  # a Tuesday, 12:00 in Shanghai
HOURS = read_hours(SHANGHAI)
PERSONAL = {"zh": "个人业务", "en": "Personal"}
CORPORATE = {"zh": "对公业务", "en": "Corporate"}

WALL = ScreenEntry(name="hall", kind="wall")
TOUCH = ScreenEntry(name="lobby", kind="touch")
DISPLAY = ScreenEntry(name="display-2", kind="counter", counter="2")
FASCIA = ScreenEntry(name="door", kind="fascia")
STRIP = ScreenEntry(name="strip-2", kind="strip", counter="2")
SCREENS = (WALL, TOUCH, DISPLAY, FASCIA, STRIP)


def later(seconds: float, since: Instant = NOON) -> Instant:
    return Instant.of(since + timedelta(seconds=seconds))


def counter(number: str, business: dict[str, str] = PERSONAL, hours: str = "personal", **more: object) -> Counter:
    fields = {"state": "open", **more}
    return Counter(number=number, business=business, hours=hours, **fields)  # type: ignore[arg-type] # tests name fields they know


COUNTERS = (counter("1"), counter("2"), counter("3"), counter("4", CORPORATE, "corporate"))


def branch(
    *,
    counters: tuple[Counter, ...] = COUNTERS,
    suspensions: tuple[Suspension, ...] = (),
    suspension: Suspension | None = None,
    notices: tuple[Notice, ...] = (),
    plan: HoursPlan = SHANGHAI,
    machines: tuple[SelfService, ...] = (),
    amenities: tuple[Amenity, ...] = (),
) -> BranchState:
    return BranchState(
        v=1,
        revision=1,
        at=NOON,
        branch=Branch(
            id="hz-0571-001",
            name={"zh": "杭州高新支行", "en": "Hangzhou Gaoxin Sub-branch"},
            hotline="95599",
            timezone="Asia/Shanghai",
        ),
        hours=plan,
        counters=counters,
        suspension=suspension,
        suspensions=suspensions,
        notices=notices,
        calls=(),
        self_service=machines,
        amenities=amenities,
        content=0,
    )


def suspension(
    scope: str = "branch", until: float | None = None, source: Source = "manager", since: float = -60, **more: object
) -> Suspension:
    end = None if until is None else later(until)
    fields = {"id": f"{scope}/{source}/{until}", "reason": "power", **more}
    return Suspension(scope=scope, source=source, since=later(since), until=end, **fields)  # type: ignore[arg-type] # tests name fields they know


def notice(
    identity: str = "n", start: float = -60, until: float = 60, priority: int = 0, places: tuple[str, ...] = ()
) -> Notice:
    return Notice(
        id=identity,
        text={"zh": f"告示 {identity}", "en": f"Notice {identity}"},
        start=later(start),
        until=later(until),
        priority=priority,
        places=places,
    )


def asked_and_thanked() -> BranchState:
    """A state in which every part of the document is used."""
    return branch(
        counters=(
            counter("1", prompt=Prompt(id="p", until=later(15)), teller="t-1", level=4, pad="online"),
            counter("2", thanks=Thanks(until=later(6))),
        ),
        suspensions=(suspension("counter:1", until=60),),
        suspension=suspension(),
        notices=(notice(places=("wall",)),),
    )
