"""The gallery's touch screens: home, the pages to read, ratings, and what staff see."""

from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from kiosk.gallery import samples, staff
from kiosk.gallery.registry import Catalogues, Picture
from kiosk.gallery.touch_cases import NOW, SCREENS, SIZES, Case, Variant, at, drawn, outage, picture
from kiosk.view.pages import (
    Calling,
    CallStep,
    Counters,
    Hotline,
    RateStep,
    Rating,
    Touch,
    Week,
)
from signage.core.model import HoursPlan

_NOTICE: Final = {
    "zh": "今日办理业务的客户较多，请您耐心等候。",
    "en": "The branch is busy today; thank you for waiting.",
}
_LEAVE: Final = {"zh": "请听从工作人员引导，从安全出口有序离开。", "en": "Please follow our staff and leave calmly."}
_UNHEARD: Final = {"heard": False}


def cases() -> Iterator[Case]:
    """Every page of these."""
    branch = replace(samples.noticed(_NOTICE, 10, "touch"), screens=SCREENS)
    third = replace(samples.suspended("counter:3", "fault", "15:00"), screens=SCREENS)
    yield Case("home", branch, Touch())
    yield Case("home-unheard", branch, Touch(), known=_UNHEARD)
    yield Case("home-no-hours", replace(branch, hours=HoursPlan(timezone=branch.hours.timezone, rules={})), Touch())
    yield Case("home-emergency", samples.noticed(_LEAVE, 100, "touch"), Touch())
    yield Case("safe", None, Touch())
    yield Case("counters", third, at(Counters()))
    yield Case("week", branch, at(Week()))
    yield Case("hotline", branch, at(Hotline()))
    yield Case("rating", branch, at(Rating("e", NOW, 4, ("fast",))))
    yield Case("rating-low", branch, at(Rating("e", NOW, 2, ("slow", "unclear"))))
    yield Case("thanks", branch, at(Rating("e", NOW, 4, step=RateStep.THANKED)))
    yield Case("rating-failed", branch, at(Rating("e", NOW, 4, step=RateStep.FAILED)))
    yield Case("call", branch, at(Calling("c-2", NOW, CallStep.HEARD)))
    yield Case("call-answered", branch, at(Calling("c-2", NOW, CallStep.ANSWERED)))
    yield Case("call-unheard", branch, at(Calling("c-2", NOW, CallStep.UNHEARD)))
    yield Case("halted", outage("device:lobby-touch"), Touch())
    yield Case("week-suspended", outage(), at(Week()))
    yield Case("rating-suspended", outage(), at(Rating("e", NOW, 4, ("fast",))))
    yield from staff.cases(branch, third)


def pictures(catalogues: Catalogues) -> Iterator[Picture]:
    """All of them, home under the blue brand, and what is seen most in Hong Kong's Chinese."""
    yield from drawn(catalogues, cases())
    home = next(cases())
    for size in SIZES:
        yield picture(catalogues, size, Variant("blue", brand="blue"), home)
        for case in cases():
            if case.name in {"home", "counters", "week", "rating"}:
                yield picture(catalogues, size, Variant("hk", "zh-HK"), case)
