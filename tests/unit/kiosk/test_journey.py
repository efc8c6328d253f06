"""Walking through the touch screen: pages, languages, calls, and going home."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.view.happenings import (
    CallManager,
    CallsChanged,
    Emit,
    HoldEmblem,
    NotStored,
    Open,
    Passed,
    Place,
    PressDigit,
    PressStar,
    Replied,
    Stored,
    Submit,
    SwitchElder,
    SwitchLanguage,
    Tap,
)
from kiosk.view.journey import (
    ANSWER,
    READING,
    RING,
    SIGNED_OUT,
    STAFF,
    TELLING,
    UNHEARD,
    WAITING,
    ring,
    step,
    wake_at,
)
from kiosk.view.opinion_pages import Book, Opinion
from kiosk.view.pages import (
    Calling,
    CallStep,
    Counters,
    Home,
    Hotline,
    Keypad,
    NoAnswer,
    Page,
    Panel,
    Pending,
    RateStep,
    Rating,
    SignedOut,
    Staff,
    Touch,
    Trouble,
    Week,
)
from kiosk.view.reading import More
from kiosk.view.staff_taps import SignOut
from signage.core.instants import Instant
from tests.unit.kiosk.worlds import NOW, at, walk

MANAGER = Staff("0007", "lobby-manager", "t", Instant.of(NOW + timedelta(minutes=10)), "王芳")


def after(span: timedelta) -> Instant:
    return Instant.of(NOW + span)


@pytest.mark.parametrize(
    ("place", "page"),
    [
        (Place.COUNTERS, Counters()),
        (Place.WEEK, Week()),
        (Place.HOTLINE, Hotline()),
        (Place.MORE, More()),
        (Place.HOME, Home()),
    ],
)
def test_a_card_opens_its_page(place: Place, page: Page) -> None:
    touch, effects = walk(Touch(), Open(place))
    assert touch.page == page
    assert effects == []
    assert touch.home_at == (None if page == Home() else after(READING))


def test_the_panel_is_no_place_for_customers() -> None:
    touch, effects = walk(Touch(), Open(Place.PANEL), Submit(), PressDigit("1"))
    assert touch == Touch()
    assert effects == []


def test_language_and_large_type_are_forgotten_when_the_person_has_gone() -> None:
    touch, _ = walk(Touch(), SwitchLanguage("en"), SwitchElder())
    assert (touch.locale, touch.elder) == ("en", True)
    back, _ = walk(touch, SwitchLanguage("zh"))
    assert back.locale == "zh"
    assert touch.home_at == after(READING * 2)
    assert step(touch, Passed(), at(READING.total_seconds() * 2)) == (Touch(), ())


@pytest.mark.parametrize(("own", "other"), [("en", "zh"), ("zh-HK", "zh"), ("zh-HK", "en"), ("zh", "en")])
def test_every_screen_rests_in_its_own_language(own: str, other: str) -> None:
    here = replace(at(), home_locale=own)
    resting = Touch(locale=own)
    asked, _ = walk(resting, SwitchLanguage(other), world=here)
    assert asked == Touch(locale=other, home_at=after(READING))
    assert walk(asked, SwitchLanguage(own), world=here)[0] == resting
    page, _ = walk(asked, Open(Place.WEEK), Open(Place.HOME), world=here)
    assert page == asked
    late = replace(at(READING.total_seconds()), home_locale=own)
    assert step(asked, Passed(), late) == (resting, ())


def test_a_call_is_told_only_when_stored_then_heard_then_answered() -> None:
    touch, effects = walk(Touch(), CallManager())
    assert effects == [Emit("id-1", "call", NOW, {"device": "lobby-touch", "on": True})]
    assert touch.page == Calling("id-1", NOW)
    touch, _ = walk(touch, CallsChanged(frozenset({"id-1"})))
    assert touch.page == Calling("id-1", NOW)
    touch, _ = walk(touch, Stored("other"), Stored("id-1"))
    assert touch.page == Calling("id-1", NOW, CallStep.SENT)
    assert touch.home_at == after(WAITING)
    touch, _ = walk(touch, CallsChanged(frozenset()), CallsChanged(frozenset({"id-1"})))
    assert touch.page == Calling("id-1", NOW, CallStep.HEARD)
    touch, _ = walk(touch, CallsChanged(frozenset({"id-1"})))
    assert touch.page == Calling("id-1", NOW, CallStep.HEARD)
    touch, _ = walk(touch, CallsChanged(frozenset({"another"})))
    assert touch.page == Calling("id-1", NOW, CallStep.ANSWERED)
    assert touch.home_at == after(TELLING)


def test_a_call_that_could_not_be_stored_says_so() -> None:
    touch, _ = walk(Touch(), CallManager(), NotStored("id-1"))
    assert touch.page == Calling("id-1", NOW, CallStep.FAILED)


def test_a_call_that_nobody_hears_is_owned_up_to_and_turns_into_heard_once_it_gets_through() -> None:
    sent, _ = walk(Touch(), CallManager(), Stored("id-1"))
    waiting = UNHEARD.total_seconds()
    assert wake_at(sent, NOW) == after(UNHEARD)
    assert step(sent, Passed(), at(waiting - 0.001))[0] == sent
    unheard, effects = step(sent, Passed(), at(waiting))
    assert (unheard.page, effects) == (Calling("id-1", NOW, CallStep.UNHEARD), ())
    assert unheard.home_at == after(UNHEARD + WAITING)
    assert step(unheard, Passed(), at(waiting + 1))[0] == unheard
    heard, _ = step(unheard, CallsChanged(frozenset({"id-1"})), at(waiting + 2))
    assert heard.page == Calling("id-1", NOW, CallStep.HEARD)
    assert step(unheard, Passed(), at(waiting + WAITING.total_seconds()))[0] == Touch()


def test_a_call_without_a_controller_says_so_at_once() -> None:
    alone = replace(at(), heard=False)
    called, _ = walk(Touch(), CallManager(), Stored("id-1"), world=alone)
    assert called.page == Calling("id-1", NOW, CallStep.UNHEARD)
    sent, _ = walk(Touch(), CallManager(), Stored("id-1"))
    lost, _ = walk(sent, Passed(), world=alone)
    assert lost.page == Calling("id-1", NOW, CallStep.UNHEARD)
    heard = Touch(Calling("id-1", NOW, CallStep.HEARD), home_at=after(WAITING))
    assert walk(heard, Passed(), world=alone)[0] == heard, "what was heard stays heard"


def test_what_is_stored_or_called_elsewhere_changes_nothing_at_home() -> None:
    assert walk(Touch(), Stored("x"), NotStored("x"), CallsChanged(frozenset({"x"})), Passed())[0] == Touch()


def test_holding_the_emblem_asks_for_the_pin_and_forgets_it_when_abandoned() -> None:
    touch, _ = walk(Touch(locale="en", elder=True), HoldEmblem(), PressDigit("1"), PressDigit("2"))
    assert touch == Touch(Keypad("12"), locale="en", home_at=after(STAFF))
    assert step(touch, Passed(), at(STAFF.total_seconds())) == (Touch(), ())
    left, _ = walk(touch, Open(Place.HOME), HoldEmblem())
    assert left.page == Keypad()


@pytest.mark.parametrize("page", [Week(), Book(), Opinion("waiting"), Calling("e", NOW)])
def test_the_emblem_lets_staff_in_whatever_page_lies_beneath_what_covers_it(page: Page) -> None:
    assert walk(Touch(page, elder=True), HoldEmblem()) == (Touch(Keypad(), home_at=after(STAFF)), [])


def test_a_rating_that_lies_beneath_counts_when_staff_come() -> None:
    touch, effects = walk(Touch(), PressStar(2), HoldEmblem())
    assert touch == Touch(Keypad(), home_at=after(STAFF))
    assert [effect.kind for effect in effects if isinstance(effect, Emit)] == ["rating"]
    assert walk(touch, Stored("id-1"))[0] == touch
    assert walk(Touch(Rating("e", NOW, 2, step=RateStep.SAVING)), HoldEmblem())[1] == []


def test_staff_are_signed_out_by_themselves_by_the_key_and_by_the_token() -> None:
    touch = Touch(Panel(), staff=MANAGER, home_at=after(STAFF))
    out = SignedOut(MANAGER.name)
    left = walk(touch, SignOut())[0]
    assert (left.page, left.staff, left.home_at) == (out, None, after(SIGNED_OUT))
    assert step(left, Passed(), at(SIGNED_OUT.total_seconds()))[0] == Touch()
    assert walk(left, Open(Place.HOME))[0] == Touch()
    assert walk(Touch(Week()), SignOut())[0] == Touch()
    assert step(touch, Passed(), at(59.9))[0] == touch
    assert step(touch, Passed(), at(60))[0].page == out
    late = replace(touch, home_at=after(timedelta(minutes=11)), staff=replace(MANAGER, name=""))
    assert step(late, Passed(), at(600))[0].page == SignedOut(MANAGER.actor)


def test_a_command_without_an_answer_is_given_up() -> None:
    touch = Touch(Panel(), staff=MANAGER, pending=Pending("p", "suspend", NOW), home_at=after(STAFF))
    assert step(touch, Passed(), at(ANSWER.total_seconds() - 0.001))[0] == touch
    given_up, _ = step(touch, Passed(), at(ANSWER.total_seconds()))
    assert given_up.outcome == NoAnswer("suspend")
    assert given_up.pending is None
    keypad = Touch(Keypad("123456"), pending=Pending("p", "staff.enter", NOW), home_at=after(STAFF))
    given_up, _ = step(keypad, Passed(), at(ANSWER.total_seconds()))
    assert given_up.page == Keypad(trouble=Trouble.NO_ANSWER)
    assert given_up.outcome is None
    assert walk(given_up, Replied("p", ok=True))[0] == given_up


def test_the_ring_counts_the_last_seconds_away_from_home() -> None:
    touch, _ = walk(Touch(), Open(Place.WEEK))
    assert ring(touch, NOW) is None
    assert ring(touch, after(READING - RING)) == 15
    assert ring(touch, after(READING - timedelta(seconds=4.3))) == 5
    assert ring(touch, after(READING + timedelta(seconds=9))) == 0
    assert ring(Touch(locale="en", home_at=NOW), NOW) is None
    assert ring(Touch(), NOW) is None


def test_time_alone_wakes_for_the_ring_the_lock_the_token_and_a_missing_answer() -> None:
    assert wake_at(Touch(), NOW) is None
    touch, _ = walk(Touch(), Open(Place.WEEK))
    assert wake_at(touch, NOW) == after(READING - RING)
    assert wake_at(touch, after(READING - timedelta(seconds=4.3))) == after(READING - timedelta(seconds=4))
    assert wake_at(touch, after(READING - timedelta(seconds=4))) == after(READING - timedelta(seconds=3))
    waiting = Touch(Keypad("123456"), pending=Pending("p", "staff.enter", NOW), home_at=after(STAFF))
    assert wake_at(waiting, NOW) == after(ANSWER)
    locked = Touch(Keypad(trouble=Trouble.LOCKED, until=after(timedelta(seconds=30))), home_at=after(STAFF))
    assert wake_at(locked, NOW) == after(timedelta(seconds=1))
    assert wake_at(locked, after(timedelta(seconds=30))) == after(STAFF - RING)
    signed = Touch(Panel(), staff=replace(MANAGER, until=after(timedelta(seconds=2))), home_at=after(STAFF))
    assert wake_at(signed, NOW) == after(timedelta(seconds=2))


def test_a_clock_that_is_put_back_gives_nobodys_page_longer_than_it_has() -> None:
    """Neither what a customer is writing nor what staff left open stands for as long as the jump."""
    hour = timedelta(hours=1)
    touch = replace(walk(Touch(), Open(Place.WEEK))[0], home_at=after(hour + READING))
    touch = step(touch, Passed(), at())[0]
    assert (touch.page, touch.home_at) == (Week(), after(READING))
    assert step(touch, Passed(), at(READING.total_seconds()))[0] == Touch()
    waiting = Touch(Panel(), staff=MANAGER, pending=Pending("p", "notice.post", after(hour)), home_at=after(STAFF))
    waiting = step(waiting, Passed(), at())[0]
    assert waiting.pending is not None
    assert step(waiting, Passed(), at(ANSWER.total_seconds()))[0].outcome == NoAnswer("notice.post")


@given(st.lists(st.sampled_from([1.0, 3.7, 14.999, 15.0, 15.001, 45.0, 90.0, 200.0]), max_size=12))
def test_whoever_walks_away_leaves_nothing(pauses: list[float]) -> None:
    """However long somebody waits between touches: two silent minutes later the screen is as it was."""
    touch, clock = Touch(), 0.0
    taps: list[Tap] = [SwitchElder(), PressStar(2), HoldEmblem(), PressDigit("1"), SwitchLanguage("en"), CallManager()]
    for tap, pause in zip(taps * 2, pauses, strict=False):
        clock += pause
        touch = step(touch, tap, at(clock))[0]
    for _ in range(4):
        clock += 121
        touch, effects = step(touch, Passed(), at(clock))
        for effect in effects:
            assert isinstance(effect, Emit)
            touch = step(touch, Stored(effect.event), at(clock))[0]
    assert touch == Touch()


@given(st.floats(0, 59.9))
def test_waking_is_never_late(seconds: float) -> None:
    """Between now and the instant to wake at, time alone changes neither the ring nor the page."""
    touch = Touch(Rating("e", NOW, 3), home_at=after(timedelta(seconds=60)))
    now = after(timedelta(seconds=seconds))
    wake = wake_at(touch, now)
    assert wake is not None
    assert wake > now
    before = Instant.of(wake - timedelta(milliseconds=1))
    assert ring(touch, max(now, before)) == ring(touch, now)
