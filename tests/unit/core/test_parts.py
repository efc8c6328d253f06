"""The parts of a scene, each as a whole: every word, shape and time that a screen is given to draw."""

from dataclasses import replace as changed
from datetime import date

import pytest
from msgspec.structs import replace

from signage.core import parts
from signage.core.counters import CounterView
from signage.core.hours import Hours, read_hours
from signage.core.instants import Instant
from signage.core.items import (
    BannerItem,
    Chip,
    ClosedItem,
    CounterCard,
    Header,
    HouseSlide,
    Line,
    MediaItem,
    NoticeItem,
    ServiceLine,
    Shape,
    SuspendedItem,
    TickerItem,
    WordsItem,
)
from signage.core.model import (
    Amenity,
    BranchState,
    Day,
    HoursException,
    HoursPlan,
    ScreenEntry,
    SelfService,
    Suspension,
)
from signage.core.phrases import Field, Phrase, given
from signage.core.programme import ItemClass, SignedContent
from signage.core.schedule import HOUSE_SLIDES
from signage.core.situation import Situation
from signage.core.slots import FOREVER_MS, Turn, slot
from signage.link.catalogues import load_catalogues
from tests.unit.core.branches import (
    COUNTERS,
    DISPLAY,
    HOURS,
    NOON,
    PERSONAL,
    TOUCH,
    WALL,
    branch,
    counter,
    later,
    notice,
    suspension,
)
from tests.unit.core.plans import CHANGING, plan
from tests.unit.core.programmes import item, picture, published, words

CATALOGUES = load_catalogues()
HOTLINE = {"hotline": "95599"}
NAME = {"zh": "杭州高新支行", "en": "Hangzhou Gaoxin Sub-branch"}
SPANS = Phrase("span.list", {"spans": (Phrase("span.day", {"start": "09:00", "end": "17:00"}),)})
UNTIL_FIVE = Phrase("hours.open_until", {"time": Phrase("time.today", {"time": "17:00"})})


def here(
    state: BranchState | None = None,
    seconds: float = 0,
    hours: Hours = HOURS,
    content: SignedContent | None = None,
    screen: ScreenEntry = WALL,
) -> Situation:
    return Situation(state or branch(), hours, screen, later(seconds), heard=True, content=content)


def view(number: str, situation: Situation) -> CounterView:
    return next(one for one in situation.counters if one.number == number)


def today(time: str) -> Phrase:
    return Phrase("time.today", {"time": time})


# --- the header


def test_the_header_tells_whose_branch_it_is_and_each_services_hours() -> None:
    def line(service: str) -> ServiceLine:
        return ServiceLine(
            service, Phrase(f"service.{service}"), Shape.OPEN, Phrase("state.open"), UNTIL_FIVE, SPANS, {}
        )

    services = (line("personal"), line("corporate"))
    chip = Chip(Shape.OPEN, Phrase("state.open"), UNTIL_FIVE)
    assert parts.header(here()) == Header(
        NAME, "95599", "Asia/Shanghai", date(2026, 11, 24), chip, services, stale=None
    )
    unheard = changed(here(), heard=False)
    assert parts.header(unheard).stale == Phrase("screen.stale")


def test_a_services_line_takes_attention_before_it_closes_and_has_the_dates_note() -> None:
    soon = parts.service_line(here(seconds=4.5 * 3600), "personal")
    assert (soon.shape, soon.word, soon.detail) == (Shape.ATTENTION, Phrase("state.closing_soon"), UNTIL_FIVE)
    over = parts.service_line(here(seconds=5 * 3600), "personal")
    assert (over.shape, over.word) == (Shape.CLOSED, Phrase("state.closed"))
    holiday = Situation(branch(), HOURS, WALL, Instant.parse("2026-10-01T04:00:00Z"), heard=True)
    assert parts.service_line(holiday, "personal").note == {"zh": "法定节假日"}
    before_lunch = here(seconds=-1800, hours=read_hours(plan("Tu 09:00-12:00,13:30-17:00")))
    until_noon = Phrase("hours.open_until", {"time": today("12:00")})
    line = parts.service_line(before_lunch, "personal")
    assert (line.shape, line.word, line.detail) == (Shape.OPEN, Phrase("state.open"), until_noon)
    night = here(seconds=13.5 * 3600, hours=read_hours(plan("Mo-Su 20:00-02:00")))
    assert parts.service_line(night, "personal").word == Phrase("state.closing_soon")
    always = here(hours=read_hours(plan("24/7")))
    assert parts.service_line(always, "personal").detail == Phrase("hours.always_open")


