"""The face of a fascia, and of the strip above a counter."""

from kiosk.design.box import Box
from kiosk.design.tokens import Look
from kiosk.screens.fascia import Fascia
from kiosk.screens.strip import CounterStrip
from kiosk.settings import KioskSettings
from kiosk.sight import Sight
from kiosk.view.line import line_view
from kiosk.view.voice import Voice


class LineFace:
    """A fascia, or the strip above a counter."""

    private: tuple[Box, ...] = ()
    playing = False

    def __init__(self, voice: Voice, look: Look, settings: KioskSettings, size: tuple[int, int]) -> None:
        self._voice = voice
        self.widget: Fascia | CounterStrip = (
            Fascia(look) if settings.kind == "fascia" else CounterStrip(look, settings.counter or "")
        )
        self.widget.place(Box(0, 0, *size))

    def show(self, sight: Sight) -> None:
        self.widget.show(line_view(sight.scene, sight.now, self._voice, sight.heard_at))

    def advance(self, seconds: float) -> None:
        self.widget.advance(seconds)
