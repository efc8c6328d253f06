"""Who serves at a counter, as its display introduces them: from the screen's own configuration, by staff number."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.design.tokens import Look
from kiosk.media.album import PictureKey
from signage.core.items import CounterCard
from signage.core.model import Text
from signage.core.scene import Scene

PHOTO_W: Final = 216  # three to four, as on an identity card
PHOTO_H: Final = 288


@dataclass(frozen=True)
class Teller:
    """One of the branch's tellers. `photo`: a file on this screen's own disk; None: there is none."""

    id: str
    name: Text
    photo: Path | None = None


@dataclass(frozen=True)
class Introduced:
    """`photo`: the picture, once it is decoded; None: a drawn figure stands in its place."""

    name: Text
    photo: PictureKey | None = None


def by_number(tellers: Sequence[Teller]) -> dict[str, Teller]:
    """The tellers by their staff numbers."""
    return {teller.id: teller for teller in tellers}


def who_serves(scene: Scene) -> str | None:
    """The staff number that this counter's display names: only while its counter serves, and nothing stands before it."""
    item = next((zone.item for zone in scene.zones if zone.name == "main"), None)
    return item.teller if isinstance(item, CounterCard) and item.condition == "open" else None


def portrait_size(look: Look) -> tuple[int, int]:
    """Of a photo on a screen of that look, in pixels."""
    return round(look.u(PHOTO_W)), round(look.u(PHOTO_H))
