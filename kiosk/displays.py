"""The branch's displays as they report themselves (ROOT/+/up/status)."""

from dataclasses import dataclass
from typing import Final

from kiosk.view.reach import Glass
from signage.wire.messages import Status

SILENT_AFTER_S: Final = 90.0  # contract: no status for so long is as good as offline


@dataclass(frozen=True)
class _Heard:
    session: str
    glass: Glass
    mono: float


class Displays:
    """Times are monotonic seconds."""

    def __init__(self) -> None:
        self._heard: dict[str, _Heard] = {}

    def heard(self, status: Status, mono: float) -> None:
        """A last will counts only for the session last seen."""
        if status.role != "screen" or status.screen is None:
            return
        before = self._heard.get(status.node)
        if not status.online and before is not None and before.session != status.session:
            return
        glass = Glass(status.online, status.screen.revision, status.screen.scene, status.screen.local)
        self._heard[status.node] = _Heard(status.session, glass, mono)

    def glasses(self, mono: float) -> dict[str, Glass]:
        return {name: heard.glass for name, heard in self._heard.items() if mono - heard.mono < SILENT_AFTER_S}
