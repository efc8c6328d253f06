"""Whether a screen is well, and what its guard does about it. Pure: the page's values and the time make a verdict."""

from enum import Enum
from typing import Final, NamedTuple

from kiosk.guard.page import Shown

STILL_S: Final = 1.7  # without a beat of the drawing loop: it is covered
ASKED_S: Final = 1.0  # without a frame that was asked for, which comes at once from a loop that lives: covered too
HUNG_S: Final = 8.0  # it is ended and started again
START_S: Final = 60.0  # from the start to the first frame, on the slowest board
BOOT_S: Final = 20.0  # a screen that starts is no suspended branch; one that does not come up is
HEALTHY_S: Final = 60.0  # after so long without a fault, the next fault counts as the first
WAITS_S: Final = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)


class Health(Enum):
    """STARTING: it has drawn nothing yet. STILL: covered until it draws again. HUNG: to be ended."""

    STARTING = "starting"
    WELL = "well"
    STILL = "still"
    HUNG = "hung"


class Signs(NamedTuple):
    """What a guard sees of its screen. Monotonic seconds; `window`: whether its window stands on the display.

    `watched_from`: since when the guard itself has been awake without a pause; a machine that slept accuses nobody.
    """

    started_at: float
    beat_at: float
    asked_at: float
    drawn: int
    window: bool
    watched_from: float


def health(signs: Signs, now: float) -> Health:
    """The verdict on a process that runs."""
    if signs.drawn == 0:
        since = now - max(signs.started_at, signs.watched_from)
        return Health.HUNG if since > START_S else Health.STARTING
    if not signs.window:
        return Health.HUNG
    if any(now - since > HUNG_S for since in _signs_of_life(signs)):
        return Health.HUNG
    return Health.STILL if now > well_until(signs) else Health.WELL


def well_until(signs: Signs) -> float:
    """Until then nothing can be told against a screen that has drawn, whatever comes."""
    beat, *asked = _signs_of_life(signs)
    return min([beat + STILL_S, *(since + ASKED_S for since in asked)])


def _signs_of_life(signs: Signs) -> list[float]:
    """Since when the next beat is awaited, and, if one was asked for, the next frame."""
    awaited = [signs.beat_at, signs.asked_at] if signs.asked_at else [signs.beat_at]
    return [max(since, signs.watched_from) for since in awaited]


def standing(known: Shown, until: float, unix: float, *, starting_for: float) -> Shown:
    """Which picture is true now. `until`: the end of an alarm or of the dark in unix seconds, 0 for none.

    `starting_for`: seconds since this guard began, as long as its screen has never drawn, else infinite.
    """
    if known in {Shown.ALARM, Shown.DARK} and until and unix >= until:
        return Shown.SUSPENDED
    if known is Shown.UNKNOWN:
        return Shown.HOUSE if starting_for < BOOT_S else Shown.SUSPENDED
    return known


def wait_s(faults: int) -> float:
    """Before the next start, after so many faults in a row."""
    return WAITS_S[min(max(faults, 1), len(WAITS_S)) - 1]


def faults_after(before: int, healthy_for: float) -> int:
    """How many faults in a row there have been, with this one."""
    return 1 if healthy_for >= HEALTHY_S else before + 1
