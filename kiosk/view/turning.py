"""What leads from one page that is read to the next."""

from dataclasses import replace
from typing import Final

from kiosk.view.happenings import Happening, Open, OpenMatter, Place, ShowStep
from kiosk.view.reading import Amenities, Demonstration, Guide, Holidays, Matter, More, Pledge, Rates, Reading

MOST_STEPS: Final = 99
READING: Final[dict[Place, Reading]] = {
    Place.MORE: More(),
    Place.HOLIDAYS: Holidays(),
    Place.GUIDE: Guide(),
    Place.AMENITIES: Amenities(),
    Place.RATES: Rates(),
    Place.DEMONSTRATION: Demonstration(),
    Place.PLEDGE: Pledge(),
}


def turned(page: object, happening: Happening) -> Reading | None:
    """The page that this leads to from `page`; None: it leads nowhere."""
    match happening:
        case Open(place) if place in READING:
            return READING[place]
        case OpenMatter(name) if isinstance(page, Guide):
            return Matter(name)
        case ShowStep(step) if isinstance(page, Rates | Demonstration | Holidays):
            return replace(page, step=max(0, min(MOST_STEPS, step)))
        case _:
            return None
