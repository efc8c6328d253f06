"""The serving teller's name and photo, both from this screen's own configuration: nothing of a face comes over a network."""

from collections.abc import Callable, Sequence
from typing import Final

import structlog

from kiosk.media.album import PictureKey, Pixels
from kiosk.media.darkroom import Blame, Darkroom, Developed, Order, Spoilt
from kiosk.media.jobs import PictureMedia
from kiosk.media.probation import Probation
from kiosk.settings import KioskSettings
from kiosk.view.portrait import Introduced, Teller, by_number, portrait_size, who_serves
from kiosk.view.zones import Hanging, hanging
from signage.core.instants import Instant
from signage.core.scene import Scene
from signage.wire.messages import Fault

_MEDIA: Final[dict[str, PictureMedia]] = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
_DECODER_FIRST_S: Final = 60  # after which a photo is tried again that the decoder had no time or memory for


def portraits_of(settings: KioskSettings, darkroom: Darkroom | None) -> "Portraits | None":
    """None: nobody is to be introduced here. Without a darkroom there is no photo, and none is ordered."""
    if not settings.tellers:
        return None
    order = darkroom.order if darkroom is not None else lambda _: False
    return Portraits(settings.tellers, order, hanging(settings.kind, settings.size))


class Portraits:
    """Belongs to the drawing thread. `order`: the darkroom's; `hanging`: of the window, and it changes with it."""

    def __init__(self, tellers: Sequence[Teller], order: Callable[[Order], bool], hanging: Hanging) -> None:
        self.hanging = hanging
        self._tellers = by_number(tellers)
        self._order = order
        self._pixels: Pixels | None = None  # of whoever served last: one face at a time lies in memory
        self._ordered: PictureKey | None = None
        self._faults: dict[str, Fault] = {}
        self._lost: set[str] = set()  # by staff number: for these no photo is ordered any more
        self._resting = Probation(_DECODER_FIRST_S)

    def look(self, scene: Scene, now: Instant) -> tuple[Introduced | None, tuple[Pixels, ...]]:
        """Who is to be introduced, and the photo if it is decoded; else it is ordered now. None: nobody who is known."""
        teller = self._tellers.get(who_serves(scene) or "")
        if teller is None:
            return None, ()
        if teller.photo is None or teller.id in self._lost or self._resting.holds(teller.id, now):
            return Introduced(teller.name), ()
        key = PictureKey(teller.id, *portrait_size(self.hanging.look))
        if self._pixels is not None and self._pixels.key == key:
            return Introduced(teller.name, key), (self._pixels,)
        media = _MEDIA[teller.photo.suffix.lower()]
        order = Order(teller.id, key, teller.photo, media, None, self.hanging.ground)
        if self._ordered != key and self._order(order):
            self._ordered = key
        return Introduced(teller.name), ()

    def answered(self, answer: Developed | Spoilt, now: Instant) -> bool:
        """Whether it is an answer to an order of ours. A photo that cannot be had is told, until the program's end.

        One for which the decoder could not be had is told until it can.
        """
        if answer.order.size is not None:
            return False
        self._ordered = None
        teller, path = answer.order.ref, answer.order.path
        if isinstance(answer, Developed):
            self._pixels = answer.pixels
            self._resting.forget(teller)
            self._faults.pop(teller, None)
            return True
        if answer.blame is Blame.DECODER:
            self._resting.failed(teller, now)
        else:
            self._lost.add(teller)
        text = f"{teller}: {path}: {answer.reason}"
        structlog.get_logger().error("fault", code="teller-photo", teller=teller, photo=str(path), reason=answer.reason)
        self._faults[teller] = Fault(code="teller-photo", since=now, text=text[:200])
        return True

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(self._faults.values())
