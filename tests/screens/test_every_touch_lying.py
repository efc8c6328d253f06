"""Every lying touch screen in the gallery, in every size, language and type: whole, apart, legible and within reach."""

from collections.abc import Callable

import pytest

from kiosk.gallery.registry import every
from kiosk.stage import Stage
from signage.link.catalogues import load_catalogues
from tests.screens import eye

WINDOWS = eye.by_window(one for one in every(load_catalogues()) if one.group == "touch" and one.size[0] > one.size[1])


@pytest.mark.parametrize("window", WINDOWS)
def test_screens_are_whole_apart_legible_and_within_reach(stage: Callable[[int, int], Stage], window: str) -> None:
    pictures = WINDOWS[window]
    stage(*pictures[0].size)
    assert [fault for picture in pictures for fault in eye.faults(picture)] == []
