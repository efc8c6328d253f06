"""What there is for customers to use: as configured, until staff say otherwise."""

from msgspec.structs import replace

from signage.branch.facts import Change, Facts, Refused
from signage.branch.settings import ControllerSettings
from signage.core.model import Amenity


def say(facts: Facts, name: str, settings: ControllerSettings, *, available: bool) -> Change:
    """Staff say whether it is to be had; that holds until they say otherwise. Raises Refused."""
    if not any(one.name == name for one in settings.amenities):
        raise Refused("unknown-amenity", f"{name[:40]!r} is no amenity of this branch")
    return Change(replace(facts, amenities={**facts.amenities, name: available}))


def amenities_now(facts: Facts, settings: ControllerSettings) -> tuple[Amenity, ...]:
    """In the order of the configuration. What staff said of one that is configured no more counts for nothing."""
    return tuple(replace(one, available=facts.amenities.get(one.name, one.available)) for one in settings.amenities)
