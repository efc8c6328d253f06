"""The parts of a scene, each made from a situation."""

from typing import Final, TypeVar

from signage.core.counters import CounterView
from signage.core.hours import HoursState
from signage.core.hours_weeks import announcements
from signage.core.hours_words import condition, day_words, describe, week, within_day
from signage.core.instants import Instant
from signage.core.items import (
    BannerItem,
    Chip,
    ClosedItem,
    CounterCard,
    Header,
    HomeItem,
    HouseSlide,
    Line,
    MediaItem,
    NoticeItem,
    ServiceLine,
    ServiceTable,
    Shape,
    SuspendedItem,
    TickerItem,
    WordsItem,
)
from signage.core.model import BRANCH_SCOPE, Notice
from signage.core.notices import emergency
from signage.core.phrases import Field, Phrase, given
from signage.core.programme import ItemClass
from signage.core.resuming import service_back
from signage.core.schedule import HOUSE_SLIDES, slide_index, slide_round
from signage.core.situation import BANNER_FOR, CLOSING_SOON, Situation
from signage.core.slots import Slot, Turn
from signage.core.wording import instead_phrase, moment_from, reason_phrase

IMPORTANT_PRIORITY: Final = 10
_SLIDE_LINES: Final = 3
_AMENITIES_A_SLIDE: Final = 8
T = TypeVar("T")
_LAST_MS: Final = Instant.parse("2999-12-31T00:00:00Z").ms  # an end for what has none
# The police's own lines about a suspected fraud: one for a place, in whatever languages its screens speak.
_FRAUD_LINE: Final = "96110"
_FRAUD_LINES: Final = {"Asia/Hong_Kong": "18222"}
_SERVICES: Final = frozenset({"personal", "corporate"})
_SIGNED_SHAPES: Final[dict[ItemClass, Shape]] = {"notice": Shape.ATTENTION, "emergency": Shape.SUSPENDED}
_SHAPES: Final = {"open": Shape.OPEN, "suspended": Shape.SUSPENDED, "closed": Shape.CLOSED}


def service_label(service: str) -> Phrase:
    if service in _SERVICES:
        return Phrase(f"service.{service}")
    return Phrase("service.other", {"name": service})


def service_line(here: Situation, service: str) -> ServiceLine:
    state = here.hours.at(service, here.now)
    soon = _closing_soon(here, service, state)
    return ServiceLine(
        service=service,
        label=service_label(service),
        shape=(Shape.ATTENTION if soon else Shape.OPEN) if state.open else Shape.CLOSED,
        word=Phrase("state.closing_soon") if soon else condition(here.hours, service, here.now),
        detail=describe(here.hours, service, here.now),
        today=day_words(here.hours, service, here.hours.local_date(here.now)),
        note=state.note,
    )


def _closing_soon(here: Situation, service: str, state: HoursState) -> bool:
    """Not before a break: who comes then is served the same day."""
    if not state.open or state.until is None or here.now < state.until - CLOSING_SOON:
        return False
    return not within_day(here.hours, service, state.until)


def header(here: Situation) -> Header:
    branch = here.state.branch
    services = tuple(service_line(here, service) for service in here.hours.services)
    return Header(
        name=branch.name,
        hotline=branch.hotline,
        timezone=here.hours.zone.key,
        date=here.hours.local_date(here.now),
        chip=_branch_chip(here, services),
        services=services,
        stale=None if here.heard else Phrase("screen.stale"),
    )


def _branch_chip(here: Situation, services: tuple[ServiceLine, ...]) -> Chip:
    if here.held is not None and here.held.suspension.scope == BRANCH_SCOPE:
        return Chip(Shape.SUSPENDED, Phrase("state.suspended"), None)
    if not services:
        return Chip(Shape.ATTENTION, Phrase("state.ask_staff"), None)
    opening = {line.service: here.hours.at(line.service, here.now).next_open for line in services}
    line = next((line for line in services if line.shape != Shape.CLOSED), None)
    if line is None:
        known = [(moment, line) for line in services if (moment := opening[line.service]) is not None]
        line = min(known, key=lambda one: one[0])[1] if known else services[0]
    return Chip(line.shape, line.word, line.detail)


