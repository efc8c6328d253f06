"""Callbacks that Kivy goes on calling, whatever happens in them once.

Kivy drops an interval whose callback has raised, if it does not end the program; either way something on the glass stands still
for ever. So whatever its clock calls goes through here.
"""

from collections.abc import Callable
from typing import Final

import structlog

from signage.link.threads import describe

FAILURES_MOST: Final = 20  # in a row: a screen that knows nothing new any more


def guarded(
    work: Callable[[float], object], failed: Callable[[], None] | None = None, went: Callable[[], None] | None = None
) -> Callable[[float], object]:
    """`failed` and `went`: told each time, after what was raised has been said in the log, or after nothing was.

    What `work` returns is handed on: False ends an interval.
    """

    def call(seconds: float) -> object:
        try:
            result = work(seconds)
        except Exception as error:  # noqa: BLE001 - the outermost frame of a callback: told, and the screen goes on
            structlog.get_logger().error("drawing met a fault; the screen goes on", error=describe(error))
            if failed is not None:
                failed()
            return None
        if went is not None:
            went()
        return result

    return call
