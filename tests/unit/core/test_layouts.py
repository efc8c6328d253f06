"""Which zones a screen of each kind has, and what stands in them: each picture as a whole."""

import pytest

from signage.core import parts
from signage.core.contest import decide
from signage.core.counters import CounterView
from signage.core.instants import Instant
from signage.core.items import (
    Item,
    Line,
    MediaItem,
    NoticeItem,
    RatePrompt,
    Shape,
    SignedPage,
    SuspendedItem,
    ThanksItem,
    TickerItem,
    WordsItem,
)
from signage.core.layouts import SAFE_ITEM, Picture, Zone, lay_out
from signage.core.lines import fascia_line, strip_line
from signage.core.model import BranchState, Prompt, ScreenEntry, Thanks
from signage.core.phrases import Phrase, given
from signage.core.programme import Asset, ProgrammeItem, RatesRow, SignedContent
from signage.core.situation import Situation
from tests.unit.core.branches import (
    DISPLAY,
    FASCIA,
    HOURS,
    NOON,
    STRIP,
    TOUCH,
    WALL,
    branch,
    counter,
    later,
    notice,
    suspension,
)
from tests.unit.core.programmes import item, picture, published, words

NIGHT = 6 * 3600  # 18:00
FIRE = notice("fire", priority=100)
LOW, HIGH = notice("low"), notice("high", priority=1)
HELD = branch(suspensions=(suspension(),))
HOTLINE = Phrase("ticker.hotline", {"hotline": "95599"})


def here(
    screen: ScreenEntry,
    state: BranchState | None = None,
    seconds: float = 0,
    content: SignedContent | None = None,
    absent: tuple[str, ...] = (),
) -> Situation:
    return Situation(
        state or branch(), HOURS, screen, later(seconds), heard=True, content=content, absent=frozenset(absent)
    )


def shown(situation: Situation) -> Picture:
    return lay_out(situation, decide(situation))


def zones(situation: Situation) -> dict[str, Item]:
    found = shown(situation).zones
    return {one.name: one.item for one in found}


def main(situation: Situation) -> Item:
    return zones(situation)["main"]


def one(cls: str, *screens: str, ref: str = "s", **more: object) -> SignedContent:
    """A publication of a picture or of words that one kind of screen plays."""
    asset = picture(ref) if ref.endswith(".png") else words(ref)
    given_one: ProgrammeItem = item("s", cls, asset=ref, screens=screens, **more)  # type: ignore[arg-type] # a class
    return published(given_one, assets=(asset,))


def media(until: Instant, *, alone: bool = False, since: Instant = NOON) -> MediaItem:
    return MediaItem("s", picture("s.png"), since, until, alone=alone)


def view(situation: Situation) -> CounterView:
    assert situation.counter_view is not None
    return situation.counter_view


# --- walls


def test_a_wall_at_rest_has_a_slide_that_turns_the_counters_and_the_ticker() -> None:
    at_rest = here(WALL)
    assert shown(at_rest) == Picture(
        "ad",
        (
            Zone("header", parts.header(at_rest)),
            Zone("main", parts.house_slide(at_rest)),
            Zone("side", parts.counter_cards(at_rest)),
            Zone("ticker", parts.ticker(at_rest, None)),
        ),
        turns=True,
    )


def test_a_wall_plays_what_is_signed_and_its_slides_go_on_only_where_nothing_is() -> None:
    playing = here(WALL, content=one("advertisement", ref="s.png"))
    told = shown(playing)
    assert (told.name, told.turns) == ("ad", False)
    assert zones(playing) == zones(here(WALL)) | {"main": media(later(10))}
    gone = here(WALL, content=one("advertisement", ref="s.png"), absent=("s.png",))
    assert (shown(gone).zones, shown(gone).turns) == (shown(here(WALL)).zones, True)


@pytest.mark.parametrize("cls", ["house", "campaign"])
def test_whatever_its_class_what_plays_on_a_wall_is_an_advertisements_scene(cls: str) -> None:
    assert shown(here(WALL, content=one(cls, ref="s.png"))).name == "ad"
    assert shown(here(WALL, content=one(cls, ref="s.png", every_s=60))).name == "ad"


