"""The face of a wall."""

from kiosk.design.box import Box
from kiosk.design.tokens import Look
from kiosk.screens.films import Films
from kiosk.screens.textures import Shelf
from kiosk.screens.wall import Wall
from kiosk.sight import Sight
from kiosk.view.voice import Voice
from kiosk.view.wall import wall_view
from kiosk.view.zones import hanging


class WallFace:
    private: tuple[Box, ...] = ()

    def __init__(self, voice: Voice, look: Look, size: tuple[int, int], films: Films | None = None) -> None:
        self._voice, self._at, self._shelf = voice, hanging("wall", size), Shelf()
        self.widget = Wall(look, self._shelf, films)
        self.widget.place(Box(0, 0, *size))

    def show(self, sight: Sight) -> None:
        self._shelf.keep(sight.pixels)
        self.widget.show(wall_view(sight.scene, sight.now, self._voice, sight.heard_at, self._at))

    @property
    def playing(self) -> bool:
        return self.widget.playing

    def advance(self, seconds: float) -> None:
        self.widget.advance(seconds)
