"""What head office has signed, on every kind of screen, with the reason for each item that does not stand."""

from datetime import timedelta
from itertools import pairwise

import pytest

from signage.core.items import CounterCard, HouseSlide, Item, Line, MediaItem, NoticeItem, Shape, TickerItem, WordsItem
from signage.core.model import BranchState, ScreenEntry
from signage.core.phrases import Phrase
from signage.core.phrases import given as told
from signage.core.programme import Asset, ProgrammeItem, SignedContent
from signage.core.required import Requirements, lay
from signage.core.scene import Scene, scene
from signage.core.schedule import upcoming, upcoming_on_all
from signage.core.slots import slot
from tests.unit.core.branches import DISPLAY, FASCIA, HOURS, NOON, SCREENS, STRIP, TOUCH, WALL, branch, later, notice
from tests.unit.core.branches import suspension as held
from tests.unit.core.programmes import item, published, words


def show(
    content: SignedContent,
    screen: ScreenEntry = WALL,
    seconds: float = 0,
    state: BranchState | None = None,
    **more: object,
) -> Scene:
    return scene(state or branch(), content, HOURS, screen, later(seconds), **more)  # type: ignore[arg-type] # as in scene()


def zone(shown: Scene, name: str = "main") -> Item | None:
    return next((one.item for one in shown.zones if one.name == name), None)


def stands(shown: Scene, name: str = "main") -> str:
    found = zone(shown, name)
    return found.id if isinstance(found, MediaItem | WordsItem | NoticeItem) else type(found).__name__


def reasons(shown: Scene) -> dict[str, str]:
    return {why.candidate: why.reason for why in shown.why}


def test_a_higher_class_takes_the_zone_and_beats_nobody_at_the_counter() -> None:
    ladder = [
        item("h", "house"),
        item("a"),
        item("c", "campaign"),
        item("n", "notice"),
        item("e", "emergency", until=later(9)),
    ]
    for size, name in enumerate(["ad", "ad", "ad", "notice", "notice"], 1):
        shown = show(published(*ladder[:size]))
        assert (stands(shown), shown.name) == (ladder[size - 1].id, name)
    assert reasons(show(published(*ladder[:3])))["item:a"] == "lower class than campaign, which has item:c to show"
    assert stands(show(published(*ladder[:3]), DISPLAY)) == "CounterCard"


def test_promotions_end_with_the_publication_and_the_rest_stays() -> None:
    content = published(item("a"), item("c", "campaign"), item("n", "house"), expires=60)
    assert [stands(show(content, seconds=at)) for at in (0, 59.999, 60)] == ["c", "c", "n"]
    assert show(content, seconds=50).until == later(60)
    assert reasons(show(content, seconds=60))["item:a"] == f"expired since {later(60)}"
    notices = published(item("n", "notice", until=later(120)), expires=60)
    assert [stands(show(notices, seconds=at)) for at in (119.999, 120)] == ["n", "HouseSlide"]


def test_an_absent_asset_leaves_its_turn_to_a_house_slide() -> None:
    content = published(item("a"), item("b"))
    whole = [stands(show(content, seconds=at)) for at in range(0, 60, 10)]
    part = [stands(show(content, seconds=at, absent=frozenset({"b.png"}))) for at in range(0, 60, 10)]
    assert part == [one if one == "a" else "HouseSlide" for one in whole]
    assert {"a", "HouseSlide"} == set(part)
    at = 10 * whole.index("b")
    assert reasons(show(content, seconds=at, absent=frozenset({"b.png"})))["item:b"] == "b.png is absent on this screen"


def test_without_promotions_house_slides_stand() -> None:
    assert stands(show(published(item("a")), promotions=False)) == "HouseSlide"
    assert stands(show(published(item("n", "notice")), promotions=False)) == "n"


def test_an_emergency_is_alone_on_every_screen() -> None:
    alarm = item("e", "emergency", asset="e", until=later(600), every_s=60)
    others = [
        item("late", "notice", asset="late"),
        item("s", zone="side"),
        item("t", asset="t", zone="ticker"),
        item("r", every_s=60),
    ]
    content = published(alarm, *others, assets=(words("e"), words("late"), words("t")))
    state = branch(notices=(notice(), notice("own", priority=100)), suspensions=(held(),))
    for screen in (*SCREENS, ScreenEntry(name="x", kind="counter", counter="9")):
        shown = show(content, screen, state=state)
        main = zone(shown)
        assert shown.name == "notice"
        assert (main.words if isinstance(main, Line) else stands(shown)) in (told({"zh": "e", "en": "e"}), "e")
        assert {one.name for one in shown.zones} <= {"header", "main", "ticker"} | (
            {"side"} if screen == DISPLAY else set()
        )
    ticker = zone(show(content, state=state), "ticker")
    assert isinstance(ticker, TickerItem)
    assert ticker.lines == (told({"zh": "e", "en": "e"}),)
    assert reasons(show(content))["item:late"].startswith("lower class than emergency")


