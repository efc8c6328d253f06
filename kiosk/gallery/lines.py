"""The gallery's screens of one line: the fascia above the door, the strips above the counters."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any, Final

from kiosk.design.box import Box
from kiosk.design.fonts import family_of
from kiosk.design.tokens import Look, led_palette
from kiosk.gallery import samples
from kiosk.gallery.registry import Catalogues, Picture, Size
from kiosk.view.line import line_view
from kiosk.view.line_parts import LineView
from kiosk.view.voice import Voice
from signage.core.instants import Instant
from signage.core.model import BranchState, Brand, ScreenEntry
from signage.core.scene import scene

FASCIA_SIZES: Final[tuple[Size, ...]] = ((1920, 160), (3840, 160), (1280, 128))
STRIP_SIZES: Final[tuple[Size, ...]] = ((256, 32), (192, 16), (128, 32))
LOCALES: Final = ("zh", "en")
WIDEST: Final = 1920  # what the stage can draw; wider ones are only laid out
FASCIA: Final = ScreenEntry(name="door", kind="fascia")
STRIP: Final = ScreenEntry(name="strip-3", kind="strip", counter="3")
_CLOSING: Final = Instant.parse("2026-11-24T16:40:00+08:00")
_QUEUE: Final = {
    "zh": "今日办理业务的客户较多，请您耐心等候。",
    "en": "The branch is busy today; thank you for waiting.",
}
_LEAVE: Final = {
    "zh": "请听从工作人员引导，从安全出口有序离开。",
    "en": "Please follow our staff and leave calmly by the emergency exits.",
}
Case = tuple[str, BranchState | None, Instant]


def fascia_cases() -> Iterator[Case]:
    """Every state of a fascia: its name, the branch's state, the time."""
    noon = samples.AFTERNOON
    yield "open", samples.house(), noon
    yield "closing", samples.house(), _CLOSING
    yield "closed", samples.house(), samples.EVENING
    yield "suspended", samples.suspended("branch", "power", "15:00"), noon
    yield "notice", samples.noticed(_QUEUE, 0, "fascia"), noon
    yield "emergency", samples.noticed(_LEAVE, 100, "fascia"), noon
    yield "unheard", samples.house(), noon
    yield "safe", None, noon


def strip_cases() -> Iterator[Case]:
    """Every state of a counter's strip."""
    noon = samples.AFTERNOON
    yield "open", samples.house(), noon
    yield "rate", samples.prompted(), noon
    yield "closed", samples.house(), samples.EVENING
    yield "suspended", samples.suspended("counter:3", "fault", "15:00"), noon
    yield "suspended-branch", samples.suspended("branch", "network", "15:00"), noon
    yield "notice", samples.noticed(_QUEUE, 0, "strip"), noon
    yield "notice-beside", samples.noticed(_QUEUE, 0, ""), noon
    yield "emergency", samples.noticed(_LEAVE, 100, "strip"), noon
    yield "unheard", samples.house(), noon
    yield "safe", None, noon


def pictures(catalogues: Catalogues) -> Iterator[Picture]:
    """Every state at its first page, in both languages and all sizes; the blue brand once each."""
    for kind, sizes, cases in (("fascia", FASCIA_SIZES, fascia_cases()), ("strip", STRIP_SIZES, strip_cases())):
        every = tuple(cases)
        for size in sizes:
            if size[0] > WIDEST:
                continue
            for locale in LOCALES:
                for case in every:
                    name = f"{size[0]}x{size[1]}-{locale}-{case[0]}"
                    make = partial(make_line, catalogues, locale, case, size, kind)
                    yield Picture(kind, name, size, make, locale=locale)
        size = sizes[0]
        blue = partial(make_line, catalogues, "zh", every[0], size, kind, brand="blue")
        yield Picture(kind, f"{size[0]}x{size[1]}-blue-{every[0][0]}", size, blue)


def view_of(catalogues: Catalogues, locale: str, case: Case, kind: str) -> LineView:
    """What such a screen would be told."""
    name, state, now = case
    heard_at = Instant.of(now - timedelta(minutes=3)) if name == "unheard" else None
    entry = FASCIA if kind == "fascia" else STRIP
    here = scene(state, None, None, entry, now, controller_heard=heard_at is None)
    return line_view(here, now, Voice.of(catalogues, locale), heard_at)


def make_line(catalogues: Catalogues, locale: str, case: Case, size: Size, kind: str, *, brand: Brand = "green") -> Any:
    """The widget, laid out and with its view; it stands at its first page."""
    from kiosk.screens.fascia import Fascia  # noqa: PLC0415  # opens Kivy, which wants its stage settled first
    from kiosk.screens.strip import CounterStrip  # noqa: PLC0415  # as above

    look = Look.fit(led_palette(brand), *size, family=family_of(locale))
    part: Any = Fascia(look) if kind == "fascia" else CounterStrip(look, "3")
    part.show(view_of(catalogues, locale, case, kind))
    part.place(Box(0, 0, *size))
    return part
