"""`kiosk --gallery`: the design and every screen in a window, turned over by touch or by keys.

A tool for designers and for those who choose a screen's look: unlike the screens it can be closed.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from kiosk.driver import check_display, choose_driver
from signage.core.model import Brand
from signage.core.phrases import Catalogue

SIZE: Final = (1600, 900)
BAR: Final = 104
KEYS: Final = {"left": "before", "right": "next", "l": "locale", "e": "elder", "n": "night", "b": "brand"}
CLOSING: Final = frozenset({"escape", "q"})


@dataclass(frozen=True)
class Choosing:
    """What is looked at, and how."""

    sheet: int = 0
    locale: str = "zh"
    elder: bool = False
    night: bool = False
    brand: Brand = "green"

    def after(self, order: str, sheets: int, locales: tuple[str, ...], brands: tuple[Brand, ...]) -> "Choosing":
        """`order`: one of those in KEYS. Everything goes round."""
        match order:
            case "before" | "next":
                return replace(self, sheet=(self.sheet + (1 if order == "next" else -1)) % sheets)
            case "locale":
                return replace(self, locale=locales[(locales.index(self.locale) + 1) % len(locales)])
            case "brand":
                return replace(self, brand=brands[(brands.index(self.brand) + 1) % len(brands)])
            case "elder":
                return replace(self, elder=not self.elder)
            case _:
                return replace(self, night=not self.night)


def open_showroom(catalogues: Mapping[str, Catalogue]) -> int:
    """Until the window is closed; 0. Raises Refusal (69) where there is no display."""
    driver = choose_driver(os.environ)
    check_display(driver, os.environ)
    _prepare(driver)
    from kivy.base import runTouchApp, stopTouchApp  # noqa: PLC0415  # Kivy opens its window on import
    from kivy.core.window import Window  # noqa: PLC0415  # opens the window

    from kiosk.screens.showroom import Showroom  # noqa: PLC0415  # opens the window

    room = Showroom(catalogues, Choosing())

    def fit(*_: object) -> None:
        room.fit((round(Window.width), round(Window.height)))

    def on_key(_window: Any, _code: int, _scan: int, text: str | None, _held: list[str]) -> bool:
        name = text if text and text.isalpha() else _NAMES.get(_code, "")
        if name in CLOSING:
            stopTouchApp()
        elif name in KEYS:
            room.turn(KEYS[name])
        return True

    Window.bind(on_key_down=on_key, system_size=fit)
    Window.add_widget(room)
    fit()
    runTouchApp()
    return 0


_NAMES: Final = {27: "escape", 275: "right", 276: "left"}


def _prepare(driver: str) -> None:
    os.environ["SDL_VIDEODRIVER"] = driver
    os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
    os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", "signage-gallery")
    for name in ("KIVY_NO_ARGS", "KIVY_NO_FILELOG", "KIVY_NO_CONFIG", "KIVY_NO_CONSOLELOG"):
        os.environ[name] = "1"
    from kivy.config import Config  # noqa: PLC0415  # Kivy reads its environment on import

    for section, key, value in (
        ("kivy", "exit_on_escape", 0),
        ("kivy", "keyboard_mode", ""),
        ("graphics", "width", SIZE[0]),
        ("graphics", "height", SIZE[1]),
        ("graphics", "multisamples", 0),
        ("graphics", "maxfps", 30),
    ):
        Config.set(section, key, value)
    for key, _ in Config.items("input"):
        Config.remove_option("input", key)
    Config.set("input", "mouse", "mouse,disable_multitouch")
