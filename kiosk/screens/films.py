"""Films on the glass: who may play, and the part that shows the newest frame."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol

from kiosk.design.blit import Sheet
from kiosk.design.tokens import Look
from kiosk.media.film import Film
from kiosk.screens.textures import blank
from kiosk.view.media import FilmKey
from signage.core.instants import Instant
from signage.link.clock import moment

CLOSING_AT_MOST: Final = 2  # films that are over and still there: with so many none is opened
CLOSING_S: Final = 10.0  # within which a film closes; what takes longer is a fault


class Stock(Protocol):
    """Where films lie, and who is told how they fare."""

    def film(self, sha256: str, now: Instant) -> Path | None:
        """None: it is not here yet, or is left alone for a while."""

    def film_plays(self, sha256: str, decoder: str) -> None:
        """Its first frame is there. `decoder`: in hardware; empty: the processor."""

    def film_failed(self, sha256: str, reason: str, now: Instant, *, rotten: bool) -> None:
        """It does not play. `rotten`: because of its blob on this disk."""

    def films_held_up(self, reason: str | None, now: Instant) -> None:
        """Why no film can be opened; None: they can."""


class Films:
    """Opens films and closes them. Those that hang in closing hold up all films here."""

    def __init__(self, stock: Stock, now: Callable[[], Instant], volume: Callable[[], float] | None = None) -> None:
        """`volume`: from 0 to 1, asked anew with every frame; None: films are opened without their sound."""
        self._stock, self._now, self._volume = stock, now, volume
        self._left: list[Film] = []
        self._held_up_since: float | None = None

    def open(self, key: FilmKey) -> Film | None:
        """None: not now, and it is to be asked for again; its still picture stands until then."""
        if self._held_up():
            return None
        path = self._stock.film(key.sha256, self._now())
        if path is None:
            return None
        position = max(0, self._now().ms - key.since.ms)
        if key.duration_ms > 0:
            position %= key.duration_ms
        return Film(
            path,
            key.sha256,
            (key.width, key.height),
            position / 1000 if position > 1000 else 0,
            None if self._volume is None or key.mute else self._volume(),
        )

    def _held_up(self) -> bool:
        self._left = [film for film in self._left if film.stuck]
        if len(self._left) < CLOSING_AT_MOST:
            self._held_up_since = None
            self._stock.films_held_up(None, self._now())
            return False
        at = moment().mono
        if self._held_up_since is None:
            self._held_up_since = at
        elif at - self._held_up_since > CLOSING_S:
            reason = f"no film is opened: {len(self._left)} that are over do not close"
            self._stock.films_held_up(reason, self._now())
        return True

    def tune(self, film: Film) -> None:
        """As loud as it is to be now."""
        if self._volume is not None and film.volume is not None:
            film.volume = self._volume()

    def close(self, film: Film) -> None:
        film.stop()
        self._left.append(film)

    def plays(self, key: FilmKey, film: Film) -> None:
        """Its first frame is there."""
        self._stock.film_plays(key.sha256, film.decoder)

    def failed(self, key: FilmKey, film: Film, reason: str) -> None:
        """It does not play; when it may be tried again is the stock's to say."""
        self._stock.film_failed(key.sha256, reason, self._now(), rotten=film.rotten)


class FilmPart(Sheet):
    """Transparent until the first frame is there: the still picture stands beneath it, and whenever the film does not play."""

    def __init__(self, look: Look, key: FilmKey, films: Films) -> None:
        super().__init__(look)
        self._key, self._films = key, films
        self._film = films.open(key)
        self._over = False
        self._texture: Any = None
        self._number = 0

    @property
    def playing(self) -> bool:
        return self._film is not None

    def again(self, key: FilmKey) -> bool:
        """The next turn of the same film: it simply goes on, or is tried again."""
        same = (key.sha256, key.width, key.height) == (self._key.sha256, self._key.width, self._key.height)
        if same:
            self._key = key
            self._try()
        return same

    def advance(self) -> None:
        film = self._film
        if film is None:
            self._try()
            return
        trouble = film.trouble()
        if trouble is not None:
            self._rest()
            self._films.failed(self._key, film, trouble)
            return
        self._films.tune(film)
        frame = film.frame()
        if frame is None or frame.number == self._number:
            return
        if self._texture is None:
            self._texture = blank(self._key.width, self._key.height)
            self.bear(self._texture)
            self._films.plays(self._key, film)
        self._number = frame.number
        self._texture.blit_buffer(
            frame.content, size=(self._key.width, self._key.height), colorfmt="bgra", bufferfmt="ubyte"
        )
        self.canvas.ask_update()

    def leave(self) -> None:
        self._over = True
        self._rest()

    def _try(self) -> None:
        if self._film is None and not self._over:
            self._film = self._films.open(self._key)

    def _rest(self) -> None:
        """Back to the still picture; nothing of the film is held."""
        super().leave()
        self._texture, self._number = None, 0
        if self._film is not None:
            self._films.close(self._film)
            self._film = None