def test_a_walls_notice_takes_the_main_zone_and_leaves_the_ticker() -> None:
    told = here(WALL, branch(notices=(LOW, HIGH)))
    assert (shown(told).name, shown(told).turns) == ("notice", False)
    assert main(told) == parts.notice_item(HIGH)
    assert zones(told)["ticker"] == parts.ticker(told, HIGH) != parts.ticker(told, None)
    assert list(zones(told)) == ["header", "main", "side", "ticker"]
    equals = here(WALL, branch(notices=(LOW, notice("other"))))
    assert shown(equals).turns


def test_a_suspended_wall_has_only_the_suspension_and_the_ticker() -> None:
    fresh = here(WALL, branch(suspensions=(suspension(), suspension("counter:2", since=0)), notices=(LOW,)))
    assert shown(fresh) == Picture(
        "suspended",
        (
            Zone("header", parts.header(fresh)),
            Zone("main", parts.suspended_place(fresh)),
            Zone("ticker", parts.ticker(fresh, None)),
        ),
        turns=False,
    )


def test_a_closed_wall_says_goodbye() -> None:
    closed = here(WALL, branch(notices=(notice("n", until=NIGHT * 2),)), NIGHT)
    top = parts.header(closed)
    assert shown(closed) == Picture(
        "closed",
        (
            Zone("header", top),
            Zone("main", parts.closed_item(closed, top)),
            Zone("side", parts.counter_cards(closed)),
            Zone("ticker", parts.ticker(closed, None)),
        ),
        turns=False,
    )


def test_a_fresh_suspension_of_a_counter_goes_across_the_wall() -> None:
    fresh = here(WALL, branch(suspensions=(suspension("counter:2", since=0),)))
    assert list(zones(fresh)) == ["header", "main", "side", "banner", "ticker"]
    assert zones(fresh)["banner"] == parts.banner(fresh)


def test_an_emergency_on_a_wall_is_alone_and_its_words_are_all_the_ticker_says() -> None:
    alarmed = here(WALL, branch(notices=(FIRE, LOW), suspensions=(suspension("counter:2", since=0),)))
    assert shown(alarmed) == Picture(
        "notice",
        (
            Zone("header", parts.header(alarmed)),
            Zone("main", parts.notice_item(FIRE)),
            Zone("ticker", TickerItem((given(FIRE.text),), HOTLINE)),
        ),
        turns=False,
    )


def test_a_signed_emergencys_ticker_says_its_words_or_what_its_picture_shows() -> None:
    until = later(60)
    in_words = here(WALL, content=one("emergency", until=until))
    assert list(zones(in_words)) == ["header", "main", "ticker"]
    assert main(in_words) == WordsItem("s", words("s"), Shape.SUSPENDED, NOON, until)
    assert zones(in_words)["ticker"] == TickerItem((given({"zh": "s", "en": "s"}),), HOTLINE)
    seen = Asset(ref="e.png", kind="picture", uses=("emergency",), alt={"zh": "请从西门离开"})
    drawn = here(WALL, content=published(item("e", "emergency", asset="e.png", until=until), assets=(seen,)))
    assert zones(drawn)["ticker"] == TickerItem((given({"zh": "请从西门离开"}),), HOTLINE)
    assert main(drawn) == MediaItem("e", seen, NOON, until, alone=True)


def test_what_is_signed_for_the_side_gives_way_to_a_suspended_counter() -> None:
    content = one("advertisement", zone="side", ref="s.png")
    assert zones(here(WALL, content=content))["side"] == media(later(10))
    held = here(WALL, branch(suspensions=(suspension("counter:2"),)), content=content)
    assert zones(held)["side"] == parts.counter_cards(held)
    absent = here(WALL, content=content, absent=("s.png",))
    assert zones(absent)["side"] == parts.counter_cards(absent)


# --- touch screens


def test_a_touch_screen_at_rest_has_its_home_and_counters() -> None:
    at_rest = here(TOUCH)
    assert shown(at_rest) == Picture(
        "home",
        (
            Zone("header", parts.header(at_rest)),
            Zone("main", parts.home_item(at_rest)),
            Zone("side", parts.counter_cards(at_rest)),
        ),
        turns=False,
    )


