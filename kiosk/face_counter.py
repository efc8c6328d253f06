"""The face of a counter's display."""

from kiosk.design.box import Box
from kiosk.design.tokens import Look
from kiosk.screens.counter import CounterDisplay
from kiosk.screens.films import Films
from kiosk.screens.textures import Shelf
from kiosk.sight import Sight
from kiosk.view.counter import counter_view
from kiosk.view.voice import Voice
from kiosk.view.zones import hanging


class CounterFace:
    private: tuple[Box, ...] = ()

    def __init__(
        self, voice: Voice, look: Look, number: str, size: tuple[int, int], films: Films | None = None
    ) -> None:
        self._voice, self._number, self._at, self._shelf = voice, number, hanging("counter", size), Shelf()
        self.widget = CounterDisplay(look, self._shelf, films)
        self.widget.place(Box(0, 0, *size))

    def show(self, sight: Sight) -> None:
        self._shelf.keep(sight.pixels)
        self.widget.show(
            counter_view(sight.scene, self._number, sight.now, self._voice, sight.heard_at, self._at, sight.introduced)
        )

    @property
    def playing(self) -> bool:
        return self.widget.playing

    def advance(self, seconds: float) -> None:
        self.widget.advance(seconds)
