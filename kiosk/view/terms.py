"""When what is ordered at the panel ends by itself."""

from datetime import timedelta
from typing import Final

from kiosk.view.happenings import World
from kiosk.view.pages import Expected, SuspendForm
from signage.core.hours import Hours
from signage.core.instants import Instant

MINUTES: Final = {Expected.QUARTER: 15, Expected.HALF: 30, Expected.HOUR: 60}


def closing(hours: Hours, now: Instant) -> Instant | None:
    """The end of the day's business, whatever breaks it has; None: it is over, or no service ever closes."""
    known = ((service, hours.at(service, now)) for service in hours.services)
    services = [service for service, there in known if not (there.open and there.until is None)]
    today = hours.local_date(now)
    for day in (today - timedelta(days=1), today):  # what began yesterday may last into today
        ends = [end for service in services for _, end in hours.spans(service, day) if end > now]
        if ends:
            return max(ends)
    return None


def complete(form: SuspendForm, ends: Instant | None) -> bool:
    """Whether it can be sent. `ends`: the day's business; once that is over nothing waits for it."""
    return form.complete and (form.expected is not Expected.CLOSING or ends is not None)


def expected_end(expected: Expected, world: World) -> Instant | None:
    """When a suspension ends by itself; None: until somebody resumes it."""
    if expected is Expected.CLOSING:
        return world.closing
    if expected is Expected.UNKNOWN:
        return None
    return Instant.of(world.now + timedelta(minutes=MINUTES[expected]))
