"""The main loop of a program: one bounded queue, exact deadlines, a clean end."""

from collections.abc import Callable
from typing import Any

from signage.link.clock import Moment


class MainLoop:
    """`handle` gets what threads have put; `tick` returns the monotonic time at which it must be called again.

    loop = MainLoop(handle, tick, capacity=1000); node.start(address, loop.put); sys.exit(loop.run())
    """

    def __init__(
        self, handle: Callable[[Any, Moment], None], tick: Callable[[Moment], float], capacity: int = 1000
    ) -> None:
        raise NotImplementedError

    def put(self, event: object) -> None:
        """From any thread. Waits while the queue is full; raises queue.Full after 5 s (the caller's link then restarts)."""
        raise NotImplementedError

    def spawn(self, name: str, work: Callable[[], None]) -> None:
        """A daemon thread. Should `work` raise, the program ends with one line and a non-zero exit."""
        raise NotImplementedError

    def end(self, code: int = 0) -> None:
        """Make `run` return `code` after the event in hand."""
        raise NotImplementedError

    def run(self) -> int:
        """Until SIGTERM, SIGINT or `end`. An exception in `handle` or `tick` is logged and ends it with 70."""
        raise NotImplementedError
