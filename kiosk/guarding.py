"""Callbacks that Kivy goes on calling, whatever happens in them once.

Kivy drops an interval whose callback has raised, if it does not end the program; either way something on the glass stands still
for ever. So whatever its clock calls goes through here. What was raised is counted in one place, for the screen's status.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from signage.link.clock import monotonic
from signage.link.threads import describe

FAILURES_MOST: Final = 20  # in a row: a screen that knows nothing new any more
FAILING_MOST_S: Final = 20.0  # and for so long: what is called thirty times a second is not given up after the first
SAID_EVERY_S: Final = 60.0  # of each place that raises
STANDS_S: Final = 60.0  # after the last one a screen counts as sound again
_PLACES_MOST: Final = 64


@dataclass
class _Place:
    said_at: float
    times: int = 0  # since then


class Faults:
    """What guarded callbacks have raised. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._places: dict[str, _Place] = {}
        self._first = ""  # of those that stand: what is told does not change with each further one
        self._last_at = float("-inf")

    def met(self, what: str, now: float) -> None:
        """`what`: in one line, with the place at its end."""
        if now - self._last_at >= STANDS_S:
            self._first = what
        self._last_at = now
        where = what.rpartition(" at ")[2]
        place = self._places.get(where)
        if place is not None and now - place.said_at < SAID_EVERY_S:
            place.times += 1
            return
        if len(self._places) >= _PLACES_MOST:
            self._places.clear()
        more = {"times": place.times + 1} if place is not None and place.times else {}
        self._places[where] = _Place(now)
        structlog.get_logger().error("drawing met a fault; the screen goes on", error=what, **more)

    def standing(self, now: float) -> str | None:
        """The first of those that go on being met; None: all is well."""
        return self._first if now - self._last_at < STANDS_S else None


class Patience:
    """With something that a screen lives by and that goes on failing."""

    def __init__(self) -> None:
        self._failures = 0
        self._since = 0.0

    def failed(self, now: float) -> bool:
        """Once more; whether it is at an end."""
        if not self._failures:
            self._since = now
        self._failures += 1
        return self._failures > FAILURES_MOST and now - self._since >= FAILING_MOST_S

    def went(self) -> None:
        self._failures = 0


FAULTS: Final = Faults()  # of this process: Kivy has one clock


def guarded(
    work: Callable[[float], object], failed: Callable[[], None] | None = None, went: Callable[[], None] | None = None
) -> Callable[[float], object]:
    """`failed` and `went`: told each time, after what was raised has been counted, or after nothing was.

    What `work` returns is handed on: False ends an interval.
    """

    def call(seconds: float) -> object:
        try:
            result = work(seconds)
        except Exception as error:  # noqa: BLE001 - the outermost frame of a callback: told, and the screen goes on
            FAULTS.met(describe(error), monotonic())
            if failed is not None:
                failed()
            return None
        if went is not None:
            went()
        return result

    return call
