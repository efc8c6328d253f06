"""One picture gives way to the next over half a second, where motion is wanted.

What stood is printed as one picture, which goes; the new one stands beneath it, whole, from the start.
"""

from math import cos, pi

from kiosk.design.blit import Veil
from kiosk.design.box import Box
from kiosk.design.part import Part
from kiosk.design.printing import Plate
from kiosk.design.tokens import PICTURE_S, Look


class Fade:
    """At most one at a time. `veil`: to lie on top of the new picture while it is `on`."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._veil: Veil | None = None
        self._plate: Plate | None = None
        self._at: float | None = None

    @property
    def on(self) -> bool:
        return self._at is not None

    def begin(self, before: Part, box: Box) -> Part:
        """Let `before`, which has no parent any more, go from where it stood. The part to lay on top."""
        size = (round(box.w), round(box.h))
        if self._plate is None or self._plate.size != size:
            self._plate = Plate(*size)
        self._plate.print(box, before.canvas)
        if self._veil is None:
            self._veil = Veil(self._look)
        self._veil.bear(self._plate.texture)
        self._veil.place(box)
        self._veil.thin(1.0)
        self._at = 0.0
        return self._veil

    def advance(self, seconds: float) -> None:
        if self._at is None or self._veil is None:
            return
        self._at += seconds
        if self._at >= PICTURE_S:
            self.finish()
        else:
            self._veil.thin(0.5 + 0.5 * cos(pi * self._at / PICTURE_S))

    def finish(self) -> None:
        """Only the new picture stands."""
        self._at = None
        if self._veil is not None and self._veil.parent is not None:
            self._veil.parent.remove_widget(self._veil)
