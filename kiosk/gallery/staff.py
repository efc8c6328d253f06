"""The gallery's staff pages: the keypad, the panel with all its lists, and the forms."""

from collections.abc import Iterator
from dataclasses import replace as changed
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.gallery.touch_cases import GLASSES, NOW, SCREENS, STAFF, Case, at, inside
from kiosk.view.pages import (
    Done,
    Expected,
    Intent,
    Keypad,
    NoticeForm,
    Panel,
    Pending,
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
from kiosk.view.reach import Heard
from signage.core.instants import Instant
from signage.core.model import BranchState, Call
from signage.wire.messages import Fault

_EARLIER: Final = Instant.of(NOW - timedelta(minutes=23))
_TELLER: Final = Staff("0571017", "teller", "token", STAFF.until, "李明", frozenset({"service-part"}))
_FAULT: Final = Fault(code="content-decode", since=_EARLIER, text="ad.png: cannot be decoded")
DEVICES: Final = {
    "lobby-touch": Heard("screen", online=True, since=_EARLIER, glass=GLASSES["lobby-touch"]),
    "lobby-wall": Heard("screen", online=True, since=_EARLIER, faults=(_FAULT,), glass=GLASSES["lobby-wall"]),
    "counter-3": Heard("screen", online=False, since=_EARLIER, glass=GLASSES["counter-3"]),
    "bridge-1": Heard("bridge", online=True, since=_EARLIER),
}
CALLS: Final = (
    Call(id="c-1", kind="rating", at=NOW, counter="2", device="bridge-1"),
    Call(id="c-2", kind="call", at=NOW, device="lobby-touch"),
    Call(id="c-3", kind="fault", at=NOW, counter="4", code="pad-lost", acknowledged_by="王芳"),
)
_MORE_CALLS: Final = (
    *CALLS,
    Call(id="c-4", kind="overdue", at=_EARLIER, counter="3", code="fault"),
    Call(id="c-5", kind="rating", at=_EARLIER, counter="5", device="bridge-1"),
)


def _case(name: str, state: BranchState, touch: Touch) -> Case:
    """Where the name says so, no controller has been heard for a while."""
    return Case(name, state, touch, known={"devices": DEVICES, "heard": not name.endswith("-unheard")})


def cases(branch: BranchState, third: BranchState) -> Iterator[Case]:
    """`branch` serves; in `third` its third counter is suspended."""
    yield _case("keypad", branch, at(Keypad("123")))
    yield _case("keypad-wrong", branch, at(Keypad(trouble=Trouble.WRONG, left=3)))
    yield _case(
        "keypad-locked", branch, at(Keypad(trouble=Trouble.LOCKED, until=Instant.of(NOW + timedelta(seconds=30))))
    )
    yield from _boards(branch, third)
    yield from _lists(branch)
    yield _case("suspend", branch, inside(SuspendForm("branch")))
    yield _case("suspend-branch", branch, inside(SuspendForm("branch", "other", Expected.UNKNOWN)))
    yield _case("suspend-branch-unheard", branch, inside(SuspendForm("branch", "other", Expected.UNKNOWN)))
    yield _case("suspend-ready", branch, inside(SuspendForm("counter:3", "fault", Expected.HALF)))
    yield _case("refine", third, inside(SuspendForm("counter:3", "fault", refines=True)))
    yield _case("notice", branch, inside(NoticeForm("cash-service", Expected.HALF)))
    yield _case("screen", branch, inside(ScreenForm("lobby-wall", on=True, brightness=70, volume=0)))
    yield _case("screen-asking", branch, changed(inside(ScreenForm("lobby-wall")), pending=Pending("p", "screen", NOW)))
    yield _case(
        "screen-silent", branch, changed(inside(ScreenForm("lobby-wall")), outcome=Refused("no-answer", "no answer"))
    )
    yield _case("signed-out", branch, Touch(page=SignedOut("王芳"), home_at=Instant.of(NOW + timedelta(seconds=3))))


def _boards(branch: BranchState, third: BranchState) -> Iterator[Case]:
    ordered = Intent("counter:3", on=True, reason="break")
    told = Done("suspend", 1, NOW, ordered, Intent("counter:3", on=False))
    local = WentLocal(NOW, ordered, Intent("counter:3", on=False))
    yield _case("panel", branch, inside(Panel()))
    yield _case("panel-waiting", replace(branch, calls=_MORE_CALLS), inside(Panel()))
    yield _case("panel-shown", third, changed(inside(Panel()), outcome=told))
    yield _case("panel-busy", branch, changed(inside(Panel()), pending=Pending("p", "suspend", NOW)))
    yield _case("panel-refused", branch, changed(inside(Panel()), outcome=Refused("not-suspended", "")))
    yield _case("panel-leaving", branch, changed(inside(Panel()), home_at=Instant.of(NOW + timedelta(seconds=9))))
    yield _case("panel-local-unheard", third, changed(inside(Panel()), outcome=local))
    yield _case("panel-teller", third, changed(inside(Panel()), staff=_TELLER))
    yield _case("panel-many", _many(branch), inside(Panel()))
    yield _case(
        "panel-office",
        replace(samples.suspended("branch", "disaster", source="head-office"), screens=SCREENS),
        inside(Panel()),
    )
    alone = Staff("emergency@lobby-touch", "emergency", "", NOW)
    down = replace(samples.suspended("branch", "power", "15:00"), screens=SCREENS)
    yield _case("panel-emergency-unheard", down, changed(inside(Panel()), outcome=local, staff=alone))
    yield _case("panel-emergency-open-unheard", branch, changed(inside(Panel()), staff=alone))
    yield from _one_counter(branch)


def _one_counter(branch: BranchState) -> Iterator[Case]:
    """The smallest branch there is."""
    alone = Staff("emergency@lobby-touch", "emergency", "", NOW)
    one = replace(branch, counters=branch.counters[:1])
    held = samples.suspended("counter:1", "break").suspensions
    down = replace(one, suspensions=samples.suspended("branch", "other").suspensions)
    yield _case("panel-one", one, inside(Panel()))
    yield _case("panel-one-suspended", replace(one, suspensions=held), inside(Panel()))
    yield _case("panel-one-emergency-unheard", down, changed(inside(Panel()), staff=alone))
    yield _case("panel-one-emergency-open-unheard", one, changed(inside(Panel()), staff=alone))


def _many(branch: BranchState) -> BranchState:
    """A branch with twelve counters: more than one sheet holds."""
    extra = tuple(replace(counter, number=str(int(counter.number) + 6)) for counter in branch.counters)
    return replace(branch, counters=(*branch.counters, *extra), calls=_MORE_CALLS)


def _lists(branch: BranchState) -> Iterator[Case]:
    yield _case("panel-notices", branch, inside(Panel(Tab.NOTICES)))
    yield _case("panel-alerts", replace(branch, calls=CALLS), inside(Panel(Tab.ALERTS)))
    yield _case("panel-alerts-none", branch, inside(Panel(Tab.ALERTS)))
    yield _case("panel-devices", replace(branch, bridges=("bridge-1", "bridge-2")), inside(Panel(Tab.DEVICES)))
