"""When a scene ends while the programme turns: where its turns are shown, and where something stands before them."""

from itertools import pairwise

import pytest

from signage.core import scene as scenes
from signage.core.contest import Verdict
from signage.core.instants import Instant
from signage.core.layouts import Picture, lay_out
from signage.core.model import BranchState, ScreenEntry
from signage.core.programme import ProgrammeItem, SignedContent
from signage.core.scene import Scene, scene
from signage.core.situation import Situation
from tests.unit.core.branches import DISPLAY, FASCIA, HOURS, STRIP, TOUCH, WALL, branch, later, notice, suspension
from tests.unit.core.programmes import item, published, words

CLOSING_SOON, MIDNIGHT = later(4.5 * 3600), later(12 * 3600)
CLOSED = 5 * 3600  # seconds from noon
HELD = branch(suspensions=(suspension(since=-3600),))
ADS = (item("a"), item("b"))


def show(
    content: SignedContent, screen: ScreenEntry = WALL, state: BranchState | None = None, seconds: float = 0
) -> Scene:
    return scene(state or branch(), content, HOURS, screen, later(seconds))


def ends(content: SignedContent, screen: ScreenEntry, state: BranchState, seconds: float) -> list[float]:
    """The lengths in s of three scenes, one after another."""
    instants = [later(seconds)]
    for _ in range(3):
        until = scene(state, content, HOURS, screen, instants[-1]).until
        assert until is not None
        instants.append(until)
    return [(end - start).total_seconds() for start, end in pairwise(instants)]


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> list[Instant]:
    """The instants for which a picture was laid out."""
    laid: list[Instant] = []

    def lay(here: Situation, verdict: Verdict) -> Picture:
        laid.append(here.now)
        return lay_out(here, verdict)

    monkeypatch.setattr(scenes, "lay_out", lay)
    return laid


@pytest.mark.parametrize(
    ("screen", "state", "items", "seconds", "until"),
    [
        (WALL, HELD, ADS, 0, CLOSING_SOON),
        (WALL, branch(), ADS, CLOSED, MIDNIGHT),
        (WALL, HELD, (*ADS, item("s", zone="side")), 0, CLOSING_SOON),
        (WALL, branch(notices=(notice(until=9e4, priority=1),)), (item("n", "notice"), item("o", "notice")), 0, None),
        (TOUCH, HELD, (item("a", screens=("touch",)),), 0, CLOSING_SOON),
        (DISPLAY, HELD, (item("a", screens=("counter",)),), 0, CLOSING_SOON),
    ],
)
def test_turns_that_nobody_sees_are_not_looked_at_one_by_one(
    screen: ScreenEntry,
    state: BranchState,
    items: tuple[ProgrammeItem, ...],
    seconds: float,
    until: Instant | None,
    pictures: list[Instant],
) -> None:
    """A power cut is told at once: not after thousands of pictures of what it hides."""
    assert show(published(*items), screen, state, seconds).until == (until or CLOSING_SOON)
    assert len(pictures) < 40


def test_the_side_and_what_attracts_go_on_beside_what_hides_the_main_zone(pictures: list[Instant]) -> None:
    sides = published(*ADS, item("s", zone="side"), item("s2", zone="side"))
    assert ends(sides, WALL, branch(), CLOSED) == [10, 10, 10]
    assert ends(published(item("a", screens=("touch",))), TOUCH, branch(), CLOSED) == [10, 10, 10]
    assert len(pictures) < 20


def test_a_required_item_comes_through_a_notice_that_hides_the_rest() -> None:
    content = published(*ADS, item("r", "house", every_s=900, seconds=20))
    urgent = branch(notices=(notice(until=9e4, priority=5),))
    shown = [show(content, state=urgent, seconds=at) for at in (0, 20)]
    assert [(one.name, one.until) for one in shown] == [("ad", later(20)), ("notice", later(600))]
    assert show(content, state=urgent, seconds=600).name == "ad"
    assert show(published(*ADS), state=urgent).until == CLOSING_SOON


def test_an_emergency_ends_a_suspension_at_the_very_instant_it_begins() -> None:
    content = published(*ADS, item("e", "emergency", start=later(1234.567), until=later(2000.001)))
    told = show(content, state=HELD)
    assert (told.name, told.until) == ("suspended", later(1234.567))
    assert show(content, state=HELD, seconds=1234.567).until == later(2000.001)


def test_a_line_ends_when_it_reads_otherwise(pictures: list[Instant]) -> None:
    one = published(item("a", asset="a", screens=("fascia", "strip"), seconds=10), assets=(words("a"),))
    assert show(one, FASCIA).until == CLOSING_SOON
    assert show(one, STRIP).until == later(CLOSED)
    assert len(pictures) < 40
    both = [
        item(name, asset=name, screens=("fascia",), seconds=10, share=share) for name, share in (("a", 2), ("b", 1))
    ]
    assert ends(published(*both, assets=(words("a"), words("b"))), FASCIA, branch(), 0) == [20, 10, 20]


def test_turns_of_what_is_not_on_the_screen_are_a_house_slides() -> None:
    content = published(item("a", screens=("counter",)))
    absent = frozenset({"a.png"})
    told = scene(branch(), content, HOURS, DISPLAY, later(0), absent=absent)
    assert (told.name, told.until) == ("home", CLOSING_SOON)
    assert scene(branch(), content, HOURS, DISPLAY, later(0)).until == later(10)
    beside = published(item("a", zone="side"), item("b", screens=("touch",)))
    for screen, ref in ((WALL, "a.png"), (TOUCH, "b.png")):
        whole = scene(branch(), beside, HOURS, screen, later(0))
        part = scene(branch(), beside, HOURS, screen, later(0), absent=frozenset({ref}))
        assert part.zones == scene(branch(), None, HOURS, screen, later(0)).zones != whole.zones


def test_without_promotions_their_turns_are_a_house_slides() -> None:
    shown = scene(branch(), published(*ADS), HOURS, WALL, later(0), promotions=False)
    assert {why.candidate: why.reason for why in shown.why}["item:a"] == "nobody is to be promoted to here"
    assert shown.zones == scene(branch(), None, HOURS, WALL, later(0)).zones


def test_a_closed_counters_line_looks_afresh_at_midnight_though_it_reads_the_same() -> None:
    alarm = notice(start=13 * 3600, until=14 * 3600, priority=100)
    told = scene(branch(notices=(alarm,)), None, HOURS, STRIP, later(CLOSED))
    assert told.until == MIDNIGHT
    assert scene(branch(notices=(alarm,)), None, HOURS, STRIP, MIDNIGHT).until == alarm.start
