"""In a language that nobody speaks, nothing may stay plain: that would be a word that no catalogue knows."""

import re
from collections import defaultdict
from collections.abc import Callable

import pytest

from kiosk.gallery.pseudo import is_disguised, pseudo
from kiosk.gallery.registry import Picture, Size, every
from kiosk.stage import Stage
from signage.link.catalogues import load_catalogues
from tests.screens import eye

CATALOGUES = load_catalogues()
CATALOGUES["en"] = pseudo(CATALOGUES["en"])
SIZES = ((1080, 1920), (1920, 1080), (800, 480))
ADDRESS = re.compile(r"^[a-z.]+\.example$")
BY_SIZE: dict[Size, list[Picture]] = defaultdict(list)
for one in every(CATALOGUES):
    other_way_up = one.group == "touch" and one.size == (1920, 1080)
    if one.locale == "en" and one.group != "design" and one.size in SIZES and not other_way_up:
        BY_SIZE[one.size].append(one)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_no_word_stands_in_the_code(stage: Callable[[int, int], Stage], size: Size) -> None:
    stage(*size)
    plain = {
        f"{picture.title}: {text.text}"
        for picture in BY_SIZE[size]
        for text in eye.texts(picture.make())
        if re.search("[A-Za-z]{2}", text.text) and not is_disguised(text.text) and not ADDRESS.match(text.text)
    }
    assert plain == set()
