"""Elder mode shows less, and nothing of it smaller than before: real screens beside each other, element by element."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest

from kiosk.design.icon_shapes import Icon
from kiosk.design.paint import IconView
from kiosk.design.stars import Stars
from kiosk.design.state_shape import NumberSquare
from kiosk.design.tokens import BRANDS
from kiosk.gallery import opinions, reading, touches
from kiosk.gallery.touch_cases import SIZES, Variant, make_touch, staff_only
from kiosk.stage import Stage
from signage.core.model import Brand
from signage.link.catalogues import load_catalogues
from tests.screens import eye

OpenStage = Callable[[int, int], Stage]
CATALOGUES: Final = load_catalogues()
CASES: Final = [
    case
    for module in (touches, reading, opinions)
    for case in module.cases()
    if case.state is not None and not staff_only(case) and case.name != "home-emergency"
]
HOURS: Final = "09:00–17:00"


@dataclass(frozen=True)
class Both:
    """The same page in the standard type and in the elder's."""

    plain: Any
    elder: Any


@pytest.fixture(params=SIZES, ids=["portrait", "landscape"])
def both(request: pytest.FixtureRequest, stage: OpenStage) -> Callable[..., Both]:
    """Makes a page of the gallery in both."""
    size = request.param
    stage(*size)

    def make(name: str, locale: str = "zh", brand: Brand = "green") -> Both:
        case = next(case for case in CASES if case.name == name)
        plain, elder = (
            make_touch(CATALOGUES, size, Variant("", locale, large, brand), case) for large in (False, True)
        )
        return Both(plain, elder)

    return make


def letters(screen: Any) -> dict[str, int]:
    """What is said, and how large at its largest, in pixels."""
    found: dict[str, int] = {}
    for text in eye.texts(screen):
        assert text.fitted is not None
        found[text.text] = max(found.get(text.text, 0), text.fitted.px)
    return found


def icons(screen: Any) -> dict[Icon, float]:
    """Each icon at its largest."""
    found: dict[Icon, float] = {}
    for part in eye.drawn(screen):
        if isinstance(part, IconView):
            found[part.icon] = max(found.get(part.icon, 0), min(part.width, part.height))
    return found


def stars(screen: Any) -> list[float]:
    return [star.width for part in eye.drawn(screen) if isinstance(part, Stars) and part.touched for star in part.stars]


def squares(screen: Any) -> list[tuple[float, int]]:
    """Of each numbered square the side, and the size of its number."""
    found = [part for part in eye.drawn(screen) if isinstance(part, NumberSquare)]
    return [(part.width, max(letters(part).values())) for part in found]


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("name", [case.name for case in CASES])
def test_nothing_that_stays_is_smaller(both: Callable[..., Both], name: str, locale: str) -> None:
    pages = both(name, locale)
    plain, elder = letters(pages.plain), letters(pages.elder)
    smaller = {words: (plain[words], px) for words, px in elder.items() if px < plain.get(words, 0)}
    assert smaller == {}


def test_todays_hours_are_what_grows_most_wanted(both: Callable[..., Both]) -> None:
    home = both("home")
    plain, elder = letters(home.plain), letters(home.elder)
    assert elder[HOURS] >= plain[HOURS] * 1.3
    assert elder["个人业务"] > plain["个人业务"]
    label, hours = (next(text for text in eye.texts(home.elder) if text.text == words) for words in ("个人业务", HOURS))
    assert label.extent().y >= hours.extent().top  # above, so that the hours have the whole width
    assert label.x == hours.x


def test_hotline_language_and_elder_key_grow_on_every_page(both: Callable[..., Both]) -> None:
    for name in ("home", "counters", "week"):
        pages = both(name)
        plain, elder = letters(pages.plain.foot), letters(pages.elder.foot)
        for words in ("95599", "English", "服务监督电话"):
            assert elder[words] > plain[words], (name, words)
        assert elder["标准版"] > plain["长辈版"]
        assert elder["95599"] > elder["服务监督电话"]
        before, after = icons(pages.plain.foot), icons(pages.elder.foot)
        assert all(after[icon] >= before[icon] for icon in (Icon.PHONE, Icon.GLOBE, Icon.ELDER)), name
        assert pages.elder.foot.height > pages.plain.foot.height


def test_cards_of_the_first_page_keep_their_icons_and_grow_their_words(both: Callable[..., Both]) -> None:
    home = both("home")
    before, after = icons(home.plain), icons(home.elder)
    for icon in (Icon.COUNTER, Icon.BOOK, Icon.BELL):
        assert after[icon] >= before[icon], icon
    plain, elder = letters(home.plain), letters(home.elder)
    for words in ("窗口状态", "业务指南", "客户意见簿", "呼叫大堂经理", "写意见，看答复"):
        assert elder[words] > plain[words], words


def test_stars_and_the_question_grow(both: Callable[..., Both]) -> None:
    home, rating = both("home"), both("rating")
    assert min(stars(home.elder)) > max(stars(home.plain))
    assert min(stars(rating.elder)) > max(stars(rating.plain))
    question = "您对今天的服务满意吗？"
    assert letters(rating.elder)[question] > letters(rating.plain)[question]


def test_counters_numbers_grow_with_their_squares(both: Callable[..., Both]) -> None:
    counters = both("counters")
    plain, elder = squares(counters.plain), squares(counters.elder)
    assert len(plain) == len(elder) > 0
    for (side, px), (larger, letter) in zip(plain, elder, strict=True):
        assert larger > side
        assert letter > px


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("name", ["home", "counters", "week", "rating", "opinion", "amenities"])
def test_every_page_is_in_high_contrast_and_left_with_it(both: Callable[..., Both], name: str, brand: Brand) -> None:
    pages = both(name, brand=brand)
    assert list(eye.faint(pages.elder)) == []
    view = pages.plain.view
    pages.elder.show(view, None)
    assert pages.elder.page.look.palette == pages.plain.page.look.palette
    assert pages.elder.page.look.edge == pages.plain.page.look.edge
