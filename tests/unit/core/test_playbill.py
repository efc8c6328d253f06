"""A publication compiled for one screen: who stands in which zone, when that may change next, and dayparts."""

from signage.core.dayparts import Dayparts
from signage.core.model import Branch, Day, HoursException, ScreenEntry
from signage.core.placement import Stage
from signage.core.playbill import Playbill, _playbills, playbill
from signage.core.programme import ProgrammeItem, SignedContent
from tests.unit.core.branches import FASCIA, NOON, TOUCH, WALL, branch, later
from tests.unit.core.plans import plan
from tests.unit.core.programmes import item, published, words

BRANCH = branch().branch
OPEN = plan("24/7")
ALWAYS = ""
LUNCH, SATURDAY, OFF = "12:05-13:00", "Sa 10:00-11:00", "off"


def bill(*items: ProgrammeItem, screen: ScreenEntry = WALL, lines: tuple[str, ...] = ()) -> Playbill:
    return Playbill(published(*items, assets=tuple(map(words, lines))), BRANCH, screen, OPEN)


def members(found: Playbill) -> dict[Stage, str]:
    return {
        place: "".join(slot.item.id for slot in reel.slots)
        for place, reel in (*found.reels.items(), *found.lines.items())
    }


def change(found: Playbill, *turning: Stage, seconds: float = 0) -> float:
    """When the next one is, in s from noon."""
    return (found.next_change(later(seconds), turning).ms - NOON.ms) / 1000


def test_each_item_is_in_its_zone_in_the_programmes_order() -> None:
    found = bill(
        item("a"),
        item("t", asset="t", zone="ticker"),
        item("s", zone="side"),
        item("b", "campaign"),
        item("x", screens=("touch",)),
        item("c", groups=(BRANCH.id,)),
        item("y", groups=("coast",)),
        lines=("t",),
    )
    assert members(found) == {"main": "abc", "side": "s", "ticker": "t"}
    assert [slot.number for slot in found.reels["main"].slots] == [0, 3, 5]
    assert [slot.asset.ref for slot in found.reels["main"].slots] == ["a.png", "b.png", "c.png"]
    touch = bill(item("x", screens=("touch",)), item("n", "notice", asset="n"), screen=TOUCH, lines=("n",))
    assert members(touch) == {"attract": "x", "beside": "n"}
    assert members(bill()) == {}


def test_an_item_without_its_asset_is_left_out() -> None:
    content = SignedContent(version=1, expires=later(9e9), assets=(), items=(item("a"),))
    found = Playbill(content, BRANCH, WALL, OPEN)
    assert members(found) == {}
    assert found.assets == {}


def test_it_changes_with_the_turns_that_matter_and_with_who_has_them() -> None:
    found = bill(
        item("a"), item("b", until=later(700)), item("s", zone="side", seconds=30), item("q", zone="side", seconds=30)
    )
    assert change(found, "main", "side") == 10
    assert change(found, "side") == 30
    assert change(found, "side", seconds=695) == 700
    assert change(found) == 700
    assert change(found, seconds=700) == 3600
    assert change(bill(item("a"), item("l", daypart=LUNCH))) == 300
    ticker = bill(item("t", asset="t", zone="ticker", until=later(50)), lines=("t",))
    assert change(ticker, "main", "side", "attract") == 50


def test_without_a_programme_it_is_looked_at_every_full_hour() -> None:
    assert [change(bill(), "main", seconds=at) for at in (0, 3599.999, 3600)] == [3600, 3600, 7200]


def test_on_a_line_the_turns_of_one_item_in_a_row_are_as_one() -> None:
    one = item("a", asset="a", screens=("fascia",))
    assert change(bill(one, screen=FASCIA, lines=("a",)), "main") == 3600
    assert change(bill(item("a")), "main") == 10
    two = item("b", asset="b", screens=("fascia",), share=2000)
    assert change(bill(one, two, screen=FASCIA, lines=("a", "b")), "main", seconds=15) == 30


