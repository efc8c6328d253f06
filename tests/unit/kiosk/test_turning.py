"""From one page that is read to the next; what leads nowhere leads nowhere."""

import pytest

from kiosk.view.happenings import Happening, HoldEmblem, Open, OpenMatter, Place, ShowStep
from kiosk.view.pages import Calling, Counters, Home, Keypad, Touch
from kiosk.view.reading import Amenities, Demonstration, Guide, Holidays, Matter, Pledge, Rates
from kiosk.view.turning import MOST_STEPS, turned
from tests.unit.kiosk.worlds import NOW, walk


@pytest.mark.parametrize(
    ("page", "happening", "after"),
    [
        (Home(), Open(Place.GUIDE), Guide()),
        (Home(), Open(Place.AMENITIES), Amenities()),
        (Home(), Open(Place.RATES), Rates()),
        (Home(), Open(Place.PLEDGE), Pledge()),
        (Home(), Open(Place.DEMONSTRATION), Demonstration()),
        (Home(), Open(Place.HOLIDAYS), Holidays()),
        (Guide(), OpenMatter("cash"), Matter("cash")),
        (Matter("cash"), Open(Place.GUIDE), Guide()),
        (Rates(), ShowStep(1), Rates(1)),
        (Holidays(), ShowStep(1), Holidays(1)),
        (Demonstration(1), ShowStep(2), Demonstration(2)),
        (Demonstration(1), ShowStep(0), Demonstration(0)),
        (Demonstration(), ShowStep(-1), Demonstration(0)),
        (Demonstration(), ShowStep(10**9), Demonstration(MOST_STEPS)),
        (Home(), OpenMatter("cash"), None),
        (Guide(), ShowStep(1), None),
        (Home(), Open(Place.HOME), None),
        (Home(), Open(Place.COUNTERS), None),
        (Guide(), HoldEmblem(), None),
    ],
)
def test_what_leads_where(page: object, happening: Happening, after: object) -> None:
    assert turned(page, happening) == after


def test_a_person_walks_there_and_home_again() -> None:
    touch, effects = walk(Touch(), Open(Place.GUIDE), OpenMatter("cash"))
    assert (touch.page, effects) == (Matter("cash"), [])
    assert touch.home_at is not None
    touch, _ = walk(touch, Open(Place.GUIDE), Open(Place.HOME))
    assert touch.page == Home()


def test_no_page_that_is_read_opens_out_of_the_staffs() -> None:
    touch, _ = walk(Touch(page=Keypad()), ShowStep(1), OpenMatter("x"))
    assert touch.page == Keypad()
    calling = Touch(page=Calling("e", NOW))
    assert walk(calling, Open(Place.COUNTERS))[0].page == Counters()
