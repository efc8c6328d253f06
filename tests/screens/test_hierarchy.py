"""What ranks higher is larger, what belongs together stands in line: on the gallery's own pictures."""

import itertools
from collections.abc import Callable
from typing import Any, Final

import pytest

from kiosk.design.state_shape import NumberSquare
from kiosk.design.text import Text
from kiosk.design.tokens import LEAST_PX, Space
from kiosk.gallery.registry import Picture, every
from kiosk.screens.hours_slide import HoursTable
from kiosk.screens.slide_parts import FactLine
from kiosk.stage import Stage
from signage.link.catalogues import load_catalogues
from tests.screens import eye

Show = Callable[[str], Any]
PICTURES: Final[dict[str, Picture]] = {one.title: one for one in every(load_catalogues())}
SMALL: Final = [one.title for one in PICTURES.values() if one.size == (800, 480) and one.group == "counter"]


@pytest.fixture
def show(stage: Callable[[int, int], Stage]) -> Show:
    """Makes a picture of the gallery by its title."""

    def made(title: str) -> Any:
        picture = PICTURES[title]
        stage(*picture.size)
        return picture.make()

    return made


def said(screen: Any, words: str) -> Text:
    return next(text for text in eye.texts(screen) if text.text == words)


def px(screen: Any, words: str) -> int:
    fitted = said(screen, words).fitted
    assert fitted is not None
    return fitted.px


@pytest.mark.parametrize("size", ["1080x1920", "1920x1080"])
def test_each_services_name_is_larger_than_its_english(show: Show, size: str) -> None:
    home = show(f"touch-{size}-zh-home")
    for name, second in (("个人业务", "Personal"), ("对公业务", "Corporate")):
        assert px(home, name) > px(home, second)


@pytest.mark.parametrize("size", ["1080x1920", "1920x1080", "1280x720"])
def test_a_walls_hours_have_a_heading_larger_than_their_lines(show: Show, size: str) -> None:
    wall = show(f"wall-{size}-zh-welcome")
    name, _ = wall.board._hours[0]
    assert px(wall, "今日营业时间") > name.first.fitted.px


def test_what_stands_on_a_standing_wall_keeps_one_margin(show: Show) -> None:
    wall = show("wall-1080x1920-zh-counter-suspended")
    margin = Space.XL
    assert wall.header._emblem.x == margin
    board = [text.extent() for text in eye.texts(wall.board)]
    squares = [part for part in eye.drawn(wall.board) if isinstance(part, NumberSquare)]
    assert min([box.x for box in board] + [part.x for part in squares]) == margin
    assert max(box.right for box in board) <= wall.width - margin


def test_a_name_alone_has_the_whole_fascia_for_its_field(show: Show) -> None:
    fascia = show("fascia-1920x160-en-open")
    widths = []
    for page in fascia.pages:
        widths.append((bool(page.name and not page.words), fascia._field.width))
        fascia.advance(6.01)
    assert {alone for alone, _ in widths} == {True, False}
    assert all((width == fascia.width) is alone for alone, width in widths)


def test_no_letters_are_too_small_on_the_smallest_display(stage: Callable[[int, int], Stage]) -> None:
    stage(800, 480)
    small = {
        (title, text.text, text.fitted.px)
        for title in SMALL
        for text in eye.texts(PICTURES[title].make())
        if text.fitted is not None and text.fitted.px < LEAST_PX
    }
    assert small == set()


@pytest.mark.parametrize("page", ["holidays", "holidays-later"])
@pytest.mark.parametrize("variant", ["zh", "en", "elder", "elder-en"])
@pytest.mark.parametrize("size", ["1080x1920", "1920x1080"])
def test_dates_stand_in_one_size_and_hours_in_one(show: Show, size: str, variant: str, page: str) -> None:
    rows = show(f"touch-{size}-{variant}-{page}").page._rows
    assert len({row.dates.fitted.px for row in rows}) == 1
    assert len({text.fitted.px for row in rows for text in row.hours}) == 1


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("size", ["1080x1920", "1920x1080", "1280x720"])
def test_why_days_differ_stands_in_one_size_on_a_wall(show: Show, size: str, locale: str) -> None:
    (table,) = [part for part in show(f"wall-{size}-{locale}-hours").walk() if isinstance(part, HoursTable)]
    notes = [row.note.first for row in table._rows if row.note.first.text]
    assert len(notes) > 1
    assert len({note.fitted.px for note in notes if note.fitted is not None}) == 1


