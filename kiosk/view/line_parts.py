"""What a screen of one line says, in words already chosen. A fascia and a counter's strip draw the same view."""

from dataclasses import dataclass
from typing import Literal

from kiosk.view.branch import Mood

Kind = Literal["state", "notice", "unheard"]


@dataclass(frozen=True)
class Said:
    """One thing to be said in one language. `kind`: what stands before it."""

    words: str
    kind: Kind = "state"


@dataclass(frozen=True)
class Spoken:
    """Everything in one language: who we are, then what is to be said, the state first."""

    name: str
    lines: tuple[Said, ...]


@dataclass(frozen=True)
class LineView:
    """`mood`: the state's shape, None while nothing is known. `emergency`: its words stand alone, in full colour."""

    mood: Mood | None
    emergency: bool
    languages: tuple[Spoken, ...]

    @property
    def loud(self) -> bool:
        """Whether it takes the whole line in full colour."""
        return self.emergency or self.mood is Mood.SUSPENDED
