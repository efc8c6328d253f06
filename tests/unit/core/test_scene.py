"""What each kind of screen shows, in which order, until when, and why. One file: it is one table of who beats whom."""

import pytest

from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.items import (
    BannerItem,
    ClosedItem,
    CounterCard,
    Header,
    HomeItem,
    HouseSlide,
    Item,
    Line,
    NoticeItem,
    RatePrompt,
    SafeItem,
    Shape,
    SuspendedItem,
    ThanksItem,
    TickerItem,
)
from signage.core.model import Amenity, BranchState, HoursPlan, Prompt, ScreenEntry, SelfService, Thanks
from signage.core.phrases import Phrase, given
from signage.core.reasons import Why
from signage.core.scene import Scene, scene
from signage.core.schedule import HOUSE_SLIDES, next_turn, slide_index
from tests.unit.core.branches import (
    COUNTERS,
    DISPLAY,
    FASCIA,
    HOURS,
    NOON,
    PERSONAL,
    SCREENS,
    STRIP,
    TOUCH,
    WALL,
    branch,
    counter,
    later,
    notice,
    suspension,
)
from tests.unit.core.plans import plan

EVENING = 6 * 3600  # 18:00


def show(state: BranchState, screen: ScreenEntry = WALL, seconds: float = 0) -> Scene:
    return scene(state, None, HOURS, screen, later(seconds))


def zone(shown: Scene, name: str = "main") -> Item | None:
    return next((one.item for one in shown.zones if one.name == name), None)


def asked(seconds: float = 15) -> BranchState:
    return branch(counters=(counter("1"), counter("2", prompt=Prompt(id="p", until=later(seconds)))))


def thanked() -> BranchState:
    return branch(counters=(counter("1"), counter("2", thanks=Thanks(until=later(6)))))


# --- the order, from the bottom to the top


def test_without_a_state_every_screen_is_safe() -> None:
    for screen in SCREENS:
        shown = scene(None, None, None, screen, NOON)
        assert (shown.name, shown.until, shown.why) == ("safe", None, (Why("safe", True, "no branch state is known"),))
        assert isinstance(zone(shown), SafeItem)


CHAIR = Amenity(name="chair", title={"zh": "轮椅"}, place={"zh": "门口"}, icon="wheelchair")


def test_amenities_that_a_branch_has_not_told_of_are_not_promised() -> None:
    moment = NOON
    for _ in HOUSE_SLIDES:
        shown = scene(branch(), None, HOURS, WALL, moment)
        item = zone(shown)
        assert isinstance(item, HouseSlide)
        assert item.key != "amenities"
        assert shown.until is not None
        moment = shown.until


