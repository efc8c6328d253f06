"""What a customer adds to a rating or an opinion in their own words, as far as they have come."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from kiosk.view.ink import Ink
from signage.core.instants import Instant


class Sheet(Enum):
    """What lies over the page, if anything does."""

    NONE = "none"
    INK = "ink"
    CONTACT = "contact"


@dataclass(frozen=True)
class Letter:
    """What counts. `consented`: when the customer agreed to be called at `phone`."""

    phrases: tuple[str, ...] = ()
    ink: Ink = field(default_factory=Ink)
    phone: str = ""
    consented: Instant | None = None

    def __bool__(self) -> bool:
        """Whether there are words."""
        return bool(self.phrases) or bool(self.ink)

    def data(self) -> dict[str, Any]:
        """Its part of an event (contract: rating, case; `phrases`, `strokes`, `consent` are additions)."""
        said: dict[str, Any] = {}
        if self.phrases:
            said["phrases"] = list(self.phrases)
        if self.ink:
            said["strokes"] = self.ink.strokes()
        if self.consented is not None:
            said |= {"contact": self.phone, "consent": str(self.consented)}
        return said


@dataclass(frozen=True)
class Writing:
    """`letter` counts; `draft` and `digits` are on the sheet that lies open. `wrong`: the number is not whole."""

    letter: Letter = field(default_factory=Letter)
    sheet: Sheet = Sheet.NONE
    draft: Letter = field(default_factory=Letter)
    digits: str = ""
    wrong: bool = False
