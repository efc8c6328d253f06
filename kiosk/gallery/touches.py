"""The gallery's touch screens: every page, both ways up, in both languages and in large type."""

from collections.abc import Iterator
from dataclasses import replace as changed
from datetime import timedelta
from functools import partial
from typing import Any, Final

from msgspec.structs import replace

from kiosk.design.box import Box
from kiosk.design.tokens import palette
from kiosk.gallery import samples
from kiosk.gallery.registry import Catalogues, Picture, Size
from kiosk.view.pages import (
    Calling,
    CallStep,
    Counters,
    Done,
    Expected,
    Home,
    Hotline,
    Keypad,
    NoticeForm,
    Page,
    Panel,
    Pending,
    RateStep,
    Rating,
    Staff,
    SuspendForm,
    Tab,
    Touch,
    Trouble,
    Week,
    WentLocal,
)
from kiosk.view.reach import Glass
from kiosk.view.reading import More
from kiosk.view.signed import with_alarm
from kiosk.view.touch import Known, touch_view
from kiosk.view.voice import Voice
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import BranchState, Call, ScreenEntry
from signage.core.scene import scene

SIZES: Final[tuple[Size, ...]] = ((1080, 1920), (1920, 1080))
NOW: Final = samples.AFTERNOON
_LATER: Final = Instant.of(NOW + timedelta(minutes=9))
_STAFF: Final = Staff("0007", "lobby-manager", "token", _LATER, "王芳")
_SCREENS: Final = (
    ScreenEntry(name="lobby-touch", kind="touch"),
    ScreenEntry(name="lobby-wall", kind="wall"),
    ScreenEntry(name="counter-3", kind="counter", counter="3"),
)
_GLASSES: Final = {
    "lobby-touch": Glass(online=True, revision=1, scene="home", local=NOW),
    "lobby-wall": Glass(online=True, revision=1, scene="ad", local=NOW),
    "counter-3": Glass(online=False, revision=0, scene="desk"),
}
_NOTICE: Final = {
    "zh": "今日办理业务的客户较多，请您耐心等候。",
    "en": "The branch is busy today; thank you for waiting.",
}
_CALLS: Final = (
    Call(id="c-1", kind="rating", at=NOW, counter="2", device="bridge-1"),
    Call(id="c-2", kind="call", at=NOW, device="lobby-touch"),
    Call(id="c-3", kind="fault", at=NOW, counter="4", code="pad-lost", acknowledged_by="王芳"),
)

Case = tuple[str, BranchState | None, Touch]


def cases() -> Iterator[Case]:
    """Every page of a touch screen: its name, the branch's state, the touch."""
    branch = replace(samples.noticed(_NOTICE, 10, "touch"), screens=_SCREENS)
    down = replace(samples.suspended("branch", "power", "15:00"), screens=_SCREENS)
    third = replace(samples.suspended("counter:3", "fault", "15:00"), screens=_SCREENS)
    yield "home", branch, Touch()
    yield "home-suspended", down, Touch()
    yield (
        "home-emergency",
        samples.noticed(
            {"zh": "请听从工作人员引导，从安全出口有序离开。", "en": "Please follow our staff and leave calmly."},
            100,
            "touch",
        ),
        Touch(),
    )
    yield "safe", None, Touch()
    yield "counters", third, _at(Counters())
    yield "week", branch, _at(Week())
    yield "hotline", branch, _at(Hotline())
    yield "more", branch, _at(More())
    yield "rating", branch, _at(Rating("e", NOW, 4, ("fast",)))
    yield "rating-low", branch, _at(Rating("e", NOW, 2, ("slow", "unclear")))
    yield "thanks", branch, _at(Rating("e", NOW, 4, step=RateStep.THANKED))
    yield "rating-failed", branch, _at(Rating("e", NOW, 4, step=RateStep.FAILED))
    yield "call", branch, _at(Calling("c-2", NOW, CallStep.HEARD))
    yield "call-answered", branch, _at(Calling("c-2", NOW, CallStep.ANSWERED))
    yield from _staff_cases(branch, third)


