"""The amenities in words: what there is, where, and whether it is to be had just now."""

from dataclasses import dataclass

from kiosk.design.icon_shapes import Icon
from kiosk.view.branch import Mood, StateWord
from kiosk.view.headed import Headed
from kiosk.view.panel import Showing
from kiosk.view.reading import Amenities
from kiosk.view.voice import Pair
from signage.core.guide import AmenityIcon
from signage.core.model import Amenity


@dataclass(frozen=True)
class AmenityRow:
    icon: Icon
    title: Pair
    place: str
    state: StateWord


@dataclass(frozen=True, kw_only=True)
class AmenitiesView(Headed):
    rows: tuple[AmenityRow, ...]
    foot: str


def amenity_icon(name: str) -> Icon:
    """The picture that the branch chose; one of a newer controller's that is not known here is drawn as any other."""
    return Icon(name) if name in frozenset(AmenityIcon) else Icon.OTHER


def amenities_view(showing: Showing, _: Amenities) -> AmenitiesView:
    voice = showing.voice
    rows = tuple(_row(showing, amenity) for amenity in showing.state.amenities)
    return AmenitiesView(title=voice.both("touch.card.amenities"), rows=rows, foot=voice.say("amenity.foot"))


def _row(showing: Showing, amenity: Amenity) -> AmenityRow:
    voice = showing.voice
    mood, key = (Mood.OPEN, "amenity.there") if amenity.available else (Mood.CLOSED, "amenity.out")
    return AmenityRow(
        amenity_icon(amenity.icon),
        voice.pick(amenity.title),
        voice.pick(amenity.place).first,
        StateWord(mood, voice.both(key)),
    )
