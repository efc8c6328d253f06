"""Kivy's surroundings settled before it is imported: the video driver by name, the window's place, one input.

Without a display SDL would silently draw into nowhere and end with 0. So the driver is chosen here and checked.
"""

import ctypes
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from kiosk.glass.visual import plain_visual
from kiosk.media.speaker import audio_driver
from kiosk.settings import KioskSettings
from signage.core.exits import Exit, Refusal

DRIVERS: Final = ("x11", "kmsdrm")
_CARDS: Final = Path("/dev/dri")


def choose_driver(environment: Mapping[str, str], cards: Path = _CARDS) -> str:
    """x11 or kmsdrm, as the environment says or as there is one. Raises Refusal (69)."""
    wanted = environment.get("SDL_VIDEODRIVER")
    if wanted is not None and wanted not in DRIVERS:
        raise Refusal(
            Exit.UNREACHABLE, f"SDL_VIDEODRIVER={wanted}: nothing would be seen; set it to x11 or kmsdrm, or unset it"
        )
    if wanted == "x11" or (wanted is None and environment.get("DISPLAY")):
        return "x11"
    if any(cards.glob("card*")):
        return "kmsdrm"
    raise Refusal(
        Exit.UNREACHABLE,
        "no display: DISPLAY is not set and there is no /dev/dri/card*; start an X server, or Xvfb for a trial",
    )


def check_display(driver: str, environment: Mapping[str, str]) -> None:
    """Raises Refusal (69) if the X server does not let us in.

    The connection stays open: an X server that has no other client starts anew when one leaves, and would turn away who
    comes in that moment, be it this program's own window.
    """
    if driver != "x11":
        return
    name = environment.get("DISPLAY", "")
    try:
        library = ctypes.CDLL("libX11.so.6")
    except OSError:
        raise Refusal(Exit.UNREACHABLE, "libX11.so.6 is not installed; install the package libx11-6") from None
    library.XOpenDisplay.restype = ctypes.c_void_p
    if not library.XOpenDisplay(name.encode()):
        raise Refusal(
            Exit.UNREACHABLE,
            f"DISPLAY={name}: no X server there lets this program in; start it, or set DISPLAY and XAUTHORITY",
        )


def prepare_kivy(settings: KioskSettings, driver: str) -> None:
    """Environment and configuration, before anything of Kivy opens a window."""
    os.environ["SDL_VIDEODRIVER"] = driver
    audio = audio_driver(os.environ)
    if audio is not None:
        os.environ["SDL_AUDIODRIVER"] = audio
    os.environ.setdefault("SDL_VIDEO_X11_WMCLASS", f"signage-{settings.name}")
    os.environ.setdefault("LP_NUM_THREADS", "0")  # small areas: handing them to other threads costs more than it saves
    visual = plain_visual() if driver == "x11" else None
    if visual is not None:
        os.environ.setdefault("SDL_VIDEO_X11_WINDOW_VISUALID", hex(visual))
    for name in ("KIVY_IMAGE", "KIVY_TEXT"):
        os.environ[name] = "sdl2"  # the others of Kivy's, loaded too, cost 14 MB (a film library among them)
    for name in ("KIVY_NO_ARGS", "KIVY_NO_FILELOG", "KIVY_NO_CONFIG", "KIVY_NO_CONSOLELOG"):
        os.environ[name] = "1"
    from kivy.config import Config  # noqa: PLC0415  # Kivy reads its environment on import

    for section, key, value in _options(settings):
        Config.set(section, key, value)
    for key, _ in Config.items("input"):
        Config.remove_option("input", key)  # `kiosk.finger` instead


def forget_rules() -> None:
    """Kivy's own look of its own buttons and lists, read at its import: nothing of that is ever drawn here, and it takes 1 MB."""
    from kivy import kivy_data_dir  # noqa: PLC0415  # after `prepare_kivy`
    from kivy.lang import Builder  # noqa: PLC0415  # as above

    Builder.unload_file(str(Path(kivy_data_dir) / "style.kv"))


def _options(settings: KioskSettings) -> list[tuple[str, str, Any]]:
    width, height = settings.size
    return [
        ("kivy", "kivy_clock", "interrupt"),  # what arrives is drawn at once, however slow the clock beats
        ("kivy", "exit_on_escape", 0),
        ("kivy", "keyboard_mode", ""),
        ("graphics", "width", width),
        ("graphics", "height", height),
        ("graphics", "borderless", 1),
        ("graphics", "fullscreen", "auto" if settings.fullscreen else 0),
        ("graphics", "display", settings.display),
        ("graphics", "resizable", 0),
        ("graphics", "show_cursor", 0),
        ("graphics", "allow_screensaver", 0),
        ("graphics", "multisamples", 0),
        ("graphics", "maxfps", settings.fps),
        *_place(settings),
    ]


def _place(settings: KioskSettings) -> list[tuple[str, str, Any]]:
    if settings.left is None and settings.top is None:
        return [("graphics", "position", "auto")]
    return [
        ("graphics", "position", "custom"),
        ("graphics", "left", settings.left or 0),
        ("graphics", "top", settings.top or 0),
    ]
