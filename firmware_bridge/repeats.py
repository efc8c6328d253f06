"""Which frame is the repeat of one that came before, for pads whose presses carry no name of their own. Pure.

A frame is acted on once; when it comes again within the time it is answered again, as soon as what it did is stored.
What was last heard survives a restart as a text; the time then counts from the port's first opening.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from itertools import islice
from typing import Any, Final

from firmware_bridge.sessions import Deed
from signage.core.instants import Instant

NOTED_LIMIT: Final = 64  # frames of one pad written down for a restart: nobody presses so often in the time of a repeat


class Heard(Enum):
    """NEW: act on it. ANSWERED: answer again. WAITING: it is being stored. FAILED: it was not stored, act on it again."""

    NEW = "new"
    ANSWERED = "answered"
    WAITING = "waiting"
    FAILED = "failed"


@dataclass
class _Seen:
    at: Instant | None  # None: before the restart, and the port is not open yet
    deed: Deed | None
    standing: Heard


class Repeats:
    """`alone`: any other frame from the same pad ends the repeating (ff68). `known`: pad → text as `text` gave it."""

    def __init__(self, within: timedelta, known: Mapping[str, str], *, alone: bool) -> None:
        self._within = within
        self._alone = alone
        self._seen = {pad: {frame: _Seen(None, None, Heard.ANSWERED) for frame in _frames(known[pad])} for pad in known}
        self._waiting: dict[Deed, tuple[str, str]] = {}

    def opened(self, now: Instant) -> None:
        """The port is open: the time counts from here for what was heard before a restart."""
        for frames in self._seen.values():
            for seen in frames.values():
                seen.at = seen.at or now

    def hear(self, pad: str, frame: str, now: Instant) -> tuple[Heard, Deed | None]:
        """What this frame is; the deed is there for FAILED."""
        seen = self._seen.get(pad, {}).get(frame)
        if seen is None or not self._lasts(seen, now):
            return Heard.NEW, None
        seen.at = now
        self._seen[pad][frame] = self._seen[pad].pop(frame)  # the last heard stands last
        standing = seen.standing
        if standing is Heard.FAILED and seen.deed is not None:
            seen.standing = Heard.WAITING
            self._waiting[seen.deed] = (pad, frame)
        return standing, seen.deed

    def note(self, pad: str, frame: str, now: Instant) -> str:
        """It was acted on just now; what to write down."""
        recent = self._seen.setdefault(pad, {})
        recent.pop(frame, None)
        while recent and (self._alone or not self._lasts(next(iter(recent.values())), now)):
            del recent[next(iter(recent))]
        recent[frame] = _Seen(now, None, Heard.ANSWERED)
        return json.dumps([*islice(reversed(recent), NOTED_LIMIT)][::-1])

    def wait(self, pad: str, frame: str, deed: Deed) -> None:
        """What was noted is answered only when this is stored."""
        seen = self._seen[pad][frame]
        seen.deed, seen.standing = deed, Heard.WAITING
        self._waiting[deed] = (pad, frame)

    def stored(self, deed: Deed) -> tuple[str, str] | None:
        """The pad and frame to answer; None if nothing waits for it."""
        return self._settle(deed, Heard.ANSWERED)

    def unstored(self, deed: Deed) -> None:
        self._settle(deed, Heard.FAILED)

    def forget(self, pad: str) -> str | None:
        """Something new began there: what comes now is no repeat. What to write down, None if nothing changed."""
        return json.dumps([]) if self._seen.pop(pad, None) else None

    def _lasts(self, seen: _Seen, now: Instant) -> bool:
        """Either way, so that a clock that is set back makes no second press of one."""
        return seen.at is not None and abs(now - seen.at) <= self._within

    def _settle(self, deed: Deed, standing: Heard) -> tuple[str, str] | None:
        where = self._waiting.pop(deed, None)
        if where is not None:
            seen = self._seen.get(where[0], {}).get(where[1])
            if seen is not None and seen.deed == deed:
                seen.standing = standing
        return where


def _frames(text: str) -> list[str]:
    """What `note` wrote; nothing of a text that somebody else has put there."""
    try:
        found: Any = json.loads(text)
    except ValueError:
        return []
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
