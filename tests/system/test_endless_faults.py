"""A screen whose every pass, or all that moves on it, meets a fault, while the parent goes on saying that it lives."""

import sys
from pathlib import Path

import pytest

from signage.core.exits import Exit
from tests.system.glass_box import GlassBox

pytestmark = pytest.mark.system
FAULT = "the state cannot be made into a picture"
# The product's own program, in which nothing can be made of what is known.
BROKEN = f"""
from kiosk.bare import main, spare_memory
spare_memory()
from kiosk.station import Station
def tick(self, now):
    raise ValueError({FAULT!r})
Station.tick = tick
main()
"""
# And one that can be drawn, and then stands still.
FROZEN = f"""
from kiosk.bare import main, spare_memory
spare_memory()
import kiosk.program
prepare = kiosk.program.prepare_kivy
def prepare_kivy(*given):
    prepare(*given)
    from kiosk.face_wall import WallFace
    def advance(self, seconds):
        raise ValueError({FAULT!r})
    WallFace.advance = advance
kiosk.program.prepare_kivy = prepare_kivy
main()
"""


@pytest.mark.parametrize("program", [BROKEN, FROZEN], ids=["every pass", "all that moves"])
def test_a_screen_that_meets_faults_without_end_says_so_and_ends_to_be_started_afresh(
    tmp_path: Path, program: str
) -> None:
    """That the parent lives is no good pass. The log is not flooded meanwhile."""
    box = GlassBox(tmp_path)
    try:
        box.open()
        box.cast.end("wall")
        box.start_wall(sys.executable, "-c", program, "--bare")
        wall = box.cast["wall"]
        box.until("the fault in its status", lambda: FAULT in (box.fault("drawing") or ""), 60)
        box.until("its end", lambda: wall.code is not None, 60)
        assert wall.code == Exit.SOFTWARE
        assert wall.log.read_text().count(FAULT) == 1
    finally:
        box.close()
