"""What one screen is told when it starts."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kiosk.view.motion import Motion
from kiosk.view.portrait import Teller
from signage.core.model import Brand, ScreenEntry, ScreenKind
from signage.link.client import Address
from signage.link.exporter import Listen
from signage.link.sealer import UNSEALED, Sealer


@dataclass(frozen=True)
class ContentSettings:
    """Whose content this screen accepts. `trusted_root` None: nobody's, which it says."""

    trusted_root: Path | None = None
    limit_mb: int = 8192


@dataclass(frozen=True)
class SoundSettings:
    """What may be heard. `directory` None: the product's own sounds; `quiet`: opening_hours in which nothing is."""

    voices: bool = True
    films: bool = False
    directory: Path | None = None
    quiet: str | None = None


@dataclass(frozen=True)
class KioskSettings:
    """One screen of a branch. `fps` is the most it draws in a second while something moves. Paths: the working directory's."""

    name: str
    kind: ScreenKind
    size: tuple[int, int]
    broker: Address
    directory: Path
    counter: str | None = None
    root: str = "bank/v1"
    rotation: int = 0
    fullscreen: bool = False
    display: int = 0
    left: int | None = None  # the window's place on a desktop of several displays
    top: int | None = None
    fps: int = 30
    locale: str = "zh"
    power: str | None = None  # opening_hours in which it is lit; "hours": as the branch is open; None: always
    burn_in_shift: int = 4  # pixels, at most, that the picture wanders; 0: it stands
    touch_panel: str | None = None  # part of the input device's name; None: whatever is touched directly
    languages: tuple[str, ...] = ()  # those offered, in their order; empty: its own, and English or Chinese
    software: str = ""
    emergency_pin_file: Path | None = None
    content: ContentSettings | None = None
    sound: SoundSettings = SoundSettings()
    motion: Motion = "auto"
    brand: Brand = "green"
    tellers: tuple[Teller, ...] = ()  # a counter's display only
    sealer: Sealer = UNSEALED  # for whom what customers write, and their numbers, are sealed
    metrics: Listen | None = None

    @cached_property
    def entry(self) -> ScreenEntry:
        """The screen as the branch's state names it: one and the same, by which scenes that are made are known again."""
        return ScreenEntry(name=self.name, kind=self.kind, counter=self.counter, locale=self.locale)
