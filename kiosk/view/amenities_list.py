"""What there is for customers to use, and whether it is to be had: said by whoever sees the empty shelf."""

from typing import Final

from kiosk.view.branch import Mood, StateWord
from kiosk.view.pages import Panel, Tab
from kiosk.view.paging import sheet_of
from kiosk.view.panel import Action, ListView, PanelRow, Showing
from kiosk.view.staff_taps import SayAmenity
from signage.core.model import Amenity

ROWS_A_SHEET: Final = 8


def amenities_list(showing: Showing, page: Panel) -> ListView:
    voice = showing.voice
    rows = tuple(_row(showing, one) for one in showing.state.amenities)
    shown, pager = sheet_of(rows, page.sheet, ROWS_A_SHEET, Tab.MORE, voice)
    return ListView(voice.say("staff.amenities"), shown, "" if rows else voice.say("staff.empty.amenities"), pager)


def _row(showing: Showing, amenity: Amenity) -> PanelRow:
    voice = showing.voice
    there = amenity.available
    word = (
        StateWord(Mood.OPEN, voice.both("staff.amenity.there"))
        if there
        else StateWord(Mood.ATTENTION, voice.both("staff.amenity.gone"))
    )
    label = voice.say("staff.amenity.take" if there else "staff.amenity.bring")
    action = Action(label, SayAmenity(amenity.name, not there), grave=there) if showing.may("amenity") else None
    return PanelRow(voice.pick(amenity.title), voice.pick(amenity.place).first, word, action)
