"""What a device's event means to the branch: thanks, alerts, a prompt that is over. Unknown kinds mean nothing here."""

from datetime import timedelta
from typing import Final

from msgspec import Struct

from signage.branch.calls import raise_call, settle
from signage.branch.counters import close_prompt, thank
from signage.branch.facts import Facts
from signage.branch.settings import ControllerSettings
from signage.core.instants import Instant
from signage.core.model import Call
from signage.wire.codec import Malformed, convert
from signage.wire.messages import Event

FRESH: Final = timedelta(seconds=6)  # thanks are for a customer who still stands there
RECENT: Final = timedelta(minutes=10)  # an alert about a customer who may still be in the hall
LOW_STARS: Final = 2
NOT_SHOWN: Final = frozenset({"repeat", "suspended", "test"})


class RatingData(Struct, frozen=True):
    stars: int
    counter: str | None = None
    prompt: str | None = None
    flags: tuple[str, ...] = ()


class PromptData(Struct, frozen=True):
    prompt: str
    counter: str


class CallData(Struct, frozen=True):
    on: bool
    counter: str | None = None
    device: str | None = None


def happened(facts: Facts, event: Event, settings: ControllerSettings, now: Instant) -> Facts:
    """The facts after a device's event. An event whose data cannot be read is kept elsewhere and changes nothing here."""
    try:
        match event.kind:
            case "rating":
                return _rated(facts, event, convert(event.data, RatingData), settings, now)
            case "prompt":
                over = convert(event.data, PromptData)
                return close_prompt(facts, over.counter, over.prompt)
            case "call":
                return _called(facts, event, convert(event.data, CallData), now)
            case _:
                return facts
    except Malformed:
        return facts


def counts(flags: tuple[str, ...], settings: ControllerSettings) -> bool:
    """Whether a rating with these flags counts (contract: rating)."""
    excluded = NOT_SHOWN | ({"unprompted"} if settings.ratings.require_prompt else set())
    return excluded.isdisjoint(flags)


def low(event: Event, settings: ControllerSettings) -> bool:
    """Whether this is a rating that counts, and a low one: it is followed up, however late it comes."""
    try:
        rating = convert(event.data, RatingData)
    except Malformed:
        return False
    known = rating.counter is None or settings.counter(rating.counter) is not None
    return known and 1 <= rating.stars <= LOW_STARS and counts(rating.flags, settings)


def _rated(facts: Facts, event: Event, rating: RatingData, settings: ControllerSettings, now: Instant) -> Facts:
    age = now - event.at
    known = rating.counter is not None and settings.counter(rating.counter) is not None
    if not 1 <= rating.stars <= 5 or (rating.counter is not None and not known):
        return facts
    if rating.counter is not None and age < FRESH and NOT_SHOWN.isdisjoint(rating.flags):
        facts = thank(facts, rating.counter, now)
    elif rating.counter is not None and rating.prompt is not None:
        facts = close_prompt(facts, rating.counter, rating.prompt)
    if rating.stars <= LOW_STARS and age < RECENT and counts(rating.flags, settings):
        call = Call(id=event.id, kind="rating", at=event.at, counter=rating.counter, device=event.origin)
        facts = raise_call(facts, call)
    return facts


def _called(facts: Facts, event: Event, call: CallData, now: Instant) -> Facts:
    device = call.device or event.origin
    if not call.on:
        return settle(facts, kind="call", device=device, counter=call.counter)
    if now - event.at >= RECENT:
        return facts
    return raise_call(facts, Call(id=event.id, kind="call", at=event.at, counter=call.counter, device=device))
