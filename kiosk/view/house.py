"""The house slides in words: what the core says, with a heading and an icon for each line."""

from collections.abc import Callable
from typing import Final

from kiosk.design.icon_shapes import Icon
from kiosk.view.amenities import amenity_icon
from kiosk.view.voice import Pair, Voice
from kiosk.view.wall_parts import (
    Fact,
    GridSlide,
    HoursRow,
    HoursSlide,
    Main,
    Point,
    PointsSlide,
    StepsSlide,
    WelcomeSlide,
)
from signage.core.hours_words import DayHours
from signage.core.items import Header, HouseSlide
from signage.core.model import Amenity
from signage.core.phrases import Phrase

_POINT_ICONS: Final = {
    "fraud": (Icon.CASH, Icon.KEYPAD, Icon.PHONE),
    "elder": (Icon.COUNTER, Icon.ELDER, Icon.HOME),
}


def house_main(slide: HouseSlide, header: Header, voice: Voice) -> Main:
    """The slide as it is drawn. A key without a picture of its own is drawn as the welcome."""
    return _SLIDES.get(slide.key, _welcome)(slide, header, voice)


def _welcome(slide: HouseSlide, header: Header, voice: Voice) -> WelcomeSlide:
    facts = [
        Fact(Icon.CLOCK, Pair(voice.render(line.today).first, _both(voice.render(line.label))))
        for line in header.services
    ]
    line = voice.render(slide.lines[0])
    return WelcomeSlide(voice.both("wall.welcome"), voice.pick(header.name), line, tuple(facts))


def _both(words: Pair) -> str:
    """Two languages on one line, for a label beneath figures that need no translation."""
    return f"{words.first} {words.second}".rstrip()


def _hours(slide: HouseSlide, header: Header, voice: Voice) -> Main:
    if not slide.tables:
        return _welcome(slide, header, voice)
    first = slide.tables[0]
    return HoursSlide(
        voice.render(slide.title),
        tuple(voice.render(table.label) for table in slide.tables),
        tuple(
            _row(header, tuple(table.days[number] for table in slide.tables), voice)
            for number in range(len(first.days))
        ),
        voice.render(slide.lines[0] if slide.lines else header.chip.detail or header.chip.word),
    )


def _row(header: Header, days: tuple[DayHours, ...], voice: Voice) -> HoursRow:
    day = days[0]
    kind = day.kind if day.kind in {"holiday", "makeup"} else None
    note = voice.pick(day.note)
    if not note.first and kind is not None:
        note = voice.both(f"wall.day.{kind}")
    return HoursRow(
        voice.render(Phrase("wall.day", {"day": day.day, "weekday": day.weekday})),
        tuple(voice.render(one.words).first for one in days),
        note,
        day.date == header.date,
        bool(note.first),
    )


def _complaints(slide: HouseSlide, header: Header, voice: Voice) -> StepsSlide:
    steps = (
        Point(number, voice.both(f"wall.complaints.{number}"), voice.render(line))
        for number, line in enumerate(slide.lines, 1)
    )
    return StepsSlide(voice.both("wall.complaints.title"), voice.both("wall.hotline"), header.hotline, tuple(steps))


def _points(slide: HouseSlide, _: Header, voice: Voice) -> PointsSlide:
    marks = _POINT_ICONS[slide.key]
    points = (
        Point(mark, voice.both(f"wall.{slide.key}.{number}"), voice.render(line))
        for number, (mark, line) in enumerate(zip(marks, slide.lines, strict=True), 1)
    )
    icon = Icon.SHIELD if slide.key == "fraud" else Icon.ELDER
    return PointsSlide(icon, voice.render(slide.title), tuple(points))


def _amenities(slide: HouseSlide, _: Header, voice: Voice) -> GridSlide:
    """Each with its place; what is not to be had just now says so, under the shape of what is closed."""
    cells = tuple(_amenity(one, voice) for one in slide.amenities)
    return GridSlide(voice.render(slide.title), voice.both("wall.amenities.lead"), cells)


def _amenity(amenity: Amenity, voice: Voice) -> Fact:
    words = Phrase("wall.amenity", {"title": amenity.title, "place": amenity.place})
    if amenity.available:
        return Fact(amenity_icon(amenity.icon), voice.render(words))
    return Fact(Icon.CLOSED, voice.render(Phrase("wall.amenity_out", {"title": amenity.title})))


_SLIDES: Final[dict[str, Callable[[HouseSlide, Header, Voice], Main]]] = {
    "welcome": _welcome,
    "hours": _hours,
    "complaints": _complaints,
    "fraud": _points,
    "amenities": _amenities,
    "elder": _points,
}
