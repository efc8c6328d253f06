"""The branch's devices as they report themselves (ROOT/+/up/status)."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from kiosk.view.reach import Glass, Heard
from signage.core.instants import Instant
from signage.wire.messages import Status

SILENT_AFTER_S: Final = 90.0  # contract: no status for so long is as good as offline
_SILENCE: Final = timedelta(seconds=SILENT_AFTER_S)


@dataclass(frozen=True)
class _Last:
    session: str
    heard: Heard
    mono: float
    at: Instant


class Displays:
    """`mono`: monotonic seconds; `now`: the branch's time."""

    def __init__(self) -> None:
        self._last: dict[str, _Last] = {}

    def heard(self, status: Status, mono: float, now: Instant) -> None:
        """A last will counts only for the session last seen."""
        before = self._last.get(status.node)
        if not status.online and before is not None and before.session != status.session:
            return
        heard = Heard(
            status.role, status.online, _since(status, before, now), status.faults, status.pads or (), _glass(status)
        )
        self._last[status.node] = _Last(status.session, heard, mono, now)

    def glasses(self, mono: float) -> dict[str, Glass]:
        """Of the screens that have been heard of late."""
        return {
            name: last.heard.glass
            for name, last in self._last.items()
            if last.heard.glass is not None and mono - last.mono < SILENT_AFTER_S
        }

    def devices(self, mono: float) -> dict[str, Heard]:
        """Every device that was ever heard, the silent ones as lost since their last word was too old."""
        return {name: _as_of(last, mono) for name, last in self._last.items()}


def _since(status: Status, before: _Last | None, now: Instant) -> Instant:
    """When it came or went, as far as this screen has seen it; of what went earlier, when it last connected."""
    if before is None:
        return status.started_at if status.online else status.at
    if before.heard.online is status.online and before.session == status.session:
        return before.heard.since
    return now


def _glass(status: Status) -> Glass | None:
    screen = status.screen
    if status.role != "screen" or screen is None:
        return None
    return Glass(status.online, screen.revision, screen.scene, screen.local)


def _as_of(last: _Last, mono: float) -> Heard:
    if not last.heard.online or mono - last.mono < SILENT_AFTER_S:
        return last.heard
    return replace(last.heard, online=False, since=Instant.of(last.at + _SILENCE))