def test_a_touch_screen_keeps_its_home_under_a_suspension_of_the_branch() -> None:
    held = here(TOUCH, branch(suspensions=(suspension(),), notices=(LOW, HIGH)))
    assert shown(held) == Picture(
        "suspended",
        (
            Zone("header", parts.header(held)),
            Zone("main", parts.home_item(held)),
            Zone("side", parts.counter_cards(held)),
            Zone("banner", parts.suspended_place(held)),
            Zone("notice", parts.notice_item(HIGH)),
            Zone("notice", parts.notice_item(LOW)),
        ),
        turns=False,
    )
    own = here(TOUCH, branch(suspensions=(suspension("device:lobby"),), notices=(LOW,)))
    assert zones(own) == {"header": parts.header(own), "main": parts.suspended_place(own)}
    assert shown(own).name == "suspended"


def test_a_touch_screens_own_suspension_halts_it_while_the_branch_is_suspended_too() -> None:
    own, whole = suspension("device:lobby", until=600), suspension(until=3600, source="head-office")
    for both in ((own, whole), (whole, own)):
        held = here(TOUCH, branch(suspensions=both))
        item = main(held)
        assert isinstance(item, SuspendedItem)
        assert (item.scope, item.resumes) == ("device", later(600))
        top = parts.header(held)
        assert zones(held) == {"header": top, "main": item}
        assert top.chip.shape is Shape.SUSPENDED
    for screen in (WALL, DISPLAY):
        shown_there = main(here(screen, branch(suspensions=(own, suspension(f"device:{screen.name}"), whole))))
        assert isinstance(shown_there, SuspendedItem)
        assert shown_there.scope == "branch"


def test_an_emergency_takes_a_touch_screen_whole() -> None:
    alarmed = here(TOUCH, branch(notices=(FIRE, LOW), suspensions=(suspension(),)))
    assert zones(alarmed) == {"header": parts.header(alarmed), "main": parts.notice_item(FIRE)}
    assert shown(alarmed).name == "notice"
    signed = here(TOUCH, content=one("emergency", ref="s.png", until=later(60)))
    assert zones(signed) == {"header": parts.header(signed), "main": media(later(60), alone=True)}


def test_what_attracts_waits_behind_the_home_and_not_behind_a_suspension() -> None:
    content = one("advertisement", "touch", ref="s.png")
    for seconds, name in ((0, "home"), (NIGHT, "closed")):
        resting = here(TOUCH, seconds=seconds, content=content)
        assert shown(resting).name == name
        assert zones(resting)["attract"] == media(later(seconds + 10), since=later(seconds))
        assert main(resting) == parts.home_item(resting)
    assert "attract" not in zones(here(TOUCH, HELD, content=content))
    assert "attract" not in zones(here(TOUCH, branch(notices=(FIRE,)), content=content))
    assert "attract" not in zones(here(TOUCH, content=content, absent=("s.png",)))
    assert "attract" not in zones(here(TOUCH, content=published()))


def test_a_touch_screen_has_its_pages_whatever_stands_in_front() -> None:
    table = Asset(ref="r", kind="rates", uses=("house",), rows=(RatesRow(name={"zh": "活期"}, value="0.05%"),))
    content = published(item("r", "house", asset="r", page="rates"), assets=(table,))
    for state in (branch(), HELD, branch(notices=(FIRE,))):
        assert zones(here(TOUCH, state, content=content))["rates"] == SignedPage("rates", (table,))
    assert "rates" not in zones(here(TOUCH, content=content, absent=("r",)))


# --- counter displays


def test_a_counters_display_at_rest_has_its_card_twice_and_a_notice() -> None:
    at_rest = here(DISPLAY, branch(notices=(HIGH,)))
    card = parts.counter_card(at_rest, view(at_rest))
    assert shown(at_rest) == Picture(
        "home",
        (
            Zone("header", parts.header(at_rest)),
            Zone("main", card),
            Zone("side", (card,)),
            Zone("notice", parts.notice_item(HIGH)),
        ),
        turns=False,
    )