def _staff_cases(branch: BranchState, third: BranchState) -> Iterator[Case]:
    yield "keypad", branch, _at(Keypad("123"))
    yield "keypad-wrong", branch, _at(Keypad(trouble=Trouble.WRONG, left=3))
    yield "keypad-locked", branch, _at(Keypad(trouble=Trouble.LOCKED, until=Instant.of(NOW + timedelta(seconds=30))))
    yield "panel", branch, _inside(Panel())
    yield "panel-shown", third, changed(_inside(Panel()), outcome=Done("suspend", 1))
    yield "panel-busy", branch, changed(_inside(Panel()), pending=Pending("p", "suspend", NOW))
    yield "panel-local", third, changed(_inside(Panel()), outcome=WentLocal(NOW))
    alone = Staff("emergency@lobby-touch", "emergency", "", NOW)
    down = replace(samples.suspended("branch", "power", "15:00"), screens=_SCREENS)
    yield "panel-emergency", down, changed(_inside(Panel()), outcome=WentLocal(NOW), staff=alone)
    yield "panel-emergency-open", branch, changed(_inside(Panel()), outcome=WentLocal(NOW), staff=alone)
    yield "panel-notices", branch, _inside(Panel(Tab.NOTICES))
    yield "panel-alerts", replace(branch, calls=_CALLS), _inside(Panel(Tab.ALERTS))
    yield "panel-displays", branch, changed(_inside(Panel(Tab.DISPLAYS)), outcome=Done("suspend", 1))
    yield "suspend", branch, _inside(SuspendForm("branch", "power"))
    yield "suspend-ready", branch, _inside(SuspendForm("counter:3", "fault", Expected.HALF))
    yield "suspend-ready-unheard", branch, _inside(SuspendForm("counter:3", "fault", Expected.HALF))
    yield "notice", branch, _inside(NoticeForm("cash-service", Expected.HALF))


def _at(page: Page) -> Touch:
    return Touch(page=page, home_at=Instant.of(NOW + timedelta(seconds=9)))


def _inside(page: Page) -> Touch:
    return Touch(page=page, staff=_STAFF, home_at=Instant.of(NOW + timedelta(seconds=40)))


def pictures(catalogues: Catalogues) -> Iterator[Picture]:
    """Chinese everything; English and large type what customers see."""
    for size in SIZES:
        for case in cases():
            yield _picture(catalogues, size, "zh", case)
            if case[2].staff is None:
                yield _picture(catalogues, size, "en", case)
                yield _picture(catalogues, size, "elder", case)
        home = ("home-unheard", *next(cases())[1:])
        yield _picture(catalogues, size, "zh", home)
        yield _picture(catalogues, size, "blue", ("home", *home[1:]))


def _picture(catalogues: Catalogues, size: Size, variant: str, case: Case) -> Picture:
    make = partial(make_touch, catalogues, size, variant, case)
    return Picture("touch", f"{size[0]}x{size[1]}-{variant}-{case[0]}", size, make)


def make_touch(catalogues: Catalogues, size: Size, variant: str, case: Case) -> Any:
    """The touch screen's widget, laid out and with its view."""
    from kiosk.screens.touch import TouchScreen  # noqa: PLC0415  # opens Kivy, which wants its stage settled first

    name, state, touch = case
    touch = changed(touch, locale="en" if variant == "en" else "zh", elder=variant == "elder")
    hours = read_hours(state.hours) if state is not None else None
    known = Known(state, hours, not name.endswith("-unheard"), _GLASSES, "lobby-touch")
    brand = "blue" if variant == "blue" else "green"
    screen = TouchScreen(palette(night=False, brand=brand), size, lambda _: None)
    screen.place(Box(0, 0, *size))
    ring = 9 if touch.home_at is not None and not isinstance(touch.page, Home) and touch.staff is None else None
    view = touch_view(known, touch, catalogues, NOW)
    if state is not None:
        here = scene(state, None, hours, ScreenEntry(name="lobby-touch", kind="touch"), NOW)
        view = with_alarm(view, here, NOW, Voice.of(catalogues, touch.locale))
    screen.show(view, ring)
    return screen
