"""The staff panel without its controller: what is carried out here, and what waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.view.happenings import CheckPin, Emit, GoLocal, HoldEmblem, Leave, Open, Order, Passed, Place, Replied, Tap
from kiosk.view.journey import wake_at
from kiosk.view.leaving import leaving
from kiosk.view.pages import (
    Expected,
    Intent,
    Keypad,
    LeaveForm,
    Panel,
    Refused,
    SignedOut,
    Staff,
    Tab,
    Touch,
    Trouble,
    WentLocal,
)
from kiosk.view.staff_taps import (
    Acknowledge,
    Adjust,
    Confirm,
    PickCause,
    PickExpected,
    Resume,
    SignOut,
    StartLeaving,
    StartSuspending,
    SuspendNow,
    WithdrawNotice,
)
from signage.core.instants import Instant
from tests.unit.kiosk.signed_in import BACK, COUNTER_2, DIGITS, LET_IN, MANAGER, UNTIL, inside, suspended
from tests.unit.kiosk.worlds import NOW, at, walk

ALONE = {"actor": "emergency@lobby-touch", "role": "emergency", "token": "", "until": str(UNTIL)}
SUSPENDING = (StartSuspending("counter:2"), PickCause("power"), PickExpected(Expected.HALF), Confirm())


def test_a_suspension_that_nobody_answers_is_carried_out_here_after_700_ms() -> None:
    touch, orders = inside(*SUSPENDING)
    assert [order.name for order in orders] == ["suspend"]
    assert wake_at(touch, NOW) == Instant.of(NOW + timedelta(milliseconds=700))
    waiting, effects = walk(touch, Passed(), world=at(0.699))
    assert (waiting.pending is not None, effects) == (True, [])
    late = at(0.7)
    alone, effects = walk(touch, Passed(), world=late)
    until = Instant.of(NOW + timedelta(minutes=30))
    assert effects == [GoLocal(Intent("counter:2", on=True, reason="power", until=until), "0007", late.now)]
    meant, back = Intent("counter:2", on=True, reason="power", until=until), Intent("counter:2", on=False)
    assert (alone.pending, alone.outcome) == (None, WentLocal(late.now, meant, back))
    assert alone.page == Panel()
    assert walk(alone, Replied("o", ok=True, result={"revision": 7}), world=late)[0] == alone


def test_who_signs_out_before_the_answer_has_suspended_all_the_same() -> None:
    touch, _ = inside(SuspendNow("counter:2", "break"))
    soon = at(0.4)
    left, effects = walk(touch, SignOut(), world=soon)
    assert effects == [GoLocal(COUNTER_2, "0007", soon.now)]
    assert (left.page, left.staff, left.pending) == (SignedOut("王芳"), None, None)
    assert walk(left, Replied("o", ok=True, result={"revision": 7}), world=soon)[0].page == SignedOut("王芳")


def test_a_token_that_ends_before_the_answer_takes_no_suspension_with_it() -> None:
    ending = replace(MANAGER, until=Instant.of(NOW + timedelta(milliseconds=300)))
    touch, _ = walk(Touch(Panel(), staff=ending), SuspendNow("counter:2", "break"), world=at(fresh="o"))
    late = at(0.3)
    left, effects = walk(touch, Passed(), world=late)
    assert effects == [GoLocal(COUNTER_2, "0007", late.now)]
    assert left.page == SignedOut("王芳")


def test_what_cannot_be_done_here_goes_with_who_signs_out() -> None:
    touch, _ = inside(WithdrawNotice("n-1"))
    assert walk(touch, SignOut(), world=at(0.4))[1] == []
    assert walk(suspended(), SignOut(), world=at(1))[1] == []  # it has been answered


def test_so_is_a_resumption_and_at_once_where_there_is_no_link() -> None:
    touch, _ = inside(Resume("branch"))
    alone, effects = walk(touch, Replied("o", ok=False, code="no-link"))
    assert effects == [GoLocal(Intent("branch", on=False), "0007", NOW)]
    assert alone.outcome == WentLocal(NOW, Intent("branch", on=False))


def test_a_notice_waits_for_the_controller() -> None:
    touch, _ = inside(WithdrawNotice("n-1"))
    assert walk(touch, Passed(), world=at(0.7))[0].pending is not None
    assert walk(touch, Replied("o", ok=False, code="no-link"))[0].outcome == Refused("no-link", "")
    refused, effects = walk(inside(Resume("branch"))[0], Replied("o", ok=False, code="not-permitted"))
    assert (refused.outcome, effects) == (Refused("not-permitted", ""), [])


def test_a_controller_that_cannot_store_an_order_suspends_no_less() -> None:
    touch, _ = inside(SuspendNow("counter:2", "break"))
    alone, effects = walk(touch, Replied("o", ok=False, code="storage"), world=at(0.1))
    now = at(0.1).now
    assert effects == [GoLocal(COUNTER_2, "0007", now)]
    assert alone.outcome == WentLocal(now, COUNTER_2, BACK)
    notice, effects = walk(inside(WithdrawNotice("n-1"))[0], Replied("o", ok=False, code="storage"))
    assert (notice.outcome, effects) == (Refused("storage", ""), [])


@pytest.mark.parametrize("tap", [SuspendNow("counter:2", "break"), WithdrawNotice("n-1"), Adjust("lobby-wall")])
def test_a_controller_that_knows_nobody_any_more_asks_for_the_pin_again(tap: Tap) -> None:
    touch, _ = inside(tap)
    out, effects = walk(touch, Replied("o", ok=False, code="not-signed-in", text="this needs somebody"))
    assert (out.page, out.staff, out.pending, out.outcome) == (Keypad(trouble=Trouble.ENDED), None, None, None)
    assert effects == []
    again, _ = walk(out, *DIGITS, world=at(fresh="p"))
    assert walk(again, Replied("p", ok=True, result=LET_IN))[0].page == Panel()


def test_the_emergency_pin_is_compared_here_while_no_controller_is_heard() -> None:
    alone = replace(at(fresh="p", private=False), heard=False, emergency=True)
    touch, effects = walk(Touch(), HoldEmblem(), *DIGITS, world=alone)
    assert effects == [CheckPin("p", "135790")]
    inside_now, _ = walk(touch, Replied("p", ok=True, result=ALONE), world=alone)
    assert inside_now.staff == Staff("emergency@lobby-touch", "emergency", "", UNTIL, "emergency@lobby-touch")
    locked, _ = walk(touch, Replied("p", ok=False, result={"tries_left": 0, "wait_s": 30}), world=alone)
    assert locked.page == Keypad(trouble=Trouble.LOCKED, until=Instant.of(NOW + timedelta(seconds=30)))
    none, effects = walk(Touch(), HoldEmblem(), *DIGITS, world=replace(alone, emergency=False, private=True))
    assert [type(effect) for effect in effects] == [Order]
    assert none.pending is not None


def test_with_the_emergency_pin_service_can_be_suspended_and_resumed_and_nothing_else() -> None:
    staff = Staff("emergency@lobby-touch", "emergency", "", UNTIL)
    touch, effects = walk(Touch(Panel(), staff=staff), *SUSPENDING)
    assert [type(effect) for effect in effects] == [GoLocal]
    assert isinstance(touch.outcome, WentLocal)
    before = Touch(Panel(), staff=staff)
    assert walk(before, Acknowledge("c-1"))[1] == []
    assert walk(before, WithdrawNotice("n-1"))[1] == []


def test_this_screen_is_ended_for_a_reason_that_is_kept_before_it_ends() -> None:
    touch, effects = inside(StartLeaving(), Confirm())
    assert (touch.page, effects) == (LeaveForm(), [])  # not without a reason
    touch, effects = inside(StartLeaving(), PickCause("maintenance"), Confirm())
    told = {"actor": "0007", "action": "screen.exit", "detail": "lobby-touch: maintenance"}
    assert effects == [Emit("o", "audit", NOW, told), Leave()]
    back, effects = walk(touch, Open(Place.PANEL), world=at())
    assert (back.page, effects) == (Panel(Tab.DEVICES), [])


def test_nobody_who_has_not_signed_in_ends_a_screen() -> None:
    assert leaving(Touch(LeaveForm("other")), LeaveForm("other"), at()) == ()