def test_of_several_notices_each_has_its_turn_at_a_counters_foot() -> None:
    three = branch(notices=(LOW, HIGH, notice("other")))
    turns = [zones(here(DISPLAY, three, seconds))["notice"] for seconds in (0, 9.999, 10, 20, 30)]
    assert turns[0] == turns[1] == turns[4]
    assert {one.id for one in turns if isinstance(one, NoticeItem)} == {"low", "high", "other"}
    assert shown(here(DISPLAY, three)).turns
    alarmed = here(DISPLAY, branch(notices=(LOW, HIGH, FIRE)))
    assert ("notice" in zones(alarmed), shown(alarmed).turns) == (False, False)


def test_a_notice_placed_at_a_counter_leaves_the_zone_beside_it_to_the_next() -> None:
    placed, other = notice("placed", priority=1, places=("counter",)), notice("other")
    told = here(DISPLAY, branch(notices=(placed, other)))
    assert (shown(told).name, main(told)) == ("notice", parts.notice_item(placed))
    assert zones(told)["notice"] == parts.notice_item(other)


def test_a_counters_display_plays_what_is_signed_for_it() -> None:
    playing = here(DISPLAY, branch(notices=(LOW,)), content=one("advertisement", "counter", ref="s.png"))
    assert (shown(playing).name, main(playing)) == ("ad", media(later(10)))
    assert zones(playing)["notice"] == parts.notice_item(LOW)


def test_a_counters_display_tells_whose_suspension_it_is() -> None:
    own = here(DISPLAY, branch(suspensions=(suspension("counter:2", until=600),)))
    assert (shown(own).name, main(own)) == ("suspended", parts.suspended_counter(own, view(own)))
    everybodys = here(DISPLAY, HELD)
    assert main(everybodys) == parts.suspended_place(everybodys)
    devices = here(DISPLAY, branch(suspensions=(suspension("device:display-2"),)))
    told = main(devices)
    assert told == parts.suspended_place(devices)
    assert isinstance(told, SuspendedItem)
    assert told.scope == "device"


def test_an_emergency_takes_a_counters_display_and_nothing_stands_beside_it() -> None:
    alarmed = here(DISPLAY, branch(notices=(FIRE, LOW)))
    assert list(zones(alarmed)) == ["header", "main", "side"]
    assert main(alarmed) == parts.notice_item(FIRE)


def test_a_rating_is_asked_for_and_thanked_for() -> None:
    prompt, until = Prompt(id="p", until=later(15)), later(6)
    asking = here(DISPLAY, branch(counters=(counter("1"), counter("2", prompt=prompt))))
    assert shown(asking).name == "rating"
    assert main(asking) == RatePrompt("p", "2", Phrase("rating.question"), Phrase("rating.invitation"), later(15))
    thanked = here(DISPLAY, branch(counters=(counter("2", thanks=Thanks(until=until)),)))
    assert shown(thanked).name == "rating"
    assert main(thanked) == ThanksItem(Phrase("rating.thanks"), until)


def test_a_screen_whose_counter_nobody_knows_says_what_concerns_everybody() -> None:
    for kind in ("counter", "strip"):
        screen = ScreenEntry(name="x", kind=kind, counter="9")
        known = here(screen)
        top = Zone("header", parts.header(known))
        assert shown(known) == Picture("safe", (top, Zone("main", SAFE_ITEM)), turns=False)
        held = here(screen, HELD)
        assert shown(held) == Picture(
            "suspended",
            (Zone("header", parts.header(held)), Zone("main", parts.suspended_place(held))),
            turns=False,
        )
        told = here(screen, branch(notices=(FIRE, LOW)))
        assert shown(told).zones[1:] == (Zone("main", parts.notice_item(FIRE)),)
        assert shown(told).name == "notice"
        signed = here(screen, content=one("emergency", until=later(60)))
        alarm: Item = WordsItem("s", words("s"), Shape.SUSPENDED, NOON, later(60))
        if kind == "strip":
            alarm = Line({}, Shape.SUSPENDED, given(words("s").text), (), emergency=True)
        assert shown(signed) == Picture("notice", (top, Zone("main", alarm)), turns=False)
        placed = (notice("a", places=(kind,)), notice("b", places=(kind,)))
        assert shown(here(screen, branch(notices=placed))).turns


