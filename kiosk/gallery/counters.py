"""The gallery's counter displays: every state, and who serves, with a photo and without one."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from msgspec.structs import replace
from PIL import Image, ImageDraw

from kiosk.design.box import Box
from kiosk.design.fonts import family_of
from kiosk.design.tokens import Look, palette
from kiosk.gallery import samples
from kiosk.gallery.registry import Catalogues, Picture, Size
from kiosk.gallery.walls import BUSY, LEAVE, LOCALES, Case, heard_at, named
from kiosk.media.album import PictureKey, Pixels
from kiosk.view.counter import counter_view
from kiosk.view.portrait import Introduced, portrait_size
from kiosk.view.voice import Voice
from signage.core.model import BranchState, Brand, Text
from signage.core.scene import scene

SIZES: Final[tuple[Size, ...]] = ((1280, 800), (800, 480), (800, 1280))
NAMES: Final[dict[str, Text]] = {
    "teller-photo": {"zh": "李晓梅", "en": "Li Xiaomei"},
    "teller-figure": {"zh": "王建国", "en": "Wang Jianguo"},
    "teller-long-name": {"zh": "阿卜杜热合曼·买买提", "en": "Alexandra-Konstantina Papadopoulou-Featherstonehaugh"},
    "teller-ungraded": {"zh": "李晓梅", "en": "Li Xiaomei"},
}
_PHOTOGRAPHED: Final = frozenset({"teller-photo", "teller-long-name", "teller-ungraded"})


def counter_cases() -> Iterator[Case]:
    """Every state of a counter's display."""
    noon = samples.AFTERNOON
    yield "serving", samples.house(), noon
    for key in NAMES:
        yield key, _ungraded() if key == "teller-ungraded" else samples.house(), noon
    yield "rate", samples.prompted(), noon
    yield "thanks", samples.thanked(), noon
    yield "suspended", samples.suspended("counter:3", "fault", "15:00"), noon
    yield "suspended-branch", samples.suspended("branch", "network"), noon
    yield "closed", samples.house(), samples.EVENING
    yield "notice", samples.noticed(BUSY, 0, "counter"), noon
    yield "notice-beside", samples.noticed(BUSY, 0, ""), noon
    yield "notice-beside-suspended", _with_notice(samples.suspended("counter:3", "fault", "15:00")), noon
    yield "emergency", samples.noticed(LEAVE, 100, "counter"), noon
    yield "unheard", samples.house(), noon
    yield "safe", None, noon


def _with_notice(state: BranchState) -> BranchState:
    return replace(state, notices=samples.noticed(BUSY, 0, "").notices)


def _ungraded() -> BranchState:
    state = samples.house()
    third = replace(state.counters[2], level=None)
    return replace(state, counters=(*state.counters[:2], third, *state.counters[3:]))


def pictures(catalogues: Catalogues) -> Iterator[Picture]:
    """All of them, in both languages, all sizes; the blue brand for one."""
    for size in SIZES:
        for locale in LOCALES:
            for case in counter_cases():
                make = partial(make_counter, catalogues, locale, case, size)
                yield Picture("counter", named(size, locale, case[0]), size, make, locale)
    case = next(case for case in counter_cases() if case[0] == "teller-photo")
    blue = partial(make_counter, catalogues, "zh", case, SIZES[0], brand="blue")
    yield Picture("counter", named(SIZES[0], "blue", case[0]), SIZES[0], blue)


def photo(look: Look) -> Pixels:
    """Of nobody: painted, so that no real face stands in a gallery."""
    width, height = portrait_size(look)
    picture = Image.new("RGB", (width * 2, height * 2), "#C9D6DF")
    pen = ImageDraw.Draw(picture)
    w, h = picture.size
    pen.ellipse((w * 0.08, h * 0.66, w * 0.92, h * 1.5), fill="#1F3B57")
    pen.polygon([(w * 0.40, h * 0.66), (w * 0.60, h * 0.66), (w * 0.5, h * 0.84)], fill="#FFFFFF")
    pen.ellipse((w * 0.24, h * 0.12, w * 0.76, h * 0.62), fill="#2B211C")
    pen.rectangle((w * 0.42, h * 0.52, w * 0.58, h * 0.70), fill="#E2B796")
    pen.ellipse((w * 0.29, h * 0.20, w * 0.71, h * 0.62), fill="#EBC3A3")
    pen.pieslice((w * 0.26, h * 0.12, w * 0.74, h * 0.50), 180, 360, fill="#2B211C")
    small = picture.resize((width, height), Image.Resampling.LANCZOS).convert("RGBA")
    return Pixels(PictureKey("0571017", width, height), small.tobytes("raw", "BGRA"))


def make_counter(catalogues: Catalogues, locale: str, case: Case, size: Size, *, brand: Brand = "green") -> Any:
    """The counter display's widget."""
    from kiosk.screens.counter import CounterDisplay  # noqa: PLC0415  # opens Kivy, which wants its stage settled first
    from kiosk.screens.textures import Shelf  # noqa: PLC0415  # as above

    key, state, now = case
    look = Look.fit(palette(night=True, brand=brand), *size, family=family_of(locale))
    shelf, introduced = Shelf(), None
    if key in NAMES:
        shown = photo(look) if key in _PHOTOGRAPHED else None
        shelf.keep([shown] if shown is not None else [])
        introduced = Introduced(NAMES[key], shown.key if shown is not None else None)
    here = scene(state, None, None, samples.COUNTER, now, controller_heard=heard_at(case) is None)
    display = CounterDisplay(look, shelf)
    voice = Voice.of(catalogues, locale)
    display.show(counter_view(here, "3", now, voice, heard_at(case), introduced=introduced))
    display.place(Box(0, 0, *size))
    return display
