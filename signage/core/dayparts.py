"""The dayparts of a programme: opening_hours rules on the branch's own calendar, make-up workdays and holidays included."""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import HoursPlan

ALWAYS: Final = ""


class Dayparts:
    """Immutable but for the caches beneath. A daypart that cannot be read is never, for nobody meant it to be always."""

    def __init__(self, plan: HoursPlan, texts: Iterable[str]) -> None:
        self.unreadable: dict[str, str] = {}
        self._hours: dict[str, Hours] = {}
        for text in sorted({text for text in texts if text != ALWAYS}):
            try:
                self._hours[text] = Hours(replace(plan, rules={text: text}, exceptions=()))
            except ValueError as error:
                self.unreadable[text] = str(error)

    def holding(self, now: Instant) -> frozenset[str]:
        """Those that hold at `now`."""
        return frozenset((ALWAYS, *(text for text, hours in self._hours.items() if hours.at(text, now).open)))

    def next_change(self, now: Instant, before: Instant) -> Instant:
        """The first instant after `now` at which one of them begins or ends, at the latest `before`."""
        changes = (hours.at(text, now).until for text, hours in self._hours.items())
        return min([before, *(change for change in changes if change is not None)])

    def begins(self, text: str, now: Instant) -> Instant | None:
        """When a daypart that does not hold at `now` begins next; None: not to be foreseen."""
        hours = self._hours.get(text)
        return hours.at(text, now).next_open if hours is not None else None
