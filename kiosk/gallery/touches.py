"""The gallery's touch screens: home, the pages to read, ratings, and what staff see."""

from collections.abc import Iterator
from dataclasses import replace as changed
from datetime import timedelta
from typing import Final

from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.gallery.registry import Catalogues, Picture
from kiosk.gallery.touch_cases import NOW, SCREENS, SIZES, Case, Variant, at, drawn, inside, picture
from kiosk.view.pages import (
    Calling,
    CallStep,
    Counters,
    Done,
    Expected,
    Hotline,
    Keypad,
    NoticeForm,
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
from kiosk.view.reading import More
from signage.core.instants import Instant
from signage.core.model import BranchState, Call

_NOTICE: Final = {
    "zh": "今日办理业务的客户较多，请您耐心等候。",
    "en": "The branch is busy today; thank you for waiting.",
}
_CALLS: Final = (
    Call(id="c-1", kind="rating", at=NOW, counter="2", device="bridge-1"),
    Call(id="c-2", kind="call", at=NOW, device="lobby-touch"),
    Call(id="c-3", kind="fault", at=NOW, counter="4", code="pad-lost", acknowledged_by="王芳"),
)
_LEAVE: Final = {"zh": "请听从工作人员引导，从安全出口有序离开。", "en": "Please follow our staff and leave calmly."}
_UNHEARD: Final = {"heard": False}


def cases() -> Iterator[Case]:
    """Every page of these."""
    branch = replace(samples.noticed(_NOTICE, 10, "touch"), screens=SCREENS)
    down = replace(samples.suspended("branch", "power", "15:00"), screens=SCREENS)
    third = replace(samples.suspended("counter:3", "fault", "15:00"), screens=SCREENS)
    yield Case("home", branch, Touch())
    yield Case("home-unheard", branch, Touch(), known=_UNHEARD)
    yield Case("home-emergency", samples.noticed(_LEAVE, 100, "touch"), Touch())
    yield Case("safe", None, Touch())
    yield Case("counters", third, at(Counters()))
    yield Case("week", branch, at(Week()))
    yield Case("hotline", branch, at(Hotline()))
    yield Case("more", branch, at(More()))
    yield Case("rating", branch, at(Rating("e", NOW, 4, ("fast",))))
    yield Case("rating-low", branch, at(Rating("e", NOW, 2, ("slow", "unclear"))))
    yield Case("thanks", branch, at(Rating("e", NOW, 4, step=RateStep.THANKED)))
    yield Case("rating-failed", branch, at(Rating("e", NOW, 4, step=RateStep.FAILED)))
    yield Case("call", branch, at(Calling("c-2", NOW, CallStep.HEARD)))
    yield Case("call-answered", branch, at(Calling("c-2", NOW, CallStep.ANSWERED)))
    yield from _staff_cases(branch, down, third)


def _staff_cases(branch: BranchState, down: BranchState, third: BranchState) -> Iterator[Case]:
    alone = Staff("emergency@lobby-touch", "emergency", "", NOW)
    locked = Keypad(trouble=Trouble.LOCKED, until=Instant.of(NOW + timedelta(seconds=30)))
    yield Case("keypad", branch, at(Keypad("123")))
    yield Case("keypad-wrong", branch, at(Keypad(trouble=Trouble.WRONG, left=3)))
    yield Case("keypad-locked", branch, at(locked))
    yield Case("panel", branch, inside(Panel()))
    yield Case("panel-shown", third, changed(inside(Panel()), outcome=Done("suspend", 1)))
    yield Case("panel-busy", branch, changed(inside(Panel()), pending=Pending("p", "suspend", NOW)))
    yield Case("panel-local", third, changed(inside(Panel()), outcome=WentLocal(NOW)))
    yield Case("panel-emergency", down, changed(inside(Panel()), outcome=WentLocal(NOW), staff=alone))
    yield Case("panel-emergency-open", branch, changed(inside(Panel()), outcome=WentLocal(NOW), staff=alone))
    yield Case("panel-notices", branch, inside(Panel(Tab.NOTICES)))
    yield Case("panel-alerts", replace(branch, calls=_CALLS), inside(Panel(Tab.ALERTS)))
    yield Case("panel-displays", branch, changed(inside(Panel(Tab.DISPLAYS)), outcome=Done("suspend", 1)))
    yield Case("suspend", branch, inside(SuspendForm("branch", "power")))
    ready = inside(SuspendForm("counter:3", "fault", Expected.HALF))
    yield Case("suspend-ready", branch, ready)
    yield Case("suspend-ready-unheard", branch, ready, known=_UNHEARD)
    yield Case("notice", branch, inside(NoticeForm("cash-service", Expected.HALF)))


def pictures(catalogues: Catalogues) -> Iterator[Picture]:
    """All of them, and home under the blue brand."""
    yield from drawn(catalogues, cases())
    home = next(cases())
    for size in SIZES:
        yield picture(catalogues, size, Variant("blue", brand="blue"), home)
