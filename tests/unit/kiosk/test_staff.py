"""The staff panel: a PIN that is asked for over a private link only, orders that the controller answers."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from kiosk.view.happenings import (
    CheckPin,
    Emit,
    Erase,
    GoLocal,
    HoldEmblem,
    Leave,
    Open,
    Order,
    Passed,
    Place,
    PressDigit,
    PressStar,
    Replied,
    Tap,
)
from kiosk.view.journey import wake_at
from kiosk.view.leaving import leaving
from kiosk.view.notice_form import ready
from kiosk.view.pages import (
    Done,
    Expected,
    Intent,
    Keypad,
    LeaveForm,
    NoticeForm,
    Page,
    Panel,
    Refused,
    ScreenForm,
    SignedOut,
    Staff,
    SuspendForm,
    Tab,
    Touch,
    Trouble,
    WentLocal,
)
from kiosk.view.staff import UNDO, undo_until
from kiosk.view.staff_taps import (
    Acknowledge,
    Adjust,
    Confirm,
    Dim,
    PickCause,
    PickCounter,
    PickExpected,
    PickTemplate,
    ReadCase,
    Refine,
    Resume,
    ShowTab,
    SignOut,
    StartLeaving,
    StartNotice,
    StartSuspending,
    SuspendNow,
    Undo,
    WithdrawNotice,
)
from kiosk.view.terms import expected_end
from signage.core.instants import Instant
from tests.unit.kiosk.worlds import NOW, at, walk

UNTIL = Instant.of(NOW + timedelta(minutes=10))
MANAGER = Staff("0007", "lobby-manager", "token", UNTIL, "王芳")
LET_IN = {"actor": "0007", "name": "王芳", "role": "lobby-manager", "token": "token", "until": str(UNTIL)}
DIGITS = tuple(PressDigit(digit) for digit in "135790")


def asked(*, private: bool = True) -> tuple[Touch, list[Any]]:
    return walk(Touch(), HoldEmblem(), *DIGITS, world=at(fresh="p", private=private))


def inside(*taps: Tap) -> tuple[Touch, list[Any]]:
    return walk(Touch(Panel(), staff=MANAGER), *taps, world=at(fresh="o"))


def test_the_sixth_digit_asks_the_controller() -> None:
    touch, effects = asked()
    assert effects == [Order("p", "staff.enter", {"pin": "135790"})]
    deaf, more = walk(touch, PressDigit("1"), Erase())
    assert (deaf.page, more) == (Keypad("135790"), [])


def test_a_digit_can_be_taken_back() -> None:
    touch, _ = walk(Touch(), HoldEmblem(), PressDigit("1"), PressDigit("2"), Erase(), PressStar(3))
    assert touch.page == Keypad("1")


def test_no_pin_leaves_the_screen_over_an_open_link() -> None:
    touch, effects = asked(private=False)
    assert effects == []
    assert touch.page == Keypad(trouble=Trouble.NOT_PRIVATE)


def test_the_right_pin_opens_the_panel_for_a_known_person() -> None:
    touch, _ = walk(asked()[0], Replied("p", ok=True, result=LET_IN))
    assert (touch.page, touch.staff, touch.pending) == (Panel(), MANAGER, None)
    nameless = {key: value for key, value in LET_IN.items() if key != "name"}
    touch, _ = walk(asked()[0], Replied("p", ok=True, result=nameless))
    assert touch.staff is not None
    assert touch.staff.name == "0007"


@pytest.mark.parametrize("broken", [{}, LET_IN | {"until": "tomorrow"}])
def test_an_answer_that_makes_no_sense_lets_nobody_in(broken: dict[str, str]) -> None:
    touch, _ = walk(asked()[0], Replied("p", ok=True, result=broken))
    assert touch.page == Keypad(trouble=Trouble.REFUSED)
    assert touch.staff is None


def test_a_wrong_pin_tells_how_often_it_may_still_be_tried() -> None:
    touch, _ = walk(asked()[0], Replied("p", ok=False, result={"tries_left": 4, "wait_s": 0}, code="wrong-pin"))
    assert touch.page == Keypad(trouble=Trouble.WRONG, left=4)
    again, _ = walk(touch, PressDigit("1"))
    assert again.page == Keypad("1")


def test_a_lockout_takes_no_digits_until_it_is_over() -> None:
    touch, _ = walk(asked()[0], Replied("p", ok=False, result={"tries_left": 0, "wait_s": 30}, code="locked"))
    locked = Keypad(trouble=Trouble.LOCKED, until=Instant.of(NOW + timedelta(seconds=30)))
    assert touch.page == locked
    assert walk(touch, PressDigit("1"), world=at(29.9))[0].page == locked
    assert walk(touch, PressDigit("1"), world=at(30))[0].page == Keypad("1")


def test_any_other_refusal_sends_people_to_the_branch_manager() -> None:
    touch, _ = walk(asked()[0], Replied("p", ok=False, code="no-staff"))
    assert touch.page == Keypad(trouble=Trouble.REFUSED)


def test_a_link_that_was_lost_just_now_is_nobodys_refusal() -> None:
    touch, _ = walk(asked()[0], Replied("p", ok=False, code="no-link"))
    assert touch.page == Keypad(trouble=Trouble.NO_ANSWER)


def test_answers_to_other_commands_change_nothing() -> None:
    touch, _ = asked()
    assert walk(touch, Replied("x", ok=True, result=LET_IN))[0] == touch
    assert walk(Touch(), Replied("p", ok=True))[0] == Touch()


def test_a_suspension_needs_a_reason_and_an_expected_time_before_it_is_sent() -> None:
    touch, effects = inside(StartSuspending("branch"), Confirm(), PickCause("power"), Confirm())
    assert effects == []
    assert touch.page == SuspendForm("branch", "power")
    touch, effects = walk(touch, PickExpected(Expected.HALF), Confirm(), world=at(fresh="o"))
    until = str(Instant.of(NOW + timedelta(minutes=30)))
    assert effects == [Order("o", "suspend", {"scope": "branch", "reason": "power", "until": until}, "0007", "token")]
    assert touch.page == Panel()


def test_a_suspension_may_have_no_end() -> None:
    taps = (StartSuspending("counter:2"), PickCause("fault"), PickExpected(Expected.UNKNOWN), Confirm())
    assert inside(*taps)[1][0].args == {"scope": "counter:2", "reason": "fault"}


def test_the_form_knows_when_it_is_complete() -> None:
    assert not SuspendForm("branch").complete
    assert not SuspendForm("branch", "power").complete
    assert SuspendForm("branch", "power", Expected.HOUR).complete


@pytest.mark.parametrize(
    ("tap", "name", "args", "tab"),
    [
        (Resume("counter:1"), "resume", {"scope": "counter:1"}, Tab.SERVICE),
        (WithdrawNotice("n"), "notice.withdraw", {"notice": "n"}, Tab.NOTICES),
        (Acknowledge("c"), "call.ack", {"call": "c"}, Tab.SERVICE),
    ],
)
def test_one_press_orders(tap: Tap, name: str, args: dict[str, str], tab: Tab) -> None:
    touch, effects = inside(tap)
    assert effects == [Order("o", name, args, "0007", "token")]
    assert touch.page == Panel(tab)
    busy, more = walk(touch, tap)
    assert (busy, more) == (touch, [])


def test_nobody_orders_without_being_signed_in() -> None:
    assert walk(Touch(Panel()), Resume("branch"))[1] == []


def test_what_means_nothing_on_the_panel_orders_nothing() -> None:
    assert inside(PressStar(1))[1] == []


def test_a_notice_takes_its_blanks_from_what_was_chosen() -> None:
    end = Instant.of(NOW + timedelta(minutes=15))
    touch, effects = inside(StartNotice(), PickTemplate("early-close"), Confirm())
    assert effects == []
    _, effects = walk(touch, PickExpected(Expected.QUARTER), Confirm(), world=at(fresh="o"))
    assert effects[0] == Order(
        "o",
        "notice.post",
        {"notice": "o", "template": "early-close", "blanks": {"time": "10:15"}, "until": str(end), "priority": 20},
        "0007",
        "token",
    )
    _, effects = inside(StartNotice(), PickTemplate("maintenance"), PickExpected(Expected.HOUR), Confirm())
    assert effects[0].args["blanks"] == {"start": "10:00", "end": "11:00"}


def test_a_notice_about_a_counter_needs_the_counter() -> None:
    touch, effects = inside(StartNotice(), PickTemplate("cash-service"), PickExpected(Expected.HALF), Confirm())
    assert effects == []
    _, effects = walk(touch, PickCounter("2"), Confirm(), world=at(fresh="o"))
    assert isinstance(effects[0], Order)
    assert effects[0].args["blanks"] == {"counter": "2"}


def test_a_notice_ends_even_where_nobody_knows_when() -> None:
    taps = (StartNotice(), PickTemplate("busy"), PickExpected(Expected.UNKNOWN), Confirm())
    assert inside(*taps)[1][0].args["until"] == str(Instant.of(NOW + timedelta(hours=4)))
    assert not ready(NoticeForm("unknown", Expected.HALF), None)
    assert not ready(NoticeForm(), NOW)


def test_a_notice_until_closing_is_not_sent_once_the_day_is_over() -> None:
    taps = (StartNotice(), PickTemplate("busy"), PickExpected(Expected.CLOSING), Confirm())
    form, effects = inside(*taps)
    assert (form.page, effects) == (NoticeForm("busy", Expected.CLOSING), [])
    end = Instant.of(NOW + timedelta(hours=7))
    _, effects = walk(form, Confirm(), world=at(fresh="o", closing=end))
    assert isinstance(effects[0], Order)
    assert effects[0].args["until"] == str(end)


def test_until_closing_is_the_end_of_todays_hours() -> None:
    closing = Instant.of(NOW + timedelta(hours=7))
    assert expected_end(Expected.CLOSING, at(closing=closing)) == closing


def test_a_closing_time_that_is_past_holds_nothing_up_for_ever() -> None:
    taps = (StartSuspending("counter:2"), PickCause("fault"), PickExpected(Expected.CLOSING), Confirm())
    touch, effects = inside(*taps)
    assert (touch.page, effects) == (SuspendForm("counter:2", "fault", Expected.CLOSING), [])
    end = Instant.of(NOW + timedelta(hours=7))
    _, effects = walk(touch, Confirm(), world=at(fresh="o", closing=end))
    args = {"scope": "counter:2", "reason": "fault", "until": str(end)}
    assert effects == [Order("o", "suspend", args, "0007", "token")]


def test_the_answer_is_kept_until_the_next_order() -> None:
    touch, _ = inside(Resume("branch"))
    done, _ = walk(touch, Replied("o", ok=True, result={"revision": 12}))
    assert done.outcome == Done("resume", 12, NOW, Intent("branch", on=False))
    blurred, _ = walk(touch, Replied("o", ok=True, result={"revision": "x"}))
    assert blurred.outcome == Done("resume", None, NOW, Intent("branch", on=False))
    refused, _ = walk(touch, Replied("o", ok=False, code="not-suspended", text="branch is not suspended"))
    assert refused.outcome == Refused("not-suspended", "branch is not suspended")
    assert walk(refused, StartSuspending("branch"))[0].outcome is None


def test_tabs_and_the_way_back() -> None:
    assert inside(ShowTab(Tab.DEVICES))[0].page == Panel(Tab.DEVICES)
    assert inside(StartSuspending("branch"), Open(Place.PANEL))[0].page == Panel(Tab.SERVICE)
    assert inside(StartNotice(), Open(Place.PANEL))[0].page == Panel(Tab.NOTICES)
    assert (
        inside(PickCause("power"), PickTemplate("busy"), PickCounter("1"), PickExpected(Expected.HALF))[0].page
        == Panel()
    )


def test_a_machine_is_suspended_where_it_stands_among_the_devices() -> None:
    machines = Panel(Tab.DEVICES)
    touch, effects = walk(Touch(machines, staff=MANAGER), SuspendNow("device:atm-1", "fault"), world=at(fresh="o"))
    assert effects == [Order("o", "suspend", {"scope": "device:atm-1", "reason": "fault"}, "0007", "token")]
    assert touch.page == machines
    assert inside(Resume("device:atm-1"))[0].page == machines
    meant = Intent("device:atm-1", on=True, reason="fault")
    assert inside(Refine(meant), Open(Place.PANEL))[0].page == machines


def test_what_is_done_on_a_sheet_leaves_it_open() -> None:
    def second(tab: Tab, *taps: Tap) -> Page:
        return walk(Touch(Panel(tab, 1), staff=MANAGER), *taps, world=at(fresh="o"))[0].page

    assert second(Tab.SERVICE, SuspendNow("counter:9", "break")) == Panel(Tab.SERVICE, 1)
    assert second(Tab.SERVICE, Resume("counter:9")) == Panel(Tab.SERVICE, 1)
    assert second(Tab.DEVICES, SuspendNow("device:atm-1", "fault")) == Panel(Tab.DEVICES, 1)
    assert second(Tab.NOTICES, WithdrawNotice("n")) == Panel(Tab.NOTICES, 1)
    assert second(Tab.DEVICES, Resume("counter:9")) == Panel(Tab.SERVICE)


def test_a_form_leads_back_to_the_sheet_that_it_was_opened_from() -> None:
    def there(tab: Tab, *taps: Tap) -> Page:
        return walk(Touch(Panel(tab, 1), staff=MANAGER), *taps, world=at(fresh="o"))[0].page

    meant = Intent("counter:9", on=True, reason="fault")
    sent = (PickCause("power"), PickExpected(Expected.HALF), Confirm())
    assert there(Tab.SERVICE, Refine(meant), Open(Place.PANEL)) == Panel(Tab.SERVICE, 1)
    assert there(Tab.SERVICE, Refine(meant), *sent) == Panel(Tab.SERVICE, 1)
    assert there(Tab.DEVICES, Refine(meant), *sent) == Panel(Tab.SERVICE)
    assert there(Tab.DEVICES, Adjust("lobby-wall"), Open(Place.PANEL)) == Panel(Tab.DEVICES, 1)
    notice = (StartNotice(), PickTemplate("busy"), PickExpected(Expected.HALF), Confirm())
    assert there(Tab.NOTICES, *notice) == Panel(Tab.NOTICES, 1)
    assert there(Tab.NOTICES, StartNotice(), Open(Place.PANEL), ShowTab(Tab.DEVICES)) == Panel(Tab.DEVICES)
    assert there(Tab.CASES, ReadCase("c"), Open(Place.PANEL)) == Panel(Tab.CASES, 1)
    assert there(Tab.SERVICE, ReadCase("c"), Open(Place.PANEL)) == Panel(Tab.CASES)


# ---- one tap, and what follows it -----------------------------------------------------------------------------------

COUNTER_2 = Intent("counter:2", on=True, reason="break")
BACK = Intent("counter:2", on=False)


def suspended(seconds: float = 0) -> Touch:
    """One tap has suspended counter 2, and the controller has said so."""
    touch, _ = inside(SuspendNow("counter:2", "break"))
    return walk(touch, Replied("o", ok=True, result={"revision": 7}), world=at(seconds))[0]


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


# ---- a screen's brightness and volume -------------------------------------------------------------------------------


def test_a_screen_is_asked_how_it_stands_and_told_one_thing_at_a_time() -> None:
    touch, effects = inside(Adjust("lobby-wall"))
    assert effects == [Order("o", "screen", {"screen": "lobby-wall"}, "0007", "token")]
    assert touch.page == ScreenForm("lobby-wall")
    touch, _ = walk(touch, Replied("o", ok=True, result={"on": True, "brightness": 100, "volume": 60}))
    assert touch.page == ScreenForm("lobby-wall", on=True, brightness=100, volume=60)
    touch, effects = walk(touch, Dim(brightness=40), world=at(fresh="d"))
    assert effects == [Order("d", "screen", {"screen": "lobby-wall", "brightness": 40}, "0007", "token")]
    touch, _ = walk(touch, Replied("d", ok=True, result={"on": "?", "brightness": 40, "volume": None}))
    assert touch.page == ScreenForm("lobby-wall", on=True, brightness=40, volume=60)
    touch, effects = walk(touch, Confirm(), world=at(fresh="i"))
    assert effects == [Order("i", "identify", {"screen": "lobby-wall"}, "0007", "token")]
    touch, _ = walk(touch, Replied("i", ok=True, result={}))
    assert walk(touch, Open(Place.PANEL))[0].page == Panel(Tab.DEVICES)


def test_a_screen_that_has_been_left_alone_meanwhile_changes_nothing() -> None:
    touch, _ = inside(Adjust("lobby-wall"), Open(Place.PANEL))
    done, _ = walk(touch, Replied("o", ok=True, result={"brightness": 40}))
    assert (done.page, done.outcome) == (Panel(Tab.DEVICES), Done("screen", None, NOW))


# ---- without the controller -----------------------------------------------------------------------------------------

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
