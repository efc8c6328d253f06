"""Walls and counter displays with real pixels: every state, both languages, all sizes."""

import dataclasses
import importlib
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from msgspec.structs import replace
from PIL import Image, ImageChops

from kiosk.design.box import Box
from kiosk.design.fonts import font_files
from kiosk.design.tokens import NIGHT, Look, channels, contrast
from kiosk.gallery import counters, samples, walls
from kiosk.stage import Stage
from kiosk.view.voice import Voice
from kiosk.view.wall import wall_view
from kiosk.view.wall_parts import WallView
from signage.core.scene import scene
from signage.link.catalogues import load_catalogues

OpenStage = Callable[[int, int], Stage]
CATALOGUES = load_catalogues()
LOCALES = (*walls.LOCALES, "zh-HK")  # whole in all of them; Hong Kong's has no pictures of its own to be compared with
WALLS = {case[0]: case for case in walls.wall_cases()}
COUNTERS = {case[0]: case for case in counters.counter_cases()}


def texts(part: Any) -> Iterator[Any]:
    """Every text on the glass."""
    return (child for child in part.walk() if hasattr(child, "fitted") and child.text)


def share(picture: Image.Image, colour: str) -> float:
    """How much of a picture is of that colour."""
    counts = {rgb: count for count, rgb in picture.getcolors(picture.width * picture.height) or []}
    return counts.get(channels(colour), 0) / (picture.width * picture.height)


def view(case: str) -> WallView:
    _, state, now = WALLS[case]
    return wall_view(scene(state, None, None, samples.WALL, now), now, Voice.of(CATALOGUES, "zh"))


def changed(before: Image.Image, after: Image.Image) -> tuple[int, int, int, int] | None:
    return ImageChops.difference(before, after).getbbox()


@pytest.mark.parametrize("size", walls.WALL_SIZES)
@pytest.mark.parametrize("locale", LOCALES)
def test_no_wall_cuts_a_text_or_draws_it_outside_its_place(stage: OpenStage, size: Any, locale: str) -> None:
    stage(*size)
    for case in WALLS.values():
        assert_whole(walls.make_wall(CATALOGUES, locale, case, size), case[0], size)


@pytest.mark.parametrize("size", counters.SIZES)
@pytest.mark.parametrize("locale", LOCALES)
def test_no_counter_display_cuts_a_text(stage: OpenStage, size: Any, locale: str) -> None:
    stage(*size)
    for case in COUNTERS.values():
        assert_whole(counters.make_counter(CATALOGUES, locale, case, size), case[0], size)


def assert_whole(screen: Any, case: str, size: Any, wordless: bool = False) -> None:
    """As it is made, whether or not it is drawn. `wordless`: a picture alone may be all there is."""
    seen = list(texts(screen))
    assert seen or wordless, case
    for text in seen:
        fitted, box = text.fitted, text.box
        assert not fitted.clipped, (case, text.text)
        assert fitted.width <= box.w + 1, (case, text.text)
        assert fitted.height - fitted.px * 0.35 <= box.h + 1, (case, text.text)
        assert screen.box.holds(box), (case, text.text)
        assert text.fitted.px >= 9, (case, text.text, size)
    for one, other in itertools.combinations(seen, 2):
        assert not overlap(one, other), (case, one.text, other.text)


def overlap(one: Any, other: Any) -> bool:
    """Whether the ink of two texts could touch: their lines' boxes, without the leading."""
    (x, y, right, top), (x2, y2, right2, top2) = ink(one), ink(other)
    return x < right2 - 1 and x2 < right - 1 and y < top2 - 1 and y2 < top - 1


def ink(text: Any) -> tuple[float, float, float, float]:
    xs = [(quad.pos[0], quad.pos[0] + quad.size[0]) for quad in text._rectangles]
    half = (text.fitted.height - text.fitted.px * 0.35) / 2
    middle = text._top(text.box, text.fitted) - text.fitted.height / 2
    return min(x for x, _ in xs), middle - half, max(right for _, right in xs), middle + half


