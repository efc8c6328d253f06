"""Why each candidate has the main zone or has not, word for word, for whoever asks at a screen."""

import pytest

from signage.core.model import BranchState, Prompt, ScreenEntry, Thanks
from signage.core.programme import SignedContent
from signage.core.reasons import Why
from signage.core.scene import scene
from tests.unit.core.branches import (
    COUNTERS,
    DISPLAY,
    HOURS,
    NOON,
    STRIP,
    WALL,
    branch,
    counter,
    later,
    notice,
    suspension,
)
from tests.unit.core.programmes import item, published

EVENING = 6 * 3600
ALONE = "nothing else has anything to say"


def whys(
    screen: ScreenEntry = WALL, state: BranchState | None = None, content: SignedContent | None = None, at: float = 0
) -> list[Why]:
    return list(scene(state or branch(), content, HOURS, screen, later(at)).why)


def rated(*, thanked: bool = False, asked: bool = False, until: float = 15) -> BranchState:
    thanks = Thanks(until=later(until)) if thanked else None
    prompt = Prompt(id="p", until=later(until)) if asked else None
    return branch(counters=(*COUNTERS[:1], counter("2", thanks=thanks, prompt=prompt)))


def test_the_house_stands_where_nobody_else_speaks() -> None:
    assert whys() == [Why("house", True, ALONE), Why("closed", False, "the branch is not closed")]


def test_equal_notices_say_with_whom_they_take_turns() -> None:
    state = branch(notices=(notice("a"), notice("b"), notice("low", priority=-1)))
    one = f"holds until {later(60)}, priority 0"
    for at, (standing, other) in ((0, "ab"), (10, "ba")):
        told = {why.candidate: why for why in whys(state=state, at=at)}
        assert told[f"notice:{standing}"] == Why(f"notice:{standing}", True, one)
        assert told[f"notice:{other}"] == Why(f"notice:{other}", False, f"takes turns with notice:{standing}")
        assert told["notice:low"] == Why("notice:low", False, f"beaten by notice:{standing}: {one}")
        assert told["house"] == Why("house", False, f"beaten by notice:{standing}: {one}")


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (notice("n", places=("touch", "door")), "placed on touch, door"),
        (notice("n", start=0.001), f"begins at {later(0.001)}"),
        (notice("n", start=-1, until=0), f"ended at {NOON}"),
        (notice("n", start=0, until=0), f"ended at {NOON}"),
    ],
)
def test_why_a_notice_does_not_take_part(one: object, reason: str) -> None:
    assert Why("notice:n", False, reason) in whys(state=branch(notices=(one,)))  # type: ignore[arg-type] # a notice


def test_an_items_turn_tells_its_class_its_rhythm_and_its_end() -> None:
    assert Why("item:a", True, f"its turn as advertisement, until {later(10)}") in whys(content=published(item("a")))
    required = published(item("r", "house", every_s=900, seconds=20))
    assert Why("item:r", True, f"its turn as house, required every 900 s, until {later(20)}") in whys(content=required)


@pytest.mark.parametrize("screen", [DISPLAY, STRIP])
def test_a_counters_screens_go_by_their_counters_hours(screen: ScreenEntry) -> None:
    assert whys(screen) == [Why("house", True, ALONE), Why("closed", False, "counter 2 is not closed")]
    assert whys(screen, at=EVENING) == [
        Why("house", False, "beaten by closed: counter 2 is closed"),
        Why("closed", True, "counter 2 is closed"),
    ]
    assert scene(branch(), None, HOURS, screen, later(EVENING)).name == "closed"


def test_a_rating_stands_on_the_counters_display_and_a_strip_only_asks_for_it() -> None:
    for state, name, reason in (
        (rated(thanked=True), "thanks", f"a customer has rated, until {later(15)}"),
        (rated(asked=True), "prompt:p", f"a rating is asked for until {later(15)}"),
    ):
        assert Why(name, True, reason) in whys(DISPLAY, state)
        assert Why(name, False, f"ended at {later(15)}") in whys(DISPLAY, state, at=15)
    assert whys(STRIP, rated(thanked=True)) == whys(STRIP), "thanks are the display's"
    assert Why("prompt:p", True, f"a rating is asked for until {later(15)}") in whys(STRIP, rated(asked=True))
    assert whys(STRIP, rated(asked=True), at=15)[0].candidate != "prompt:p"
    both = rated(thanked=True, asked=True)
    beaten = f"beaten by prompt:p: a rating is asked for until {later(15)}"
    assert Why("thanks", False, beaten) in whys(DISPLAY, both)


def test_a_suspension_tells_whose_it_is_and_until_when() -> None:
    endless, ending = suspension(reason="network"), suspension(until=600, source="teller")
    told = "branch is suspended by manager, network, until lifted"
    assert Why(f"suspension:{endless.id}", True, told) in whys(state=branch(suspensions=(endless,)))
    told = f"branch is suspended by teller, power, until {later(600)}"
    assert Why(f"suspension:{ending.id}", True, told) in whys(state=branch(suspensions=(ending,)))


def test_a_counter_that_only_the_controller_names_suspended() -> None:
    state = branch(counters=(counter("2", state="suspended"),))
    assert Why("counter:2", True, "the controller names the counter suspended") in whys(DISPLAY, state)
