"""The main loop of a program: one bounded queue, exact deadlines, a clean end."""

import queue
import signal
from collections.abc import Callable
from threading import Thread, current_thread, main_thread
from types import FrameType
from typing import Any, Final

import structlog

from signage.core.exits import Exit
from signage.link import threads
from signage.link.clock import Moment, moment
from signage.link.threads import ThreadDied, describe

_PUT_S: Final = 5.0  # a loop that is busy for longer is told of by the link that could not put
_LONGEST_SLEEP_S: Final = 3600.0
_BEFORE_TICK: Final = 50  # events handled in a row while more are waiting


class MainLoop:
    """`handle` gets what threads have put; `tick` returns the monotonic time at which it must be called again.

    Both run in the thread that calls `run`, which owns everything. An example:

        loop = MainLoop(handle, tick)
        node.start(address, loop.put)
        code = loop.run()
        node.stop(moment())
    """

    def __init__(
        self, handle: Callable[[Any, Moment], None], tick: Callable[[Moment], float], capacity: int = 1000
    ) -> None:
        self._handle = handle
        self._tick = tick
        self._queue: queue.Queue[object] = queue.Queue(capacity)
        self._code: int | None = None
        self._log = structlog.get_logger()

    def put(self, event: object) -> None:
        """From any thread. Waits while the queue is full; raises queue.Full after 5 s (the caller's link then restarts)."""
        self._queue.put(event, timeout=_PUT_S)

    def spawn(self, name: str, work: Callable[[], None]) -> None:
        """A daemon thread. Should `work` raise, the program ends with one line and a non-zero exit."""
        threads.spawn(name, work, self.put)

    def end(self, code: int = 0) -> None:
        """Make `run` return `code` after the event in hand. For the loop's own thread and for signals."""
        self._code = code

    def run(self) -> int:
        """Until SIGTERM, SIGINT or `end`. An exception in `handle` or `tick` is logged and ends it with 70."""
        if current_thread() is main_thread():
            signal.signal(signal.SIGTERM, self._on_signal)
            signal.signal(signal.SIGINT, self._on_signal)
        self._log.info("runs")  # whoever started it knows from here on that a signal ends it in order
        try:
            while self._code is None:
                deadline = self._tick(moment())
                if self._code is None:
                    self._drain(deadline)
        except Exception as error:  # noqa: BLE001 - the outermost frame: one line, and the supervisor starts anew
            self._log.error("this program has a fault and ends; it can be started again", error=describe(error))
            return Exit.SOFTWARE
        return self._code

    def _drain(self, deadline: float) -> None:
        """Wait for an event until `deadline`, then handle what is there."""
        wait = min(max(deadline - moment().mono, 0.0), _LONGEST_SLEEP_S)
        try:
            event = self._queue.get(timeout=wait)
            for _ in range(_BEFORE_TICK):
                self._dispatch(event)
                if self._code is not None:
                    return
                event = self._queue.get_nowait()
            self._dispatch(event)
        except queue.Empty:
            return

    def _dispatch(self, event: object) -> None:
        if isinstance(event, ThreadDied):
            self._log.error("a thread has died, so the program ends", thread=event.name, error=event.reason)
            self._code = Exit.SOFTWARE
        elif not isinstance(event, _Wake):
            self._handle(event, moment())

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._code = 0
        # The loop may sleep, and the queue's lock may be held by the very code that the signal has interrupted.
        Thread(target=self._wake, name="signal", daemon=True).start()

    def _wake(self) -> None:
        try:
            self._queue.put(_Wake(), timeout=_PUT_S)
        except queue.Full:
            return  # then the loop is not asleep


class _Wake:
    """Ends a sleep."""