# --- lines


def test_a_fascia_at_rest_says_its_line_and_three_notices() -> None:
    four = tuple(notice(name, priority=9 - n) for n, name in enumerate("abcd"))
    told = here(FASCIA, branch(notices=four))
    top = parts.header(told)
    assert shown(told) == Picture(
        "home",
        (
            Zone("header", top),
            Zone("main", fascia_line(told, top)),
            *(Zone("notice", parts.notice_item(one)) for one in four[:3]),
        ),
        turns=False,
    )
    held = here(FASCIA, branch(notices=four, suspensions=(suspension(),)))
    top = parts.header(held)
    assert shown(held) == Picture("suspended", (Zone("header", top), Zone("main", fascia_line(held, top))), turns=False)


def test_signed_words_take_a_fascias_line() -> None:
    playing = here(FASCIA, content=one("advertisement", "fascia"))
    line = fascia_line(playing, parts.header(playing))
    assert (shown(playing).name, main(playing)) == ("ad", Line(line.name, line.shape, given(words("s").text)))


def test_an_emergency_takes_a_fascias_line_and_its_notices() -> None:
    alarmed = here(FASCIA, branch(notices=(FIRE, LOW)))
    name = fascia_line(alarmed, parts.header(alarmed)).name
    line = Line(name, Shape.SUSPENDED, given(FIRE.text), (), emergency=True, notice="fire")
    assert shown(alarmed) == Picture("notice", (Zone("header", parts.header(alarmed)), Zone("main", line)), turns=False)


def test_a_strip_at_rest_is_its_line_and_the_first_three_notices_for_everybody() -> None:
    at_rest = here(STRIP)
    line = strip_line(at_rest, view(at_rest), asked=False)
    assert shown(at_rest) == Picture("home", (Zone("main", line),), turns=False)
    noticed = here(STRIP, branch(notices=(LOW, HIGH, notice("m"), notice("n"))))
    beside = [Zone("notice", parts.notice_item(one)) for one in (HIGH, LOW, notice("m"))]
    assert shown(noticed) == Picture("home", (Zone("main", line), *beside), turns=False)
    prompted = (counter("2", prompt=Prompt(id="p", until=later(15))),)
    asking = here(STRIP, branch(counters=prompted, notices=(LOW,)))
    assert zones(asking) == {"main": strip_line(asking, view(asking), asked=True)}
    held = here(STRIP, branch(suspensions=(suspension(),), notices=(LOW,)))
    assert (shown(held).name, zones(held)) == ("suspended", {"main": strip_line(held, view(held), asked=False)})


def test_a_strip_says_a_notice_that_is_placed_there_and_an_emergency_loudly() -> None:
    name = counter("2").business
    placed = notice("n", priority=10, places=("strip",))
    told = here(STRIP, branch(notices=(placed,)))
    assert shown(told) == Picture(
        "notice", (Zone("main", Line(name, Shape.ATTENTION, given(placed.text), notice="n")),), turns=False
    )
    low = here(STRIP, branch(notices=(notice("n", places=("strip",)), notice("z"))))
    assert main(low) == Line(name, Shape.ATTENTION, given(placed.text), notice="n")
    assert zones(low)["notice"] == parts.notice_item(notice("z"))
    alarmed = here(STRIP, branch(notices=(FIRE, LOW)))
    assert zones(alarmed) == {"main": Line(name, Shape.SUSPENDED, given(FIRE.text), (), emergency=True, notice="fire")}
    signed = here(STRIP, content=one("advertisement", "strip"))
    assert (shown(signed).name, main(signed)) == ("ad", Line(name, Shape.OPEN, given(words("s").text)))
    both = (notice("a", places=("strip",)), notice("b", places=("strip",)))
    assert shown(here(STRIP, branch(notices=both))).turns
