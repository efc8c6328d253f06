"""Figures for Prometheus out of a main loop that must not be disturbed by who asks for them.

The main loop lays its figures down every two seconds, all at once; a thread of its own serves what lies there. Nobody who
asks can make the loop wait, and a loop that hangs shows by the age of its figures. What the thread needs is imported only
where a program is told to listen.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

import structlog

from signage.link.clock import Moment
from signage.link.figures import TAKEN, TROUBLE, Figure, seconds
from signage.link.threads import describe

EVERY_S: Final = 2.0
_NEVER: Final = float("inf")


@dataclass(frozen=True)
class Listen:
    """Where a program answers. `certificates`: files of its links whose expiry it tells."""

    host: str
    port: int
    certificates: tuple[Path, ...] = ()


class Exporter:
    """`start` and `tick` belong to the main loop. With `listen` None it does nothing, and costs nothing."""

    def __init__(
        self,
        listen: Listen | None,
        program: str,
        version: str,
        take: Callable[[Moment], Iterable[Figure]],
        every_s: float = EVERY_S,
    ) -> None:
        """`take`: the figures at this moment, quick and without waiting."""
        self._listen = listen
        self._program, self._version = program, version
        self._take = take
        self._every_s = every_s
        self._next = 0.0
        self._failed = 0
        self._ending = Event()
        self.figures: tuple[Figure, ...] = ()  # replaced whole: read from the other thread

    def start(self) -> None:
        """Begin to listen."""
        if self._listen is None:
            return
        from signage.link.exposing import expose  # noqa: PLC0415 - four megabytes that only who listens shall pay for

        expose(self._listen, self._program, self._version, lambda: self.figures, self._ending)

    def tick(self, moment: Moment) -> float:
        """Lay the figures down if it is time; the monotonic time of the next call."""
        if self._listen is None:
            return _NEVER
        if moment.mono >= self._next:
            self._next = moment.mono + self._every_s
            self._lay_down(moment)
        return self._next

    def stop(self) -> None:
        """Listen no more; who is being answered is left alone."""
        self._ending.set()

    def _lay_down(self, moment: Moment) -> None:
        try:
            taken = tuple(self._take(moment))
        except Exception as error:  # noqa: BLE001 - no figure is worth a program that ends
            if not self._failed:
                structlog.get_logger().error("the figures for Prometheus cannot be taken", error=describe(error))
            self._failed += 1
            kept = tuple(one for one in self.figures if one.metric is not TROUBLE)
            self.figures = (*kept, TROUBLE.of(self._failed))
        else:
            self.figures = (*taken, TAKEN.of(seconds(moment.at)), TROUBLE.of(self._failed))


def measured(tick: Callable[[Moment], float], exporter: Exporter) -> Callable[[Moment], float]:
    """A main loop's tick that lays down figures as well."""
    return lambda moment: min(tick(moment), exporter.tick(moment))
