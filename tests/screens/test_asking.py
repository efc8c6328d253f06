"""The line that runs out while a rating is asked: a step a second, and nothing else is drawn anew."""

from collections.abc import Callable
from pathlib import Path

from PIL import ImageChops

from kiosk.gallery import samples
from kiosk.screens.counter_rating import AskingFace
from kiosk.stage import Stage
from tests.screens.hall import Hall


def test_a_second_moves_the_line_and_nothing_else(stage: Callable[[int, int], Stage], tmp_path: Path) -> None:
    hall = Hall(stage(1280, 800), tmp_path, "counter", (1280, 800))
    hall.learn(samples.prompted())
    hall.draw()
    face = hall.face.widget.face
    assert isinstance(face, AskingFace)
    before, line = hall.stage.pixels(), face.time.left.box
    assert hall.station.tick(hall.moment)[0] <= hall.moment.mono + 1.001
    hall.wait(1)
    assert hall.face.widget.face is face
    changed = ImageChops.difference(before, hall.stage.pixels()).getbbox()
    assert changed is not None
    left, top, right, bottom = changed
    assert right - left <= round(line.w / 15) + 2
    assert bottom - top <= line.h + 2
    assert right == round(line.right)
    hall.close()
