"""One picture gives way to the next: half a second where there is a graphics processor to do it."""

from collections.abc import Callable
from math import cos, pi

from kiosk.design.part import Part
from kiosk.design.tokens import PICTURE_S


class Fade:
    """At most one at a time. The old part lies on top and goes; the new one stands beneath it, whole, from the start."""

    def __init__(self) -> None:
        self._part: Part | None = None
        self._done: Callable[[], None] | None = None
        self._at = 0.0

    @property
    def on(self) -> bool:
        return self._part is not None

    def begin(self, part: Part, done: Callable[[], None]) -> None:
        """Let `part` go; `done` takes it away."""
        self.finish()
        self._part, self._done, self._at = part, done, 0.0

    def advance(self, seconds: float) -> None:
        if self._part is None:
            return
        self._at += seconds
        if self._at >= PICTURE_S:
            self.finish()
        else:
            self._part.opacity = 0.5 + 0.5 * cos(pi * self._at / PICTURE_S)

    def finish(self) -> None:
        done, self._part, self._done = self._done, None, None
        if done is not None:
            done()
