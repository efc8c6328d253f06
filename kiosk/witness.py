"""What really stands on this screen's glass, and the events that say so: `shown` once for each thing, `play` now and then."""

from typing import Final
from uuid import UUID, uuid5

import structlog

from kiosk.frames import Frames
from kiosk.sight import Sight
from kiosk.view.plays import Plays
from kiosk.view.shown import after_ms
from signage.core.instants import Instant
from signage.link.clock import Moment
from signage.link.database import StorageError
from signage.link.node import Node
from signage.link.outbox import EventTooLarge

_SHOWN: Final = UUID("5c1f3e1a-6f0e-5f3b-8b7e-2d9a4c60a1f4")  # namespace of `shown` events: each told once


class Witness:
    """`glass`: the last sight that was drawn; `present_since`: when the link came up, before which nobody could be told."""

    def __init__(self, screen: str, node: Node, moment: Moment) -> None:
        self.frames = Frames(moment.mono)
        self.glass: Sight | None = None
        self.present_since = moment.at
        self._screen, self._node = screen, node
        self._told: frozenset[str] = frozenset()
        self._plays = Plays(moment.at)
        self._log = structlog.get_logger()

    def drawn(self, sight: Sight, moment: Moment) -> bool:
        """A frame with these pixels stands on the glass. Whether it is another sight to those who are told of it."""
        self.frames.drawn(moment.mono)
        dark = not sight.dimming.on
        self._plays.drawn(() if dark else sight.playing, self._node.now(moment))
        if dark:
            return False  # nothing of it can be seen
        before, self.glass = self.glass, sight
        if before is not None and before.essence == sight.essence:
            return False
        self._tell(sight, moment)
        return True

    def wants_frame(self, sight: Sight, moment: Moment) -> bool:
        """Whether one is to say that this sight stands on the glass, though no pixel may differ.

        The next turn of the picture that stands there already needs none: it counts from now.
        """
        if not sight.dimming.on:
            return False
        if self.glass is None or self.glass.marks != sight.marks:
            return True
        self._plays.drawn(sight.playing, self._node.now(moment))
        return False

    def play(self, now: Instant, moment: Moment) -> Instant:
        """Proof of play, when it is due; the instant at which it is next."""
        if not self._plays.begun <= now < self._plays.due():  # before: a clock was put back
            self.settle(moment)
        return self._plays.due()

    def settle(self, moment: Moment) -> None:
        """Tell what has played so far: every five minutes, and at the end."""
        data = self._plays.take(self._screen, self._node.now(moment))
        if data is not None:
            try:
                self._node.emit("play", data, moment)
            except (StorageError, EventTooLarge) as error:
                self._log.warning("what has played could not be stored", reason=str(error))

    def _tell(self, sight: Sight, moment: Moment) -> None:
        """`shown` for each suspension and notice that stands on the glass for the first time."""
        drawn = self._node.now(moment)
        new = [one for one in sight.told if one.ref not in self._told]
        self._told = frozenset(one.ref for one in sight.told)
        for one in new:
            name = self._screen
            after = after_ms(one, self.present_since, drawn)
            data = {"screen": name, "what": one.what, "ref": one.ref, "after_ms": after}
            try:
                self._node.emit("shown", data, moment, event_id=str(uuid5(_SHOWN, f"{name}/{one.what}/{one.ref}")))
            except StorageError as error:
                self._log.warning("what is shown could not be stored", ref=one.ref, reason=str(error))