def test_of_two_emergencies_the_later_stands_and_one_without_an_end_is_none() -> None:
    first = item("first", "emergency", until=later(600))
    second = item("second", "emergency", start=later(-5), until=later(30))
    shown = show(published(first, second))
    assert (stands(shown), shown.until) == ("second", later(30))
    assert reasons(shown)["item:first"] == "beaten by item:second: an emergency shares with nobody"
    endless = show(published(item("e", "emergency"), item("a")))
    assert (stands(endless), reasons(endless)["item:e"]) == ("a", "an emergency without an end is none")


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (item("x", asset="lost"), "its asset lost is not signed"),
        (item("x", "house", asset="ad"), "ad is signed for advertisement, not for house"),
        (item("x", asset="ad", screens=("touch", "door")), "placed on touch, door"),
        (item("x", asset="ad", groups=("coast",)), "for the groups coast, and this branch is in none of them"),
        (item("x", asset="en"), "en is in en-GB, and this screen speaks zh"),
        (item("x", asset="ad", share=0), "it has no share and is not required"),
        (item("x", asset="ad", zone="ticker"), "the ticker holds only words"),
        (item("x", asset="ad", start=later(5)), f"begins at {later(5)}"),
        (item("x", asset="ad", until=later(-5)), f"expired since {later(-5)}"),
        (item("x", asset="ad", daypart="12:05-13:00"), f"its daypart 12:05-13:00 begins at {later(300)}"),
        (item("x", asset="ad", daypart="off"), "its daypart off is not to come"),
        (
            item("x", asset="ad", daypart="?"),
            "its daypart cannot be read: ?: '?' is no opening_hours rule at character 1",
        ),
    ],
)
def test_why_an_item_does_not_stand_on_a_wall(one: ProgrammeItem, reason: str) -> None:
    uses = ("advertisement",)
    assets = (
        Asset(ref="ad", kind="picture", uses=uses),  # type: ignore[arg-type] # a tuple of the classes
        words("en", locale="en-GB"),
    )
    content = SignedContent(version=1, expires=later(9e5), assets=assets, items=(one,))
    shown = show(content, ScreenEntry(name="hall", kind="wall", locale="zh"))
    assert stands(shown) == "HouseSlide"
    assert reasons(shown)["item:x"] == reason
    assert shown.why[0].candidate == "house"
    assert len(shown.why[:2]) == 2


def test_the_others_turns_are_told() -> None:
    shown = show(published(item("a"), item("b"), item("s", zone="side"), item("s2", zone="side")))
    told_reasons = reasons(shown)
    assert told_reasons["item:b"] == f"item:a has this turn; its own comes at {later(10)}"
    assert told_reasons["item:s"] == "has its turn in the zone side"
    many = published(*(item(str(number)) for number in range(2000)))
    beaten = [reason for reason in reasons(show(many)).values() if reason.endswith("its own comes in a later hour")]
    assert len(beaten) > 1000
    assert set(beaten) == {f"item:{stands(show(many))} has this turn; its own comes in a later hour"}
    paused = published(item("a", start=later(1800), until=later(1900)), item("r", "house", every_s=300))
    assert "a house slide has this turn" in {
        one.partition(";")[0] for one in reasons(show(paused, seconds=100)).values()
    }


def test_other_screens_must_be_named() -> None:
    everywhere = published(item("a"))
    for screen in (TOUCH, DISPLAY, FASCIA, STRIP):
        assert "item:a" in reasons(show(everywhere, screen))
        assert stands(show(everywhere, screen)) != "a"
    assert (
        reasons(show(everywhere, DISPLAY))["item:a"]
        == "a counter screen is there for something else: name it in screens"
    )
    named = published(
        item("a", screens=("touch", "counter", "fascia")),
        item("t", asset="t", screens=("strip", "fascia")),
        assets=(words("t"),),
    )
    assert stands(show(named, TOUCH), "attract") == "a"
    assert stands(show(named, DISPLAY)) == "a"
    for screen in (FASCIA, STRIP):
        line = zone(show(named, screen))
        assert isinstance(line, Line)
        assert line.words == told({"zh": "t", "en": "t"})
    assert reasons(show(named, FASCIA))["item:a"] == "that place of a fascia screen holds only words"
    assert (
        reasons(show(published(item("a", screens=("touch",), zone="side")), TOUCH))["item:a"]
        == "a touch screen has no zone side for it"
    )
    assert zone(show(named, TOUCH, state=branch(suspensions=(held(),))), "attract") is None


def test_words_of_a_notice_stand_beside_and_run_below() -> None:
    content = published(
        item("n", "notice", asset="n"), item("l", asset="l", zone="ticker"), assets=(words("n"), words("l"))
    )
    for screen in (TOUCH, DISPLAY, FASCIA):
        beside = zone(show(content, screen), "notice")
        assert isinstance(beside, NoticeItem)
        assert (beside.id, beside.shape) == ("n", Shape.ATTENTION)
    assert reasons(show(content, TOUCH))["item:n"] == "stands in the zone beside"
    ticker = zone(show(content), "ticker")
    assert isinstance(ticker, TickerItem)
    assert ticker.lines[0] == told({"zh": "l", "en": "l"})
    assert stands(show(content)) == "n"
    quiet = show(content, absent=frozenset({"l"}))
    assert isinstance(found := zone(quiet, "ticker"), TickerItem)
    assert found.lines[0] == Phrase("ticker.welcome")


