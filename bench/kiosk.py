"""A wall beside Chromium in kiosk mode: the same content on the same display, one after the other in one run.

    python -m bench.kiosk [--seconds 12] [--ideas]

The product's side is its own `kiosk` command (guard, decoder and all) on a wall of 1920 × 1080 with signed pictures, with broker
and parent outside what is measured; Chromium's is bench/kiosk_page.html. Both draw at the same rate, 30 and 60 a second, and change
the same pixels: a picture of 1440 × 864 that fades for half a second every four, a ticker of 1288 × 96. CPU is of the whole tree
of processes and the X server's. `--ideas`: what ticker and fade cost at 60 with each idea of the drawing switched off.
"""

import argparse
from pathlib import Path
from typing import Final

from bench import rig
from bench.kiosk_sides import Glass, Measured, Mode, chromium, glass, product

MODES: Final = (Mode("rest", 30), Mode("fade", 30), Mode("both", 30), Mode("fade", 60), Mode("both", 60))
IDEAS: Final = {
    "damage": "every frame whole",
    "leaving out": "all widgets drawn, clipped to what changed",
    "copying": "the whole window copied onto the glass",
    "visual": "a visual with depth and stencil",
    "threads": "two threads of Mesa's",
    "sampling": "colour and blending for what is opaque",
    "bgra": "ticker and fade in RGBA",
    "rows": "pictures fetched pixel by pixel, not as rows",
    "pace": "Kivy's own waiting",
}


def compared(folder: Path, on: Glass, span: float) -> dict[str, float]:
    figures: dict[str, float] = {}
    print(
        f"{'':<9}{'':<10}{'CPU %':>8}{'X %':>7}{'sum %':>8}{'PSS MB':>9}{'fps':>7}{'gap ms':>8}{'first s':>9}{'frame s':>9}{'picture s':>10}"
    )
    for mode in MODES:
        mine = product(folder / f"kiosk-{mode.name}", on, mode, span)
        others = chromium(folder / f"chromium-{mode.name}", on, mode, span)
        for side, one in (("kiosk", mine), ("chromium", others)):
            print(
                f"{mode.name:<9}{side:<10}{one.cpu:8.1f}{one.server:7.1f}{one.cpu + one.server:8.1f}{one.pss_mb:9.0f}"
                f"{one.fps:7.1f}{one.gap_ms:8.0f}{one.first_s:9.2f}{one.frame_s:9.2f}{one.content_s:10.2f}",
                flush=True,
            )
            figures |= _figures(f"{mode.name}_{side}", one)
        figures |= _ratios(mode, mine, others)
    return figures


def _figures(name: str, one: Measured) -> dict[str, float]:
    return {
        f"{name}_cpu": one.cpu + one.server,
        f"{name}_pss_mb": one.pss_mb,
        f"{name}_fps": one.fps,
        f"{name}_gap_ms": one.gap_ms,
        f"{name}_first_s": one.first_s,
        f"{name}_frame_s": one.frame_s,
        f"{name}_content_s": one.content_s,
    }


def _ratios(mode: Mode, mine: Measured, others: Measured) -> dict[str, float]:
    cpu = (mine.cpu + mine.server) / max(0.01, others.cpu + others.server)
    memory, first = mine.pss_mb / others.pss_mb, mine.first_s / others.first_s
    fps = "" if mode.moves == "rest" else f"{mine.fps / max(0.01, others.fps):.2f}"
    print(f"{mode.name:<9}{'ratio':<10}{'':>15}{cpu:8.2f}{memory:9.2f}{fps:>7}{'':>8}{first:9.2f}")
    return {f"{mode.name}_cpu_ratio": cpu, f"{mode.name}_pss_ratio": memory, f"{mode.name}_first_ratio": first}


def ideas(folder: Path, on: Glass, span: float) -> dict[str, float]:
    """CPU of a frame, with everything and without each."""
    figures: dict[str, float] = {}
    print(f"{'switched off':<44}{'sum %':>8}{'fps':>7}{'ms/frame':>10}{'times':>7}")
    whole = 0.0
    for name, words in {"": "nothing", **IDEAS}.items():
        one = product(folder / f"idea-{name or 'all'}", on, Mode("both", 60), span, name)
        each = (one.cpu + one.server) * 10 / max(0.01, one.fps)
        whole = whole or each
        print(f"{words:<44}{one.cpu + one.server:8.1f}{one.fps:7.1f}{each:10.2f}{each / whole:7.1f}", flush=True)
        figures[f"without_{name or 'nothing'}_ms"] = each
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.kiosk")
    parser.add_argument("--seconds", type=float, default=12.0, help="how long each is measured")
    parser.add_argument("--ideas", action="store_true", help="what each idea of the drawing gains")
    options = parser.parse_args()
    print(rig.machine())
    with rig.workshop("kiosk") as folder, glass(folder) as on:
        run = ideas if options.ideas else compared
        figures = run(folder, on, options.seconds)
    rig.report("kiosk-ideas" if options.ideas else "kiosk", figures)


if __name__ == "__main__":
    main()
