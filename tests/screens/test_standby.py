"""The guard's pictures: whole on every kind of screen, and the same off the glass as on it."""

from collections.abc import Callable
from typing import Any

import pytest
from PIL import ImageChops

from kiosk.gallery import standby
from kiosk.guard.page import Shown
from kiosk.screens.standby import off_glass
from kiosk.stage import Stage
from signage.link.catalogues import load_catalogues
from tests.screens.test_walls import assert_whole

CATALOGUES = load_catalogues()


@pytest.mark.parametrize(("kind", "size"), standby.SIZES)
def test_nothing_is_cut(stage: Callable[[int, int], Stage], kind: str, size: tuple[int, int]) -> None:
    on = stage(*size)
    for locale in ("zh", "en"):
        for shown in (Shown.HOUSE, Shown.SUSPENDED):
            part = on.show(standby.make_standby(CATALOGUES, locale, kind, size, shown))
            assert_whole(part, f"{locale} {shown.name}", size)
            on.clear()


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