def test_a_service_of_the_branchs_own_is_called_by_its_name() -> None:
    assert parts.service_label("night") == Phrase("service.other", {"name": "night"})
    assert parts.service_label("corporate") == Phrase("service.corporate")


def test_the_chip_is_the_first_services_that_is_open_else_that_of_the_one_that_opens_first() -> None:
    def chip(rules: dict[str, str], seconds: float = 0) -> Chip:
        hours = read_hours(HoursPlan(timezone="Asia/Shanghai", rules=rules))
        return parts.header(here(hours=hours, seconds=seconds)).chip

    def opens(time: str) -> Phrase:
        return Phrase("hours.opens_at", {"time": Phrase("time.tomorrow", {"time": time})})

    assert chip({"personal": "off", "corporate": "Mo-Su 09:00-17:00"}) == Chip(
        Shape.OPEN, Phrase("state.open"), UNTIL_FIVE
    )
    later_first = {"personal": "Mo-Su 09:00-11:00", "night": "off", "corporate": "Mo-Su 08:30-11:00"}
    assert chip(later_first) == Chip(Shape.CLOSED, Phrase("state.closed"), opens("08:30"))
    assert chip({"personal": "off", "night": "Mo-Su 07:00-11:00"}).detail == opens("07:00")
    never = Chip(Shape.CLOSED, Phrase("state.rest_today"), Phrase("hours.no_opening_known"))
    assert chip({"personal": "off", "corporate": "off"}) == never
    assert chip({"personal": "off"}) == never
    assert chip({}) == Chip(Shape.ATTENTION, Phrase("state.ask_staff"), None)


def test_the_chip_tells_the_branchs_suspension_and_nobody_elses() -> None:
    held = parts.header(here(branch(suspensions=(suspension(),))))
    assert held.chip == Chip(Shape.SUSPENDED, Phrase("state.suspended"), None)
    own = parts.header(here(branch(suspensions=(suspension("device:hall"),))))
    assert own.chip == Chip(Shape.OPEN, Phrase("state.open"), UNTIL_FIVE)


# --- counters


def test_a_counters_card_has_all_that_is_known_of_it() -> None:
    busy = counter("2", teller="t-7", level=4, pad="online")
    situation = here(branch(counters=(busy,)))
    assert parts.counter_card(situation, view("2", situation)) == CounterCard(
        "2",
        PERSONAL,
        "open",
        Shape.OPEN,
        Phrase("counter.open"),
        UNTIL_FIVE,
        later(5 * 3600),
        (),
        "t-7",
        4,
        "online",
    )


@pytest.mark.parametrize(
    ("state", "seconds", "shape", "word", "detail"),
    [
        (
            branch(suspensions=(suspension("counter:2", until=600),)),
            0,
            Shape.SUSPENDED,
            "counter.suspended",
            Phrase("suspended.expected", {"time": today("12:10")}),
        ),
        (branch(suspensions=(suspension("counter:2"),)), 0, Shape.SUSPENDED, "counter.suspended", None),
        (
            branch(),
            6 * 3600,
            Shape.CLOSED,
            "counter.closed",
            Phrase("hours.opens_at", {"time": Phrase("time.tomorrow", {"time": "09:00"})}),
        ),
        (branch(counters=(counter("1"), counter("2", state="closed"))), 0, Shape.CLOSED, "counter.closed", None),
    ],
)
def test_a_counters_card_says_when_it_is_back(
    state: BranchState, seconds: float, shape: Shape, word: str, detail: Phrase | None
) -> None:
    situation = here(state, seconds)
    card = parts.counter_card(situation, view("2", situation))
    assert (card.shape, card.word, card.detail) == (shape, Phrase(word), detail)
    assert card.alternatives == (("1", "3") if shape is Shape.SUSPENDED else ())


def test_the_suspended_counters_come_first_in_their_own_order() -> None:
    situation = here(branch(suspensions=(suspension("counter:3"), suspension("counter:2"))))
    in_order = tuple(parts.counter_card(situation, view(number, situation)) for number in ("2", "3", "1", "4"))
    assert parts.counter_cards(situation) == in_order