def test_it_is_compiled_once_for_the_same_objects_and_anew_for_others() -> None:
    content = published(item("a"))
    known = playbill(content, BRANCH, WALL, OPEN)
    assert playbill(content, BRANCH, WALL, OPEN) is known
    twin = ScreenEntry(name=WALL.name, kind=WALL.kind)
    assert playbill(content, branch().branch, twin, OPEN) is known
    others = (
        playbill(published(item("a")), BRANCH, WALL, OPEN),
        playbill(content, Branch(id="o", name={}, hotline="", timezone="UTC"), WALL, OPEN),
        playbill(content, Branch(id=BRANCH.id, name={}, hotline="", timezone="UTC", groups=("g",)), WALL, OPEN),
        playbill(content, BRANCH, TOUCH, OPEN),
        playbill(content, BRANCH, WALL, plan("24/7")),
    )
    assert len({id(one) for one in (known, *others)}) == 6
    assert others[0].content is not content
    assert (others[3].screen, others[4].plan is OPEN, known.branch) == (TOUCH, False, BRANCH)
    assert known.plan is OPEN


def test_what_is_no_longer_asked_for_is_not_kept_for_ever() -> None:
    content = published(item("a"))
    known = playbill(content, BRANCH, WALL, OPEN)
    for number in range(70):
        playbill(content, BRANCH, ScreenEntry(name=str(number), kind="wall"), OPEN)
    assert playbill(content, BRANCH, WALL, OPEN) is not known


def test_of_each_screen_two_are_kept_however_often_its_content_is_renewed() -> None:
    touch = playbill(published(item("a")), BRANCH, TOUCH, OPEN)
    renewed = [published(item("a")) for _ in range(10)]
    bills = [playbill(content, BRANCH, WALL, OPEN) for content in renewed]
    kept = [one for one in _playbills.values() if one.screen == WALL and one.branch is BRANCH]
    assert kept == bills[-2:]
    assert [playbill(content, BRANCH, WALL, OPEN) for content in renewed[-2:]] == bills[-2:]
    assert playbill(touch.content, BRANCH, TOUCH, OPEN) is touch


# --- dayparts


def test_dayparts_hold_from_their_beginning_up_to_their_end() -> None:
    parts = Dayparts(OPEN, [LUNCH, SATURDAY, ALWAYS, LUNCH])
    assert [LUNCH in parts.holding(later(at)) for at in (299.999, 300, 3599.999, 3600)] == [False, True, True, False]
    assert parts.holding(NOON) == {ALWAYS}
    assert Dayparts(OPEN, []).holding(NOON) == {ALWAYS}


def test_the_next_change_is_the_first_of_any() -> None:
    parts = Dayparts(OPEN, [LUNCH, SATURDAY, OFF])
    assert parts.next_change(NOON, later(9e5)) == later(300)
    assert parts.next_change(later(300), later(9e5)) == later(3600)
    assert parts.next_change(NOON, later(299)) == later(299)
    assert Dayparts(OPEN, [OFF]).next_change(NOON, later(9e5)) == later(9e5)


def test_when_one_begins() -> None:
    parts = Dayparts(OPEN, [LUNCH, SATURDAY, OFF, "?"])
    assert parts.begins(LUNCH, NOON) == later(300)
    assert parts.begins(SATURDAY, NOON) == later((4 * 24 - 2) * 3600)
    assert parts.begins(OFF, NOON) is None
    assert parts.begins("?", NOON) is None


def test_what_cannot_be_read_is_never_and_said() -> None:
    parts = Dayparts(OPEN, ["?", LUNCH])
    assert parts.unreadable == {"?": "?: '?' is no opening_hours rule at character 1"}
    assert parts.holding(later(300)) == {ALWAYS, LUNCH}
    assert Dayparts(OPEN, [LUNCH]).unreadable == {}


def test_a_daypart_goes_by_the_branchs_calendar_and_not_by_its_exceptions() -> None:
    """A branch that closes for a day has its programme all the same; a holiday counts."""
    today, holiday = "2026-11-24", Day(date="2026-11-25", type="holiday")
    own = plan(
        "Mo-Su 09:00-17:00",
        days=(holiday,),
        exceptions=(HoursException(first=today, last=today, rules={"personal": "off"}),),
    )
    daily = "Mo-Su 12:00-12:30; PH off"
    parts = Dayparts(own, [daily])
    assert [daily in parts.holding(later(day * 86_400)) for day in range(3)] == [True, False, True]