def counter_card(here: Situation, view: CounterView) -> CounterCard:
    return CounterCard(
        number=view.number,
        business=view.business,
        condition=view.condition,
        shape=_SHAPES[view.condition],
        word=Phrase(f"counter.{view.condition}"),
        detail=_counter_detail(here, view),
        until=view.until,
        alternatives=view.alternatives,
        teller=view.teller,
        level=view.level,
        pad=view.pad,
    )


def _counter_detail(here: Situation, view: CounterView) -> Phrase | None:
    if view.until is None:
        return None
    if view.condition == "open":
        return describe(here.hours, view.service, here.now)
    if view.condition == "suspended":
        back = service_back(here.hours, view.service, view.until)
        return None if back is None else _back_at(here, back)
    return Phrase("hours.opens_at", {"time": moment_from(view.until, here.now, here.hours.zone)})


def counter_cards(here: Situation) -> tuple[CounterCard, ...]:
    """The suspended ones first: they are what somebody walking in must know."""
    views = sorted(here.counters, key=lambda view: view.condition != "suspended")
    return tuple(counter_card(here, view) for view in views)


def suspended_place(here: Situation) -> SuspendedItem:
    """The item of what holds this screen: the branch's suspension or the device's own. `here.foremost` is not None."""
    assert here.foremost is not None
    one, resumes = here.foremost.suspension, here.foremost.resumes
    branch = one.scope == BRANCH_SCOPE
    house = here.state.branch
    return SuspendedItem(
        scope="branch" if branch else "device",
        number=None,
        title=Phrase("suspended.title_branch" if branch else "suspended.title_device"),
        reason=reason_phrase(one.reason, one.text),
        expected=_expected(here, None, here.foremost.expected),
        alternative=instead_phrase(house) if branch else Phrase("suspended.instead_device", {"hotline": house.hotline}),
        resumes=resumes,
        alternatives=(),
    )


def suspended_counter(here: Situation, view: CounterView) -> SuspendedItem:
    return SuspendedItem(
        scope="counter",
        number=view.number,
        title=Phrase("suspended.title_counter"),
        reason=reason_phrase(view.reason, view.text),
        expected=_expected(here, view.service, view.until),
        alternative=_instead(view),
        resumes=view.until,
        alternatives=view.alternatives,
    )


def _expected(here: Situation, service: str | None, resumes: Instant | None) -> Phrase:
    """What customers are told of a suspension's end; `service`: a counter's."""
    back = service_back(here.hours, service, resumes)
    return Phrase("suspended.no_time") if back is None else _back_at(here, back)


def _back_at(here: Situation, back: Instant) -> Phrase:
    return Phrase("suspended.expected", {"time": moment_from(back, here.now, here.hours.zone)})


def _instead(view: CounterView) -> Phrase:
    if view.alternatives:
        return Phrase("suspended.instead_counters", {"numbers": view.alternatives})
    if view.machines:
        return Phrase("suspended.instead_machines", {"machines": tuple(given(one.place) for one in view.machines)})
    return Phrase("suspended.instead_lobby")


def banner(here: Situation) -> BannerItem | None:
    """A counter's suspension, told across the screen for its first seconds."""
    fresh = [
        view
        for view in here.counters
        if view.scope == "counter" and view.since is not None and here.now < view.since + BANNER_FOR
    ]
    if not fresh:
        return None
    view = max(fresh, key=lambda view: (view.since, view.number))
    words = Phrase("suspended.banner", {"number": view.number, "instead": _instead(view)})
    return BannerItem(Shape.SUSPENDED, words)


def notice_item(notice: Notice) -> NoticeItem:
    shape = Shape.ATTENTION if notice.priority >= IMPORTANT_PRIORITY else None
    title = "notice.emergency" if emergency(notice) else "notice.title"
    return NoticeItem(
        id=notice.id,
        title=Phrase(title),
        words=given(notice.text),
        shape=Shape.SUSPENDED if emergency(notice) else shape,
        until=notice.until,
        icon=notice.icon,
    )


def signed_item(slot: Slot, turn: Turn) -> MediaItem | WordsItem:
    """What head office has signed, in its turn."""
    item, asset = slot.item, slot.asset
    since, until = Instant.from_ms(turn.start), Instant.from_ms(turn.end)
    if asset.kind in {"picture", "video"}:
        return MediaItem(item.id, asset, since, until, alone=item.cls == "emergency")
    return WordsItem(item.id, asset, _SIGNED_SHAPES.get(item.cls), since, until)