def test_the_home_counts_who_serves_and_names_the_days_that_are_not_as_usual() -> None:
    hours = read_hours(plan("Mo-Fr 09:00-17:00; Sa,Su off"))
    quiet = parts.home_item(here(branch(suspensions=(suspension("counter:2"),)), hours=HOURS))
    assert (quiet.open_counters, quiet.counters, quiet.unusual) == (3, 4, ())
    assert quiet.counters_line == Phrase("home.counters_line", {"open": 3, "all": 4})
    before = Situation(branch(), HOURS, TOUCH, Instant.parse("2026-10-06T04:00:00Z"), heard=True)
    assert [(day.kind, day.date.day, day.words) for day in parts.home_item(before).unusual] == [
        *(("holiday", day, _short_day()) for day in (6, 7)),
        ("makeup", 10, SPANS),
    ]
    assert parts.home_item(here(hours=hours)).unusual == ()
    dated = (Day(date="2026-11-25", type="holiday"), Day(date="2026-11-28", type="makeup"))
    unnamed = here(hours=read_hours(plan("Mo-Su 09:00-17:00", days=dated)))
    assert [day.date.day for day in parts.home_item(unnamed).unusual] == [25, 28]
    noted = HoursException(first="2026-11-26", last="2026-11-26", rules={"personal": "10:00-12:00"}, note={"zh": "x"})
    short = here(hours=read_hours(plan("Mo-Su 09:00-17:00", exceptions=(noted,))))
    assert [day.date.day for day in parts.home_item(short).unusual] == [26]


def _short_day() -> Phrase:
    return Phrase("span.list", {"spans": (Phrase("span.day", {"start": "09:30", "end": "16:00"}),)})


# --- suspensions


def test_the_branchs_suspension_as_a_screen_tells_it() -> None:
    one = suspension(until=600, reason="network")
    assert parts.suspended_place(here(branch(suspensions=(one,)))) == SuspendedItem(
        "branch",
        None,
        Phrase("suspended.title_branch"),
        Phrase("reason.network"),
        Phrase("suspended.expected", {"time": today("12:10")}),
        Phrase("suspended.instead_branch", HOTLINE),
        later(600),
        (),
    )


def test_the_branch_nearby_is_where_to_go_instead_where_there_is_one() -> None:
    nearby = {"zh": "文三路支行"}
    state = branch(suspensions=(suspension(reason="network"),))
    told = parts.suspended_place(here(replace(state, branch=replace(state.branch, nearby=nearby))))
    assert told.alternative == Phrase("suspended.instead_nearby", {"branch": nearby})


def test_a_devices_own_suspension_is_told_as_its_own() -> None:
    one = suspension("device:hall", text={"zh": "换纸"}, reason="other")
    assert parts.suspended_place(here(branch(suspensions=(one,)))) == SuspendedItem(
        "device",
        None,
        Phrase("suspended.title_device"),
        given({"zh": "换纸"}),
        Phrase("suspended.no_time"),
        Phrase("suspended.instead_device", HOTLINE),
        None,
        (),
    )


def test_a_counters_suspension_as_its_display_tells_it() -> None:
    situation = here(branch(suspensions=(suspension("counter:2", until=600, text={"zh": "交接"}),)), screen=DISPLAY)
    assert parts.suspended_counter(situation, view("2", situation)) == SuspendedItem(
        "counter",
        "2",
        Phrase("suspended.title_counter"),
        given({"zh": "交接"}),
        Phrase("suspended.expected", {"time": today("12:10")}),
        Phrase("suspended.instead_counters", {"numbers": ("1", "3")}),
        later(600),
        ("1", "3"),
    )
    known = here(branch(counters=(counter("2", state="suspended", reason="network"),)))
    assert parts.suspended_counter(known, view("2", known)).reason == Phrase("reason.network")
    unknown = here(branch(counters=(counter("2", state="suspended"),)))
    told = parts.suspended_counter(unknown, view("2", unknown))
    assert (told.reason, told.alternative) == (Phrase("reason.other"), Phrase("suspended.instead_lobby"))


def test_machines_that_can_help_are_named_by_their_place() -> None:
    machines = tuple(SelfService(name=name, business=PERSONAL, place={"zh": name}) for name in "ab")
    situation = here(branch(counters=(counter("2", state="suspended"),), machines=machines))
    assert parts.suspended_counter(situation, view("2", situation)).alternative == Phrase(
        "suspended.instead_machines", {"machines": (given({"zh": "a"}), given({"zh": "b"}))}
    )


def test_the_banner_tells_the_newest_suspended_counter_while_it_is_new() -> None:
    def told(*suspensions: object, seconds: float = 0) -> BannerItem | None:
        return parts.banner(here(branch(suspensions=suspensions), seconds))  # type: ignore[arg-type] # suspensions

    def words_of(number: str, instead: Phrase) -> BannerItem:
        return BannerItem(Shape.SUSPENDED, Phrase("suspended.banner", {"number": number, "instead": instead}))

    first, second = suspension("counter:2", since=-2), suspension("counter:3", since=-1)
    away = Phrase("suspended.instead_counters", {"numbers": ("1",)})
    assert told(first, second) == told(second, first) == words_of("3", away)
    assert told(first, suspension("counter:1", since=-2)) == words_of(
        "2", Phrase("suspended.instead_counters", {"numbers": ("3",)})
    )
    assert told(first, seconds=7.999) is not None
    assert told(first, seconds=8) is None
    assert told(suspension(since=0)) is None
    assert told() is None
    by_itself = here(branch(counters=(counter("2", state="suspended"), *COUNTERS[2:])))
    assert parts.banner(by_itself) is None


