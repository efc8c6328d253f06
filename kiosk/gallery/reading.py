"""The gallery's pages that a customer reads: guide, amenities, holidays, and what head office has signed."""

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.gallery import samples
from kiosk.gallery.registry import Catalogues, Picture
from kiosk.gallery.touch_cases import SCREENS, Case, at, branch, drawn
from kiosk.view.reading import Amenities, Demonstration, Guide, Holidays, Matter, More, Pledge, Rates


def cases() -> Iterator[Case]:
    """Every page of these."""
    here = branch()
    machine = replace(samples.suspended("device:atm-1", "fault"), screens=SCREENS)
    yield Case("more", here, at(More()))
    yield Case("holidays", replace(here, hours=samples.holidays()), at(Holidays()))
    yield Case("holidays-later", replace(here, hours=samples.many_holidays()), at(Holidays(1)))
    yield Case("holidays-none", replace(here, hours=samples.ordinary()), at(Holidays()))
    yield Case("guide", here, at(Guide()))
    yield Case("matter", here, at(Matter("transfer")))
    yield Case("matter-phone", here, at(Matter("bills")))
    yield Case("matter-machine-suspended", machine, at(Matter("cash")))
    yield Case("matter-counter", here, at(Matter("corporate-account")))
    yield Case("amenities", here, at(Amenities()))
    yield Case("rates", here, at(Rates()))
    yield Case("rates-second", here, at(Rates(1)))
    yield Case("pledge", here, at(Pledge()))
    yield Case("demonstration", here, at(Demonstration()))
    yield Case("demonstration-last", here, at(Demonstration(3)))
    yield Case("gone", here, at(Matter("nothing")))


def pictures(catalogues: Catalogues) -> Iterator[Picture]:
    """All of them, in every variant."""
    return drawn(catalogues, cases())
