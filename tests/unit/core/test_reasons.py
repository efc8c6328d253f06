"""Why each item of the programme stands or not, word for word, and that nobody waits for words that nobody reads."""

from collections.abc import Iterator

import pytest

from signage.core.model import BranchState, ScreenEntry
from signage.core.programme import ProgrammeItem, SignedContent
from signage.core.reasons import Reasons, Why
from signage.core.scene import scene
from tests.unit.core.branches import FASCIA, HOURS, TOUCH, WALL, branch, later, suspension
from tests.unit.core.programmes import item, published, words

OTHERS = ("house", "closed")


def reasons(
    content: SignedContent, screen: ScreenEntry = WALL, seconds: float = 0, state: BranchState | None = None
) -> list[tuple[str, str]]:
    """Of the items, in the order told."""
    shown = scene(state or branch(), content, HOURS, screen, later(seconds))
    return [(why.candidate.removeprefix("item:"), why.reason) for why in shown.why if why.candidate not in OTHERS]


def test_words_are_made_when_they_are_read_and_once() -> None:
    told: list[str] = []

    def tell() -> Iterator[Why]:
        for name in "abc":
            told.append(name)
            yield Why(name, name == "a", "")

    every = Reasons(tell)
    assert told == []
    assert next(iter(every)).candidate == "a"
    assert told == ["a"]
    assert (len(every), every[-1].candidate, [why.candidate for why in every[:2]]) == (3, "c", ["a", "b"])
    assert told == ["a", *"abc"]
    assert [why.candidate for why in every] == list("abc")


def test_who_has_the_turn_is_told_first_then_the_items_in_their_order() -> None:
    content = published(item("c"), item("b"), item("late", start=later(3700)), item("a"))
    turn = f"its turn as advertisement, until {later(10)}"
    assert reasons(content) == [
        ("c", turn),
        ("b", f"item:c has this turn; its own comes at {later(10)}"),
        ("late", f"begins at {later(3700)}"),
        ("a", f"item:c has this turn; its own comes at {later(20)}"),
    ]
    shown = scene(branch(), content, HOURS, WALL, later(0))
    assert [why.won for why in shown.why if why.candidate not in OTHERS] == [True, False, False, False]


def test_nobody_signed_nothing_to_say() -> None:
    assert next(iter(scene(branch(), None, HOURS, WALL, later(0)).why)).won
    assert reasons(published()) == []


@pytest.mark.parametrize(
    ("seconds", "reason"),
    [(-0.001, "begins at {0}"), (0, "its turn"), (599.999, "its turn"), (600, "expired since {1}")],
)
def test_dates_hold_to_the_millisecond(seconds: float, reason: str) -> None:
    told = dict(reasons(published(item("a", start=later(0), until=later(600))), seconds=seconds))["a"]
    assert told.startswith(reason.format(later(0), later(600)))


@pytest.mark.parametrize(
    ("one", "seconds", "reason"),
    [
        (item("a", daypart="12:05-13:00"), 0, f"its daypart 12:05-13:00 begins at {later(300)}"),
        (item("a", daypart="12:05-13:00"), 300, f"its turn as advertisement, until {later(310)}"),
        (item("a", daypart="off"), 0, "its daypart off is not to come"),
        (item("a", daypart="12:05-"), 0, "its daypart cannot be read: 12:05-: "),
    ],
)
def test_dayparts_are_told_with_their_beginning(one: ProgrammeItem, seconds: float, reason: str) -> None:
    assert dict(reasons(published(one), seconds=seconds))["a"].startswith(reason)


def test_a_lower_class_names_who_stands_higher_and_a_required_item_is_not_beaten_by_it() -> None:
    content = published(item("a"), item("n", "notice"), item("o", "notice"), item("r", "house", every_s=900))
    told = dict(reasons(content, seconds=30))
    assert told["a"] == "lower class than notice, which has item:n to show"
    assert told["r"] == f"item:n has this turn; its own comes at {later(600)}"
    lines = published(
        item("t", asset="t", zone="ticker"),
        item("u", "notice", asset="u", zone="ticker"),
        assets=(words("t"), words("u")),
    )
    assert reasons(lines) == [
        ("t", "lower class than notice, which has item:u to show"),
        ("u", "stands in the zone ticker"),
    ]
    required = published(item("t", asset="t", zone="ticker", every_s=60), assets=(words("t"),))
    assert reasons(required) == [("t", "stands in the zone ticker")]


def test_an_emergency_leaves_nobody_a_turn() -> None:
    content = published(item("r", "house", every_s=60), item("e", "emergency", until=later(60)))
    assert reasons(content)[1] == ("r", "beaten by item:e: an emergency shares with nobody")


def test_what_does_not_concern_a_screen_says_so_and_what_is_absent_too() -> None:
    content = published(item("a", screens=("touch",)), item("b"), item("c"))
    assert dict(reasons(content))["a"] == "placed on touch"
    coast = published(item("a", groups=("coast",)), item("b", groups=("all",)))
    assert reasons(coast)[1] == ("a", "for the groups coast, and this branch is in none of them")
    absent = scene(branch(), content, HOURS, WALL, later(0), absent=frozenset({"b.png", "c.png"})).why
    assert {why.candidate: why.reason for why in absent}["item:c"] == "c.png is absent on this screen"


def test_turns_in_other_zones_are_told_with_the_zone() -> None:
    content = published(
        item("s", zone="side"), item("z", zone="side"), item("x", screens=("touch",)), item("y", screens=("touch",))
    )
    assert reasons(content)[:2] == [
        ("s", "has its turn in the zone side"),
        ("z", f"item:s has this turn; its own comes at {later(10)} in the zone side"),
    ]
    assert reasons(content, TOUCH)[2:] == [
        ("x", "has its turn in the zone attract"),
        ("y", f"item:x has this turn; its own comes at {later(10)} in the zone attract"),
    ]


def test_a_turn_of_the_next_hour_is_told_and_one_beyond_is_not() -> None:
    pair = published(item("a"), item("b"))
    assert dict(reasons(pair, seconds=3590))["a"] == f"item:b has this turn; its own comes at {later(3600)}"
    both = published(item("x", seconds=600, share=2999), item("l", seconds=600, share=1))
    told = {dict(reasons(both, seconds=hour * 3600))["l"] for hour in range(5)}
    assert told == {"item:x has this turn; its own comes in a later hour"}


def test_in_a_pause_the_house_has_the_turn() -> None:
    content = published(item("a", apart=("f",), start=later(60)), item("b", tags=("f",), until=later(60)))
    told = dict(reasons(content, seconds=60))
    assert told["a"] == f"a house slide has this turn; its own comes at {later(63)}"
    assert told["b"] == f"expired since {later(60)}"


def test_a_suspended_screen_still_knows_its_programme() -> None:
    content = published(item("a", asset="a", screens=("fascia",)), item("b"), assets=(words("a"),))
    told = dict(reasons(content, FASCIA, state=branch(suspensions=(suspension(),))))
    beaten = "beaten by suspension:branch/manager/None: branch is suspended by manager, power, until lifted"
    assert told["a"] == beaten
    assert told["b"] == "a fascia screen is there for something else: name it in screens"
