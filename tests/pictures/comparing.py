"""How alike two pictures are to an eye: structural similarity, of the whole and of the place where they differ most.

The whole alone would not do: one word of a page is a hundredth of it. Pure.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from PIL import Image
from skimage import metrics

Map: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.float32]]"

PATCH = 12  # px of a small picture, about 48 of the glass: a word, an icon, half a star
LEAST_ALIKE = 0.90  # of the patch that differs most; a line moved by one pixel of the glass stays above


@dataclass(frozen=True)
class Likeness:
    """1 is the same. `worst`: the similarity of the patch that differs most; `place`: its left, top, right, bottom in pixels."""

    whole: float
    worst: float
    place: tuple[int, int, int, int]

    @property
    def alike(self) -> bool:
        return self.worst >= LEAST_ALIKE


def likeness(one: Image.Image, other: Image.Image) -> Likeness:
    """Two RGB pictures. Of different size they are not alike at all."""
    if one.size != other.size:
        return Likeness(0.0, 0.0, (0, 0, *one.size))
    if one.tobytes() == other.tobytes():
        return Likeness(1.0, 1.0, (0, 0, 0, 0))
    before, after = np.asarray(one, dtype=np.float32), np.asarray(other, dtype=np.float32)
    window = 7 if min(one.size) >= 7 else 3
    similarity: Any = metrics.structural_similarity  # the library has no types
    whole, similar = similarity(before, after, win_size=window, channel_axis=2, data_range=255.0, full=True)
    patches = _patches(np.asarray(similar).min(axis=2))
    row, column = np.unravel_index(int(patches.argmin()), patches.shape)
    left, top = int(column) * PATCH, int(row) * PATCH
    place = (left, top, min(one.width, left + PATCH), min(one.height, top + PATCH))
    return Likeness(float(whole), float(patches.min()), place)


def _patches(similar: Map) -> Map:
    """The mean of each patch; what is missing at the right and at the bottom is alike."""
    height, width = similar.shape
    padded = np.ones((-(-height // PATCH) * PATCH, -(-width // PATCH) * PATCH), dtype=np.float32)
    padded[:height, :width] = similar
    blocks = padded.reshape(padded.shape[0] // PATCH, PATCH, padded.shape[1] // PATCH, PATCH)
    means: Map = blocks.mean(axis=(1, 3))
    return means
