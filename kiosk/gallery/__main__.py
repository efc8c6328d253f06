"""`python -m kiosk.gallery --out DIR [--only wall] [--match suspended]`."""

import argparse
import sys
from pathlib import Path

from kiosk.gallery.registry import every
from kiosk.stage import Stage
from signage.link.catalogues import load_catalogues


def main() -> int:
    """Draw them, one window size after the other."""
    parser = argparse.ArgumentParser(prog="python -m kiosk.gallery", description="Draw every screen in every state.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    parser.add_argument("--only", help="one group: wall, counter, fascia, strip, touch")
    parser.add_argument("--match", default="", help="only pictures whose name holds this")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    pictures = sorted(every(load_catalogues(), options.only, options.match), key=lambda one: one.size)
    stage: Stage | None = None
    size = None
    for picture in pictures:
        if stage is None or picture.size != size:
            if stage is not None:
                stage.close()
            stage, size = Stage(*picture.size), picture.size
        stage.show(picture.make())
        stage.pixels().save(options.out / f"{picture.title}.png")
        stage.clear()
    if stage is not None:
        stage.close()
    print(f"{len(pictures)} pictures in {options.out}", file=sys.stderr)  # noqa: T201  # the command's only words
    return 0


if __name__ == "__main__":
    sys.exit(main())
