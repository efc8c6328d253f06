"""A language that nobody speaks, two fifths longer: what is plain there no catalogue knows, what is cut has no room to grow.

A strip and a fascia turn pages where words are longer than their one line: there is nothing on them that could be cut. The
design's own sheets stand at other sizes and name what is shown there.
"""

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
_OTHERS = {"design", "fascia", "strip"}
ADDRESS = re.compile(r"^[a-z.]+\.example$")
BY_SIZE: dict[Size, list[Picture]] = defaultdict(list)
for one in every(CATALOGUES):
    if one.locale == "en" and one.group not in _OTHERS:
        BY_SIZE[one.size].append(one)


@pytest.mark.parametrize("size", BY_SIZE, ids=str)
def test_every_word_is_translated_and_has_room_to_grow(stage: Callable[[int, int], Stage], size: Size) -> None:
    """Both in one pass: what costs time is to build the screens."""
    stage(*size)
    plain, cut = set(), set()
    for picture in BY_SIZE[size]:
        screen = picture.make()
        plain |= {f"{picture.title}: {text.text}" for text in eye.texts(screen) if _plain(text.text)}
        cut |= {f"{picture.title}: {fault}" for fault in eye.cut_short(screen)}
    assert plain == set()
    assert cut == set()


def _plain(text: str) -> bool:
    return bool(re.search("[A-Za-z]{2}", text)) and not is_disguised(text) and not ADDRESS.match(text)
