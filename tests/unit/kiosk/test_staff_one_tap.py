"""One tap at the staff panel suspends, and what follows it: taking back, a key struck twice, reason and time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.view.happenings import GoLocal, Order, Passed, Replied, Tap
from kiosk.view.journey import wake_at
from kiosk.view.pages import Done, Expected, Intent, Panel, Refused, Staff, SuspendForm, Tab, Touch, WentLocal
from kiosk.view.staff import UNDO, undo_until
from kiosk.view.staff_taps import (
    Acknowledge,
    Confirm,
    PickCause,
    PickExpected,
    Refine,
    Resume,
    StartSuspending,
    SuspendNow,
    Undo,
)
from signage.core.instants import Instant
from tests.unit.kiosk.signed_in import BACK, COUNTER_2, LET_IN, MANAGER, UNTIL, asked, inside, suspended
from tests.unit.kiosk.worlds import NOW, at, walk


def test_one_tap_suspends_until_somebody_says_otherwise() -> None:
    touch, effects = inside(SuspendNow("counter:2", "break"))
    assert effects == [Order("o", "suspend", {"scope": "counter:2", "reason": "break"}, "0007", "token")]
    assert suspended().outcome == Done("suspend", 7, NOW, COUNTER_2, BACK)
    late = at(0.7)
    alone, effects = walk(touch, Passed(), world=late)
    assert effects == [GoLocal(COUNTER_2, "0007", late.now)]
    assert alone.outcome == WentLocal(late.now, COUNTER_2, BACK)


def test_for_ten_seconds_it_can_be_taken_back_in_one_tap() -> None:
    touch = suspended()
    end = Instant.of(NOW + UNDO)
    assert undo_until(touch.outcome) == end
    assert wake_at(touch, NOW) == end
    assert wake_at(touch, end) != end
    undone, effects = walk(touch, Undo(), world=at(9.999, "u"))
    assert effects == [Order("u", "resume", {"scope": "counter:2"}, "0007", "token")]
    done, _ = walk(undone, Replied("u", ok=True, result={"revision": 8}), world=at(9.999))
    assert undo_until(done.outcome) is None  # what takes something back is not taken back itself
    assert walk(done, Undo(), world=at(9.999, "v"))[1] == []
    assert walk(touch, Undo(), world=at(10, "u"))[1] == []


@pytest.mark.parametrize("tap", [Resume("counter:2", COUNTER_2), SuspendNow("counter:2", "break")])
def test_a_key_struck_twice_is_pressed_once(tap: Tap) -> None:
    done = suspended(0.1)
    for seconds in (0.1, 0.4, 1.099):
        again, effects = walk(done, tap, world=at(seconds, "t"))
        assert (again.pending, again.outcome, effects) == (None, done.outcome, [])
    meant, effects = walk(done, tap, world=at(1.1, "t"))
    assert meant.pending is not None
    assert [type(effect) for effect in effects] == [Order]
    alone, _ = walk(inside(SuspendNow("counter:2", "break"))[0], Passed(), world=at(0.7))
    assert walk(alone, tap, world=at(1.699, "t"))[1] == []
    assert walk(alone, tap, world=at(1.7, "t"))[1] != []


def test_what_is_meant_for_another_place_waits_for_nothing() -> None:
    done = suspended()
    others: tuple[Tap, ...] = (SuspendNow("counter:3", "break"), Resume("branch"), Undo(), Acknowledge("c"))
    for tap in others:
        assert walk(done, tap, world=at(0.1, "t"))[1] != []
    refused, _ = walk(inside(SuspendNow("counter:2", "break"))[0], Replied("o", ok=False, code="busy"))
    assert walk(refused, SuspendNow("counter:2", "break"), world=at(0.1, "t"))[1] != []


def test_what_lies_under_a_form_is_not_pressed_with_its_last_key() -> None:
    touch, _ = inside(StartSuspending("branch", "power"), Confirm())
    done, _ = walk(touch, Replied("o", ok=True, result={"revision": 7}))
    again, effects = walk(done, SuspendNow("counter:3", "break"), world=at(0.999, "t"))
    assert (again.pending, effects) == (None, [])
    assert walk(done, SuspendNow("counter:3", "break"), world=at(1, "t"))[1] != []
    assert walk(again, SuspendNow("counter:3", "break"), world=at(0.999, "t"))[1] != []


def test_another_machine_that_has_moved_under_the_finger_is_left_alone() -> None:
    touch, _ = walk(Touch(Panel(Tab.DEVICES), staff=MANAGER), SuspendNow("device:atm-1", "fault"), world=at(fresh="o"))
    done, _ = walk(touch, Replied("o", ok=True, result={"revision": 7}))
    assert walk(done, SuspendNow("device:atm-2", "fault"), world=at(0.999, "t"))[1] == []
    assert walk(done, SuspendNow("device:atm-2", "fault"), world=at(1, "t"))[1] != []
    assert walk(done, SuspendNow("counter:2", "break"), world=at(0.1, "t"))[1] != []


def test_a_resumption_by_mistake_is_taken_back_as_it_was() -> None:
    until = Instant.of(NOW + timedelta(hours=1))
    was = Intent("branch", on=True, reason="power", until=until)
    touch, _ = inside(Resume("branch", was))
    touch, _ = walk(touch, Replied("o", ok=True, result={"revision": 7}))
    _, effects = walk(touch, Undo(), world=at(1, "u"))
    args = {"scope": "branch", "reason": "power", "until": str(until)}
    assert effects == [Order("u", "suspend", args, "0007", "token")]


def test_nothing_is_taken_back_where_nothing_was_ordered() -> None:
    assert undo_until(None) is None
    assert undo_until(Refused("x", "")) is None
    assert undo_until(Done("call.ack", 3, NOW)) is None
    assert inside(Undo())[1] == []


def test_the_reason_and_the_time_follow_when_the_hands_are_free() -> None:
    touch, effects = walk(suspended(), Refine(COUNTER_2), world=at(20))
    assert (touch.page, touch.outcome, effects) == (SuspendForm("counter:2", "break", was=COUNTER_2), None, [])
    touch, effects = walk(touch, PickExpected(Expected.HALF), Confirm(), world=at(20, "r"))
    until = str(Instant.of(NOW + timedelta(seconds=20, minutes=30)))
    args = {"scope": "counter:2", "reason": "break", "until": until}
    assert effects == [Order("r", "suspend", args, "0007", "token")]
    done, _ = walk(touch, Replied("r", ok=True, result={"revision": 8}), world=at(20))
    _, effects = walk(done, Undo(), world=at(25, "u"))  # suspended as it was, and not in service
    assert effects == [Order("u", "suspend", {"scope": "counter:2", "reason": "break"}, "0007", "token")]


def test_a_refinement_without_the_controller_is_taken_back_to_what_was_too() -> None:
    touch, _ = inside(Refine(COUNTER_2), PickCause("fault"), PickExpected(Expected.UNKNOWN), Confirm())
    alone, _ = walk(touch, Passed(), world=at(0.7))
    _, effects = walk(alone, Undo(), world=at(1, "u"))
    assert effects == [Order("u", "suspend", {"scope": "counter:2", "reason": "break"}, "0007", "token")]


def test_what_would_be_over_by_now_is_not_put_up_again() -> None:
    was = replace(COUNTER_2, until=Instant.of(NOW + timedelta(seconds=5)))
    touch, _ = inside(Refine(was), PickExpected(Expected.HOUR), Confirm())
    done, _ = walk(touch, Replied("o", ok=True, result={"revision": 8}))
    _, effects = walk(done, Undo(), world=at(4.999, "u"))
    args = {"scope": "counter:2", "reason": "break", "until": str(was.until)}
    assert effects == [Order("u", "suspend", args, "0007", "token")]
    _, effects = walk(done, Undo(), world=at(5, "u"))
    assert effects == [Order("u", "resume", {"scope": "counter:2"}, "0007", "token")]


def test_the_whole_branch_takes_one_more_tap() -> None:
    touch, effects = inside(StartSuspending("branch", "power"))
    assert (touch.page, effects) == (SuspendForm("branch", "power", Expected.UNKNOWN), [])
    assert touch.page.complete  # type: ignore[union-attr]  # it is the form
    _, effects = walk(touch, Confirm(), world=at(fresh="o"))
    assert effects == [Order("o", "suspend", {"scope": "branch", "reason": "power"}, "0007", "token")]


def test_the_controller_says_what_a_role_may_and_an_older_one_leaves_it_open() -> None:
    teller = walk(asked()[0], Replied("p", ok=True, result=LET_IN | {"rights": ["service-part"]}))[0].staff
    assert teller is not None
    assert (teller.may("service-part"), teller.may("notice")) == (True, False)
    assert MANAGER.may("anything")
    emergency = Staff("emergency@lobby-touch", "emergency", "", UNTIL)
    assert (emergency.may("service-branch"), emergency.may("notice")) == (True, False)
