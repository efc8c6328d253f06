"""Which of an asset's renditions a zone wants, and at what size it is drawn there. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.design.box import Box
from signage.core.programme import Asset, Rendition


@dataclass(frozen=True)
class Chosen:
    """`still`: the picture, or a film's still picture. `film`: only of a video. `size`: as drawn, whole pixels."""

    still: Rendition | None
    film: Rendition | None
    size: tuple[int, int]

    @property
    def blobs(self) -> tuple[Rendition, ...]:
        """What has to lie on the disk, the picture first."""
        return tuple(one for one in (self.still, self.film) if one is not None)


def pictures(asset: Asset) -> tuple[Rendition, ...]:
    return tuple(one for one in asset.renditions if one.media != "video/mp4")


def films(asset: Asset) -> tuple[Rendition, ...]:
    return tuple(one for one in asset.renditions if one.media == "video/mp4")


def shape(asset: Asset) -> tuple[int, int] | None:
    """Width and height of what is seen; None: the asset is no picture and no film."""
    seen = films(asset) or pictures(asset)
    return (seen[0].width, seen[0].height) if seen else None


def choose(asset: Asset, box: Box) -> Chosen | None:
    """The smallest renditions that fill the box without being stretched; the largest where none does. None: no picture."""
    seen = shape(asset)
    if seen is None:
        return None
    size = contained(seen, box)
    return Chosen(_fitting(pictures(asset), size), _fitting(films(asset), size), size)


def contained(size: tuple[int, int], box: Box) -> tuple[int, int]:
    """As large as it can be in the box without being cropped or distorted; at least one pixel."""
    width, height = size
    if width * box.h > height * box.w:
        return max(1, int(box.w)), max(1, round(height * int(box.w) / width))
    return max(1, round(width * int(box.h) / height)), max(1, int(box.h))


def _fitting(renditions: Sequence[Rendition], size: tuple[int, int]) -> Rendition | None:
    enough = [one for one in renditions if one.width >= size[0] and one.height >= size[1]]
    if enough:
        return min(enough, key=lambda one: (one.width * one.height, one.size))
    return max(renditions, key=lambda one: (one.width * one.height, -one.size), default=None)
