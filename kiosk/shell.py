"""The drawing loop of one screen: what arrives is drawn, what is drawn is told, and nothing beats without need."""

import os
import signal
from collections.abc import Mapping
from dataclasses import replace
from threading import Thread
from typing import Any, Final

import structlog
from kivy.base import EventLoop, runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.input import kivy_postproc_modules
from PIL import Image

from kiosk.camera import Exposure, developed
from kiosk.design.box import Box
from kiosk.design.tokens import palette, rgba
from kiosk.doorbell import Doorbell, connection
from kiosk.faces import Face, face_of, look_of
from kiosk.finger import Finger
from kiosk.glass.compiling import dismiss_compiler
from kiosk.glass.painter import Painter
from kiosk.glass.reading import read_glass
from kiosk.glass.start import begin_drawing
from kiosk.guarding import FAULTS, Patience, guarded
from kiosk.intake import Intake
from kiosk.media.speaker import heard
from kiosk.pace import at, beat, keep_exact_pace
from kiosk.pulse import BEAT_S, Pulse
from kiosk.remote import Order
from kiosk.screens.cover import Cover
from kiosk.screens.films import FilmPart, Films
from kiosk.settings import KioskSettings
from kiosk.sight import Sight
from kiosk.sounding import Sounding
from kiosk.standby import Standby
from kiosk.station import Station
from kiosk.thrift import Thrift
from kiosk.tidying import Tidying
from kiosk.upkeep import Upkeep
from kiosk.view.happenings import Tap
from kiosk.view.motion import Drawing
from kiosk.view.shift import most_px, shift
from kiosk.view.zones import hanging
from signage.core.exits import Exit, Refusal
from signage.core.phrases import Catalogue
from signage.link.clock import Moment, moment, monotonic
from signage.link.threads import ThreadDied, spawn

SEEN_S: Final = 1.0  # how long the same sight may stand on the glass, frame by frame, before that is seen to
LONGEST_SLEEP_S: Final = 30.0  # the system's clock may be set while this sleeps by the other one
REST_FPS: Final = 1  # at the least: what arrives or is due wakes the loop at once
_UNWOKEN_FPS: Final = {"touch": 30}  # where nothing does that for a touch
_UNWOKEN_REST_FPS: Final = 4
AWAKE_S: Final = 5.0  # after a touch
TEND_S: Final = 1.3  # two beats of the heart: what can wait for so long is seen to together
LEAVING_S: Final = 1.0  # for what is told last to be sent; what is not lies on the disk until the next start
FAILED_WAIT_S: Final = 1.0


