"""Every page of the touch screen, both ways up, in both languages and in large type: whole, legible, within reach."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.design.box import Box
from kiosk.design.button import Pressable
from kiosk.gallery import touches
from kiosk.gallery.touch_cases import CUSTOMERS, SIZES, make_touch, staff_only
from kiosk.stage import Stage
from signage.link.catalogues import load_catalogues

OpenStage = Callable[[int, int], Stage]
CATALOGUES = load_catalogues()
CASES = {case[0]: case for case in touches.cases()}
VARIANTS = {variant.name: variant for variant in CUSTOMERS}
# Holding the emblem gives large type up: the staff's own pages have none.
SEEN = [
    (variant.name, name)
    for variant in VARIANTS.values()
    for name, case in CASES.items()
    if not variant.elder or not staff_only(case)
]
LEAST_U = 80  # 44 dp and more on every kiosk of 21 inches and up


def made(stage: OpenStage, size: tuple[int, int], variant: str, name: str) -> Any:
    return stage(*size).show(make_touch(CATALOGUES, size, VARIANTS[variant], CASES[name]))


def texts(screen: Any) -> Iterator[Any]:
    return (part for part in screen.walk(restrict=True) if hasattr(part, "fitted") and part.text)


def box(part: Any) -> Box:
    return Box(part.x, part.y, part.width, part.height)


@pytest.mark.parametrize(("variant", "name"), SEEN)
@pytest.mark.parametrize("size", SIZES, ids=["portrait", "landscape"])
def test_a_page_is_whole_and_within_the_glass(stage: OpenStage, size: tuple[int, int], variant: str, name: str) -> None:
    screen = made(stage, size, variant, name)
    glass = Box(0, 0, *size)
    cut = [text.text for text in texts(screen) if text.fitted is None or text.fitted.clipped]
    assert cut == []
    assert [text.text for text in texts(screen) if not glass.holds(box(text), slack=1)] == []
    touched = [part for part in screen.walk(restrict=True) if isinstance(part, Pressable)]
    assert all(min(part.width, part.height) >= LEAST_U for part in touched)
    for index, one in enumerate(touched):
        assert glass.holds(box(one), slack=1)
        for other in touched[index + 1 :]:
            assert not _overlap(box(one), box(other)), (one, other)


def _overlap(one: Box, other: Box) -> bool:
    return min(one.right, other.right) - max(one.x, other.x) > 1 and min(one.top, other.top) - max(one.y, other.y) > 1


@pytest.mark.parametrize("size", SIZES, ids=["portrait", "landscape"])
def test_no_two_texts_lie_over_each_other(stage: OpenStage, size: tuple[int, int]) -> None:
    for variant, name in SEEN:
        boxes = [(text, box(text)) for text in texts(made(stage, size, variant, name))]
        crossing = [
            (variant, name, one.text, other.text)
            for index, (one, where) in enumerate(boxes)
            for other, there in boxes[index + 1 :]
            if _overlap(where, there)
        ]
        assert crossing == []


def test_a_view_that_is_the_same_is_not_built_again(stage: OpenStage) -> None:
    screen = made(stage, (1080, 1920), "zh", "home")
    page = screen.page
    screen.show(screen.view, None)
    assert screen.page is page
