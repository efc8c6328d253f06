"""The pages that a customer reads: where they are on them. What leads where stands in turning.py."""

from collections.abc import Mapping
from dataclasses import dataclass

from signage.core.programme import Asset, PageName

Signed = Mapping[PageName, tuple[Asset, ...]]  # by page, only those that there is something for


@dataclass(frozen=True)
class More:
    """The cards that the first page has no room for."""


@dataclass(frozen=True)
class Holidays:
    """The special dates of this year and the next; `step`: which page of them, from 0."""

    step: int = 0


@dataclass(frozen=True)
class Guide:
    """What can be done where."""


@dataclass(frozen=True)
class Matter:
    """One entry of the guide, by its name."""

    name: str


@dataclass(frozen=True)
class Amenities:
    """What there is to use, and where."""


@dataclass(frozen=True)
class Rates:
    """The signed tables of rates; `step`: which of them, from 0."""

    step: int = 0


@dataclass(frozen=True)
class Demonstration:
    """The signed slide show; `step` from 0. It never goes on by itself."""

    step: int = 0


@dataclass(frozen=True)
class Pledge:
    """What the bank promises."""


Reading = More | Holidays | Guide | Matter | Amenities | Rates | Demonstration | Pledge
