"""Slides for the walls, by night's palette: who was best this month, and how the month was. To be signed like any content."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from markupsafe import Markup

from signage.office.report.document import Document
from signage.office.report.pages import Closing, Press
from signage.office.report.palette import NIGHT
from signage.office.report.views import Row, view

SIZES: Final = (
    (1920, 1080),
    (1080, 1920),
    (1080, 1080),
)  # a lying wall, a standing one, and a standing one's picture zone
_POINTS: Final = 5
_LATIN_BELOW: Final = 0x2E7F  # letters up to here take about six tenths of a Chinese one
_INNER: Final = 0.46  # of a star's radius


@dataclass(frozen=True)
class Slide:
    """A page of exactly `width` × `height` CSS pixels."""

    name: str
    width: int
    height: int
    page: str


def slides(press: Press, document: Document, closing: Closing | None) -> Iterator[Slide]:
    """Each subject that has somebody to show, in every size."""
    shown = view(document, press.words)
    subjects: list[tuple[str, list[Row], list[Row]]] = [
        (name, shown[f"top_{name}"], []) for name in ("tellers", "managers", "branches") if shown[f"top_{name}"]
    ]
    if document.whole.tally.n:
        subjects.append(("figures", [], _numbers(press, shown)))
    for name, people, numbers in subjects:
        for width, height in SIZES:
            page = _page(press, document, closing, name, people, numbers, (width, height))
            yield Slide(f"{name}-{width}x{height}.png", width, height, page)


def _numbers(press: Press, shown: Row) -> list[Row]:
    def number(key: str, value: str, of: str, **fields: str) -> Row:
        return {"key": key, "value": value, **press.words.both(of, **fields)}

    return [
        number("report.satisfaction", shown["satisfaction"], "report.slide.ratings", n=shown["n"]),
        number(
            "report.response", shown["response"], "report.slide.prompts", n=shown["prompts"], unrated=shown["unrated"]
        ),
        number("report.happy", shown["happy"], "report.slide.ratings", n=shown["n"]),
    ]


def _page(
    press: Press,
    document: Document,
    closing: Closing | None,
    name: str,
    people: list[Row],
    numbers: list[Row],
    size: tuple[int, int],
) -> str:
    width, height = size
    wide, tall, square = width > height, height > width, width == height
    star = press.environment.get_template("charts/star.svg.j2")

    def drawn(place: int) -> Markup:
        return Markup(star.render(n=NIGHT, place=place, path=star_path(50)))  # noqa: S704 - drawn by our own template

    return press.environment.get_template("slide.html.j2").render(
        d=document,
        n=NIGHT,
        month=press.words.month(document.month),
        title=name,
        dated=f"{document.month}-01" if closing is None else closing.day.isoformat(),
        heading=f"report.slide.{name}",
        people=people,
        numbers=numbers,
        width=width,
        height=height,
        wide=wide,
        tall=tall,
        square=square,
        star=drawn,
        name_size=_name_size([one["who"] for one in people], wide=wide, tall=tall),
    )


def _name_size(names: list[str], *, wide: bool, tall: bool) -> int:
    """The largest of the design's type steps at which every name stands on one line of its card."""
    room, steps = (470, (100, 76, 58, 44, 34)) if wide else ((620, (100, 76, 58, 44)) if tall else (690, (58, 44)))
    longest = max((sum(1.0 if ord(letter) > _LATIN_BELOW else 0.6 for letter in name) for name in names), default=0)
    return next((step for step in steps if longest * step <= room), steps[-1])


def star_path(radius: float) -> str:
    """A five-pointed star about the origin, its first point up."""
    corners = []
    for number in range(2 * _POINTS):
        far = radius if number % 2 == 0 else radius * _INNER
        angle = pi * number / _POINTS - pi / 2
        corners.append(f"{far * cos(angle):.2f},{far * sin(angle):.2f}")
    return f"M{'L'.join(corners)}Z"
