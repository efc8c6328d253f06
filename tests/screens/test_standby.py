"""The guard's pictures: whole on every kind of screen, and the same off the glass as on it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import ImageChops

from kiosk.design.text import Text
from kiosk.faces import look_of
from kiosk.gallery import standby
from kiosk.guard.page import Shown
from kiosk.screens.standby import off_glass, standby_part
from kiosk.settings import KioskSettings
from kiosk.stage import Stage
from kiosk.view.standby import standby_views
from kiosk.view.voice import Voice
from signage.core.model import ScreenKind
from signage.link.catalogues import load_catalogues
from signage.link.client import Address
from tests.screens.eye import texts
from tests.screens.test_walls import assert_whole

CATALOGUES = load_catalogues()


@pytest.mark.parametrize(("kind", "size"), standby.SIZES)
def test_nothing_is_cut(stage: Callable[[int, int], Stage], kind: str, size: tuple[int, int]) -> None:
    on = stage(*size)
    for locale in ("zh", "zh-HK", "en"):
        for shown in (Shown.HOUSE, Shown.SUSPENDED):
            part = on.show(standby.make_standby(CATALOGUES, locale, kind, size, shown))
            assert_whole(part, f"{locale} {shown.name}", size)
            on.clear()


@pytest.mark.parametrize("kind", ["wall", "touch", "fascia"])
@pytest.mark.parametrize(("locale", "family"), [("zh", "ui"), ("zh-HK", "ui-hk"), ("en", "ui")])
def test_what_stands_in_a_faces_place_is_in_the_letters_of_its_region(
    stage: Callable[[int, int], Stage], tmp_path: Path, kind: ScreenKind, locale: str, family: str
) -> None:
    size = (1920, 160) if kind == "fascia" else (1920, 1080)
    stage(*size)
    settings = KioskSettings("x", kind, size, Address("127.0.0.1", 1883), tmp_path, locale=locale)
    look = look_of(settings, size)
    assert look.family == family
    for view in standby_views({"zh": "支行"}, "95599", Voice.of(CATALOGUES, locale)).values():
        seen: list[Text] = texts(standby_part(look, view, size))
        assert {text.look.family for text in seen} == {family}


def test_it_is_drawn_off_the_glass_as_it_would_be_on_it(stage: Callable[[int, int], Stage]) -> None:
    size = (640, 360)
    on = stage(*size)

    def make() -> Any:
        return standby.make_standby(CATALOGUES, "zh", "wall", size, Shown.SUSPENDED)

    on.show(make())
    seen = on.pixels()
    on.clear()
    apart = off_glass(make(), size).convert("RGB")
    assert max(ImageChops.difference(seen, apart).tobytes()) <= 2
