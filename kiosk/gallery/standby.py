"""The gallery's pictures of what a guard shows in a screen's place."""

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from kiosk.design.fonts import family_of
from kiosk.design.tokens import Look, palette
from kiosk.gallery import samples
from kiosk.gallery.registry import Catalogues, Picture, Size
from kiosk.guard.page import Shown
from kiosk.view.standby import standby_views
from kiosk.view.voice import Voice

SIZES: Final[tuple[tuple[str, Size], ...]] = (
    ("wall", (1920, 1080)),
    ("wall", (1080, 1920)),
    ("touch", (1080, 1920)),
    ("counter", (800, 480)),
    ("fascia", (1920, 160)),
)


def make_standby(catalogues: Catalogues, locale: str, kind: str, size: Size, shown: Shown) -> Any:
    from kiosk.screens.standby import standby_part  # noqa: PLC0415  # a screen's module asks Kivy for a window

    branch = samples.house().branch
    view = standby_views(branch.name, branch.hotline, Voice.of(catalogues, locale))[shown]
    look = Look.fit(palette(night=kind != "touch"), *size, family=family_of(locale))
    return standby_part(look, view, size)


def pictures(catalogues: Catalogues) -> Iterator[Picture]:
    for kind, size in SIZES:
        for locale in ("zh", "en"):
            for shown in (Shown.HOUSE, Shown.SUSPENDED):
                name = f"{kind}-{size[0]}x{size[1]}-{locale}-{shown.name.lower()}"
                make = partial(make_standby, catalogues, locale, kind, size, shown)
                yield Picture("standby", name, size, make, locale)
