"""What may be asked of a screen from afar: its name, its picture, and to be dark or dim (contract: commands)."""

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import structlog

from kiosk.memory import Memory
from kiosk.view.dimming import Dimming, dimmed
from signage.core.instants import Instant
from signage.wire.messages import Command, Reply, ReplyError

IDENTIFY_FOR: Final = timedelta(seconds=10)
JPEG_LIMIT: Final = 180 * 1024 // 4 * 3  # bytes; in base64 they are 180 KiB
WIDTH_LEAST, WIDTH_MOST = 160, 3840


@dataclass(frozen=True)
class Order:
    """A picture of the glass for who has sent `command`. `width`: in pixels, None: as wide as the glass; `revision`: it shows."""

    command: Command
    width: int | None
    revision: int


@dataclass(frozen=True)
class Photographed:
    """An order's picture, of at most JPEG_LIMIT bytes; None: it could not be made."""

    order: Order
    jpeg: bytes | None


class Remote:
    """Belongs to the drawing thread. `camera`: begins a picture, which comes as Photographed; False: there is nothing to see yet.

    To read the glass takes a frame, to compress it many: so it is not waited for, and there is one at a time.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._identify_until: Instant | None = None
        self.dimming = memory.dimming() or Dimming()
        self.lit_by_hand: Instant | None = None  # when it was last told to be on
        self.camera: Callable[[Order], bool] = lambda _order: False
        self._ordered: Order | None = None
        self._log = structlog.get_logger()

    def identifying(self, now: Instant) -> Instant | None:
        """Until when the screen says its name; None: it does not."""
        until = self._identify_until
        return until if until is not None and now < until <= now + IDENTIFY_FOR else None

    def carry_out(self, command: Command, now: Instant, *, staffed: bool, revision: int) -> Reply | None:
        """None: the reply is that to Photographed. `staffed`: somebody of the staff is signed in or signing in."""
        match command.name:
            case "identify":
                self._identify_until = Instant.of(now + IDENTIFY_FOR)
                return _done(command, {"until": str(self._identify_until)})
            case "screen":
                return self._dim(command, now)
            case "screenshot":
                return self._picture(command, staffed=staffed, revision=revision)
            case name:
                return _refused(command, "unknown-command", f"{name[:40]!r} is no command for a screen")

    def _dim(self, command: Command, now: Instant) -> Reply:
        wanted = dimmed(self.dimming, command.args)
        if isinstance(wanted, str):
            return _refused(command, "bad-args", wanted)
        self.dimming = wanted
        if command.args.get("on"):
            self.lit_by_hand = now
        try:
            self._memory.keep_dimming(wanted)
        except OSError as error:
            self._log.warning("the screen's brightness is kept in memory only", reason=str(error))
        return _done(command, {"on": wanted.on, "brightness": wanted.brightness, "volume": wanted.volume})

    def _picture(self, command: Command, *, staffed: bool, revision: int) -> Reply | None:
        if staffed:
            return _refused(command, "staff-present", "no picture while staff are at this screen")
        width = command.args.get("width")
        if width is not None and (not isinstance(width, int) or not WIDTH_LEAST <= width <= WIDTH_MOST):
            return _refused(command, "bad-args", f"width: wanted a whole number from {WIDTH_LEAST} to {WIDTH_MOST}")
        if self._ordered is not None:
            return _refused(command, "busy", "another picture is being made; ask again in a moment")
        order = Order(command, width, revision)
        if not self.camera(order):
            return _refused(command, "no-picture", "nothing has been drawn yet")
        self._ordered = order
        return None

    def photographed(self, done: Photographed) -> Reply:
        """The answer to who ordered it."""
        self._ordered = None
        command = done.order.command
        if done.jpeg is None:
            return _refused(command, "no-picture", "the picture could not be made; see this screen's log")
        return _done(command, {"jpeg": base64.b64encode(done.jpeg).decode(), "revision": done.order.revision})


def _done(command: Command, result: dict[str, Any]) -> Reply:
    return Reply(id=command.id, ok=True, result=result, v=1)


def _refused(command: Command, code: str, text: str) -> Reply:
    return Reply(id=command.id, ok=False, error=ReplyError(code=code, text=text), v=1)
