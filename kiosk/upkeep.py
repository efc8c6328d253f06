"""What goes on beside the drawing for as long as a screen runs: its configuration, its panel, its guard's knowledge of it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import structlog

from kiosk.backlight import Backlight, BacklightFailed, found_means
from kiosk.pulse import Pulse
from kiosk.reload import ConfigWatch, Reread, RereadRefused, merged
from kiosk.settings import KioskSettings
from kiosk.station import Station
from kiosk.touch_panel import DEVICES, TouchPanel
from signage import __version__
from signage.link.clock import Moment
from signage.link.exporter import Exporter
from signage.link.figures import RESTARTS, Figure
from signage.link.threads import spawn

RESTARTED_FOR_S: Final = 600.0


class Upkeep:
    """Belongs to the drawing thread. `changed`: told when other settings hold from now on."""

    def __init__(
        self,
        station: Station,
        pulse: Pulse,
        put: Callable[[object], None],
        watch: ConfigWatch | None,
        devices: Path = DEVICES,
    ) -> None:
        """`devices`: the kernel's list of what can be touched."""
        self._station, self._pulse, self._watch = station, pulse, watch
        self.changed: Callable[[KioskSettings], None] = lambda _: None
        display = os.environ.get("DISPLAY", "")
        self._backlight = Backlight(found_means(os.environ), display, put)
        spawn("backlight", self._backlight.work, put)
        settings = station.settings
        before, self._devices = station.memory.panel(), devices
        self._panel = TouchPanel(settings.touch_panel, before, devices) if settings.kind == "touch" else None
        self._exporter = Exporter(settings.metrics, "kiosk", __version__, self._figures)
        self._exporter.start()
        self._log = structlog.get_logger()

    def _figures(self, moment: Moment) -> Iterator[Figure]:
        yield from self._station.figures(moment)
        yield RESTARTS.of(self._pulse.restarts)

    def beat(self, moment: Moment) -> None:
        """About once a second."""
        if self._watch is not None:
            self._watch.look(moment.mono)
        if self._panel is not None and self._panel.look(moment.mono):
            self._tell_panel(self._panel, moment)
        restarted = self._pulse.restarted_at
        recent = restarted and 0 <= moment.at.timestamp() - restarted < RESTARTED_FOR_S
        text = f"its guard has started it again, {self._pulse.restarts} times so far" if recent else None
        self._station.note("screen-restarted", text, moment)
        self._exporter.tick(moment)

    def light(self, *, on: bool) -> None:
        """The panel follows what is drawn."""
        self._backlight.want(on=on)

    def ask_again(self) -> None:
        """SIGHUP: the configuration is to be read again."""
        if self._watch is not None:
            self._watch.ask()

    def take(self, event: object, moment: Moment) -> bool:
        """Whether the event was for it."""
        match event:
            case BacklightFailed(reason):
                if reason:
                    self._log.warning("the panel does not obey; it is told again", reason=reason)
                else:
                    self._log.info("the panel obeys again")
                self._station.note("panel-power", reason or None, moment)
            case Reread(settings):
                self._adopt(settings, moment)
            case RereadRefused(lines):
                for line in lines:
                    self._log.error("the configuration is refused; the screen goes on with what it has", reason=line)
                self._station.note("configuration-refused", lines[0], moment)
            case _:
                return False
        return True

    def _adopt(self, wanted: KioskSettings, moment: Moment) -> None:
        before = self._station.settings
        settings, waiting = merged(before, wanted)
        self._station.note("configuration-refused", None, moment)
        names = ", ".join(waiting)
        self._station.note("configuration-waits", f"{names}: from the next start on" if waiting else None, moment)
        if waiting:
            self._log.warning("part of the new configuration waits for the next start of this screen", keys=names)
        if settings == before:
            return
        self._log.info("the new configuration holds from now on", screen=settings.name)
        if self._panel is not None and settings.touch_panel != before.touch_panel:
            self._look_for(settings.touch_panel, moment)
        self._station.resettle(settings, moment)
        self.changed(settings)

    def _look_for(self, panel: str | None, moment: Moment) -> None:
        """Another touch panel counts from now on; one that is named is missed without ever having been there."""
        before = self._station.memory.panel() if panel is None else None
        self._panel = TouchPanel(panel, before, self._devices)
        self._station.note("touch-lost", None, moment)

    def _tell_panel(self, panel: TouchPanel, moment: Moment) -> None:
        name = panel.name or self._station.settings.touch_panel or ""
        if panel.lost:
            self._log.error("the touch panel has gone", panel=name)
        elif panel.name:
            self._log.info("the touch panel is there", panel=name)
            try:
                self._station.memory.keep_panel(panel.name)
            except OSError as error:
                self._log.warning("which touch panel this screen has is kept in memory only", reason=str(error))
        self._station.note("touch-lost", f"{name}: not among the input devices" if panel.lost else None, moment)

    def close(self) -> None:
        """At once: no panel is waited for."""
        self._exporter.stop()
        self._backlight.close()
