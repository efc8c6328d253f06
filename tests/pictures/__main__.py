"""Reference pictures of every screen: `python -m tests.pictures [compare | renew | readme] [--out out/pictures] [--match home]`.

`renew` draws everything at full size, writes the contact sheets and makes what was drawn the reference: look at it before it
is committed. `compare` draws everything and tells what is not as it was. `readme` draws the README's pictures anew, the demo's
out of `make demo ARGS=--headless`. The first two also tell what is cut, crossing, pale or out of reach (`tests/screens/eye.py`);
they end with 1 if anything is, or is not as it was.
"""

import argparse
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.pictures.drawing import Drawn, draw_all, listed
from tests.pictures.readme import DEMO, PLACE, refresh
from tests.pictures.references import FOLDER, differences, renew
from tests.pictures.sheets import write_differences, write_page, write_sheets

SHOWN = 20  # lines of what differs; the rest stands on the page


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description="Reference pictures of every screen.")
    parser.add_argument("order", nargs="?", choices=("compare", "renew", "readme"), default="compare")
    parser.add_argument("--out", type=Path, default=Path("out/pictures"))
    parser.add_argument(
        "--match", default="", help="only pictures whose name holds this; references are then left alone"
    )
    options = parser.parse_args(arguments)
    titles = [title for title in listed() if options.match in title]
    if options.order == "readme":
        return _readme(options.out)
    if options.order == "compare" and not any(FOLDER.glob("*.webp")):
        print(f"pictures: there are no references in {FOLDER}; run make pictures and look at what it draws")
        return 1
    shutil.rmtree(options.out, ignore_errors=True)
    began = time.monotonic()
    drawn = list(draw_all(titles, options.out, full=options.order == "renew"))
    took = f"{len(drawn)} pictures in {time.monotonic() - began:.0f} s"
    wrong = _tell_faults(drawn)
    if options.order == "renew":
        _renew(titles, options.out, took, keep=bool(options.match))
        return int(wrong)
    return int(_compare(titles, options.out, took, options.match) or wrong)


def _tell_faults(drawn: Sequence[Drawn]) -> bool:
    """Whether the eye has found anything."""
    faults = [f"{one.title}: {fault}" for one in drawn for fault in one.faults]
    for fault in faults[:SHOWN]:
        print(fault)
    if len(faults) > SHOWN:
        print(f"and {len(faults) - SHOWN} more")
    return bool(faults)


def _readme(out: Path) -> int:
    drawn, missing = refresh(out)
    print(f"{len(drawn)} pictures of {PLACE} are drawn anew")
    if missing:
        print(f"not these: {', '.join(missing)}; run make demo ARGS=--headless first, which leaves them in {DEMO}")
    return 1 if missing else 0


def _renew(titles: Sequence[str], out: Path, took: str, *, keep: bool) -> None:
    page = write_page(titles, out)
    write_sheets(titles, out)
    print(f"{took}: {page} and {out}/sheet-*.png")
    if not keep:
        changed, gone = renew(titles, out / "small")
        print(f"{changed} references are new or changed and {gone} have gone: git status {FOLDER}")


def _compare(titles: Sequence[str], out: Path, took: str, match: str) -> bool:
    """Whether anything is not as it was."""
    found = [one for one in differences(titles, out / "small") if match in one.title]
    if not found:
        print(f"{took}, all as they were")
        return False
    for one in found[:SHOWN]:
        print(one)
    page = write_differences(found, out / "small", FOLDER, out)
    print(f"{took}, {len(found)} are not as they were: {page}; if that is meant: make pictures")
    return True


if __name__ == "__main__":
    sys.exit(main())
