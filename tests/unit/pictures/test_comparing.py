"""What a reference picture notices, and what it does not mind."""

from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont

from tests.pictures.comparing import likeness
from tests.pictures.references import differences, renew

SIZE = (270, 480)


def page(words: str = "Open until 17:00", ground: str = "#0B6B57", at: tuple[int, int] = (20, 40)) -> Image.Image:
    """A card and some words, as small as references are kept."""
    picture = Image.new("RGB", SIZE, "#F7F5F0")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((20, 200, 250, 300), fill=ground)
    pen.text(at, words, fill="#1B1F23", font=ImageFont.load_default(16))
    return picture


def test_the_same_is_the_same() -> None:
    like = likeness(page(), page())
    assert (like.whole, like.worst, like.alike) == (1.0, 1.0, True)


def test_another_rounding_is_not_minded() -> None:
    brighter = page().point(lambda value: min(255, value + 1))
    assert likeness(page(), brighter).alike


@pytest.mark.parametrize(
    "other",
    [
        page("Open until 16:00"),
        page(ground="#12508F"),
        page(at=(24, 40)),
        page(""),
        page().resize((270, 479)),
        ImageChops.invert(page()),
    ],
    ids=["another word", "another brand", "moved", "gone", "another size", "inverted"],
)
def test_what_a_person_would_notice_is_noticed(other: Image.Image) -> None:
    assert not likeness(page(), other).alike


def test_the_place_is_where_the_word_is() -> None:
    left, top, right, bottom = likeness(page(), page("Open until 16:00")).place
    assert 100 < left < right < 160
    assert 36 <= top < bottom <= 72


def test_references_are_renewed_and_what_differs_is_told(tmp_path: Path) -> None:
    drawn, kept = tmp_path / "drawn", tmp_path / "kept"
    drawn.mkdir()
    for title in ("home", "week", "gone"):
        page(title).save(drawn / f"{title}.webp", quality=60)
    assert renew(["home", "week", "gone"], drawn, kept) == (3, 0)
    assert differences(["home", "week", "gone"], drawn, kept) == []
    page("another").save(drawn / "week.webp", quality=60)
    page("new").save(drawn / "new.webp", quality=60)
    found = {one.title: one for one in differences(["home", "week", "new"], drawn, kept)}
    assert list(found) == ["gone", "new", "week"]
    assert found["gone"].trouble == "nothing draws it any more"
    assert found["new"].trouble == "it has no reference"
    assert found["week"].likeness is not None
    assert renew(["home", "week", "new"], drawn, kept) == (2, 1)
    assert differences(["home", "week", "new"], drawn, kept) == []
