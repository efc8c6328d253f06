"""How fast the drawing loop beats: exactly as told, and not at all faster while it waits; nothing of Kivy's own wakes it in between.

Kivy's own waiting gives up a third of a frame early and then turns round and round until the time has come: forty times
the loop's beat while something is scheduled. This waits until the next event is due, or the next frame, or a wake-up.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from kivy.cache import Cache
from kivy.clock import Clock

from kiosk.guarding import guarded

_PURGE_S: Final = 30.0
_LEAST_S: Final = 0.0005
_SAME_CLOCK_S: Final = 0.01  # between two readings; other clocks differ by more once a machine has run for some days


def _own() -> Any:
    """Kivy's clock itself: what goes by its name looks it up anew for each word."""
    return object.__getattribute__(Clock, "_obj")


def _read_quickly(clock: Any) -> None:
    """Kivy asks the C library for the time by ctypes, several times a round. Only if it is this clock: events are dated by it."""
    raw = partial(time.clock_gettime, time.CLOCK_MONOTONIC_RAW)
    before = clock.time()
    if 0 <= raw() - before < _SAME_CLOCK_S:
        clock.time = raw


def _purge_seldom() -> None:
    """Kivy wakes its loop every second to look for what has lain in its caches for a minute."""
    purge = Cache._purge_by_timeout  # noqa: SLF001  # Kivy schedules it at its import and has no public name for it
    Clock.unschedule(purge)
    Clock.schedule_interval(guarded(purge), _PURGE_S)


def keep_exact_pace(took: Callable[[float], None]) -> None:
    """Replace the waiting of Kivy's clock (`kivy_clock = interrupt`). `took`: told how many seconds each round worked."""
    clock = _own()
    _read_quickly(clock)
    _purge_seldom()

    def idle() -> float:
        took(clock.time() - clock._last_tick)  # noqa: SLF001  # when this round's waiting was over
        event = clock._event  # noqa: SLF001  # what a trigger from another thread sets
        due = clock.get_min_timeout()
        if due and not event.is_set():
            now = clock.time()
            frame = clock._last_tick + 1 / clock._max_fps  # noqa: SLF001  # Kivy has no public name for it
            wait = min(frame, due) - now
            if wait > _LEAST_S:
                event.wait(wait)
        current: float = clock.time()
        clock._dt = current - clock._last_tick  # noqa: SLF001  # Kivy has no public name for it
        clock._last_tick = current  # noqa: SLF001  # Kivy has no public name for it
        event.clear()  # after the tick's time: what is scheduled from here on wakes the next wait
        return current

    clock.idle = idle
    clock.get_resolution = lambda: _LEAST_S  # so much early an event comes at most; a third of a frame else


def beat(fps: int) -> None:
    """At most so many frames a second from now on."""
    clock = _own()
    clock._max_fps = fps  # noqa: SLF001  # Kivy offers no other way at run time


def at(seconds: float, call: Callable[[float], object]) -> Any:
    """An event of the clock's, so many seconds from now and never before; Kivy alone counts from its last tick."""
    clock = _own()
    late = clock.time() - clock._last_tick  # noqa: SLF001  # Kivy has no public name for it
    return clock.schedule_once(call, seconds + late + clock.get_resolution())
