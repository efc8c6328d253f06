"""Rating on the screen: a star is the rating, reasons may follow, thanks come after the disk has it."""

from dataclasses import replace
from typing import Any, Final

from kiosk.view.happenings import (
    Effect,
    Emit,
    Happening,
    Keep,
    NotStored,
    Open,
    Passed,
    PickReason,
    PressStar,
    Stored,
    Submit,
    World,
)
from kiosk.view.letter import Sheet, Writing
from kiosk.view.pages import REASONS_AT_MOST, RateStep, Rating
from kiosk.view.writing import write

STARS: Final = (1, 2, 3, 4, 5)
PRAISE: Final = ("friendly", "fast", "clear", "tidy", "guided", "easy")
BLAME: Final = ("unfriendly", "slow", "unclear", "untidy", "complicated", "faulty")
WARM_WORDS: Final = ("kind-staff", "quick-service", "well-done", "pleasant-hall", "easy-to-use", "name-a-teller")
HARD_WORDS: Final = ("long-wait", "few-counters", "many-papers", "not-done", "different-word", "complaint")
CONTENT_FROM: Final = 4  # stars from which the reasons offered are praise


def reasons_for(stars: int) -> tuple[str, ...]:
    """The six reasons offered beside a level; words under `rate.reason.<name>`."""
    return PRAISE if stars >= CONTENT_FROM else BLAME


def phrases_for(stars: int) -> tuple[str, ...]:
    """The sentences offered beside a level; words under `opinion.phrase.<name>`."""
    return WARM_WORDS if stars >= CONTENT_FROM else HARD_WORDS


def begin(press: PressStar, world: World) -> tuple[Rating, tuple[Effect, ...]]:
    """The first star."""
    rating = Rating(world.fresh, world.now, press.stars, suspended=world.suspended)
    return rating, (_keep(rating, world),)


def rate(rating: Rating, happening: Happening, world: World) -> tuple[Rating, tuple[Effect, ...]]:
    """One step of an open rating. Whatever does not belong to its present step changes nothing."""
    if rating.step is RateStep.CHOOSING:
        return _choose(rating, happening, world)
    if rating.step is RateStep.SAVING:
        return _saved(rating, happening), ()
    return rating, ()


def _choose(rating: Rating, happening: Happening, world: World) -> tuple[Rating, tuple[Effect, ...]]:
    if rating.writing.sheet is not Sheet.NONE and not isinstance(happening, Passed):
        return _written(rating, happening, world)
    match happening:
        case PressStar(stars):
            kept = tuple(reason for reason in rating.reasons if reason in reasons_for(stars))
            changed = _without_other_words(replace(rating, stars=stars, reasons=kept))
            return changed, (_keep(changed, world),)
        case PickReason(reason):
            changed = replace(rating, reasons=_toggled(rating, reason))
            return changed, (_keep(changed, world),)
        case Submit() | Passed() | Open():
            emit = Emit(rating.event, "rating", rating.since, rating_data(rating, world))
            return replace(rating, step=RateStep.SAVING), (emit,)
        case _:
            return _written(rating, happening, world)


def _written(rating: Rating, happening: Happening, world: World) -> tuple[Rating, tuple[Effect, ...]]:
    """Words and a number beside the stars; what counts of them is remembered with the stars."""
    writing = write(rating.writing, happening, phrases_for(rating.stars), world.now)
    changed = replace(rating, writing=writing)
    return changed, (() if writing.letter == rating.writing.letter else (_keep(changed, world),))


def _without_other_words(rating: Rating) -> Rating:
    """Praise does not stay beside two stars."""
    letter = rating.writing.letter
    kept = tuple(phrase for phrase in letter.phrases if phrase in phrases_for(rating.stars))
    return replace(rating, writing=replace(rating.writing, letter=replace(letter, phrases=kept)))


def _saved(rating: Rating, happening: Happening) -> Rating:
    match happening:
        case Stored(event) if event == rating.event:
            return replace(rating, step=RateStep.THANKED, writing=Writing())
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
    """The data of a `rating` event (contract: Batch, Receipt). Its flag is of the moment that is its time."""
    flags = ["suspended"] if rating.suspended else []
    data = {"stars": rating.stars, "channel": "touch", "reasons": list(rating.reasons), "flags": flags}
    letter = rating.writing.letter
    if letter.phrases:
        data["comment"] = world.spoken(letter.phrases)
    return data | letter.data()
