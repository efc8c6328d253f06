"""A branch under the second brand: every kind of screen wears it, and nothing of the first is left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.design.tokens import channels, in_blue, led_palette, palette
from kiosk.gallery import samples
from kiosk.stage import Stage
from signage.core.model import BranchState, ScreenKind
from tests.screens.hall import Hall

OpenStage = Callable[[int, int], Stage]
WORN: Final = ("brand", "brand_muted", "brand_pressed", "accent", "pressed")
SCREENS: Final[tuple[tuple[ScreenKind, tuple[int, int]], ...]] = (
    ("touch", (1080, 1920)),
    ("wall", (1920, 1080)),
    ("counter", (1280, 800)),
    ("fascia", (1280, 128)),
    ("strip", (256, 32)),
)
STATES: Final[dict[str, BranchState]] = {
    "open": samples.house(),
    "asked": samples.prompted(),
    "suspended": samples.suspended("counter:3", "fault", "15:00"),
}


def found(hall: Hall) -> set[Any]:
    picture = hall.stage.pixels()
    return {colour for _, colour in picture.getcolors(picture.width * picture.height) or []}


@pytest.mark.parametrize(("kind", "size"), SCREENS)
def test_a_blue_branch_is_blue_on_every_screen(
    stage: OpenStage, tmp_path: Path, kind: ScreenKind, size: tuple[int, int]
) -> None:
    hall = Hall(stage(*size), tmp_path, kind, size, brand="blue")
    night = kind != "touch"
    green = led_palette() if kind in {"fascia", "strip"} else palette(night=night)
    blue = in_blue(green)
    gone = {channels(getattr(green, name)) for name in WORN} - {channels(getattr(blue, name)) for name in WORN}
    seen: set[Any] = set()
    for state in STATES.values():
        hall.learn(state)
        hall.draw()
        seen |= found(hall)
    hall.close()
    assert channels(blue.brand) in seen
    assert not seen & gone
