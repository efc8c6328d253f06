"""The pictures of the README, drawn anew: the gallery's by the gallery, the demo's out of what its last run has left."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from tests.pictures.drawing import draw_all, listed

PLACE = Path("docs/pictures")
DEMO = Path("out/demo")
_COLOURS = 192  # of a palette: what a screen has, and the edges of its letters


def refresh(scratch: Path, place: Path = PLACE, demo: Path = DEMO) -> tuple[list[str], list[str]]:
    """Every picture of `place` in the size it has. (those drawn anew, those whose source is missing)."""
    names = sorted(path.stem for path in place.glob("*.png"))
    gallery = [name for name in names if name in listed()]
    list(draw_all(gallery, scratch, full=True))
    sources = {name: scratch / "full" / f"{name}.png" if name in gallery else _told(demo, name) for name in names}
    there = [name for name in names if sources[name].exists()]
    _replace(there, sources, place)
    return there, [name for name in names if name not in there]


def _told(demo: Path, name: str) -> Path:
    """The demo puts the number of the step before it, which another step may change."""
    return next(iter(sorted(demo.glob(f"[0-9][0-9]-{name}.png"))), demo / f"{name}.png")


def _replace(names: Sequence[str], sources: dict[str, Path], place: Path) -> None:
    for name in names:
        target = place / f"{name}.png"
        with Image.open(target) as before:
            size = before.size
        with Image.open(sources[name]) as drawn:
            small = drawn.convert("RGB").resize(size, Image.Resampling.LANCZOS)
        small.quantize(_COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
