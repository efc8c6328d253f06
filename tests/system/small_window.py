"""A real window drawn part by part: `python -m tests.system.small_window`, orders on standard input, an answer when drawn.

`put NAME x y w h COLOUR` shows a rectangle there, `drop NAME` takes it away, `settle` lets it go on, `frames` tells how
many were whole and in parts, and whether it still draws in parts.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.driver import prepare_kivy
from kiosk.settings import KioskSettings
from signage.link.client import Address
from signage.link.log import configure

SIZE = (400, 300)
ROUNDS = 6  # Kivy looks at a new size a tenth of a second late


def main() -> None:
    configure("small", as_json=False)
    prepare_kivy(KioskSettings("small", "wall", SIZE, Address("127.0.0.1", 1), Path("/nonexistent")), "x11")
    from kivy.base import EventLoop  # noqa: PLC0415  # opens the window
    from kivy.core.window import Window  # noqa: PLC0415  # after the stage is settled: it opens Kivy

    from kiosk.design.box import Box  # noqa: PLC0415  # after the stage is settled: it opens Kivy
    from kiosk.design.paint import Fill  # noqa: PLC0415  # after the stage is settled: it opens Kivy
    from kiosk.design.tokens import NIGHT, Look  # noqa: PLC0415  # after the stage is settled: it opens Kivy
    from kiosk.glass.areas import Area  # noqa: PLC0415  # after the stage is settled: it opens Kivy
    from kiosk.glass.copying import Copier  # noqa: PLC0415  # after the stage is settled: it opens Kivy
    from kiosk.glass.painter import Painter  # noqa: PLC0415  # after the stage is settled: it opens Kivy

    class Counting(Copier):
        whole = parts = 0

        def show(self, areas: Sequence[Area]) -> None:
            if tuple(areas) == (Area(0, 0, *Window.system_size),):
                self.whole += 1
            else:
                self.parts += 1
            super().show(areas)

    def settle() -> None:
        """Rounds as Kivy's own loop makes them: the clock's, then what SDL has heard from the X server."""
        for _ in range(ROUNDS):
            EventLoop.idle()
            Window.mainloop()

    EventLoop.ensure_window()
    copier = Counting.of_window()
    assert isinstance(copier, Counting), "this display cannot copy a part of a window"
    painter = Painter(Window, copier)
    Window.clearcolor = (0, 0, 0, 1)
    EventLoop.start()
    shown: dict[str, Fill] = {}
    settle()
    _answer("ready")
    for order in sys.stdin:
        word, *rest = order.split()
        if word == "put":
            name, *place, colour = rest
            if name not in shown:
                shown[name] = Fill(Look.fit(NIGHT, *SIZE), colour)
                Window.add_widget(shown[name])
            shown[name].tint(colour)
            shown[name].place(Box(*map(float, place)))
        elif word == "drop":
            Window.remove_widget(shown.pop(rest[0]))
        settle()
        _answer(f"{copier.whole} {copier.parts} {painter.at_work}")


def _answer(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
