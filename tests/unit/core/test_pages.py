"""What is signed for pages of touch screens: it stands there whole, or not at all, and nowhere else."""

from datetime import timedelta

import pytest

from signage.core.instants import Instant
from signage.core.items import MediaItem, SignedPage
from signage.core.lint_items import lint_items
from signage.core.model import ScreenEntry
from signage.core.programme import Asset, ProgrammeItem, RatesRow, SignedContent
from signage.core.scene import Scene, scene
from signage.core.schedule import upcoming
from tests.unit.core.branches import HOURS, NOON, SCREENS, TOUCH, WALL, branch, later
from tests.unit.core.programmes import item, picture, published, words

RATES = Asset(ref="rates", kind="rates", uses=("house",), rows=(RatesRow(name={"zh": "活期"}, value="0.05%"),))
STEPS = tuple(item(f"s{number}", "house", page="demonstration") for number in (1, 2, 3))
WHOLE = published(
    *STEPS,
    item("r", "house", asset="rates", page="rates"),
    item("p", "house", asset="pledge", page="pledge"),
    item("ad", screens=("touch",)),
    assets=(RATES, words("pledge")),
)


def show(
    content: SignedContent, screen: ScreenEntry = TOUCH, at: Instant = NOON, absent: tuple[str, ...] = ()
) -> Scene:
    return scene(branch(), content, HOURS, screen, at, absent=frozenset(absent))


def pages(shown: Scene) -> dict[str, list[str]]:
    return {one.item.page: [a.ref for a in one.item.assets] for one in shown.zones if isinstance(one.item, SignedPage)}


def test_a_touch_screen_has_its_pages_in_the_order_written_and_does_not_play_them() -> None:
    shown = show(WHOLE)
    assert pages(shown) == {"demonstration": ["s1.png", "s2.png", "s3.png"], "rates": ["rates"], "pledge": ["pledge"]}
    attracted = {
        zone.item.asset.ref
        for seconds in range(0, 200, 5)
        for zone in show(WHOLE, at=later(seconds)).zones
        if zone.name == "attract" and isinstance(zone.item, MediaItem)
    }
    assert attracted == {"ad.png"}


@pytest.mark.parametrize("screen", [one for one in SCREENS if one.kind != "touch"])
def test_no_other_screen_shows_them(screen: ScreenEntry) -> None:
    shown = show(WHOLE, screen)
    assert pages(shown) == {}
    why = {one.candidate: one.reason for one in shown.why}
    assert why["item:s1"] == "it is for the page demonstration, which only touch screens have"


def test_a_demonstration_with_a_step_missing_is_none() -> None:
    shown = show(WHOLE, absent=("s2.png",))
    assert set(pages(shown)) == {"rates", "pledge"}
    why = {one.candidate: one.reason for one in shown.why}
    assert why["item:s1"] == "the page demonstration is not here as a whole"
    assert why["item:s2"] == "s2.png is absent on this screen"
    assert why["item:r"] == "stands on the page rates"


def test_a_page_holds_from_its_time_until_its_end() -> None:
    content = published(
        item("r", "house", asset="rates", page="rates", start=later(60), until=later(120)), assets=(RATES,)
    )
    assert [bool(pages(show(content, at=later(at)))) for at in (59.999, 60, 119.999, 120)] == [False, True, True, False]
    assert show(content, at=later(59)).until == later(60)
    assert show(content, at=later(100)).until is not None
    assert show(content, at=later(119)).until == later(120)


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (item("x", "house", asset="rates", page="demonstration"), "holds only picture, and rates is rates"),
        (item("x", "house", asset="pledge", page="rates"), "holds only rates, and pledge is text"),
        (item("x", "advertisement", page="demonstration"), "is of class house, and this is of advertisement"),
    ],
)
def test_what_does_not_fit_says_why_and_lint_knows_it(one: ProgrammeItem, reason: str) -> None:
    content = published(one, assets=(RATES, words("pledge")))
    shown = show(content)
    assert pages(shown) == {}
    if one.cls == "house":
        assert any(reason in why.reason for why in shown.why)
    found = [finding.what for finding in lint_items(content, branch().branch, HOURS, SCREENS, NOON)]
    assert any(reason in what for what in found)


def test_lint_knows_a_page_that_no_screen_has() -> None:
    content = published(item("s", "house", page="demonstration", screens=("wall",)))
    findings = list(lint_items(content, branch().branch, HOURS, SCREENS, NOON))
    assert any("only touch screens have the page demonstration" in one.what for one in findings)
    assert not list(lint_items(published(*STEPS), branch().branch, HOURS, SCREENS, NOON))


def test_its_pictures_are_fetched_after_what_plays_of_itself() -> None:
    refs = upcoming(WHOLE, branch(), HOURS, TOUCH, NOON, timedelta(hours=1))
    assert refs[0] == "ad.png"
    assert set(refs) == {"ad.png", "s1.png", "s2.png", "s3.png", "rates", "pledge"}
    over = published(item("s", "house", page="demonstration", until=later(-1)), assets=(picture("s.png"),))
    assert upcoming(over, branch(), HOURS, TOUCH, NOON, timedelta(hours=1)) == ()
    assert upcoming(WHOLE, branch(), HOURS, WALL, NOON, timedelta(hours=1)) == ()
