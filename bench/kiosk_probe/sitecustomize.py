"""In the product's processes, while they are measured: when frames are shown, and one idea of its drawing switched off.

Found by Python at its start (PYTHONPATH); the product is started as ever and knows nothing of it. BENCH_FRAMES: a file that
gets the time (unix seconds, float64) of each frame; BENCH_WITHOUT: an idea; BENCH_STILL: the ticker does not move.
"""

import atexit
import os
import sys
import time
from array import array
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType, SimpleNamespace
from typing import Any

PLAIN = "$HEADER$\nvoid main(void) { gl_FragColor = frag_color * texture2D(texture0, tex_coord0); }\n"


class Frames:
    """Times are written a second's at once: to write is no part of the product's work. The first one, by itself."""

    def __init__(self) -> None:
        self._file = os.open(os.environ["BENCH_FRAMES"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._times = array("d")
        self._enough = 1

    def shown(self, *_: object) -> None:
        self._times.append(time.time())
        if len(self._times) >= self._enough:
            self.write()

    def write(self) -> None:
        os.write(self._file, self._times.tobytes())
        self._times = array("d")
        self._enough = 60


def shell(module: Any) -> None:
    opened = module.Shell._open  # noqa: SLF001  # where the window is just there

    def open_and_watch(self: Any) -> None:
        opened(self)
        frames = Frames()
        atexit.register(frames.write)
        module.Window.bind(on_flip=frames.shown)

    module.Shell._open = open_and_watch  # noqa: SLF001  # as above
    if without == "pace":
        module.keep_exact_pace = lambda _took: None


def start(module: Any) -> None:
    if without == "damage":
        begin = module.Copier
        module.Copier = type("Nothing", (), {"of_window": staticmethod(lambda: None), "real": begin})


def copying(module: Any) -> None:
    if without == "copying":
        show = module.Copier.show
        module.Copier.show = lambda self, _areas: show(self, (module.Area(0, 0, 1920, 1080),))


def damage(module: Any) -> None:
    if without == "leaving out":

        def all_of_it(self: Any, _area: Any) -> tuple[list[Any], bool]:
            return [child.canvas for child in reversed(self._root.children)], False

        module.Damage.mending = all_of_it


def visual(module: Any) -> None:
    if without == "visual":
        module.plain_visual = lambda: None


def blit(module: Any) -> None:
    if without == "sampling":
        module.SAMPLE = PLAIN
        module.gl = SimpleNamespace(**{**vars(module.gl), "glDisable": lambda *_: None})

    if without == "rows":
        module._HAIR = 0.0  # noqa: SLF001  # of no use to anybody else


def printing(module: Any) -> None:
    if without == "bgra":
        made = module.Texture.create
        module.Texture = type("Rgba", (), {"create": staticmethod(lambda **more: made(**{**more, "colorfmt": "rgba"}))})


def ticker(module: Any) -> None:
    if "BENCH_STILL" in os.environ:
        module.Slide.advance = lambda _self, _seconds: None
        module.Slide.moving = False


PATCHES = {
    "kiosk.shell": shell,
    "kiosk.glass.start": start,
    "kiosk.glass.copying": copying,
    "kiosk.glass.damage": damage,
    "kiosk.glass.visual": visual,
    "kiosk.design.blit": blit,
    "kiosk.design.printing": printing,
    "kiosk.design.ticker": ticker,
}


class Finder(MetaPathFinder):
    """Patches a module right after it was executed."""

    def find_spec(self, name: str, path: Any = None, target: ModuleType | None = None) -> ModuleSpec | None:
        patch = PATCHES.get(name)
        spec = PathFinder.find_spec(name, path, target) if patch is not None else None
        if patch is None or spec is None or spec.loader is None:
            return None
        execute = spec.loader.exec_module

        def execute_and_patch(module: ModuleType) -> None:
            execute(module)
            patch(module)

        spec.loader.exec_module = execute_and_patch  # type: ignore[method-assign]  # of this one module
        return spec


without = os.environ.get("BENCH_WITHOUT", "")
if "BENCH_FRAMES" in os.environ:
    sys.meta_path.insert(0, Finder())
