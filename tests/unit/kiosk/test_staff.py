"""The staff panel: a PIN that is asked for over a private link only, orders that the controller answers."""

from datetime import timedelta

import pytest

from kiosk.view.happenings import Erase, HoldEmblem, Open, Order, Place, PressDigit, PressStar, Replied, Tap
from kiosk.view.notice_form import ready
from kiosk.view.pages import (
    Done,
    Expected,
    Intent,
    Keypad,
    NoticeForm,
    Page,
    Panel,
    Refused,
    ScreenForm,
    SuspendForm,
    Tab,
    Touch,
    Trouble,
)
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
    StartNotice,
    StartSuspending,
    SuspendNow,
    WithdrawNotice,
)
from kiosk.view.terms import expected_end
from signage.core.instants import Instant
from tests.unit.kiosk.signed_in import LET_IN, MANAGER, asked, inside
from tests.unit.kiosk.worlds import NOW, at, walk


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
