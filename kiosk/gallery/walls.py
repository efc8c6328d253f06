"""The gallery's walls."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any, Final

from kiosk.design.box import Box
from kiosk.design.fonts import family_of
from kiosk.design.tokens import Look, palette
from kiosk.gallery import samples
from kiosk.gallery.registry import Catalogues, Picture, Size
from kiosk.view.voice import Voice
from kiosk.view.wall import wall_view
from signage.core.instants import Instant
from signage.core.model import BranchState, Brand
from signage.core.scene import scene
from signage.core.schedule import HOUSE_SLIDES

WALL_SIZES: Final[tuple[Size, ...]] = ((1920, 1080), (1080, 1920), (1280, 720))
LOCALES: Final = ("zh", "en")

BUSY: Final = {
    "zh": "因系统升级，今日 16:00 至 17:00 暂停办理对公转账业务，敬请谅解。",
    "en": "Corporate transfers are not available today from 16:00 to 17:00 because of a system upgrade.",
}
LEAVE: Final = {
    "zh": "请听从工作人员引导，从安全出口有序离开。",
    "en": "Please follow our staff and leave calmly by the emergency exits.",
}
_OWN_WORDS: Final = {
    "zh": "因消防检查，本网点暂停对外营业，感谢您的理解与配合",
    "en": "Closed for a fire inspection; thank you for your patience",
}

Case = tuple[str, BranchState | None, Instant]


def wall_cases() -> Iterator[Case]:
    """Every state of a wall: its name, the branch's state, the time."""
    for key in HOUSE_SLIDES:
        yield key, samples.house(), samples.slide_time(key)
    noon = samples.AFTERNOON
    yield "notice", samples.noticed(BUSY, 0), noon
    yield "emergency", samples.noticed(LEAVE, 100), noon
    yield "counter-suspended", samples.suspended("counter:3", "fault", "15:00"), samples.AFTERNOON
    yield "suspended", samples.suspended("branch", "power", "15:00"), noon
    yield "suspended-own-words", samples.suspended("branch", "other", text=_OWN_WORDS), noon
    yield "closed", samples.house(), samples.EVENING
    yield "unheard", samples.house(), samples.slide_time("fraud")
    yield "safe", None, noon


def pictures(catalogues: Catalogues) -> Iterator[Picture]:
    """All of them, in both languages, all sizes; the day's palette and the blue brand for one each."""
    for size in WALL_SIZES:
        for locale in LOCALES:
            for case in wall_cases():
                make = partial(make_wall, catalogues, locale, case, size)
                yield Picture("wall", named(size, locale, case[0]), size, make, locale)
    wide: Size = (1920, 1080)
    for case in wall_cases():
        if case[0] in {"welcome", "hours", "suspended"}:
            day = partial(make_wall, catalogues, "zh", case, wide, night=False)
            yield Picture("wall", named(wide, "day", case[0]), wide, day)
            blue = partial(make_wall, catalogues, "zh", case, wide, brand="blue")
            yield Picture("wall", named(wide, "blue", case[0]), wide, blue)


def named(size: Size, variant: str, case: str) -> str:
    """A picture's name."""
    return f"{size[0]}x{size[1]}-{variant}-{case}"


def heard_at(case: Case) -> Instant | None:
    """When the controller was last heard; None: it is."""
    return Instant.of(case[2] - timedelta(minutes=3)) if case[0] == "unheard" else None


def make_wall(
    catalogues: Catalogues, locale: str, case: Case, size: Size, *, night: bool = True, brand: Brand = "green"
) -> Any:
    """The wall's widget, laid out and with its view."""
    from kiosk.screens.wall import Wall  # noqa: PLC0415  # opens Kivy, which wants its stage settled first

    _, state, now = case
    here = scene(state, None, None, samples.WALL, now, controller_heard=heard_at(case) is None)
    wall = Wall(Look.fit(palette(night=night, brand=brand), *size, family=family_of(locale)))
    wall.show(wall_view(here, now, Voice.of(catalogues, locale), heard_at(case)))
    wall.place(Box(0, 0, *size))
    return wall
