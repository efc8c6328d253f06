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

SIZES: Final = ((1920, 1080), (1080, 1920), (1080, 1080))  # a lying wall, a standing one, and its zone for pictures
_POINTS: Final = 5
_INNER: Final = 0.46  # of a star's radius
_LATIN_BELOW: Final = 0x2E7F  # letters up to here take about six tenths of a Chinese one


@dataclass(frozen=True)
class Deck:
    """Pages of exactly one size, in CSS pixels, and what each is called as a picture."""

    names: tuple[str, ...]
    page: str


def decks(press: Press, document: Document, closing: Closing | None) -> Iterator[Deck]:
    """In each size, a slide for every subject that has somebody to show."""
    subjects = _subjects(press, document)
    if not subjects:
        return
    star = press.environment.get_template("charts/star.svg.j2")

    def drawn(place: int) -> Markup:
        return Markup(star.render(n=NIGHT, place=place, path=star_path(50)))  # noqa: S704 - drawn by our own template

    for width, height in SIZES:
        wide, tall = width > height, height > width
        page = press.environment.get_template("slide.html.j2").render(
            d=document,
            n=NIGHT,
            month=press.words.month(document.month),
            title=press.words.zh.text("report.stars"),
            dated=f"{document.month}-01" if closing is None else closing.day.isoformat(),
            shown=[one | {"name_size": _name_size(one["people"], wide=wide, tall=tall)} for one in subjects],
            width=width,
            height=height,
            wide=wide,
            tall=tall,
            square=not (wide or tall),
            star=drawn,
        )
        yield Deck(tuple(f"{one['name']}-{width}x{height}.png" for one in subjects), page)


def _subjects(press: Press, document: Document) -> list[Row]:
    shown = view(document, press.words)
    found = [
        {"name": name, "heading": f"report.slide.{name}", "people": shown[f"top_{name}"], "numbers": []}
        for name in ("tellers", "managers", "branches")
        if shown[f"top_{name}"]
    ]
    if document.whole.tally.n:
        numbers = _numbers(press, shown)
        found.append({"name": "figures", "heading": "report.slide.figures", "people": [], "numbers": numbers})
    return found


def _numbers(press: Press, shown: Row) -> list[Row]:
    def number(key: str, value: str, of: str, **fields: str) -> Row:
        return {"key": key, "value": value, **press.words.both(of, **fields)}

    asked = {"n": shown["prompts"], "unrated": shown["unrated"]}
    return [
        number("report.satisfaction", shown["satisfaction"], "report.slide.ratings", n=shown["n"]),
        number("report.response", shown["response"], "report.slide.prompts", **asked),
        number("report.happy", shown["happy"], "report.slide.ratings", n=shown["n"]),
    ]


def _name_size(people: list[Row], *, wide: bool, tall: bool) -> int:
    """The largest of the design's type steps at which every name stands on one line of its card."""
    room, steps = (470, (100, 76, 58, 44, 34)) if wide else ((620, (100, 76, 58, 44)) if tall else (690, (58, 44)))
    widths = [sum(1.0 if ord(letter) > _LATIN_BELOW else 0.6 for letter in one["who"]) for one in people]
    return next((step for step in steps if max(widths, default=0) * step <= room), steps[-1])


def star_path(radius: float) -> str:
    """A five-pointed star about the origin, its first point up."""
    corners = []
    for number in range(2 * _POINTS):
        far = radius if number % 2 == 0 else radius * _INNER
        angle = pi * number / _POINTS - pi / 2
        corners.append(f"{far * cos(angle):.2f},{far * sin(angle):.2f}")
    return f"M{'L'.join(corners)}Z"
