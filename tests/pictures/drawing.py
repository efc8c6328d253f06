"""Draws the gallery in several processes at once: each has one window in its life.

To build a screen costs as much as to draw it, so the eye looks at it in passing.
"""

import gc
import importlib
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from PIL import Image

from kiosk.gallery.registry import Picture, every
from kiosk.stage import Stage
from signage.link.catalogues import load_catalogues

SMALL_SIDE = 480  # px: how long the longer side of what is compared and kept is at most
QUALITY = 50  # of WebP: what is drawn anew is written the same way before it is compared
_RUN = 24  # pictures a process draws before it says so
_OBJECTS = 50_000  # between two looks of the collector of cycles: at its own pace it takes a third of the time


@dataclass(frozen=True)
class Drawn:
    """A picture that has been drawn, and what the eye finds wrong with it."""

    title: str
    faults: tuple[str, ...]


@cache
def listed() -> dict[str, Picture]:
    """The gallery by title; it costs half a second to make."""
    return {picture.title: picture for picture in every(load_catalogues())}


def small(picture: Image.Image) -> Image.Image:
    """What of a picture is compared and kept: a quarter of its length, or so."""
    share = min(1.0, SMALL_SIDE / max(picture.size))
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    return picture if size == picture.size else picture.resize(size, Image.Resampling.BOX, reducing_gap=2.0)


def draw(titles: Sequence[str], folder: Path, full: bool) -> list[Drawn]:
    """Draws these into `folder`: `small/<title>.webp`, with `full` also `full/<title>.png`. One after the other, in this process."""
    pictures = listed()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 20, 20)
    stage: Stage | None = None
    done = []
    try:
        for title in titles:
            picture = pictures[title]
            if stage is None or tuple(stage.window.size) != picture.size:
                if stage is not None:
                    stage.close()
                stage = Stage(*picture.size)
            screen = picture.make()
            eye = importlib.import_module("tests.screens.eye")  # opens Kivy, which wants its stage settled first
            done.append(Drawn(title, tuple(eye.faults(picture, screen))))
            stage.window.add_widget(screen)
            stage.settle()
            drawn = stage.pixels()
            small(drawn).save(folder / "small" / f"{title}.webp", quality=QUALITY)
            if full:
                drawn.save(folder / "full" / f"{title}.png", compress_level=3)
            stage.clear()
    finally:
        if stage is not None:
            stage.close()
    return done


def draw_all(titles: Iterable[str], folder: Path, *, full: bool = False) -> Iterator[Drawn]:
    """What is drawn, as it is drawn, in as many processes as there are processors."""
    for name in ("small", "full"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    pictures = listed()
    order = sorted(titles, key=lambda title: (pictures[title].size, title))
    runs = [order[start : start + _RUN] for start in range(0, len(order), _RUN)]
    with ProcessPoolExecutor(min(os.cpu_count() or 1, len(runs) or 1), get_context("spawn")) as pool:
        for done in pool.map(draw, runs, [folder] * len(runs), [full] * len(runs)):
            yield from done
