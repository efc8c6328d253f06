"""From other threads to the one that draws: a bounded queue, and a hand on Kivy's clock to wake it at once."""

import queue
from collections.abc import Callable
from typing import Final

CAPACITY: Final = 1000
_PUT_S: Final = 5.0
_AT_ONCE: Final = 100  # events between two frames; the rest waits for the next


class Intake:
    """`put` is for any thread, `drain` and `take` for the drawing one."""

    def __init__(self) -> None:
        self._queue: queue.Queue[object] = queue.Queue(CAPACITY)
        self.wake: Callable[[], object] = lambda: None

    def put(self, event: object) -> None:
        """Waits while the queue is full; raises queue.Full after 5 s (the caller's link then restarts)."""
        self._queue.put(event, timeout=_PUT_S)
        self.wake()

    def drain(self) -> list[object]:
        """What has arrived, oldest first."""
        events: list[object] = []
        while len(events) < _AT_ONCE:
            try:
                events.append(self._queue.get_nowait())
            except queue.Empty:
                return events
        self.wake()
        return events

    def take(self, hear: Callable[[object], bool]) -> bool:
        """Hand on what has arrived; whether any of it was news. One that fails keeps none of the others from being heard."""
        news, failed = False, None
        for event in self.drain():
            try:
                news = hear(event) or news
            except Exception as error:  # noqa: BLE001 - raised again below
                failed = failed or error
        if failed is not None:
            raise failed
        return news