# --- notices


@pytest.mark.parametrize(
    ("priority", "title", "shape"),
    [
        (9, "notice.title", None),
        (10, "notice.title", Shape.ATTENTION),
        (99, "notice.title", Shape.ATTENTION),
        (100, "notice.emergency", Shape.SUSPENDED),
    ],
)
def test_a_notice_has_the_shape_of_its_priority_and_its_own_sign(
    priority: int, title: str, shape: Shape | None
) -> None:
    one = replace(notice(priority=priority), icon="clock")
    assert parts.notice_item(one) == NoticeItem("n", Phrase(title), given(one.text), shape, later(60), "clock")


def test_head_offices_words_stand_beside_the_branchs_that_are_not_shown() -> None:
    signed = published(
        item("s", "notice", asset="s", screens=("touch",), until=later(90)),
        item("e", "notice", asset="s", screens=("touch",)),
        assets=(words("s"),),
    )
    own, other = notice("a", priority=1), notice("b")
    situation = here(branch(notices=(own, other)), content=signed, screen=TOUCH)
    head_office = [
        NoticeItem("s", Phrase("notice.title"), given({"zh": "s", "en": "s"}), Shape.ATTENTION, later(90)),
        NoticeItem(
            "e",
            Phrase("notice.title"),
            given({"zh": "s", "en": "s"}),
            Shape.ATTENTION,
            Instant.parse("2999-12-31T00:00:00Z"),
        ),
    ]
    assert parts.notices_beside(situation, own) == (parts.notice_item(other), *head_office)
    assert parts.notices_beside(situation, None)[:2] == (parts.notice_item(own), parts.notice_item(other))


def test_the_ticker_says_what_is_not_shown_then_head_offices_lines_then_a_banks_own() -> None:
    signed = published(item("t", asset="t", zone="ticker"), assets=(words("t"),))
    own, other = notice("a", priority=1), notice("b")
    situation = here(branch(notices=(own, other)), content=signed)
    house = tuple(Phrase(f"ticker.{key}") for key in ("welcome", "fraud", "complaints"))
    hotline = Phrase("ticker.hotline", HOTLINE)
    signed_words = given({"zh": "t", "en": "t"})
    assert parts.ticker(situation, own) == TickerItem((given(other.text), signed_words, *house), hotline, ("b",))
    alone = parts.ticker(situation, None)
    assert alone.lines == (given(own.text), given(other.text), signed_words, *house)
    assert alone.notices == ("a", "b")
    assert parts.only_ticker(situation, Phrase("x")) == TickerItem((Phrase("x"),), hotline)


def test_nobody_is_welcomed_in_the_ticker_while_the_branch_is_suspended() -> None:
    def lines(*suspensions: Suspension) -> list[str]:
        return [one.key for one in parts.ticker(here(branch(suspensions=suspensions)), None).lines]

    everything = ["ticker.welcome", "ticker.fraud", "ticker.complaints"]
    assert lines(suspension()) == everything[1:]
    assert lines(suspension("counter:2")) == everything
    assert lines() == everything


# --- what head office has signed


@pytest.mark.parametrize(
    ("cls", "shape"),
    [("house", None), ("advertisement", None), ("notice", Shape.ATTENTION), ("emergency", Shape.SUSPENDED)],
)
def test_signed_pictures_and_words_stand_for_their_turn(cls: ItemClass, shape: Shape | None) -> None:
    turn = Turn(None, NOON.ms, later(10).ms)
    content = published(item("a", cls))
    for kind in ("picture", "video"):
        asset = replace(picture("a.png"), kind=kind)
        shown = parts.signed_item(slot(0, item("a", cls), asset, content), turn)
        assert shown == MediaItem("a", asset, NOON, later(10), alone=cls == "emergency")
    text = words("w")
    shown = parts.signed_item(slot(0, item("a", cls), text, content), turn)
    assert shown == WordsItem("a", text, shape, NOON, later(10))
    resting = Line({"zh": "支行"}, Shape.OPEN, Phrase("x"), (Phrase("y"),))
    line = parts.signed_line(resting, slot(0, item("a", cls), text, content))
    assert line == Line({"zh": "支行"}, shape or Shape.OPEN, given(text.text), (), emergency=cls == "emergency")


