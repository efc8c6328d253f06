"""A deterministic stage for Kivy parts: its own clock, one step at a time, real touches, real pixels.

For tests and for the gallery. Nothing runs by itself: `step` is one pass of the event loop. Import this module before
anything of Kivy: it chooses the video driver (`offscreen` unless the environment says otherwise).
"""

import os
from typing import Any, Final

from PIL import Image

# SDL's offscreen window never grows its surface: it is made once, large, and every stage is a part of it.
_LARGEST: Final = 1920


def prepare(driver: str = "offscreen") -> None:
    """Settle Kivy's surroundings: no files of its own, no arguments, no log, a video driver by name."""
    os.environ.setdefault("SDL_VIDEODRIVER", driver)
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    for name in ("KIVY_NO_ARGS", "KIVY_NO_FILELOG", "KIVY_NO_CONFIG"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("KIVY_LOG_MODE", "PYTHON")  # warnings still reach standard error


class Stage:
    """One window of a size in pixels, for a while. Close it before opening the next."""

    def __init__(self, width: int, height: int) -> None:
        prepare()
        from kivy.config import Config  # noqa: PLC0415  # Kivy opens its window on import: only once all is settled

        for name, value in (("width", _LARGEST), ("height", _LARGEST), ("multisamples", 0), ("maxfps", 0)):
            Config.set("graphics", name, value)
        for name, _ in Config.items("input"):
            Config.remove_option("input", name)
        from kivy.base import EventLoop  # noqa: PLC0415  # Kivy reads its environment at its import
        from kivy.clock import ClockBase  # noqa: PLC0415  # Kivy reads its environment at its import
        from kivy.context import Context  # noqa: PLC0415  # Kivy reads its environment at its import
        from kivy.core.window import Window  # noqa: PLC0415  # Kivy reads its environment at its import

        self.window: Any = Window
        self._loop: Any = EventLoop
        self.seconds = 1000.0
        self._open(width, height, Context(init=False), ClockBase())

    def _open(self, width: int, height: int, context: Any, clock: Any) -> None:
        if not self.window.initialized:
            self.window.create_window()
            self.window.register()
            self.window.initialized = True
        self.window.size = (width, height)
        self._context, self.clock = context, clock
        context["Clock"] = clock
        context.push()
        clock.time = lambda: self.seconds
        clock._max_fps = 0  # noqa: SLF001  # the clock must not wait for a frame's time to pass
        clock._last_tick = clock._start_tick = clock._duration_ts0 = self.seconds  # noqa: SLF001  # its past
        clock.start_clock()
        self._loop.set_window(self.window)
        self._loop.status, self._loop.quit = "started", False
        if self.window not in self._loop.event_listeners:
            self._loop.add_event_listener(self.window)
        self.step(2)

    def show(self, widget: Any) -> Any:
        """Put a widget on the window and let it be drawn."""
        self.window.add_widget(widget)
        self.step(2)
        return widget

    def clear(self) -> None:
        """Take everything off the window."""
        for child in self.window.children[:]:
            self.window.remove_widget(child)

    def step(self, count: int = 1, dt: float = 1 / 60) -> None:
        """Let the clock go on by `count` frames of `dt` seconds."""
        for _ in range(count):
            self.seconds += dt
            self._loop.idle()

    def settle(self, dt: float = 1 / 60) -> None:
        """One pass of which nothing is drawn: for what is looked at only once, with `pixels`."""
        self.seconds += dt
        self.clock.tick()
        self.clock.tick_draw()

    def run(self, seconds: float, dt: float = 1 / 30) -> None:
        """Let so many seconds pass, in an instant."""
        self.step(max(1, round(seconds / dt)), dt)

    def touch(self, x: float, y: float) -> Any:
        """A finger at a place; `touch_down`, `touch_move`, `touch_up` move it."""
        from kivy.tests.common import UnitTestTouch  # noqa: PLC0415  # Kivy reads its environment at its import

        return UnitTestTouch(x, y)

    def tap(self, place: Any, hold: float = 0.05) -> None:
        """Press and release a widget's middle, or a point."""
        x, y = place if isinstance(place, tuple) else place.to_window(*place.center)
        finger = self.touch(x, y)
        finger.touch_down()
        self.run(hold)
        finger.touch_up()
        self.step(2)

    def pixels(self) -> Image.Image:
        """What stands on the glass, as an RGB picture."""
        from kivy.graphics.opengl import GL_RGBA, GL_UNSIGNED_BYTE, glReadPixels  # noqa: PLC0415  # Kivy reads its environment at its import

        self.window.canvas.ask_update()
        self.window.dispatch("on_draw")
        width, height = self.window.system_size
        data = glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE)
        picture = Image.frombytes("RGBA", (width, height), data).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        return picture.convert("RGB")

    def close(self) -> None:
        """Take everything down and give Kivy its own clock back."""
        from kivy.animation import Animation  # noqa: PLC0415  # Kivy reads its environment at its import

        for animation in list(Animation._instances):  # noqa: SLF001  # Kivy offers no list of what is running
            animation._unregister()  # noqa: SLF001  # Kivy has no public name for it
        self.clear()
        self.window.canvas.before.clear()
        self.window.canvas.after.clear()
        self._loop.touches.clear()
        self.clock.stop_clock()
        self._context.pop()