def test_a_suspended_branch_is_the_one_loud_thing(stage: OpenStage) -> None:
    on = stage(1920, 1080)
    on.show(walls.make_wall(CATALOGUES, "zh", WALLS["suspended"], (1920, 1080)))
    picture = on.pixels()
    assert share(picture, NIGHT.suspended) > 0.5
    assert share(picture.crop((0, 124, 1920, 980)), NIGHT.suspended) > 0.7
    on.clear()
    on.show(walls.make_wall(CATALOGUES, "zh", WALLS["welcome"], (1920, 1080)))
    assert share(on.pixels(), NIGHT.suspended) == 0


def test_a_suspended_counter_turns_its_row_and_a_strip(stage: OpenStage) -> None:
    on = stage(1920, 1080)
    on.show(walls.make_wall(CATALOGUES, "zh", WALLS["counter-suspended"], (1920, 1080)))
    picture = on.pixels()
    assert share(picture.crop((0, 122, 1436, 230)), NIGHT.suspended) > 0.7
    assert share(picture.crop((1444, 210, 1918, 302)), NIGHT.suspended) > 0.6
    assert share(picture.crop((1444, 400, 1918, 980)), NIGHT.suspended) == 0


def test_a_minute_changes_nothing_but_the_clock(stage: OpenStage) -> None:
    on = stage(1920, 1080)
    wall = on.show(walls.make_wall(CATALOGUES, "zh", WALLS["fraud"], (1920, 1080)))
    before = on.pixels()
    now = view("fraud")
    assert now.header is not None
    wall.show(replace_clock(now, "14:06"))
    on.step(2)
    box = changed(before, on.pixels())
    assert box is not None
    clock = wall.header.clock.box
    assert box[0] >= clock.x
    assert box[2] <= clock.right
    assert box[3] <= 120


def replace_clock(view: WallView, clock: str) -> WallView:
    assert view.header is not None
    return dataclasses.replace(view, header=dataclasses.replace(view.header, clock=clock))


def test_the_same_view_again_draws_nothing(stage: OpenStage) -> None:
    on = stage(1920, 1080)
    wall = on.show(walls.make_wall(CATALOGUES, "zh", WALLS["fraud"], (1920, 1080)))
    on.step(2)
    picture = wall.picture
    assert not on.window.canvas.needs_redraw
    wall.show(view("fraud"))
    assert wall.picture is picture
    assert not on.window.canvas.needs_redraw


def test_updating_in_place_looks_like_drawing_afresh(stage: OpenStage) -> None:
    on = stage(1280, 720)
    wall = on.show(walls.make_wall(CATALOGUES, "zh", WALLS["welcome"], (1280, 720)))
    for case in ("counter-suspended", "suspended", "closed", "safe", "notice", "hours", "counter-suspended", "welcome"):
        wall.show(view(case))
        on.step(2)
        updated = on.pixels()
        on.clear()
        on.show(walls.make_wall(CATALOGUES, "zh", WALLS[case], (1280, 720)))
        assert changed(updated, on.pixels()) is None, case
        on.clear()
        on.show(wall)


def test_the_ticker_turns_its_page_every_six_seconds(stage: OpenStage) -> None:
    on = stage(1920, 1080)
    wall = on.show(walls.make_wall(CATALOGUES, "zh", WALLS["welcome"], (1920, 1080)))
    ticker = wall.foot.ticker
    first = ticker.line.text
    wall.advance(5.9)
    assert ticker.line.text == first
    wall.advance(0.2)
    assert ticker.line.text == ticker.pages[1] != first
    for _ in ticker.pages[1:]:
        wall.advance(6)
    assert ticker.line.text == first
    hotline = wall.foot._number
    assert hotline.text == "95599"
    assert hotline.right > 1800