def test_signed_words_that_never_end_have_an_end_that_can_be_written() -> None:
    one = slot(0, item("a", "notice"), words("w"), published(item("a", "notice")))
    assert one.until == FOREVER_MS
    assert str(parts.signed_notice(one).until).startswith("2999-12-31")


# --- closed, and at rest


def test_a_closed_branch_says_goodbye_with_the_hotline() -> None:
    top = parts.header(here(seconds=6 * 3600))
    told = parts.closed_item(here(seconds=6 * 3600), top)
    assert told == ClosedItem(top.chip, top.services, Phrase("closed.farewell", HOTLINE))


CHAIR = Amenity(name="chair", title={"zh": "轮椅"}, place={"zh": "门口"}, icon="wheelchair")
ARGS: dict[str, Field] = {"hotline": "95599", "name": NAME, "fraud": "96110"}


def slide(key: str, situation: Situation) -> HouseSlide:
    """The house slide in `key`'s turn."""
    ms = (situation.now.ms // 60_000) * 60_000
    found = (situation.at(Instant.from_ms(ms + 10_000 * turn)) for turn in range(len(HOUSE_SLIDES)))
    return next(
        parts.house_slide(one) for one in found if HOUSE_SLIDES[one.now.ms // 10_000 % len(HOUSE_SLIDES)] == key
    )


def test_a_house_slide_has_its_title_and_three_lines() -> None:
    for key in ("welcome", "complaints", "fraud", "elder"):
        lines = tuple(Phrase(f"house.{key}.{number}", ARGS) for number in (1, 2, 3))
        assert slide(key, here()) == HouseSlide(key, Phrase(f"house.{key}.title", ARGS), lines)


def test_whom_to_ask_about_a_fraud_is_the_places_own_whatever_language_is_spoken() -> None:
    state = branch()
    there = replace(state, branch=replace(state.branch, timezone="Asia/Hong_Kong"))
    for told, other, found in ((state, "18222", "96110"), (there, "96110", "18222")):
        line = slide("fraud", here(told)).lines[2]
        for locale in ("zh", "zh-HK", "en"):
            words = CATALOGUES[locale].render(line)
            assert found in words
            assert other not in words


def amenities_shown(count: int, rounds: int) -> list[list[int]]:
    """Which of so many amenities stand on the slide, each time that it comes round."""
    told = tuple(replace(CHAIR, title={"zh": str(number)}) for number in range(count))
    round_s = 10 * len(HOUSE_SLIDES)
    shown = (slide("amenities", here(branch(amenities=told), seconds=round_s * number)) for number in range(rounds))
    return [[int(one.title["zh"]) for one in found.amenities] for found in shown]


def test_more_amenities_than_a_slide_holds_come_when_it_next_comes_round() -> None:
    assert amenities_shown(8, 2) == [list(range(8))] * 2
    one, other, third = amenities_shown(9, 3)
    assert sorted([one, other]) == [[0, 1, 2, 3, 4], [5, 6, 7, 8]]
    assert third == one
    assert sorted(amenities_shown(12, 2)) == [list(range(6)), list(range(6, 12))]


def test_the_slide_of_amenities_is_the_welcome_where_none_is_told_of() -> None:
    told = slide("amenities", here(branch(amenities=(CHAIR,))))
    assert told == HouseSlide("amenities", Phrase("house.amenities.title", ARGS), (), amenities=(CHAIR,))
    assert slide("amenities", here()) == slide("welcome", here())


def test_the_slide_of_hours_has_a_table_of_each_service_and_what_is_announced() -> None:
    told = slide("hours", Situation(branch(), read_hours(CHANGING), WALL, later(2 * 86400), heard=True))
    assert (told.key, told.title) == ("hours", Phrase("house.hours.title", ARGS))
    assert [table.label for table in told.tables] == [Phrase("service.personal"), Phrase("service.corporate")]
    assert [[str(table.days[0].date), len(table.days)] for table in told.tables] == [["2026-11-26", 7]] * 2
    saturday = [table.days[2].words for table in told.tables]
    assert saturday == [_short_day(), Phrase("span.none")]
    assert len(told.lines) == 1
    assert slide("hours", here(hours=read_hours(plan("Mo-Su 09:00-17:00")))).lines == ()
    unknown = read_hours(HoursPlan(timezone="Asia/Shanghai", rules={}))
    assert len(slide("hours", here(hours=unknown)).lines) == 3
