"""Rating on the screen: a star is the rating, reasons may follow, thanks come after the disk has it."""

from dataclasses import replace
from typing import Any, Final

from kiosk.view.happenings import (
    Effect,
    Emit,
    Happening,
    Keep,
    NotStored,
    Passed,
    PickReason,
    PressStar,
    Stored,
    Submit,
    World,
)
from kiosk.view.pages import REASONS_AT_MOST, RateStep, Rating

STARS: Final = (1, 2, 3, 4, 5)
PRAISE: Final = ("friendly", "fast", "clear", "tidy", "guided", "easy")
BLAME: Final = ("unfriendly", "slow", "unclear", "untidy", "complicated", "faulty")
CONTENT_FROM: Final = 4  # stars from which the reasons offered are praise


def reasons_for(stars: int) -> tuple[str, ...]:
    """The six reasons offered beside a level; words under `rate.reason.<name>`."""
    return PRAISE if stars >= CONTENT_FROM else BLAME


def begin(press: PressStar, world: World) -> tuple[Rating, tuple[Effect, ...]]:
    """The first star."""
    rating = Rating(world.fresh, world.now, press.stars)
    return rating, (_keep(rating, world),)


def rate(rating: Rating, happening: Happening, world: World) -> tuple[Rating, tuple[Effect, ...]]:
    """One step of an open rating. Whatever does not belong to its present step changes nothing."""
    if rating.step is RateStep.CHOOSING:
        return _choose(rating, happening, world)
    if rating.step is RateStep.SAVING:
        return _saved(rating, happening), ()
    return rating, ()


def _choose(rating: Rating, happening: Happening, world: World) -> tuple[Rating, tuple[Effect, ...]]:
    match happening:
        case PressStar(stars):
            kept = tuple(reason for reason in rating.reasons if reason in reasons_for(stars))
            changed = replace(rating, stars=stars, reasons=kept)
            return changed, (_keep(changed, world),)
        case PickReason(reason):
            changed = replace(rating, reasons=_toggled(rating, reason))
            return changed, (_keep(changed, world),)
        case Submit() | Passed():
            emit = Emit(rating.event, "rating", rating.since, rating_data(rating, world))
            return replace(rating, step=RateStep.SAVING), (emit,)
        case _:
            return rating, ()


def _saved(rating: Rating, happening: Happening) -> Rating:
    match happening:
        case Stored(event) if event == rating.event:
            return replace(rating, step=RateStep.THANKED)
        case NotStored(event) if event == rating.event:
            return replace(rating, step=RateStep.FAILED)
        case _:
            return rating


def _toggled(rating: Rating, reason: str) -> tuple[str, ...]:
    if reason in rating.reasons:
        return tuple(other for other in rating.reasons if other != reason)
    if reason not in reasons_for(rating.stars) or len(rating.reasons) == REASONS_AT_MOST:
        return rating.reasons
    return (*rating.reasons, reason)


def _keep(rating: Rating, world: World) -> Keep:
    return Keep(rating.event, rating.since, rating_data(rating, world))


def rating_data(rating: Rating, world: World) -> dict[str, Any]:
    """The data of a `rating` event (contract: Batch, Receipt)."""
    flags = ["suspended"] if world.suspended else []
    return {"stars": rating.stars, "channel": "touch", "reasons": list(rating.reasons), "flags": flags}
