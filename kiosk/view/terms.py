"""When what is ordered at the panel ends by itself."""

from datetime import timedelta
from typing import Final

from kiosk.view.happenings import World
from kiosk.view.pages import Expected
from signage.core.instants import Instant

MINUTES: Final = {Expected.QUARTER: 15, Expected.HALF: 30, Expected.HOUR: 60}


def expected_end(expected: Expected, world: World) -> Instant | None:
    """When a suspension ends by itself; None: until somebody resumes it."""
    if expected is Expected.CLOSING:
        return world.closing
    if expected is Expected.UNKNOWN:
        return None
    return Instant.of(world.now + timedelta(minutes=MINUTES[expected]))