def signed_line(resting: Line, slot: Slot) -> Line:
    """The same on a screen of one line, in place of what it says at rest."""
    shape = _SIGNED_SHAPES.get(slot.item.cls, resting.shape)
    return Line(resting.name, shape, given(slot.asset.text), emergency=slot.item.cls == "emergency")


def signed_notice(slot: Slot) -> NoticeItem:
    """Head office's words beside what a screen is there for."""
    until = Instant.from_ms(min(slot.until, _LAST_MS))
    return NoticeItem(slot.item.id, Phrase("notice.title"), given(slot.asset.text), Shape.ATTENTION, until)


def notices_beside(here: Situation, shown: Notice | None) -> tuple[NoticeItem, ...]:
    """The branch's notices, then head office's, that do not stand in the main zone."""
    own = (notice_item(notice) for notice in here.notices if notice is not shown)
    return (*own, *(signed_notice(slot) for slot in here.lines("beside")))


def closed_item(here: Situation, top: Header) -> ClosedItem:
    return ClosedItem(top.chip, top.services, Phrase("closed.farewell", {"hotline": here.state.branch.hotline}))


def house_slide(here: Situation) -> HouseSlide:
    """The slide whose turn it is."""
    key = HOUSE_SLIDES[slide_index(here.now, len(HOUSE_SLIDES))]
    if key == "amenities" and not here.state.amenities:
        key = "welcome"  # what a branch has not told of, nobody promises
    branch = here.state.branch
    args: dict[str, Field] = {
        "hotline": branch.hotline,
        "name": branch.name,
        "fraud": _FRAUD_LINES.get(branch.timezone, _FRAUD_LINE),
    }
    title = Phrase(f"house.{key}.title", args)
    if key == "hours" and here.hours.services:
        tables = tuple(
            ServiceTable(service_label(service), week(here.hours, service, here.now)) for service in here.hours.services
        )
        announced = tuple(one.words for one in announcements(here.hours, here.now))
        return HouseSlide(key, title, announced, tables)
    if key == "amenities":
        return HouseSlide(key, title, (), amenities=_in_turn(here, here.state.amenities, _AMENITIES_A_SLIDE))
    return HouseSlide(key, title, tuple(Phrase(f"house.{key}.{line}", args) for line in range(1, _SLIDE_LINES + 1)))


def _in_turn(here: Situation, things: tuple[T, ...], most: int) -> tuple[T, ...]:
    """As many as one slide holds: the others when it next comes round, in parts as even as can be."""
    parts = -(-len(things) // most)
    each = -(-len(things) // parts)
    at = slide_round(here.now, len(HOUSE_SLIDES)) % parts
    return things[at * each : (at + 1) * each]


def ticker(here: Situation, shown: Notice | None) -> TickerItem:
    """Notices that do not stand in the main zone, head office's lines, then what a bank always says.

    It welcomes nobody while it is suspended.
    """
    hotline = Phrase("ticker.hotline", {"hotline": here.state.branch.hotline})
    beside = tuple(notice for notice in here.notices if notice is not shown)
    notices = tuple(given(notice.text) for notice in beside)
    signed = tuple(given(slot.asset.text) for slot in here.lines("ticker"))
    shut = here.held is not None and here.held.suspension.scope == BRANCH_SCOPE
    welcome = () if shut else (Phrase("ticker.welcome"),)
    house = (*welcome, Phrase("ticker.fraud"), Phrase("ticker.complaints"))
    return TickerItem((*notices, *signed, *house), hotline, tuple(notice.id for notice in beside))


def only_ticker(here: Situation, words: Phrase) -> TickerItem:
    """In an emergency nothing else is said."""
    return TickerItem((words,), Phrase("ticker.hotline", {"hotline": here.state.branch.hotline}))


def home_item(here: Situation) -> HomeItem:
    serving = sum(view.condition == "open" for view in here.counters)
    services = here.hours.services[:1]  # kinds and notes are the date's, the same for every service
    days = [day for service in services for day in week(here.hours, service, here.now)]
    return HomeItem(
        open_counters=serving,
        counters=len(here.counters),
        counters_line=Phrase("home.counters_line", {"open": serving, "all": len(here.counters)}),
        unusual=tuple(day for day in days if day.kind in {"holiday", "makeup"} or day.note),
    )
