"""Sounds from files, through SDL's mixer: one voice at a time, and a press beside it. Nothing here ever waits or raises.

Files lie in a folder by language: `<folder>/zh/welcome.ogg`, and `<folder>/press.ogg` for what needs no words. Replace
them by recordings of the same names.
"""

import os
import sys
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, Protocol

import structlog

SUFFIXES: Final = (".ogg", ".wav")
_KEPT: Final = 6  # decoded, a sound of three seconds takes half a megabyte
_PRESS_SHARE: Final = 0.5  # of the volume: an answer to a finger, not an announcement
_CARDS: Final = Path("/dev/snd")
_CHECKOUT: Final = Path(__file__).resolve().parents[2] / "assets" / "sounds"
_INSTALLED: Final = Path(sys.prefix) / "share" / "branch-signage" / "assets" / "sounds"


def audio_driver(environment: Mapping[str, str], cards: Path = _CARDS) -> str | None:
    """SDL's audio driver by name; None: SDL finds the best itself, for there is something that plays."""
    wanted = environment.get("SDL_AUDIODRIVER")
    if wanted is not None:
        return wanted
    return None if any(cards.glob("pcm*p")) else "dummy"


def heard(environment: Mapping[str, str]) -> bool:
    """Whether anything that plays can be heard; else nothing is opened, which costs a wall nothing at rest."""
    return environment.get("SDL_AUDIODRIVER") != "dummy"


def built_in() -> Path:
    """The product's own sounds."""
    return _CHECKOUT if _CHECKOUT.is_dir() else _INSTALLED


class Sound(Protocol):
    """What a loader makes of a file."""

    volume: float

    def play(self) -> object: ...

    def stop(self) -> object: ...


class Speaker:
    """Plays by name. A sound that is missing or broken is told once, and not heard."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: OrderedDict[Path, Sound | None] = OrderedDict()
        self._voice: Sound | None = None
        self._told: set[str] = set()
        self._log = structlog.get_logger()

    def play(self, name: str, locale: str, volume: float) -> None:
        """`volume` from 0 to 1; at 0 nothing is even loaded. Words of one language end those before them."""
        if volume <= 0:
            return
        path = self._find(name, locale)
        sound = self._load(path) if path is not None else None
        if path is None or sound is None:
            self._miss(name, locale)
            return
        spoken = path.parent != self._folder
        if spoken:
            self.hush()
            self._voice = sound
        sound.volume = volume if spoken else volume * _PRESS_SHARE
        sound.play()

    def hush(self) -> None:
        """No word more."""
        if self._voice is not None:
            self._voice.stop()
            self._voice = None

    def _find(self, name: str, locale: str) -> Path | None:
        """In that language, in its parent language (zh for zh-HK), or without words."""
        for place in (locale, locale.partition("-")[0], "."):
            for suffix in SUFFIXES:
                path = self._folder / place / f"{name}{suffix}"
                if path.is_file():
                    return path
        return None

    def _load(self, path: Path) -> Sound | None:
        if path in self._kept:
            self._kept.move_to_end(path)
            return self._kept[path]
        self._kept[path] = _opened(path)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return self._kept[path]

    def _miss(self, name: str, locale: str) -> None:
        place = f"{locale}/{name}"
        if place not in self._told:
            self._told.add(place)
            self._log.warning(
                "a sound cannot be played; the screen stays silent there", sound=place, folder=str(self._folder)
            )


def _opened(path: Path) -> Sound | None:
    os.environ.setdefault("KIVY_AUDIO", "sdl2")  # ffpyplayer would start a thread and a decoder for each press
    from kivy.core.audio import SoundLoader  # noqa: PLC0415  # opens the sound card: only once something is to be heard

    sound: Any = SoundLoader.load(str(path))
    return sound if sound is not None and sound.length > 0 else None
