"""Where a customer is in the opinion book."""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.view.letter import Writing


class OpinionStep(Enum):
    """An opinion is thanked for only once it is on the disk."""

    WRITING = "writing"
    SAVING = "saving"
    THANKED = "thanked"


@dataclass(frozen=True)
class Opinion:
    """An opinion being written.

    `event`: its identity once it is sent; `unsaved`: the disk would not take it; `called`: a number was left.
    """

    subject: str | None = None
    writing: Writing = field(default_factory=Writing)
    step: OpinionStep = OpinionStep.WRITING
    event: str = ""
    unsaved: bool = False
    called: bool = False

    @property
    def complete(self) -> bool:
        return self.subject is not None and bool(self.writing.letter)


@dataclass(frozen=True)
class Book:
    """Its first page: answered opinions, `page` by page."""

    page: int = 0
