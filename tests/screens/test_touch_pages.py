"""A page of the touch screen is built when it becomes another, and only then; how it looks, `tests.pictures` compares."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.design.text import Text
from kiosk.gallery import reading, touches
from kiosk.gallery.touch_cases import SIZES, Variant, make_touch
from kiosk.stage import Stage
from kiosk.view.voice import Pair
from signage.link.catalogues import load_catalogues


def test_a_view_that_is_the_same_is_not_built_again(stage: Callable[[int, int], Stage]) -> None:
    home = next(case for case in touches.cases() if case.name == "home")
    screen = stage(*SIZES[0]).show(make_touch(load_catalogues(), SIZES[0], Variant("zh"), home))
    page = screen.page
    screen.show(screen.view, None)
    assert screen.page is page


@pytest.mark.parametrize("elder", [False, True], ids=["", "elder"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_a_long_table_of_rates_stands_whole_in_one_size(
    stage: Callable[[int, int], Stage], size: tuple[int, int], *, elder: bool
) -> None:
    rates = next(case for case in reading.cases() if case.name == "rates")
    screen = stage(*size).show(make_touch(load_catalogues(), size, Variant("zh", elder=elder), rates))
    view = screen.view.page
    names = [f"单位大额存单（{number} 个月以上，含本数）" for number in range(12)]
    rows = tuple((Pair(name, f"Large certificate of deposit {name}"), "1.25%") for name in names)
    page = replace(view, table=replace(view.table, rows=rows))
    screen.show(replace(screen.view, page=page), None)
    texts = [part for part in screen.page.walk() if isinstance(part, Text) and part.text in names]
    assert len(texts) == len(names)
    assert len({text.fitted.px for text in texts if text.fitted is not None}) == 1
    assert all(text.fitted is not None for text in texts)