@pytest.mark.parametrize("size", ["1080x1920", "1920x1080"])
def test_a_year_is_named_once_above_its_dates(show: Show, size: str) -> None:
    screen = show(f"touch-{size}-zh-holidays")
    year, rows = said(screen, "2027年").extent(), {row.dates.text: row for row in screen.page._rows}
    assert rows["11月28日"].y >= year.top
    assert rows["1月1日至1月3日"].top <= year.y
    later = show(f"touch-{size}-zh-holidays-later")
    assert said(later, "2027年").extent().y >= later.page._rows[0].top


@pytest.mark.parametrize(("variant", "words"), [("zh", "今日营业时间"), ("en", "Opening hours today")])
@pytest.mark.parametrize("state", ["home", "home-closed", "home-unheard-closed"])
@pytest.mark.parametrize("size", ["1080x1920", "1920x1080"])
def test_hours_on_the_first_page_say_that_they_are_todays(
    show: Show, size: str, state: str, variant: str, words: str
) -> None:
    home = show(f"touch-{size}-{variant}-{state}")
    title = said(home, words).extent()
    assert title.y >= said(home, "09:00–17:00").extent().top, "above them, beside the state or beneath it"


@pytest.mark.parametrize("size", ["1080x1920", "1920x1080"])
def test_the_first_pages_cards_have_one_margin(show: Show, size: str) -> None:
    home = show(f"touch-{size}-zh-home").page
    rate, hours = said(home, "评价服务").box, said(home, "个人业务").box
    assert rate.x - home.rate.x == hours.x - home._told.x


def test_a_stop_at_a_lines_end_moves_no_words_from_the_middle(show: Show) -> None:
    week = show("touch-1080x1920-elder-week")
    lines = [(text.fitted.lines, text._rectangles) for text in eye.texts(week) if text.fitted is not None]
    pairs = [drawn for said, drawn in lines if len(said) == 2 and said[0].endswith("、")]
    assert pairs
    assert {first.pos[0] - second.pos[0] for first, second in pairs} == {0}


@pytest.mark.parametrize("variant", ["zh", "en", "elder"])
def test_consent_stands_right_above_the_key_that_gives_it(show: Show, variant: str) -> None:
    page = show(f"touch-1920x1080-{variant}-opinion-contact").page
    assert page._consent.extent().y - page.agree.top < 2 * Space.S
    assert (page._card.top, page.agree.y) == (page.keypad.top, page.keypad.y), "both columns begin and end together"


@pytest.mark.parametrize(
    "title", ["wall-1920x1080-zh-suspended", "wall-1280x720-en-suspended", "touch-1920x1080-zh-halted"]
)
def test_what_a_suspension_says_stands_further_apart_than_its_two_languages(show: Show, title: str) -> None:
    facts = [part.words for part in show(title).walk() if isinstance(part, FactLine)]
    assert len(facts) == 3
    within = [words.first.extent().y - words.second.extent().top for words in facts]
    between = [one.second.extent().y - other.first.extent().top for one, other in itertools.pairwise(facts)]
    assert min(between) > max(within)


@pytest.mark.parametrize("words", ["轮椅 · 大门右侧", "急救箱 · 请向大堂经理借用"])
def test_eight_amenities_are_no_smaller_on_a_wall_than_its_other_words(show: Show, words: str) -> None:
    wall = show("wall-1920x1080-zh-amenities")
    assert px(wall, words) >= px(wall, "如需使用，请向大堂经理咨询，具体以网点现场配备为准")
