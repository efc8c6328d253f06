"""The eye that looks at every screen sees what is wrong with a bad one."""

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.design.bilingual import Words
from kiosk.design.box import Box
from kiosk.design.button import Button
from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import Card, Fill, IconView
from kiosk.design.part import Part
from kiosk.design.stars import Stars
from kiosk.design.text import Text
from kiosk.design.tokens import DAY, Look, Step
from kiosk.stage import Stage
from tests.screens import eye

LOOK = Look(DAY, 1.0)


@pytest.fixture
def screen(stage: Callable[[int, int], Stage]) -> Part:
    """An empty one on white."""
    stage(1080, 1080)
    glass = Part(LOOK)
    glass.place(Box(0, 0, 1080, 1080))
    put(glass, Fill(LOOK, DAY.surface), Box(0, 0, 1080, 1080))
    return glass


def put(screen: Part, part: Any, box: Box) -> Any:
    screen.add_widget(part)
    part.place(box)
    return part


def text(screen: Part, words: str, box: Box, colour: str = DAY.ink) -> None:
    part = Text(LOOK, Step.BODY, colour)
    part.show(words)
    put(screen, part, box)


def test_good_words_are_left_alone(screen: Part) -> None:
    text(screen, "营业至 17:00", Box(40, 900, 400, 60))
    text(screen, "个人业务", Box(40, 800, 400, 60), DAY.muted)
    assert [*eye.cut_short(screen), *eye.overlapping(screen), *eye.pale(screen)] == []


def test_words_that_are_cut_or_beyond_the_glass_are_seen(screen: Part) -> None:
    text(screen, "请到 4 号窗口办理", Box(40, 900, 60, 40))
    text(screen, "营业中", Box(1040, 800, 400, 60))
    assert list(eye.cut_short(screen)) == ["cut short: 请到 4 号窗口办理", "beyond the glass: 营业中"]


def test_words_over_words_are_seen(screen: Part) -> None:
    text(screen, "个人业务", Box(40, 900, 400, 60))
    text(screen, "对公业务", Box(60, 890, 400, 60))
    assert list(eye.overlapping(screen)) == ["over each other: 个人业务 / 对公业务"]


def test_pale_words_and_shapes_are_seen_on_the_ground_that_lies_beneath_them(screen: Part) -> None:
    put(screen, Fill(LOOK, DAY.brand), Box(0, 0, 540, 540))
    text(screen, "在品牌色上", Box(40, 400, 400, 60), DAY.on_brand)
    text(screen, "在白色上", Box(600, 400, 400, 60), DAY.on_brand)
    put(screen, IconView(LOOK, Icon.BELL, DAY.star), Box(600, 600, 80, 80))
    assert [one.split(":")[1].split(" ")[1] for one in eye.pale(screen)] == ["在白色上", "IconView"]


def test_words_and_edges_that_weak_eyes_miss_are_seen(screen: Part) -> None:
    high = Look.fit(DAY, 1080, 1080, elder=True)
    text(screen, "看得清", Box(40, 900, 400, 60), high.palette.muted)
    text(screen, "太淡", Box(40, 800, 400, 60), DAY.muted)
    put(screen, Card(high), Box(40, 500, 400, 200))
    put(screen, Fill(high, DAY.surface, border=DAY.line), Box(40, 200, 400, 200))
    put(screen, Fill(LOOK, DAY.surface, border=high.palette.line), Box(540, 200, 400, 200))
    assert list(eye.faint(screen)) == [
        "faint, 6.1: 太淡 (#5A636E on #FFFFFF)",
        "a faint edge, 1.4, 3 px: Part (#DCD8CE on #FFFFFF)",
        "a faint edge, 6.1, 1 px: Part (#5A636E on #FFFFFF)",
    ]


def test_targets_that_are_small_close_or_out_of_reach_are_seen(screen: Part) -> None:
    def key(words: str, box: Box) -> None:
        put(screen, Button(LOOK, Words(words), lambda: None), box)

    key("小", Box(40, 900, 50, 120))
    key("左", Box(40, 600, 200, 120))
    key("右", Box(243, 600, 200, 120))
    key("外", Box(1000, 600, 200, 120))
    assert list(eye.out_of_reach(screen, elder=False)) == [
        "small, 50 × 120 u: 小",
        "beyond the glass: 外",
        "too close: 左 / 右",
    ]


def test_stars_that_are_touched_are_targets(screen: Part) -> None:
    put(screen, Stars(LOOK, gap=40, on_star=lambda _: None), Box(40, 40, 900, 60))
    assert list(eye.out_of_reach(screen, elder=False)) == []
    assert [one.split(":")[1] for one in eye.out_of_reach(screen, elder=True)] == [f" star {n}" for n in range(1, 6)]


def test_keys_and_boxes_of_texts_are_held_to_more_on_a_touch_screen(screen: Part) -> None:
    def key(words: str, box: Box, *, enabled: bool = True) -> None:
        button = Button(LOOK, Words(words), lambda: None)
        button.enabled = enabled
        put(screen, button, box)

    key("小", Box(40, 900, 200, 79))
    key("左", Box(40, 600, 200, 120), enabled=False)
    key("右", Box(230, 600, 200, 120), enabled=False)
    key("外", Box(1000, 300, 200, 120))
    assert [one for one in eye.unruly(screen) if "key" in one] == [
        "a small key, 200 × 79: 小",
        "a key beyond the glass: 外",
        "keys over each other: 左 / 右",
    ]


def test_boxes_of_texts_beyond_the_glass_or_over_each_other_are_seen(screen: Part) -> None:
    text(screen, "左", Box(40, 900, 400, 60))  # the letters stay apart
    text(screen, "右", Box(420, 900, 400, 60))
    text(screen, "外", Box(900, 700, 400, 60))
    assert list(eye.unruly(screen)) == ["its box is beyond the glass: 外", "boxes over each other: 左 / 右"]


def test_keys_in_a_tall_pages_upper_third_are_seen_where_customers_touch(screen: Part) -> None:
    screen.place(Box(0, 0, 1080, 1920))
    for words, y in (("高", 1240), ("低", 1200)):
        put(screen, Button(LOOK, Words(words), lambda: None), Box(40, y, 200, 120))  # the line is at 1280
    for customers, found in ((True, ["in the upper third, 32% from the top: 高"]), (False, [])):
        screen.for_customers = customers
        assert list(eye.too_high(screen)) == found
    screen.place(Box(0, 0, 1920, 1080))
    screen.for_customers = True
    assert list(eye.too_high(screen)) == []
