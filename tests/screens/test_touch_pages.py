"""A page of the touch screen is built when it becomes another, and only then; how it looks, `tests.pictures` compares."""

from collections.abc import Callable

from kiosk.gallery import touches
from kiosk.gallery.touch_cases import SIZES, Variant, make_touch
from kiosk.stage import Stage
from signage.link.catalogues import load_catalogues


def test_a_view_that_is_the_same_is_not_built_again(stage: Callable[[int, int], Stage]) -> None:
    home = next(case for case in touches.cases() if case.name == "home")
    screen = stage(*SIZES[0]).show(make_touch(load_catalogues(), SIZES[0], Variant("zh"), home))
    page = screen.page
    screen.show(screen.view, None)
    assert screen.page is page