def test_a_gpu_slides_the_ticker_by_whole_pixels_without_a_seam(stage: OpenStage) -> None:
    on = stage(800, 96)
    # Kivy chooses its driver at import: only after a stage is open
    slide = importlib.import_module("kiosk.design.ticker").Slide(Look.fit(NIGHT, 1920, 1080, moving=True), NIGHT.ink)
    slide.show(("欢迎光临", "Welcome"))
    slide.place(Box(0, 0, 800, 96))
    on.show(slide)
    start = on.pixels()
    slide.advance(0.5)
    on.step()
    moved = on.pixels()
    assert changed(start.crop((60, 0, 800, 96)), moved.crop((0, 0, 740, 96))) is None
    slide.advance(slide._strip / 120 - 0.5)
    on.step()
    assert changed(start, on.pixels()) is None


def test_thanks_show_no_star(stage: OpenStage) -> None:
    on = stage(1280, 800)
    on.show(counters.make_counter(CATALOGUES, "zh", COUNTERS["thanks"], (1280, 800)))
    assert share(on.pixels(), NIGHT.star) == 0


@pytest.mark.parametrize("size", counters.SIZES)
@pytest.mark.parametrize("case", ["notice-beside", "notice-beside-suspended"])
def test_a_notice_for_every_screen_stands_along_a_counter_displays_foot(stage: OpenStage, size: Any, case: str) -> None:
    on = stage(*size)
    display = on.show(counters.make_counter(CATALOGUES, "zh", COUNTERS[case], size))
    assert walls.BUSY["zh"] in {text.text for text in texts(display)}
    line, face = display.notice.box, display.face.box
    assert (line.x, line.y, line.w) == (0, 0, size[0])
    assert (face.y, face.top) == (line.top, size[1])
    display.show(dataclasses.replace(display.view, notice=None))
    assert display.face.box == Box(0, 0, *size)
    assert walls.BUSY["zh"] not in {text.text for text in texts(display)}


def test_a_suspended_counter_display_is_in_full_colour(stage: OpenStage) -> None:
    on = stage(800, 480)
    on.show(counters.make_counter(CATALOGUES, "zh", COUNTERS["suspended"], (800, 480)))
    picture = on.pixels()
    assert share(picture, NIGHT.suspended) + share(picture, NIGHT.suspended_pressed) > 0.75


def test_words_stand_out_from_the_ground_they_are_drawn_on(stage: OpenStage) -> None:
    """Measured on the glass: the commonest colour around a text against the text's own."""
    on = stage(1920, 1080)
    for case in WALLS.values():
        wall = on.show(walls.make_wall(CATALOGUES, "zh", case, (1920, 1080)))
        picture = on.pixels()
        for text in texts(wall):
            x, y, right, top = ink(text)
            area = picture.crop((int(x), int(1080 - top), int(right) + 1, int(1080 - y) + 1))
            ground = max(area.getcolors(area.width * area.height) or [], key=lambda one: one[0])[1]
            assert isinstance(ground, tuple)
            ratio = contrast("#{:02X}{:02X}{:02X}".format(*ground), text._colour)
            assert ratio >= 4.5, (case[0], text.text, ratio)
        on.clear()


def test_many_counters_still_find_their_place(stage: OpenStage) -> None:
    on = stage(1280, 720)
    state = samples.house()
    many = tuple(replace(state.counters[i % 6], number=str(i + 1)) for i in range(14))
    case = ("many", replace(state, counters=many), samples.AFTERNOON)
    wall = on.show(walls.make_wall(CATALOGUES, "zh", case, (1280, 720)))
    rows = [row.box for row in wall.board._rows]
    assert len(rows) == 14
    assert all(wall.board.box.holds(row) for row in rows)
    assert min(row.h for row in rows) > 30


def test_the_glyphs_are_the_simplified_ones(stage: OpenStage) -> None:
    """The Japanese face of the same collection draws these characters otherwise."""
    stage(320, 240)
    for path in (font_files().regular, font_files().bold):
        names = TTFont(path, lazy=True)["name"]
        assert "Noto Sans CJK SC" in {names.getDebugName(1), names.getDebugName(16)}
