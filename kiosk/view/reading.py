"""The pages that a customer reads: where they are on them. What leads where stands in journey.py."""

from dataclasses import dataclass


@dataclass(frozen=True)
class More:
    """The cards that the first page has no room for."""


Reading = More
