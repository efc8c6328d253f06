"""The drawing loop of one screen: what arrives is drawn, what is drawn is told, and nothing beats without need."""

import os
import signal
from collections.abc import Callable, Mapping
from threading import Thread
from typing import Any, Final

import structlog
from kivy.base import EventLoop, runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RENDERER, glGetString

from kiosk.faces import Face, face_of
from kiosk.intake import Intake
from kiosk.pace import beat, keep_exact_pace
from kiosk.station import Sight, Station
from kiosk.view.happenings import Tap
from signage.core.exits import Exit, Refusal
from signage.core.phrases import Catalogue
from signage.link.clock import moment
from signage.link.threads import ThreadDied, describe

EXIT_SOFTWARE: Final = 70
LONGEST_SLEEP_S: Final = 30.0  # the system's clock may be set while this sleeps by the other one
REST_FPS: Final = {"touch": 30}  # a touch waits for the next frame
_REST_FPS_ELSE: Final = 10
AWAKE_S: Final = 5.0  # after a touch
STILL_ADVANCE_S: Final = 1.0
_SOFTWARE_RENDERERS: Final = ("llvmpipe", "softpipe", "swrast")


class Shell:
    """Owns the window. Everything runs in the thread that calls `run`."""

    def __init__(self, station: Station, intake: Intake, catalogues: Mapping[str, Catalogue]) -> None:
        """Raises Refusal (69) if Kivy got no window."""
        if Window is None:
            raise Refusal(
                Exit.UNREACHABLE, "no window could be opened; is OpenGL installed (packages libgl1, libgl1-mesa-dri)?"
            )
        self._station, self._intake, self._catalogues = station, intake, catalogues
        self._log = structlog.get_logger()
        self._face: Face | None = None
        self._applied: Sight | None = None
        self._code: int | None = None
        self._moving = False
        self._rest: Any = None
        self._timer: Any = None
        self._wake = Clock.create_trigger(self._guarded(self._pass))
        self._presented = Clock.create_trigger(self._guarded(self._on_glass))
        self._beat: Any = None

    def run(self) -> int:
        """Until a signal, or a thread's end; the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        self._open()
        self._intake.wake = self._wake
        self._wake()
        runTouchApp()
        return self._code or 0

    def _open(self) -> None:
        settings = self._station.settings
        EventLoop.ensure_window()
        Window.rotation = settings.rotation
        Window.bind(on_request_close=lambda *_, **__: True, on_flip=self._on_flip, on_touch_down=self._on_touch)
        Window.bind(system_size=lambda *_: self._dress())
        renderer = (glGetString(GL_RENDERER) or b"").decode(errors="replace")
        self._moving = not any(name in renderer.lower() for name in _SOFTWARE_RENDERERS)
        self._log.info(
            "started", screen=settings.name, kind=settings.kind, renderer=renderer, driver=os.environ["SDL_VIDEODRIVER"]
        )
        self._dress()
        if settings.kind == "wall":  # nothing moves by itself elsewhere
            every = 1 / settings.fps if self._moving else STILL_ADVANCE_S
            self._beat = Clock.schedule_interval(self._guarded(self._advance), every)
        keep_exact_pace()
        self._rested()

    def _dress(self) -> None:
        """A face for the window as it is now."""
        for child in Window.children[:]:
            Window.remove_widget(child)
        size = (round(Window.width), round(Window.height))
        self._face = face_of(self._station.settings, self._catalogues, size, self._tap, moving=self._moving)
        Window.clearcolor = (0, 0, 0, 1)
        Window.add_widget(self._face.widget)
        self._wake()

    # ---- the one pass ------------------------------------------------------------------------------------------------

    def _pass(self, _: float = 0) -> None:
        """Take in what has come, draw what it makes, and sleep until the next instant that matters."""
        for event in self._intake.drain():
            if isinstance(event, ThreadDied):
                self._log.error("a thread has died, so the program ends", thread=event.name, error=event.reason)
                self._end(EXIT_SOFTWARE)
            else:
                self._station.handle(event, moment())
        if self._code is not None:
            stopTouchApp()
            return
        now = moment()
        deadline = self._station.tick(now)
        self._show(self._station.sight(now))
        wait = min(max(deadline - moment().mono, 0.0), LONGEST_SLEEP_S)
        if self._timer is not None:
            self._timer.cancel()
        self._timer = Clock.schedule_once(self._wake_up, wait)

    def _wake_up(self, _: float) -> None:
        self._wake()

    def _show(self, sight: Sight) -> None:
        if self._face is None:
            return
        self._face.show(sight)
        self._applied = sight
        if self._station.behind(sight) or self._station.frames.beat_due(moment().mono):
            Window.canvas.ask_update()

    def _on_flip(self, *_: object) -> None:
        self._presented()

    def _on_glass(self, _: float) -> None:
        """After the flip: these pixels stand on the glass."""
        if self._applied is not None:
            self._station.on_glass(self._applied, moment())
            self._wake()

    # ---- people ------------------------------------------------------------------------------------------------------

    def _tap(self, tap: Tap) -> None:
        self._guarded(lambda _: self._station.tap(tap, moment()))(0)
        self._wake()

    def _on_touch(self, *_: object) -> bool:
        beat(self._station.settings.fps)
        if self._rest is not None:
            self._rest.cancel()
        self._rest = Clock.schedule_once(self._rested, AWAKE_S)
        return False

    def _rested(self, _: float = 0) -> None:
        settings = self._station.settings
        moving = self._moving and settings.kind == "wall"
        rest = REST_FPS.get(settings.kind, _REST_FPS_ELSE)
        beat(settings.fps if moving else min(rest, settings.fps))

    def _advance(self, seconds: float) -> None:
        if self._face is not None:
            self._face.advance(seconds)

    # ---- ends --------------------------------------------------------------------------------------------------------

    def _guarded(self, work: Callable[[float], None]) -> Callable[[float], None]:
        """A callback that Kivy keeps calling, whatever happens in it once."""

        def call(seconds: float) -> None:
            try:
                work(seconds)
            except Exception as error:  # noqa: BLE001 - the outermost frame of a callback: told, and the screen goes on
                self._log.error("drawing met a fault; the screen goes on", error=describe(error))

        return call

    def _end(self, code: int) -> None:
        self._code = code

    def _on_signal(self, _number: int, _frame: object) -> None:
        self._code = self._code or 0
        Thread(
            target=self._wake, name="signal", daemon=True
        ).start()  # the clock's lock may be held by what was interrupted
