"""A screen whose every pass meets a fault, while the parent goes on saying that it lives."""

import sys
from pathlib import Path

import pytest

from kiosk.guarding import FAILURES_MOST
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


def test_word_that_the_parent_lives_is_no_good_pass_and_the_screen_ends_to_be_started_afresh(tmp_path: Path) -> None:
    box = GlassBox(tmp_path)
    try:
        box.open()
        box.cast.end("wall")
        box.start_wall(sys.executable, "-c", BROKEN, "--bare")
        wall = box.cast["wall"]
        box.until("its end", lambda: wall.code is not None, 60)
        assert wall.code == Exit.SOFTWARE
        assert wall.log.read_text().count(FAULT) == FAILURES_MOST + 1
    finally:
        box.close()