def test_the_side_belongs_to_the_counters_while_one_is_suspended() -> None:
    content = published(item("s", zone="side"))
    assert stands(show(content), "side") == "s"
    cards = zone(show(content, state=branch(suspensions=(held("counter:2"),))), "side")
    assert isinstance(cards, tuple)
    assert all(isinstance(card, CounterCard) for card in cards)


def test_a_signed_notice_takes_turns_with_an_ordinary_one_and_yields_to_an_important_one() -> None:
    content = published(item("n", "notice"))
    seen = {
        stands(show(content, seconds=at, state=branch(notices=(notice("own", until=900),)))) for at in range(0, 60, 10)
    }
    assert seen == {"n", "own"}
    assert stands(show(content, state=branch(notices=(notice("own", priority=10),)))) == "own"


def test_a_playlist_keeps_its_order_within_its_one_place() -> None:
    content = published(*(item(name, playlist="p", seconds=10) for name in "abc"), item("x", share=3000))
    seen = []
    shown = show(content)
    while shown.until is not None and shown.until < later(600):
        seen.append(stands(shown))
        shown = show(content, seconds=(shown.until - NOON).total_seconds())
    listed = "".join(one for one in seen if one != "x")
    assert listed in "abc" * 100
    assert len(listed) > 10


def test_rivals_alone_are_kept_apart_by_a_house_slide() -> None:
    content = published(item("a", tags=("loan",), apart=("fund",)), item("b", tags=("fund",)))
    shown, seen = show(content), []
    for _ in range(6):
        seen.append(stands(shown))
        assert shown.until is not None
        shown = show(content, seconds=(shown.until - NOON).total_seconds())
    assert {("a", "b"), ("b", "a")}.isdisjoint(pairwise(seen))
    assert isinstance(zone(shown), HouseSlide | MediaItem)


def test_what_a_screen_will_want_next() -> None:
    content = published(
        item("a"), item("b", start=later(4000)), item("s", zone="side"), item("far", start=later(90_000))
    )
    assert upcoming(content, branch(), HOURS, WALL, NOON, timedelta(hours=2)) == ("a.png", "s.png", "b.png")
    assert upcoming(content, branch(), None, STRIP, NOON, timedelta(hours=2)) == ()
    assert upcoming_on_all(content, branch(), None, SCREENS, NOON, timedelta(minutes=1)) == ("a.png", "s.png")
    assert upcoming_on_all(content, branch(), HOURS, (), NOON, timedelta(minutes=1)) == ()


def test_too_many_required_items_are_known_to_be() -> None:
    content = published(item("a", every_s=30, seconds=20), item("b", every_s=600, seconds=5))
    slots = [slot(at, one, content.assets[at], content) for at, one in enumerate(content.items)]
    asked = Requirements(slots)
    assert [asked.crowded(one) for one in slots] == [True, False]
    short = asked.dues(slots, NOON.ms, NOON.ms + 1000)
    assert sum(due.length for due in short) <= 1000


def test_rivals_are_kept_apart_from_what_stood_before_the_hour_and_before_an_edge() -> None:
    alarm = item("e", "emergency", tags=("loan",), until=later(60))
    shy = item("shy", apart=("loan",), start=later(-7200))
    content = published(alarm, shy)
    assert [stands(show(content, seconds=at)) for at in (59, 60, 63)] == ["e", "HouseSlide", "shy"]
    late = published(shy, item("r", "house", every_s=300), item("b", "notice", tags=("loan",), until=later(-10)))
    assert stands(show(late, seconds=-10)) == "HouseSlide"
    begins = published(item("shy", apart=("loan",), start=later(60)))
    assert [stands(show(begins, seconds=at)) for at in (59, 60)] == ["HouseSlide", "shy"]


def test_required_items_alone_stand_between_house_slides() -> None:
    content = published(item("r", "house", every_s=300))
    shown = {stands(show(content, seconds=at)) for at in range(0, 300, 5)}
    assert shown == {"r", "HouseSlide"}
    assert len(show(content).why) == 3
    assert content.asset("r.png") is not None
    assert content.asset("other") is None
    assert Requirements([]).leeway == 0


def test_many_hours_are_not_kept_for_ever_and_nothing_of_no_length_is_laid() -> None:
    content = published(item("a"), item("b", until=later(0.001), share=1))
    before = show(content)
    assert upcoming(content, branch(), HOURS, WALL, NOON, timedelta(hours=70)) == ("a.png",)
    assert show(content) == before
    assert [turn.end - turn.start for turn in lay(0, [(None, 0), (None, 5)], (), 0)] == [5]
