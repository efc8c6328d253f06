"""The gallery's opinion book, and what may be written beside a rating."""

from collections.abc import Iterator
from datetime import timedelta
from math import cos, pi, sin
from typing import Final

from msgspec.structs import replace

from kiosk.gallery.registry import Catalogues, Picture
from kiosk.gallery.touch_cases import NOW, Case, at, branch, drawn, outage
from kiosk.view.ink import Ink, Point, written
from kiosk.view.letter import Letter, Sheet, Writing
from kiosk.view.opinion_pages import Book, Opinion, OpinionStep
from kiosk.view.pages import Page, Rating, Touch
from signage.core.instants import Instant
from signage.core.model import Answer, BranchState

EVENT: Final = "5f0c2a4e-8f8e-4c1b-9a30-6a0f6f1d2b77"
_PHONE: Final = "13800138000"


def _line(*points: tuple[float, float]) -> tuple[Point, ...]:
    return tuple((round(x), round(y)) for x, y in points)


def _loop(x: float, y: float, wide: float, high: float) -> tuple[Point, ...]:
    return _line(*((x + wide * cos(k * pi / 12), y + high * sin(k * pi / 12)) for k in range(25)))


def handwriting() -> Ink:
    """A few characters as a finger would write them: 太久了."""
    lines = (
        _line((90, 130), (150, 124), (215, 118)),
        _line((152, 70), (150, 130), (128, 190), (84, 238)),
        _line((150, 132), (178, 186), (226, 236)),
        _line((138, 214), (150, 226), (158, 232)),
        _line((330, 66), (312, 112), (282, 150)),
        _line((326, 104), (368, 98), (352, 138), (316, 194), (268, 240)),
        _line((336, 148), (366, 196), (412, 238)),
        _line((470, 90), (536, 84), (580, 82), (556, 108), (530, 132)),
        _line((528, 132), (532, 190), (530, 232), (512, 226), (500, 216)),
        _loop(640, 210, 8, 10),
    )
    ink = Ink()
    for line in lines:
        ink = written(ink, line, 900)
    return ink


def full() -> Ink:
    """A sheet with no more room."""
    ink, row = Ink(), 0
    while not ink.full:
        row += 1
        y = 12 + row * 9 % 860
        ink = written(ink, _line(*((20 + k * 16, y + (7 if k % 2 else -7)) for k in range(60))), 900)
    return ink


def answered(count: int = 5) -> BranchState:
    """A branch with answers that were released."""
    subjects = (
        ("waiting", ("long-wait", "few-counters")),
        ("premises", ("few-seats",)),
        ("service", ("name-a-teller",)),
    )
    texts = (
        {"zh": "已在每日上午增开一个现金窗口，感谢您的意见。", "en": "One more cash counter now opens every morning; thank you."},
        {"zh": "等候区已增加 12 个座位。", "en": "We have added 12 seats to the waiting area."},
        {"zh": "感谢您的肯定，我们已转达给同事。", "en": "Thank you; we have passed your praise on."},
    )  # fmt: skip
    answers = tuple(
        Answer(
            id=f"{EVENT}-{number}",
            opened=Instant.of(NOW - timedelta(days=3 + 4 * number)),
            at=Instant.of(NOW - timedelta(days=1 + 4 * number)),
            text=texts[number % 3],
            subject=subjects[number % 3][0],
            phrases=subjects[number % 3][1],
        )
        for number in range(count)
    )
    return replace(branch(), answers=answers)


def cases() -> Iterator[Case]:
    """Every page and state of the opinion book, and the sheets beside a rating."""
    state, answers = branch(), answered()
    letter = Letter(("long-wait", "few-counters"), handwriting(), _PHONE, NOW)
    yield Case("opinions", answers, at(Book()))
    yield Case("opinions-none", state, at(Book()))
    yield Case("opinions-last", answers, at(Book(1)))
    yield Case("opinion", state, _writing(Opinion()))
    yield Case("opinion-subject", state, _writing(Opinion("waiting")))
    yield Case("opinion-subject-suspended", outage(), _writing(Opinion("waiting")))
    yield Case("opinion-ready", state, _writing(Opinion("waiting", Writing(letter))))
    yield Case("opinion-unsaved", state, _writing(Opinion("waiting", Writing(letter), unsaved=True)))
    yield Case("opinion-saving", state, at(Opinion(step=OpinionStep.SAVING, event=EVENT)))
    yield Case("opinion-thanks", state, at(Opinion(step=OpinionStep.THANKED, event=EVENT, called=True)))
    ink = Opinion("waiting", Writing(sheet=Sheet.INK, draft=letter))
    yield Case("opinion-ink", state, _writing(ink))
    yield Case(
        "opinion-ink-full", state, _writing(Opinion("waiting", Writing(sheet=Sheet.INK, draft=Letter(ink=full()))))
    )
    number = Writing(sheet=Sheet.CONTACT, digits="1380013")
    yield Case("opinion-contact", state, _writing(Opinion("waiting", number)))
    wrong = Writing(letter, Sheet.CONTACT, digits="1380013", wrong=True)
    yield Case("opinion-contact-wrong", state, _writing(Opinion("waiting", wrong)))
    yield Case("still-there", state, at(ink))
    yield Case("rating-words", state, _writing(Rating("e", NOW, 2, ("slow",), writing=Writing(letter))))
    sheet = Writing(sheet=Sheet.INK, draft=Letter(ink=handwriting()))
    yield Case("rating-ink", state, _writing(Rating("e", NOW, 2, writing=sheet)))


def _writing(page: Page) -> Touch:
    """Long before anybody asks whether they are still there."""
    return Touch(page=page, home_at=Instant.of(NOW + timedelta(days=1)))


def pictures(catalogues: Catalogues) -> Iterator[Picture]:
    return drawn(catalogues, cases())
