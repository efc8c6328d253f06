"""Fascias and strips with real pixels: every page of every state, both languages, all sizes."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any, Final

import pytest
from PIL import Image, ImageChops

from kiosk.design.box import Box
from kiosk.design.pixel_type import PixelFontMissingError, has, pixel_line, pixel_width, require_pixel_fonts
from kiosk.design.tokens import Look, channels, contrast, led_palette
from kiosk.gallery import lines
from kiosk.stage import Stage
from kiosk.view.branch import Mood
from kiosk.view.line_parts import LineView, Said, Spoken
from signage.link.catalogues import load_catalogues

OpenStage = Callable[[int, int], Stage]
CATALOGUES = load_catalogues()
LED: Final = led_palette()
LOCALES: Final = (*lines.LOCALES, "zh-HK")
FASCIA = {case[0]: case for case in lines.fascia_cases()}
STRIP = {case[0]: case for case in lines.strip_cases()}


def pages(on: Stage, kind: str, case: lines.Case, size: Any, locale: str = "zh") -> Iterator[tuple[Any, Image.Image]]:
    """Every page as it stands on the glass, in turn."""
    part = on.show(lines.make_line(CATALOGUES, locale, case, size, kind))
    for _ in part.pages:
        yield part, on.pixels()
        part.advance(6.01)
        on.step(2)
    on.clear()


def found(picture: Image.Image) -> set[tuple[int, ...]]:
    """Every colour there is."""
    return {rgb for _, rgb in picture.getcolors(picture.width * picture.height) or [] if isinstance(rgb, tuple)}


def share(picture: Image.Image, colour: str) -> float:
    counts = {rgb: count for count, rgb in picture.getcolors(picture.width * picture.height) or []}
    return counts.get(channels(colour), 0) / (picture.width * picture.height)


@pytest.mark.parametrize("size", lines.FASCIA_SIZES)
@pytest.mark.parametrize("locale", LOCALES)
def test_every_page_of_a_fascia_is_whole_and_stands_out(stage: OpenStage, size: Any, locale: str) -> None:
    on = stage(min(size[0], 1920), size[1])  # the stage's window is no wider; what lies beyond is still laid out
    for case in FASCIA.values():
        part = on.show(lines.make_line(CATALOGUES, locale, case, size, "fascia"))
        for _ in part.pages:
            for text in (part.name, part.words):
                assert not text.text or not text.fitted.clipped, (case[0], text.text)
                assert part.box.holds(text.box), (case[0], text.text)
                assert text.fitted.width <= text.box.w, (case[0], text.text)
            assert part.name.box.right <= part.words.box.x or not (part.name.text and part.words.text)
            assert part.name.box.right <= part._field.box.right or not part.name.text
            ground = LED.suspended if part.view.loud else LED.paper
            assert contrast(ground, part.words._colour) >= 7
            part.advance(6.01)
        on.clear()


def letters(picture: Image.Image, left: int, right: int, colour: str) -> tuple[int, int, int, int]:
    """The box of what is not the ground, there."""
    area = picture.crop((left, 0, right, picture.height))
    box = ImageChops.difference(area, Image.new("RGB", area.size, channels(colour))).getbbox()
    assert box is not None
    return box


@pytest.mark.parametrize("size", lines.FASCIA_SIZES[::2])
def test_letters_are_two_thirds_of_the_fascia_and_their_strokes_can_be_read_at_twenty_metres(
    stage: OpenStage, size: Any
) -> None:
    """A letter is read from 200 times its height, if its strokes are a seventh to a twelfth of it.

    At the finest pitch that is sold for outdoors, 2.5 mm, these letters are at least 200 mm high: twice what 20 m asks.
    """
    on = stage(*size)
    part = on.show(lines.make_line(CATALOGUES, "zh", FASCIA["open"], size, "fascia"))
    box = letters(on.pixels(), int(part.name.box.x), int(part.name.box.right), LED.brand)
    tall = box[3] - box[1]
    assert 0.62 <= tall / size[1] <= 0.72
    assert tall * 2.5 >= 2 * 20_000 / 200
    cross = Spoken("", (Said("十"),))
    part.show(LineView(Mood.OPEN, emergency=False, languages=(cross,)))
    on.step(2)
    left, right = int(part.words.box.x), int(part.words.box.right)
    picture = on.pixels().convert("L").crop((left, 0, right, size[1]))
    ink = picture.point(lambda value: 255 if value > 100 else 0)
    place = ink.getbbox()
    assert place is not None
    row = place[1] + (place[3] - place[1]) // 8
    stem = max(len(list(run)) for lit, run in groupby(ink.getpixel((x, row)) for x in range(ink.width)) if lit)
    assert 1 / 12 <= stem / tall <= 1 / 7


def test_a_suspension_takes_the_whole_fascia(stage: OpenStage) -> None:
    on = stage(1920, 160)
    for _, picture in pages(on, "fascia", FASCIA["suspended"], (1920, 160)):
        assert share(picture, LED.suspended) + share(picture, LED.suspended_pressed) > 0.7
    for _, picture in pages(on, "fascia", FASCIA["open"], (1920, 160)):
        assert share(picture, LED.suspended) == 0


def test_bad_news_begins_at_its_first_page_whichever_page_stood(stage: OpenStage) -> None:
    on = stage(1920, 160)
    part = on.show(lines.make_line(CATALOGUES, "zh", FASCIA["open"], (1920, 160), "fascia"))
    part.advance(6.01)
    assert part.page is part.pages[1]
    part.show(part.view)
    assert part.page is part.pages[1]
    part.show(lines.view_of(CATALOGUES, "zh", FASCIA["suspended"], "fascia"))
    assert part.page.words == "暂停服务"
    part.advance(5.9)
    assert part.page.words == "暂停服务"
    part.advance(0.2)
    assert part.page.words == "网点停电"


def test_what_does_not_change_draws_nothing(stage: OpenStage) -> None:
    on = stage(1920, 160)
    for kind, case in (("fascia", FASCIA["open"]), ("strip", STRIP["open"])):
        part = on.show(lines.make_line(CATALOGUES, "zh", case, (1920, 160), kind))
        on.step(2)
        part.show(lines.view_of(CATALOGUES, "zh", case, kind))
        part.advance(1)
        assert not on.window.canvas.needs_redraw
        on.clear()


def test_turning_back_to_a_page_looks_like_its_first_time(stage: OpenStage) -> None:
    on = stage(1920, 160)
    part = on.show(lines.make_line(CATALOGUES, "zh", FASCIA["unheard"], (1920, 160), "fascia"))
    first = on.pixels()
    for _ in part.pages:
        part.advance(6.01)
        on.step(2)
    assert ImageChops.difference(first, on.pixels()).getbbox() is None


@pytest.mark.parametrize("size", lines.STRIP_SIZES)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_strip_is_made_of_whole_pixels_in_the_house_s_colours(stage: OpenStage, size: Any, locale: str) -> None:
    on = stage(*size)
    allowed = {
        channels(one)
        for one in (
            LED.paper,
            LED.brand,
            LED.on_brand,
            LED.open,
            LED.attention,
            LED.closed,
            LED.ink,
            LED.suspended,
            LED.suspended_pressed,
            LED.on_suspended,
        )
    }
    for case in STRIP.values():
        for part, picture in pages(on, "strip", case, size, locale):
            colours = found(picture)
            assert colours <= allowed, (case[0], colours - allowed)
            assert len(colours) <= 4
            ground = LED.suspended if part.view.loud else LED.paper
            inks = [one for one in colours if one not in {channels(ground), channels(LED.suspended_pressed)}]
            for one in inks:
                lit = "#{:02X}{:02X}{:02X}".format(*one)
                assert lit == LED.brand or contrast(lit, ground) >= 3, (case[0], lit)


def test_letters_of_a_strip_are_the_face_s_own_dots_magnified(stage: OpenStage) -> None:
    on = stage(256, 32)
    part = on.show(lines.make_line(CATALOGUES, "zh", STRIP["suspended"], (256, 32), "strip"))
    picture = on.pixels()
    wanted = pixel_line("暂停服务", 16)
    assert part.page.scale == 2
    halved = picture.resize((128, 16), Image.Resampling.NEAREST)
    assert ImageChops.difference(halved.resize((256, 32), Image.Resampling.NEAREST), picture).getbbox() is None
    lit = halved.split()[1].point(lambda value: 255 if value > 200 else 0)
    places = [
        x for x in range(128 - 64 + 1) if ImageChops.difference(lit.crop((x, 0, x + 64, 16)), wanted).getbbox() is None
    ]
    assert len(places) == 1


def test_a_suspended_strip_is_in_full_colour_and_still_says_which_counter(stage: OpenStage) -> None:
    for size in lines.STRIP_SIZES:
        on = stage(*size)
        for part, picture in pages(on, "strip", STRIP["suspended"], size):
            assert share(picture, LED.suspended) + share(picture, LED.suspended_pressed) > 0.6
            assert part.page.badge.value in {"beside", "stacked"}


def test_the_pixel_faces_have_every_character_of_gb_2312() -> None:
    rows = range(0xB0, 0xF8)
    codes = (bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF) if not (row == 0xD7 and cell > 0xF9))
    for code in codes:
        character = code.decode("gb2312")
        for face in (16, 12):
            assert has(character, face), character
            assert pixel_width(character, face) == face
    words = {char for catalogue in CATALOGUES.values() for text in catalogue.messages.values() for char in text}
    assert not [char for char in words if not char.isspace() and not has(char, 16)]


def test_no_letter_of_a_face_is_cut(stage: OpenStage) -> None:
    """The rows above and below a line are empty: whatever is drawn lies within it."""
    stage(64, 16)
    for face in (16, 12):
        assert pixel_line("停", face).size == (face, face)
        for text in ("gjpqy", "暂停服务热情为您请评价号窗口", "09:17–", "，。"):
            line = pixel_line(text, face)
            assert {value for _, value in line.getcolors() or []} == {0, 255}
            assert line.height == face


def test_a_missing_face_is_named_with_its_package(tmp_path: Any) -> None:
    with pytest.raises(PixelFontMissingError, match=r"unifont\.pcf\.gz not found; install the package xfonts-unifont"):
        require_pixel_fonts([tmp_path])
    require_pixel_fonts()


def test_the_blue_brand_reaches_both(stage: OpenStage) -> None:
    on = stage(1280, 128)
    for kind, case in (("fascia", FASCIA["open"]), ("strip", STRIP["open"])):
        part: Any = on.show(lines.make_line(CATALOGUES, "zh", case, (1280, 128), kind, brand="blue"))
        assert share(on.pixels(), led_palette("blue").brand) > 0.01
        assert part.look == Look.fit(led_palette("blue"), 1280, 128)
        assert part.box == Box(0, 0, 1280, 128)
        on.clear()
