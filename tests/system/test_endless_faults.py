"""A screen whose every pass, or all that moves on it, meets a fault, while the parent goes on saying that it lives; or one once."""

import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from kiosk.design.tokens import NIGHT, channels
from kiosk.gallery import samples
from signage.cli.demo.cast import Actor
from signage.core.exits import Exit
from tests.system.glass_box import GlassBox

pytestmark = pytest.mark.system
COVERED_S = 4.0  # on a machine that is busy with other tests: twice what is promised
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
# And one that cannot draw a suspension the first time, after it has begun to.
ONCE = f"""
from kiosk.bare import main, spare_memory
spare_memory()
import kiosk.program
prepare = kiosk.program.prepare_kivy
def prepare_kivy(*given):
    prepare(*given)
    from kiosk.screens.wall_states import Suspended
    lay, tried = Suspended.layout, []
    def layout(self, box):
        if not tried:
            tried.append(box)
            raise MemoryError({FAULT!r})
        lay(self, box)
    Suspended.layout = layout
kiosk.program.prepare_kivy = prepare_kivy
main()
"""
# And, found by Python at its start, one whose frames come to nothing from the second state on, while its loop goes round.
BLIND = """
import sys
if "kiosk.bare" in " ".join(sys.orig_argv):
    from kiosk.station import Station
    import kiosk.pulse
    pulse_drawn, seen = kiosk.pulse.Pulse.drawn, []
    def adopt(self, state, moment, before=Station._adopt):
        seen.append(state.revision)
        before(self, state, moment)
    def drawn(self, at):
        if max(seen, default=0) < 2:
            pulse_drawn(self, at)
    Station._adopt, kiosk.pulse.Pulse.drawn = adopt, drawn
"""
STANDS = "the screen draws no more; it is covered"
EDGE = (10, 180)  # of the wall's main zone, where a suspension has nothing but its ground


def begun(box: GlassBox, program: str) -> Actor:
    """That program in the place of the wall's own."""
    box.open()
    box.cast.end("wall")
    box.start_wall(sys.executable, "-c", program, "--bare")
    return box.cast["wall"]


@pytest.mark.parametrize("program", [BROKEN, FROZEN], ids=["every pass", "all that moves"])
def test_a_screen_that_meets_faults_without_end_says_so_and_ends_to_be_started_afresh(
    tmp_path: Path, program: str
) -> None:
    """That the parent lives is no good pass. The log is not flooded meanwhile."""
    box = GlassBox(tmp_path)
    try:
        wall = begun(box, program)
        box.until("the fault in its status", lambda: FAULT in (box.fault("drawing") or ""), 60)
        box.until("its end", lambda: wall.code is not None, 60)
        assert wall.code == Exit.SOFTWARE
        assert wall.log.read_text().count(FAULT) == 1
    finally:
        box.close()


def test_a_sight_that_failed_half_way_is_drawn_whole_before_it_is_told(tmp_path: Path) -> None:
    """What its parts were told before the fault, they do not show."""
    box = GlassBox(tmp_path)
    try:
        wall = begun(box, ONCE)
        box.until("the wall drawn", lambda: bool(box.status.get("online")) and box.screen.get("revision") == 1, 60)
        box.place()
        box.tell(replace(samples.suspended("branch", "power"), revision=2))
        box.until("the suspension told", lambda: box.screen.get("revision") == 2, 30)
        assert box.pixel(EDGE) == channels(NIGHT.suspended)
        assert FAULT in wall.log.read_text()
    finally:
        box.close()


def test_a_still_screen_that_cannot_draw_what_it_is_told_is_covered_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not when it would next have to prove that it can draw: until then it would go on saying what is no longer true."""
    probe = tmp_path / "probe"
    probe.mkdir()
    (probe / "sitecustomize.py").write_text(BLIND)
    monkeypatch.setenv("PYTHONPATH", str(probe))
    box = GlassBox(tmp_path)
    try:
        box.open()
        box.until("the wall drawn", lambda: bool(box.status.get("online")) and box.screen.get("revision") == 1, 60)
        log = box.cast["wall"].log
        assert STANDS not in log.read_text()
        box.tell(replace(samples.suspended("branch", "power"), revision=2))
        told = time.monotonic()
        box.until("the cover", lambda: STANDS in log.read_text(), 20)
        assert time.monotonic() - told < COVERED_S
    finally:
        box.close()