def test_a_wall_at_rest_turns_its_slides_by_the_clock() -> None:
    seen = []
    moment = NOON
    for _ in HOUSE_SLIDES:
        shown = scene(branch(amenities=(CHAIR,)), None, HOURS, WALL, moment)
        item = zone(shown)
        assert isinstance(item, HouseSlide)
        assert item.amenities == ((CHAIR,) if item.key == "amenities" else ())
        assert (shown.name, item.key) == ("ad", HOUSE_SLIDES[moment.ms // 10_000 % len(HOUSE_SLIDES)])
        assert (len(item.lines), len(item.tables)) == ({"hours": (0, 2), "amenities": (0, 0)}.get(item.key, (3, 0)))
        seen.append(item.key)
        assert shown.until == next_turn(moment) == Instant.from_ms((moment.ms // 10_000 + 1) * 10_000)
        moment = shown.until
    assert sorted(seen) == sorted(HOUSE_SLIDES)
    assert slide_index(NOON, 1) == 0


@pytest.mark.parametrize(
    ("lower", "higher", "name"),
    [
        ({}, {"notices": (notice(),)}, "notice"),
        ({"notices": (notice(),)}, {"suspensions": (suspension(),)}, "suspended"),
        ({"suspensions": (suspension(),)}, {"notices": (notice(priority=100),)}, "notice"),
    ],
)
def test_what_stands_higher_wins_on_a_wall(lower: dict[str, object], higher: dict[str, object], name: str) -> None:
    shown = show(branch(**{**lower, **higher}))  # type: ignore[arg-type] # as in branch()
    assert shown.name == name
    won = [one.candidate.split(":")[0] for one in shown.why if one.won]
    assert won == [name if name == "notice" else "suspension"]


def test_closing_time_ends_slides_and_notices() -> None:
    state = branch(notices=(notice(until=86400),))
    before, after = show(state, seconds=5 * 3600 - 0.001), show(state, seconds=5 * 3600)
    assert (before.name, before.until, after.name) == ("notice", later(5 * 3600), "closed")
    assert isinstance(zone(after), ClosedItem)
    assert zone(after, "side") is not None
    assert after.until == later(12 * 3600)  # midnight: "tomorrow" becomes today
    beaten = next(one for one in after.why if one.candidate == "notice:n")
    assert beaten.reason == "beaten by closed: the branch is closed"


def test_a_suspension_takes_the_walls_main_and_side() -> None:
    shown = show(branch(suspensions=(suspension(until=600, reason="network"), suspension("counter:2"))))
    item = zone(shown)
    assert isinstance(item, SuspendedItem)
    assert (item.scope, item.reason, item.resumes) == ("branch", Phrase("reason.network"), later(600))
    assert item.expected == Phrase("suspended.expected", {"time": Phrase("time.today", {"time": "12:10"})})
    assert [one.name for one in shown.zones] == ["header", "main", "ticker"]
    top = zone(shown, "header")
    assert isinstance(top, Header)
    assert top.chip.shape == Shape.SUSPENDED
    assert shown.until == later(600)


def test_an_endless_suspension_promises_no_time_and_tells_a_persons_own_words() -> None:
    one = suspension()
    own = type(one)(id="x", scope="branch", reason="other", source="manager", since=NOON, text={"zh": "管道检修"})
    item = zone(show(branch(suspensions=(own,))))
    assert isinstance(item, SuspendedItem)
    assert (item.expected, item.reason) == (
        Phrase("suspended.no_time"),
        Phrase("text.given", {"text": {"zh": "管道检修"}}),
    )


def test_equal_notices_take_turns_and_the_rest_run_below() -> None:
    state = branch(notices=(notice("a"), notice("b"), notice("low", priority=-1)))
    shown = [show(state, seconds=seconds) for seconds in (0, 10)]
    seen = {item.id for item in map(zone, shown) if isinstance(item, NoticeItem)}
    assert seen == {"a", "b"}
    assert shown[0].until == later(10)
    assert sum("takes turns" in why.reason for why in shown[0].why) == 1
    ticker = zone(shown[0], "ticker")
    assert isinstance(ticker, TickerItem)
    assert [line.key for line in ticker.lines].count("text.given") == 2


def test_an_emergency_takes_every_screen() -> None:
    state = branch(notices=(notice(priority=100),), suspensions=(suspension(),))
    for screen in SCREENS:
        shown = show(state, screen)
        assert shown.name == "notice"
        item = zone(shown)
        assert isinstance(item, NoticeItem | Line)
        if isinstance(item, NoticeItem):
            assert (item.shape, item.title) == (Shape.SUSPENDED, Phrase("notice.emergency"))


# --- walls


def test_a_suspended_counter_is_told_across_the_wall_for_ten_seconds() -> None:
    state = branch(suspensions=(suspension("counter:3", since=0), suspension("counter:2", since=-4, id="earlier")))
    shown = show(state)
    banner, cards = zone(shown, "banner"), zone(shown, "side")
    instead = Phrase("suspended.instead_counters", {"numbers": ("1",)})
    assert banner == BannerItem(Shape.SUSPENDED, Phrase("suspended.banner", {"number": "3", "instead": instead}))
    assert isinstance(cards, tuple)
    assert [card.number for card in cards] == ["2", "3", "1", "4"]
    assert zone(show(state, seconds=9.999), "banner") is not None
    assert zone(show(state, seconds=10), "banner") is None


def test_the_chip_says_when_closing_is_near() -> None:
    def chip(seconds: float) -> tuple[Shape, str]:
        top = zone(show(branch(), TOUCH, seconds), "header")
        assert isinstance(top, Header)
        return top.chip.shape, top.chip.word.key

    assert chip(4.5 * 3600 - 0.001) == (Shape.OPEN, "state.open")
    assert chip(4.5 * 3600) == (Shape.ATTENTION, "state.closing_soon")
    assert chip(5 * 3600) == (Shape.CLOSED, "state.closed")
    assert chip(12 * 3600) == (Shape.CLOSED, "state.not_yet")


def test_the_chip_names_the_service_that_opens_first() -> None:
    rules = {"corporate": "Mo-Fr 09:00-17:00", "personal": "Mo-Su 08:30-17:00", "night": "off"}
    hours = read_hours(HoursPlan(timezone="Asia/Shanghai", rules=rules))
    top = zone(scene(branch(), None, hours, TOUCH, later(EVENING)), "header")
    assert isinstance(top, Header)
    assert top.chip.detail == Phrase("hours.opens_at", {"time": Phrase("time.tomorrow", {"time": "08:30"})})
    assert top.services[2].label == Phrase("service.other", {"name": "night"})
    never = read_hours(plan("off"))
    top = zone(scene(branch(), None, never, TOUCH, NOON), "header")
    assert isinstance(top, Header)
    assert (top.chip.word, top.chip.detail) == (Phrase("state.rest_today"), Phrase("hours.no_opening_known"))


def test_hours_that_cannot_be_read_are_not_claimed() -> None:
    shown = scene(branch(plan=plan("nine to five")), None, None, WALL, NOON)
    top = zone(shown, "header")
    assert isinstance(top, Header)
    assert (shown.name, top.services, top.chip.word) == ("ad", (), Phrase("state.ask_staff"))
    slides = [
        zone(scene(branch(plan=plan("?")), None, None, WALL, later(10 * turn))) for turn in range(len(HOUSE_SLIDES))
    ]
    assert all(isinstance(slide, HouseSlide) and len(slide.lines) == 3 for slide in slides)
    home = zone(scene(branch(plan=plan("?")), None, None, TOUCH, NOON))
    assert isinstance(home, HomeItem)
    assert home.unusual == ()


def test_a_silent_controller_is_said() -> None:
    for heard in (True, False):
        top = zone(scene(branch(), None, HOURS, WALL, NOON, controller_heard=heard), "header")
        assert isinstance(top, Header)
        assert top.stale == (None if heard else Phrase("screen.stale"))
    assert show(branch()) == scene(branch(), None, HOURS, WALL, NOON, controller_heard=True)


# --- touch


def test_a_touch_screen_keeps_its_cards_through_suspension_and_after_hours() -> None:
    for state, seconds, name in (
        (branch(), 0, "home"),
        (branch(suspensions=(suspension(),)), 0, "suspended"),
        (branch(), EVENING, "closed"),
    ):
        shown = show(state, TOUCH, seconds)
        assert shown.name == name
        assert isinstance(zone(shown), HomeItem)
        assert (zone(shown, "banner") is not None) == (name == "suspended")


def test_a_touch_screen_shows_the_first_notices_beside_its_cards() -> None:
    shown = show(branch(notices=(notice("low"), notice("high", priority=10))), TOUCH)
    item = zone(shown, "notice")
    assert isinstance(item, NoticeItem)
    assert (item.id, item.shape, shown.name) == ("high", Shape.ATTENTION, "home")
    told = [zone.item.id for zone in shown.zones if isinstance(zone.item, NoticeItem)]
    assert told == ["high", "low"]
    assert {why.reason for why in shown.why if why.candidate.startswith("notice")} == {
        "stands beside what a touch screen is there for"
    }


def test_a_suspended_device_says_so_and_only_it() -> None:
    state = branch(suspensions=(suspension("device:lobby"), suspension("device:display-2")))
    item = zone(show(state, TOUCH))
    assert isinstance(item, SuspendedItem)
    assert (item.scope, item.title) == ("device", Phrase("suspended.title_device"))
    assert isinstance(zone(show(state, DISPLAY)), SuspendedItem)
    assert isinstance(zone(show(state, WALL)), HouseSlide)
    reasons = {why.candidate: why.reason for why in show(state, WALL).why}
    assert reasons["suspension:device:lobby/manager/None"] == "holds for device:lobby, not for this screen"


def test_a_touch_screens_own_suspension_beats_the_branchs_there_until_it_ends() -> None:
    shown = show(branch(suspensions=(suspension(id="all"), suspension("device:lobby", until=7, id="own"))), TOUCH)
    reasons = {why.candidate: why.reason for why in shown.why if why.candidate.startswith("suspension")}
    assert reasons == {
        "suspension:all": "beaten by suspension:own: the screen's own, or of more authority or longer",
        "suspension:own": f"device:lobby is suspended by manager, power, until {later(7)}",
    }
    assert shown.until == later(7)


def test_home_tells_how_many_serve_and_which_days_are_unusual() -> None:
    state = branch(suspensions=(suspension("counter:2"),))
    item = zone(scene(state, None, HOURS, TOUCH, Instant.parse("2026-09-25T04:00:00Z")))
    assert isinstance(item, HomeItem)
    assert (item.open_counters, item.counters) == (2, 4)  # a holiday: no corporate business
    assert [(day.kind, str(day.date)) for day in item.unusual] == [
        ("holiday", "2026-09-25"),
        ("holiday", "2026-09-26"),
        ("holiday", "2026-09-27"),
        ("holiday", "2026-10-01"),
    ]


# --- counter displays


def test_a_counter_display_at_rest_shows_its_counter() -> None:
    item = zone(show(branch(), DISPLAY))
    assert isinstance(item, CounterCard)
    assert (item.number, item.condition) == ("2", "open")


def test_please_rate_stands_until_it_is_over() -> None:
    shown = show(asked(), DISPLAY)
    item = zone(shown)
    assert isinstance(item, RatePrompt)
    assert (shown.name, item.id, shown.until) == ("rating", "p", later(15))
    assert show(asked(), DISPLAY, 15).name == "home"
    assert "ended at" in next(why.reason for why in show(asked(), DISPLAY, 15).why if why.candidate == "prompt:p")
    assert isinstance(zone(show(asked(EVENING + 60), DISPLAY, EVENING)), RatePrompt)


def test_thanks_stand_for_their_time() -> None:
    shown = show(thanked(), DISPLAY)
    assert zone(shown) == ThanksItem(Phrase("rating.thanks"), later(6))
    assert (shown.name, shown.until) == ("rating", later(6))
    assert show(thanked(), DISPLAY, 6).name == "home"


def test_a_suspension_beats_a_prompt_and_says_where_to_go() -> None:
    state = branch(
        counters=(*COUNTERS[:1], counter("2", prompt=Prompt(id="p", until=later(15))), *COUNTERS[2:]),
        suspensions=(suspension("counter:2", until=10),),
    )
    shown = show(state, DISPLAY)
    item = zone(shown)
    assert isinstance(item, SuspendedItem)
    assert (item.number, item.alternatives, item.scope) == ("2", ("1", "3"), "counter")
    assert shown.until == later(10)
    assert show(state, DISPLAY, 10).name == "rating"


def test_with_nowhere_to_go_the_lobby_manager_is_named() -> None:
    state = branch(counters=(counter("2", state="suspended"),))
    shown = show(state, DISPLAY)
    item = zone(shown)
    assert isinstance(item, SuspendedItem)
    assert (item.alternative, item.reason) == (Phrase("suspended.instead_lobby"), Phrase("reason.other"))
    assert [why.candidate for why in shown.why if why.won] == ["counter:2"]


def test_with_a_machine_for_the_business_it_is_named_with_its_place() -> None:
    atm = SelfService(name="atm-1", business=PERSONAL, place={"zh": "大厅左侧"})
    state = branch(counters=(counter("2", state="suspended"),), machines=(atm,))
    item = zone(show(state, DISPLAY))
    assert isinstance(item, SuspendedItem)
    assert item.alternative == Phrase("suspended.instead_machines", {"machines": (given({"zh": "大厅左侧"}),)})


def test_the_branchs_suspension_is_told_at_the_counter_as_the_branchs() -> None:
    item = zone(show(branch(suspensions=(suspension(), suspension("counter:2"))), DISPLAY))
    assert isinstance(item, SuspendedItem)
    assert item.scope == "branch"


def test_a_notice_takes_a_counter_display_only_where_it_is_placed_there() -> None:
    everywhere = show(branch(notices=(notice(),)), DISPLAY)
    assert isinstance(zone(everywhere), CounterCard)
    assert isinstance(zone(everywhere, "notice"), NoticeItem)
    placed = show(branch(notices=(notice(places=("counter",)),)), DISPLAY)
    assert isinstance(zone(placed), NoticeItem)
    assert zone(placed, "notice") is None


@pytest.mark.parametrize("screen", [ScreenEntry(name="x", kind=kind, counter="9") for kind in ("counter", "strip")])
def test_a_counter_that_the_state_does_not_know(screen: ScreenEntry) -> None:
    assert show(branch(), screen).name == "safe"
    assert show(branch(suspensions=(suspension(),)), screen).name == "suspended"
    assert show(branch(notices=(notice(places=("x",)),)), screen).name == "notice"


# --- fascia and strips


def test_a_fascia_says_name_and_hours_in_a_line() -> None:
    item = zone(show(branch(), FASCIA))
    assert isinstance(item, Line)
    assert item.words == Phrase("hours.open_until", {"time": Phrase("time.today", {"time": "17:00"})})
    item = zone(show(branch(suspensions=(suspension(),)), FASCIA))
    assert isinstance(item, Line)
    assert (item.words, item.shape) == (Phrase("state.suspended"), Shape.SUSPENDED)
    assert [phrase.key for phrase in item.more] == ["reason.power", "suspended.no_time"]
    assert isinstance(zone(show(branch(notices=(notice(),)), FASCIA), "notice"), NoticeItem)


def test_a_fascia_goes_on_with_todays_hours() -> None:
    item = zone(show(branch(), FASCIA))
    assert isinstance(item, Line)
    assert [phrase.key for phrase in item.more] == ["fascia.today"]
    apart = HoursPlan(
        timezone="Asia/Shanghai", rules={"personal": "Mo-Su 09:00-17:00", "corporate": "Mo-Su 09:00-16:00"}
    )
    item = zone(scene(branch(plan=apart), None, None, FASCIA, NOON))
    assert isinstance(item, Line)
    assert [phrase.key for phrase in item.more] == ["fascia.service", "fascia.service"]


def test_a_fascia_of_a_closed_branch_says_so_before_it_says_when_it_opens() -> None:
    item = zone(show(branch(), FASCIA, EVENING))
    assert isinstance(item, Line)
    assert (item.words.key, [phrase.key for phrase in item.more]) == ("state.closed", ["hours.opens_at"])
    item = zone(show(branch(), FASCIA, EVENING - 4000))
    assert isinstance(item, Line)
    assert item.shape is Shape.ATTENTION
    assert [item.words.key, item.more[0].key] == ["state.closing_soon", "hours.open_until"]
    unknown = HoursPlan(timezone="Asia/Shanghai", rules={})
    item = zone(scene(branch(plan=unknown), None, None, FASCIA, NOON))
    assert isinstance(item, Line)
    assert (item.words.key, item.more) == ("state.ask_staff", ())


def test_an_emergency_takes_a_line_and_all_that_stands_beside_it() -> None:
    state = branch(notices=(notice("e", priority=100), notice("n")))
    shown = show(state, FASCIA)
    item = zone(shown)
    assert isinstance(item, Line)
    assert (item.shape, item.emergency, item.more) == (Shape.SUSPENDED, True, ())
    assert zone(shown, "notice") is None
    item = zone(show(state, STRIP))
    assert isinstance(item, Line)
    assert (item.shape, item.emergency) == (Shape.SUSPENDED, True)


def test_who_passes_by_reads_three_notices_at_most() -> None:
    state = branch(notices=tuple(notice(name, priority=5 - n) for n, name in enumerate("abcd")))
    found = [one.item.id for one in show(state, FASCIA).zones if isinstance(one.item, NoticeItem)]
    assert found == ["a", "b", "c"]
    assert not [
        one
        for one in show(branch(notices=state.notices, suspensions=(suspension(),)), FASCIA).zones
        if one.name == "notice"
    ]


def test_a_strip_asks_for_a_rating_and_says_where_to_go() -> None:
    shown = show(asked(), STRIP)
    item = zone(shown)
    assert isinstance(item, Line)
    assert (shown.name, item.words.key, shown.until) == ("rating", "strip.rate", later(15))
    assert zone(show(thanked(), STRIP)) == zone(show(branch(), STRIP))
    item = zone(show(branch(suspensions=(suspension("counter:2"),)), STRIP))
    assert isinstance(item, Line)
    assert len(item.more) == 1
    item = zone(show(branch(suspensions=(suspension(),)), STRIP))
    assert isinstance(item, Line)
    assert [phrase.key for phrase in item.more] == ["suspended.no_time"]


@pytest.mark.parametrize(
    ("state", "seconds", "key"),
    [
        (branch(), 0, "strip.open"),
        (branch(), EVENING, "strip.closed"),
        (branch(suspensions=(suspension("counter:2"),)), 0, "strip.suspended"),
        (branch(suspensions=(suspension("counter:1"),)), 0, "strip.open"),
        (branch(notices=(notice(places=("strip",)),)), 0, "text.given"),
    ],
)
def test_a_strip_says_what_its_counter_does(state: BranchState, seconds: float, key: str) -> None:
    item = zone(show(state, STRIP, seconds))
    assert isinstance(item, Line)
    assert item.words.key == key


def test_a_strip_that_never_changes_looks_afresh_at_midnight() -> None:
    alone = branch(counters=(counter("2"),), suspensions=(suspension("counter:2"),))
    assert show(alone, STRIP).until == later(12 * 3600)


def test_the_banner_goes_at_its_instant_though_nothing_else_changes() -> None:
    shown = show(branch(suspensions=(suspension("counter:2", since=-3),), notices=(notice(),)))
    assert (shown.name, shown.until) == ("notice", later(7))


def test_a_second_notice_that_begins_unseen_still_gets_its_turn() -> None:
    first = notice("a", places=("strip",))

    def untils(screen: ScreenEntry) -> set[Instant | None]:
        second = (notice("b", start=3 + turn, until=90, places=("strip",)) for turn in (0, 10))
        return {
            show(branch(notices=(first, one)), screen, turn).until for one, turn in zip(second, (0, 10), strict=True)
        }

    assert untils(ScreenEntry(name="x", kind="strip", counter="9")) == {later(10), later(13)}
    assert untils(STRIP) == {later(3), later(13)}, "beside the first it is seen at once"


def test_a_touch_screens_second_notice_changes_its_picture_when_it_begins_and_ends() -> None:
    first, third = notice("a", priority=2), notice("c", until=9)

    def until(seconds: float) -> Instant | None:
        state = branch(notices=(first, notice("b", start=3, until=7, priority=1), third))
        return show(state, TOUCH, seconds).until

    assert [until(seconds) for seconds in (0, 3, 7)] == [later(3), later(7), later(9)]


# --- why


def test_every_candidate_is_named_with_its_reason() -> None:
    state = branch(
        counters=asked().counters,
        notices=(notice("soon", start=5), notice("gone", until=-5), notice("there", places=("touch",))),
        suspensions=(
            suspension("counter:2", until=-1, id="over"),
            suspension("counter:2", id="in"),
            suspension(id="all"),
        ),
    )
    reasons = {one.candidate: one.reason for one in show(state, DISPLAY).why}
    assert reasons == {
        "house": "beaten by suspension:all: branch is suspended by manager, power, until lifted",
        "notice:soon": f"begins at {later(5)}",
        "notice:gone": f"ended at {later(-5)}",
        "notice:there": "placed on touch",
        "closed": "counter 2 is not closed",
        "prompt:p": "beaten by suspension:all: branch is suspended by manager, power, until lifted",
        "suspension:over": f"ended at {later(-1)}",
        "suspension:in": "beaten by suspension:all: wider, of more authority or longer",
        "suspension:all": "branch is suspended by manager, power, until lifted",
    }
    assert [one.candidate for one in show(state, DISPLAY).why if one.won] == ["suspension:all"]
