"""`python -m kiosk.gallery --out DIR [--only wall] [--match suspended]`."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.gallery.pseudo import pseudo
from kiosk.gallery.registry import every
from kiosk.stage import Stage
from signage.link.catalogues import load_catalogues


def _cut(screen: Any) -> Iterator[str]:
    """Texts that end in an ellipsis."""
    fitted = (
        (part.text, getattr(part, "fitted", None)) for part in screen.walk(restrict=True) if hasattr(part, "text")
    )
    return (text for text, fit in fitted if fit is not None and fit.clipped)


def main() -> int:
    """Draw them, one window size after the other."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.gallery", description="Draw every screen in every state.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--only", help="one group: wall, counter, fascia, strip, touch")
    parser.add_argument("--match", default="", help="only pictures whose name holds this")
    parser.add_argument(
        "--pseudo", action="store_true", help="English in disguise, two fifths longer; lists what is cut"
    )
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    catalogues = load_catalogues()
    if options.pseudo:
        catalogues["en"] = pseudo(catalogues["en"])
    found = every(catalogues, options.only, options.match)
    pictures = sorted((one for one in found if one.locale == "en" or not options.pseudo), key=lambda one: one.size)
    stage: Stage | None = None
    size = None
    for picture in pictures:
        if stage is None or picture.size != size:
            if stage is not None:
                stage.close()
            stage, size = Stage(*picture.size), picture.size
        screen = stage.show(picture.make())
        if options.pseudo:
            for words in _cut(screen):
                print(f"{picture.title}: {words}")  # noqa: T201  # what the command is asked for
        stage.pixels().save(options.out / f"{picture.title}.png")
        stage.clear()
    if stage is not None:
        stage.close()
    print(f"{len(pictures)} pictures in {options.out}", file=sys.stderr)  # noqa: T201  # the command's only words
    return 0


if __name__ == "__main__":
    sys.exit(main())
