"""A branch to test on: three counters, three screens, two bridges."""

from datetime import timedelta
from itertools import count
from typing import Any

from signage.branch.facts import Change, Draft, Facts
from signage.branch.orders import Order
from signage.branch.settings import (
    ControllerSettings,
    CounterSettings,
    RatingSettings,
    ScreenSettings,
)
from signage.branch.staff import Person, Role
from signage.core.instants import Instant
from signage.core.model import Branch, HoursPlan
from signage.core.phrases import Catalogue
from signage.core.templates import TEMPLATES
from signage.link.client import Address
from signage.wire.messages import Command, Event

NINE = Instant.parse("2026-11-24T01:00:00Z")  # 09:00 at Hangzhou, a Tuesday
MANAGER = Person("wang", "王经理", Role.LOBBY_MANAGER, "$argon2")
TELLER = Person("li", "李柜员", Role.TELLER, "$argon2")


def after(seconds: float) -> Instant:
    return Instant.of(NINE + timedelta(seconds=seconds))


def ids() -> Any:
    numbers = count(1)
    return lambda: f"id-{next(numbers)}"


CATALOGUES = {
    locale: Catalogue(locale, {one.key: f"{locale} {one.id} {list(one.blanks)}" for one in TEMPLATES})
    for locale in ("zh", "en")
}


def settings(**changed: Any) -> ControllerSettings:
    given: dict[str, Any] = {
        "branch": Branch(id="hz-1", name={"zh": "高新支行"}, hotline="95599", timezone="Asia/Shanghai"),
        "hours": HoursPlan(timezone="Asia/Shanghai", rules={"personal": "Mo-Fr 09:00-17:00"}),
        "broker": Address("127.0.0.1", 1883),
        "counters": (
            CounterSettings("1", {"zh": "个人业务"}, pad_bridge="bridge-1"),
            CounterSettings("2", {"zh": "个人业务"}, pad_bridge="bridge-1"),
            CounterSettings("3", {"zh": "对公业务"}, pad_bridge="bridge-2"),
        ),
        "screens": (
            ScreenSettings("lobby", "touch"),
            ScreenSettings("wall-1", "wall"),
            ScreenSettings("counter-1", "counter", "1"),
        ),
        "bridges": ("bridge-1", "bridge-2"),
        "ratings": RatingSettings(),
        "catalogues": CATALOGUES,
    }
    return ControllerSettings(**{**given, **changed})


def command(name: str, identity: str = "c-1", **args: Any) -> Command:
    return Command(
        v=1, id=identity, issuer="lobby", target="hz-1", issued_at=NINE, expires_at=after(10), name=name, args=args
    )


def order(name: str, person: Person | None = MANAGER, identity: str = "c-1", **args: Any) -> Order:
    return Order(command(name, identity, **args), "lobby", person)


def event(kind: str, at: Instant = NINE, identity: str = "e-1", **data: Any) -> Event:
    return Event(
        id=identity, at=at, kind=kind, origin="bridge-1", origin_epoch="x", origin_seq=1, prev="0" * 64, data=data
    )


def told(change: Change, kind: str) -> list[dict[str, Any]]:
    return [draft.data for draft in change.events if draft.kind == kind]


def kinds(drafts: tuple[Draft, ...]) -> list[str]:
    return [draft.kind for draft in drafts]


NOTHING = Facts()
