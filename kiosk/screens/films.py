"""Films on the glass: who may play, and the part that shows the newest frame."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kiosk.design.blit import Sheet
from kiosk.design.tokens import Look
from kiosk.media.film import Film
from kiosk.screens.textures import blank
from kiosk.view.media import FilmKey
from signage.core.instants import Instant


class Films:
    """Where films lie, what time it is, and whom to tell of one that does not play. One that hangs ends all films here."""

    def __init__(
        self,
        path: Callable[[str], Path],
        now: Callable[[], Instant],
        told: Callable[[str, str], None],
        volume: Callable[[], float] | None = None,
    ) -> None:
        """`volume`: from 0 to 1, asked anew with every frame; None: films are opened without their sound."""
        self._path, self._now, self._told, self._volume = path, now, told, volume
        self._left: list[Film] = []
        self._given_up: set[str] = set()

    def open(self, key: FilmKey) -> Film | None:
        """None: this film, or every one, has been given up; its still picture stays."""
        self._left = [film for film in self._left if film.stuck]
        if key.sha256 in self._given_up or len(self._left) > 1:
            return None
        position = max(0, self._now().ms - key.since.ms)
        if key.duration_ms > 0:
            position %= key.duration_ms
        return Film(
            self._path(key.sha256),
            key.sha256,
            (key.width, key.height),
            position / 1000 if position > 1000 else 0,
            None if self._volume is None else self._volume(),
        )

    def tune(self, film: Film) -> None:
        """As loud as it is to be now."""
        if self._volume is not None:
            film.volume = self._volume()

    def close(self, film: Film) -> None:
        film.stop()
        self._left.append(film)

    def given_up(self, sha256: str, reason: str) -> None:
        self._given_up.add(sha256)
        self._told(sha256, reason)


class FilmPart(Sheet):
    """Transparent until the first frame is there: the still picture stands beneath it."""

    def __init__(self, look: Look, key: FilmKey, films: Films) -> None:
        super().__init__(look)
        self._key, self._films = key, films
        self._film = films.open(key)
        self._texture: Any = None
        self._number = 0

    @property
    def playing(self) -> bool:
        return self._film is not None

    def again(self, key: FilmKey) -> bool:
        """The next turn of the same film: it simply goes on."""
        same = (key.sha256, key.width, key.height) == (self._key.sha256, self._key.width, self._key.height)
        self._key = key if same else self._key
        return same

    def advance(self) -> None:
        film = self._film
        if film is None:
            return
        trouble = film.trouble()
        if trouble is not None:
            self._give_up(trouble)
            return
        self._films.tune(film)
        frame = film.frame()
        if frame is None or frame.number == self._number:
            return
        if self._texture is None:
            self._texture = blank(self._key.width, self._key.height)
            self.bear(self._texture)
        self._number = frame.number
        self._texture.blit_buffer(
            frame.content, size=(self._key.width, self._key.height), colorfmt="bgra", bufferfmt="ubyte"
        )
        self.canvas.ask_update()

    def leave(self) -> None:
        super().leave()
        if self._film is not None:
            self._films.close(self._film)
            self._film = None

    def _give_up(self, reason: str) -> None:
        """Back to the still picture."""
        self.leave()
        self._films.given_up(self._key.sha256, reason)