class Shell:
    """Owns the window. Everything runs in the thread that calls `run`."""

    def __init__(
        self, station: Station, intake: Intake, catalogues: Mapping[str, Catalogue], pulse: Pulse, upkeep: Upkeep
    ) -> None:
        """Raises Refusal (69) if Kivy got no window."""
        if Window is None:
            raise Refusal(
                Exit.UNREACHABLE, "no window could be opened; is OpenGL installed (packages libgl1, libgl1-mesa-dri)?"
            )
        self._station, self._intake, self._catalogues = station, intake, catalogues
        self._pulse, self._upkeep = pulse, upkeep
        self._standby = Standby(station.settings, catalogues, self._pulse)
        self._log = structlog.get_logger()
        self._face: Face | None = None
        self._cover: Cover | None = None
        self._sounding = Sounding(station.settings.sound, heard=heard(os.environ))
        self._films = self._make_films()
        self._playing = False
        self._applied: Sight | None = None
        self._seen: Sight | None = None
        self._seen_again = 0.0  # monotonic: until then a frame of the same sight tells nobody anything
        self._code: int | None = None
        self._half_drawn = False  # a sight that was begun to be drawn, and not ended
        self._drawing = Drawing("")
        self._painter: Painter | None = None
        self._rest: Any = None
        self._timer: Any = None
        self._next = 0.0  # monotonic: the instant that matters next
        self._passes, self._advances = Patience(), Patience()
        self._told_fault: str | None = None
        self._shifted = (0, 0)
        self._leaving = False
        self._guarded_pass = guarded(self._pass, self._failed, self._passes.went)
        self._guarded_advance = guarded(self._advance, self._advance_failed, self._advances.went)
        self._wake = Clock.create_trigger(self._guarded_pass)
        self._arrived = Clock.create_trigger(guarded(self._on_arrival, self._failed))
        self._stir = Clock.create_trigger(guarded(lambda _: self._stir_once_more()))
        self._stir_once_more = Clock.create_trigger(guarded(lambda _: None))
        self._presented = guarded(self._on_glass)
        self._beat: Any = None
        self._untended_s = 0.0  # since what can wait was last seen to
        self._tidying = Tidying()
        self._thrift = Thrift(dismiss_compiler, intake.put)
        self._doorbell: Doorbell | None = None

    def run(self) -> int:
        """Until a signal, or a thread's end; the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        signal.signal(signal.SIGHUP, lambda *_: self._upkeep.ask_again())
        self._upkeep.changed = self._resettle
        self._tidying.begin()
        self._open()
        self._intake.wake = self._arrived
        self._wake()
        runTouchApp()
        return self._code or 0

    def _open(self) -> None:
        station, settings = self._station, self._station.settings
        EventLoop.ensure_window()
        EventLoop.add_input_provider(Finger())
        kivy_postproc_modules.clear()  # which look at each round for what Kivy's own queue would bring
        Window.rotation = settings.rotation
        Window.update_viewport()  # by itself, Kivy turns no window whose size stays the same: not by 180 degrees
        Window.bind(on_request_close=lambda *_, **__: True, on_touch_down=self._on_touch)
        Window.on_flip = self._flip
        Window.bind(system_size=lambda *_: self._redress())
        self._drawing, self._painter = begin_drawing(Window, settings.motion)
        self._station.drawing = self._drawing
        if self._painter is not None:
            self._painter.on_fault = self._draw_whole
        self._log.info(
            "started",
            screen=settings.name,
            kind=settings.kind,
            renderer=self._drawing.renderer,
            presenting=self._drawing.presenting,
            motion="full" if self._drawing.moving else "calm",
            driver=os.environ["SDL_VIDEODRIVER"],
        )
        self._dress()
        self._keep_beat()
        keep_exact_pace(lambda seconds: station.rounds.took(monotonic(), seconds))
        descriptor = connection()
        if descriptor is not None:
            # A round of the loop fetches what has come at its end; the one after it hands that on.
            self._doorbell = Doorbell(descriptor, self._stir)
            spawn("doorbell", self._doorbell.work, self._intake.put)
        self._rested()
        self._pulse.opened(_window_number())
        self._standby.corner = (round(Window.left or 0), round(Window.top or 0))
        self._heart = Clock.schedule_interval(guarded(self._heartbeat), BEAT_S)
        self._station.remote.camera = self._photograph

    def _make_films(self) -> Films | None:
        contents, station = self._station.contents, self._station
        if contents is None:
            return None
        volume = self._sounding.film_volume if self._sounding.films_heard else None
        return Films(contents, lambda: station.now(moment()), volume)

    def _keep_beat(self) -> None:
        """What moves by itself gets its frames; what stands still is given its time with the heartbeat."""
        if self._beat is not None:
            self._beat.cancel()
            self._beat = None
        settings = self._station.settings
        fps = settings.fps if self._drawing.moving else self._drawing.film_fps(settings.fps)
        if self._playing:
            self._beat = Clock.schedule_interval(self._guarded_advance, 1 / fps)

    def _dress(self) -> None:
        """A face for the window as it is now. It has nothing on it yet."""
        if self._face is not None:  # which is off the window while the screen is dark
            for part in self._face.widget.walk(restrict=True):
                if isinstance(part, FilmPart):
                    part.leave()
        for child in Window.children[:]:
            Window.remove_widget(child)
        size = (round(Window.width), round(Window.height))
        settings = self._station.settings
        kind = settings.kind
        self._face = face_of(
            settings, self._catalogues, size, self._tap, moving=self._drawing.moving, films=self._films
        )
        self._shifted = (0, 0)
        self._cover = Cover(look_of(settings, size))
        self._cover.place(Box(0, 0, *size))
        if self._station.contents is not None:
            self._station.contents.hanging = hanging(kind, size)
        if self._station.portraits is not None:
            self._station.portraits.hanging = hanging(kind, size)
        ground = palette(night=kind != "touch").paper
        Window.clearcolor = rgba(ground)  # what comes to light where the picture wanders away
        Window.add_widget(self._face.widget)
        Window.add_widget(self._cover)

    def _redress(self) -> None:
        """The window has another size."""
        self._dress()
        self._wake()

    # ---- the one pass ------------------------------------------------------------------------------------------------

    def _pass(self, _: float = 0) -> None:
        """Take in what has come, draw what it makes, and sleep until the next instant that matters."""
        self._intake.take(self._hear)
        if self._station.left and not self._leaving:
            self._leaving = True
            self._pulse.leave()
            Clock.schedule_once(guarded(self._gone), LEAVING_S)
        if self._code is not None:
            stopTouchApp()
            return
        now = moment()
        self._next, sight = self._station.tick(now)
        self._show(sight)
        self._sleep()

    def _on_arrival(self, _: float) -> None:
        """Most of what comes in a quiet hour is word that the parent lives: nothing is made anew for that."""
        if self._intake.take(self._hear):
            self._guarded_pass(0)
        else:
            self._next = min(self._next, self._station.send(moment()))
            self._sleep()

    def _hear(self, event: object) -> bool:
        if isinstance(event, ThreadDied):
            self._log.error("a thread has died, so the program ends", thread=event.name, error=event.reason)
            self._end(Exit.SOFTWARE)
            return True
        return self._upkeep.take(event, moment()) or self._station.handle(event, moment())

    def _sleep(self) -> None:
        self._pass_in(min(max(self._next - monotonic(), 0.0), LONGEST_SLEEP_S))

    def _pass_in(self, seconds: float) -> None:
        """The next pass by itself; there is never more than one to come."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = at(seconds, self._guarded_pass)

    def _place(self, sight: Sight) -> None:
        """The picture wanders by pixels."""
        assert self._face is not None
        size = (round(Window.width), round(Window.height))
        most = most_px(self._station.settings.burn_in_shift, min(size) / 1080)
        place = shift(sight.now, most)
        if place != self._shifted:
            self._shifted = place
            self._face.widget.place(Box(*place, *size))
            self._draw_again()

    def _resettle(self, settings: KioskSettings) -> None:
        """Other settings hold: dressed anew and shown within this round, so that no frame without a picture is drawn."""
        if Window.rotation != settings.rotation:
            Window.rotation = settings.rotation
            Window.update_viewport()
        self._dress()
        self._show(self._station.sight(moment()))
        self._keep_beat()
        self._rested()

    def _show(self, sight: Sight) -> None:
        if self._face is None:
            return
        if self._half_drawn:  # its parts believe that they show what they do not
            self._dress()
        self._half_drawn = True
        self._place(sight)
        self._face.show(sight)
        self._put_cover(sight)
        self._half_drawn = False
        self._upkeep.light(on=sight.dimming.on)
        self._applied = sight
        if sight.audible is not None:
            self._sounding.see(sight.audible, self._station.plan, sight.dimming.loudness)
        if self._face.playing is not self._playing:
            self._playing = self._face.playing
            self._keep_beat()
            self._rested()
        now = moment()
        if self._station.witness.wants_frame(sight, now):
            self._pulse.ask(now.mono)
            self._prove()

    def _draw_whole(self) -> None:
        self._drawing = self._station.drawing = replace(self._drawing, presenting="whole")
        self._keep_beat()

    def _draw_again(self) -> None:
        """A whole frame, though nothing has changed."""
        if self._painter is not None and self._painter.at_work:
            self._painter.whole()
        else:
            Window.canvas.ask_update()

    def _prove(self) -> None:
        """A frame, though nothing may have changed."""
        if self._painter is not None and self._painter.at_work:
            self._painter.prove()
        else:
            Window.canvas.ask_update()

    def _put_cover(self, sight: Sight) -> None:
        """Dark: nothing is drawn beneath the black. The cover stays on top."""
        if self._face is None or self._cover is None:
            return
        self._cover.show(sight.dimming.shade, sight.label)
        face, lit = self._face.widget, sight.dimming.on
        if lit and face.parent is None:
            Window.remove_widget(self._cover)
            Window.add_widget(face)
            Window.add_widget(self._cover)
        elif not lit and face.parent is not None:
            Window.remove_widget(face)

    def _photograph(self, order: Order) -> bool:
        """What stands on the glass is read now, and made a JPEG beside the drawing."""
        if self._applied is None or self._face is None:
            return False
        exposure = Exposure(self._glass(), self._face.private, Window.rotation)
        spawn("camera", lambda: self._intake.put(developed(order, exposure)), self._intake.put)
        return True

    def _glass(self) -> Image.Image:
        return read_glass(Window, self._draw_again)

    def _flip(self) -> None:
        """In place of Kivy's own, which tells of it before it is done; a round of the loop for what comes after costs a third of one."""
        Window.flip()
        self._presented(0)

    def _on_glass(self, _: float) -> None:
        """After the flip: these pixels stand on the glass."""
        if self._applied is None:
            return
        if self._applied is self._seen and monotonic() < self._seen_again:  # it moves
            self._pulse.drawn(at := monotonic())
            self._station.moved(at)
            return
        now = moment()
        self._seen_again = now.mono + SEEN_S
        self._pulse.drawn(now.mono)
        if self._station.on_glass(self._applied, now):
            self._wake()
        if self._applied is not self._seen:
            self._seen = self._applied
            self._standby.presented(self._applied, self._station.state, self._station.settings, self._glass)

    def _heartbeat(self, seconds: float) -> None:
        """The loop goes round; and a frame, be it the same again, now and then proves that it can be drawn."""
        now = moment()
        if self._pulse.beat(now.mono, moving=self._playing):
            self._prove()
        self._tidying.tend()
        self._untended_s += seconds
        if self._untended_s >= TEND_S:
            passed, self._untended_s = self._untended_s, 0.0
            self._tend(now, passed)

    def _tend(self, now: Moment, passed: float) -> None:
        """What needs no round of its own. Nothing else gives time to what turns a page now and then, or to a film that is tried again."""
        self._tell_fault(now)
        if not self._playing:
            self._guarded_advance(passed)
        self._upkeep.beat(now)
        self._thrift.tend(now.mono)
        if self._applied is not None:
            size = (round(Window.width), round(Window.height))
            self._standby.tick(now.mono, self._station.state, self._station.settings, size)

    # ---- people ------------------------------------------------------------------------------------------------------

    def _tap(self, tap: Tap) -> None:
        self._sounding.touched()
        guarded(lambda _: self._station.tap(tap, moment()))(0)
        self._wake()

    def _on_touch(self, *_: object) -> bool:
        self._station.touched(moment())
        self._wake()
        self._awake(self._station.settings.fps)
        if self._rest is not None:
            self._rest.cancel()
        self._rest = Clock.schedule_once(guarded(self._rested), AWAKE_S)
        return False

    def _rested(self, _: float = 0) -> None:
        settings = self._station.settings
        if self._playing:
            self._awake(settings.fps)
            return
        if self._doorbell is not None:
            self._doorbell.listen(on=True)
        unwoken = _UNWOKEN_FPS.get(settings.kind, _UNWOKEN_REST_FPS)
        beat(min(REST_FPS if self._doorbell is not None else unwoken, settings.fps))

    def _awake(self, fps: int) -> None:
        if self._doorbell is not None:
            self._doorbell.listen(on=False)
        beat(fps)

    def _advance(self, seconds: float) -> None:
        if self._face is None:
            return
        self._face.advance(seconds)
        if self._face.playing is not self._playing:
            self._wake()

    # ---- ends --------------------------------------------------------------------------------------------------------

    def _failed(self) -> None:
        """What the screen lives by is tried again in a second; if it never succeeds the screen ends, to be started afresh."""
        if self._passes.failed(monotonic()):
            self._give_up()
        else:
            self._pass_in(FAILED_WAIT_S)

    def _advance_failed(self) -> None:
        """What moves stands still, while all else goes on: no better."""
        if self._advances.failed(monotonic()):
            self._give_up()

    def _give_up(self) -> None:
        self._log.error("drawing met faults without end, so the program ends")
        self._end(Exit.SOFTWARE)
        stopTouchApp()

    def _tell_fault(self, now: Moment) -> None:
        """Sent from here while it stands, as it may be the pass that fails."""
        fault = FAULTS.standing(now.mono)
        if fault != self._told_fault:
            self._told_fault = fault
            self._station.note("drawing", fault, now)
        if fault is not None:
            self._station.send(now)

    def _gone(self, _: float) -> None:
        """Staff have ended this screen, and the link has had the time to say so."""
        self._end(0)
        self._wake()

    def _end(self, code: int) -> None:
        self._code = code

    def _on_signal(self, _number: int, _frame: object) -> None:
        self._code = self._code or 0
        Thread(
            target=self._wake, name="signal", daemon=True
        ).start()  # the clock's lock may be held by what was interrupted


def _window_number() -> int:
    """The window's in X; 0 where there is no X."""
    found: int = getattr(Window.get_window_info(), "window", None) or 0
    return found
