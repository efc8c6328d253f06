"""A rating by touch: the star counts, reasons may follow, thanks come after the disk."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.view import rate
from kiosk.view.happenings import (
    Emit,
    Keep,
    NotStored,
    Open,
    Passed,
    PickReason,
    Place,
    PressDigit,
    PressStar,
    Stored,
    Submit,
    SwitchElder,
    World,
)
from kiosk.view.journey import CHOOSING, THANKS, step
from kiosk.view.pages import Home, RateStep, Rating, Touch
from signage.core.instants import Instant

ZONE = ZoneInfo("Asia/Shanghai")
NOW = Instant.parse("2026-11-24T02:00:00.000Z")
WORLD = World(now=NOW, device="lobby-touch", fresh="e-1", private=True, zone=ZONE)


def later(seconds: float) -> World:
    return World(
        now=Instant.of(NOW + timedelta(seconds=seconds)), device="lobby-touch", fresh="e-2", private=True, zone=ZONE
    )


def begun(stars: int = 4) -> Touch:
    touch, _ = step(Touch(), PressStar(stars), WORLD)
    return touch


def test_the_first_star_is_the_rating_and_is_kept_at_once() -> None:
    touch, effects = step(Touch(), PressStar(4), WORLD)
    assert touch.page == Rating("e-1", NOW, 4)
    assert effects == (Keep("e-1", NOW, {"stars": 4, "channel": "touch", "reasons": [], "flags": []}),)


def test_submitting_stores_one_event_with_the_time_of_the_first_star() -> None:
    touch, _ = step(begun(), PickReason("fast"), later(2))
    touch, effects = step(touch, Submit(), later(3))
    expected = {"stars": 4, "channel": "touch", "reasons": ["fast"], "flags": []}
    assert effects == (Emit("e-1", "rating", NOW, expected),)
    assert isinstance(touch.page, Rating)
    assert touch.page.step is RateStep.SAVING


def test_a_rating_while_the_branch_is_suspended_says_so() -> None:
    world = World(now=NOW, device="d", fresh="e", private=True, zone=ZONE, suspended=True)
    _, effects = step(Touch(), PressStar(1), world)
    assert isinstance(effects[0], Keep)
    assert effects[0].data["flags"] == ["suspended"]


def test_what_it_says_is_of_the_moment_of_the_first_star() -> None:
    served, _ = step(Touch(), PressStar(2), WORLD)
    out = replace(later(10), suspended=True)
    served, effects = step(served, PickReason("slow"), out)
    assert isinstance(effects[0], Keep)
    assert effects[0].data["flags"] == []
    _, effects = step(served, Submit(), out)
    expected = {"stars": 2, "channel": "touch", "reasons": ["slow"], "flags": []}
    assert effects == (Emit("e-1", "rating", NOW, expected),)
    suspended, _ = step(Touch(), PressStar(2), replace(WORLD, suspended=True))
    _, effects = step(suspended, Submit(), later(10))
    assert isinstance(effects[0], Emit)
    assert effects[0].data["flags"] == ["suspended"]


def test_thanks_only_after_the_disk_has_it_and_home_after_six_seconds() -> None:
    touch, _ = step(begun(), Submit(), later(1))
    elsewhere, _ = step(touch, Stored("another"), later(1))
    assert elsewhere.page == touch.page
    touch, _ = step(touch, Stored("e-1"), later(1))
    assert isinstance(touch.page, Rating)
    assert touch.page.step is RateStep.THANKED
    assert touch.home_at == Instant.of(NOW + timedelta(seconds=1) + THANKS)
    still, _ = step(touch, Passed(), later(6.999))
    assert still == touch
    assert step(touch, Passed(), later(7)) == (Touch(), ())


def test_a_disk_that_refuses_is_not_thanked_for() -> None:
    touch, _ = step(begun(), Submit(), later(1))
    touch, _ = step(touch, NotStored("e-1"), later(1))
    assert isinstance(touch.page, Rating)
    assert touch.page.step is RateStep.FAILED
    again, effects = step(touch, PressStar(2), later(2))
    assert again.page == touch.page
    assert effects == ()


def test_saving_takes_no_more_choices() -> None:
    saving, _ = step(begun(), Submit(), later(1))
    after, effects = step(saving, PressStar(1), later(1.1))
    assert after.page == saving.page
    assert effects == ()
    after, _ = step(saving, NotStored("another"), later(1.1))
    assert after.page == saving.page


@pytest.mark.parametrize("elder", [False, True])
def test_somebody_who_walks_away_has_rated(elder: bool) -> None:
    touch = begun(2)
    if elder:
        touch, _ = step(touch, SwitchElder(), WORLD)
    wait = CHOOSING.total_seconds() * (2 if elder else 1)
    unchanged, nothing = step(touch, Passed(), later(wait - 0.001))
    assert (unchanged, nothing) == (touch, ())
    touch, effects = step(touch, Passed(), later(wait))
    assert [type(effect) for effect in effects] == [Emit]
    touch, _ = step(touch, Stored("e-1"), later(wait))
    assert step(touch, Passed(), later(wait + 6)) == (Touch(), ())


def test_leaving_by_the_back_key_has_rated_too_and_then_goes_home() -> None:
    touch, effects = step(begun(), Open(Place.HOME), later(1))
    assert [type(effect) for effect in effects] == [Emit]
    touch, _ = step(touch, Stored("e-1"), later(1))
    touch, effects = step(touch, Open(Place.HOME), later(2))
    assert touch.page == Home()
    assert effects == ()


def test_at_most_two_reasons_and_a_second_press_takes_one_back() -> None:
    touch = begun(5)
    for reason in ("friendly", "fast", "clear"):
        touch, _ = step(touch, PickReason(reason), WORLD)
    assert isinstance(touch.page, Rating)
    assert touch.page.reasons == ("friendly", "fast")
    touch, _ = step(touch, PickReason("friendly"), WORLD)
    assert isinstance(touch.page, Rating)
    assert touch.page.reasons == ("fast",)


def test_another_star_drops_reasons_that_do_not_fit_it() -> None:
    touch, _ = step(begun(5), PickReason("fast"), WORLD)
    same, _ = step(touch, PressStar(4), WORLD)
    assert isinstance(same.page, Rating)
    assert same.page.reasons == ("fast",)
    other, _ = step(touch, PressStar(2), WORLD)
    assert isinstance(other.page, Rating)
    assert (other.page.stars, other.page.reasons, other.page.event) == (2, (), "e-1")
    unknown, _ = step(other, PickReason("fast"), WORLD)
    assert isinstance(unknown.page, Rating)
    assert unknown.page.reasons == ()


def test_a_choice_that_means_nothing_here_changes_nothing() -> None:
    touch = begun()
    assert isinstance(touch.page, Rating)
    assert rate.rate(touch.page, PressDigit("1"), WORLD) == (touch.page, ())


def test_six_reasons_for_every_level() -> None:
    assert all(len(set(rate.reasons_for(stars))) == 6 for stars in rate.STARS)
    assert rate.reasons_for(3) == rate.BLAME
    assert rate.reasons_for(4) == rate.PRAISE
