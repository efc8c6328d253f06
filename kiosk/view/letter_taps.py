"""What a customer does on the opinion book, and when adding words or a number to a rating."""

from dataclasses import dataclass

from kiosk.view.ink import Point
from kiosk.view.letter import Sheet


@dataclass(frozen=True)
class WriteOpinion:
    """An opinion is begun, or gone on with."""


@dataclass(frozen=True)
class TurnAnswers:
    """Another page of the answered opinions."""

    page: int


@dataclass(frozen=True)
class PickSubject:
    subject: str


@dataclass(frozen=True)
class PickPhrase:
    """A sentence from the list; a second press takes it back."""

    phrase: str


@dataclass(frozen=True)
class OpenSheet:
    sheet: Sheet


@dataclass(frozen=True)
class CloseSheet:
    """Done with what lies over the page."""


@dataclass(frozen=True)
class Draw:
    """One line by a finger; points in units of the canvas, which is `height` of them high."""

    line: tuple[Point, ...]
    height: int


@dataclass(frozen=True)
class UndoLine:
    """The last line goes."""


@dataclass(frozen=True)
class ClearInk:
    """Every line goes."""


@dataclass(frozen=True)
class Agree:
    """The customer agrees to be called at the number on the sheet."""


@dataclass(frozen=True)
class RemoveNumber:
    """No number after all."""


@dataclass(frozen=True)
class StillHere:
    """Somebody is still there."""


LetterTap = (
    WriteOpinion
    | TurnAnswers
    | PickSubject
    | PickPhrase
    | OpenSheet
    | CloseSheet
    | Draw
    | UndoLine
    | ClearInk
    | Agree
    | RemoveNumber
    | StillHere
)
