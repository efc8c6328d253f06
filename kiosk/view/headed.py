"""What every page with a head shares: its title, and where its back key leads."""

from dataclasses import dataclass

from kiosk.view.happenings import Place
from kiosk.view.voice import Pair


@dataclass(frozen=True, kw_only=True)
class Headed:
    """Base of the views of pages that are read."""

    title: Pair
    back: Place = Place.HOME


@dataclass(frozen=True, kw_only=True)
class GoneView(Headed):
    """What stood here is no longer there."""

    line: str
