"""A screen's brightness and volume, changed one press at a time; the screen's own answer says how it stands."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from kiosk.view.pages import ScreenForm
from kiosk.view.staff_taps import Dim

SCREEN: Final = "screen"
IDENTIFY: Final = "identify"
BRIGHTNESS: Final = (100, 70, 40, 15)
VOLUME: Final = (100, 60, 30, 0)


def screen_args(form: ScreenForm, dim: Dim) -> dict[str, Any]:
    """Of the command `screen`; without a change it only asks."""
    wanted = {"on": dim.on, "brightness": dim.brightness, "volume": dim.volume}
    return {"screen": form.screen} | {name: value for name, value in wanted.items() if value is not None}


def adjusted(form: ScreenForm, result: Mapping[str, Any]) -> ScreenForm:
    """How the screen says it stands. What makes no sense leaves the form as it was."""
    on, brightness, volume = (result.get(name) for name in ("on", "brightness", "volume"))
    return replace(
        form,
        on=on if isinstance(on, bool) else form.on,
        brightness=brightness if isinstance(brightness, int) else form.brightness,
        volume=volume if isinstance(volume, int) else form.volume,
    )


def nearest(levels: tuple[int, ...], level: int | None) -> int | None:
    """Which of the offered levels stands for what a screen has, which need not be one of them."""
    return None if level is None else min(levels, key=lambda one: abs(one - level))
