"""Lines of text are, pixel for pixel, what Kivy makes of them, at a fraction of its memory."""

import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.design.fonts import family_files
from kiosk.stage import Stage

OpenStage = Callable[[int, int], Stage]
LINES = (
    "暂停服务", "Suspended, 14:30–15:00", "A", "中", "   ", "  lead", "j|Wfi ffi", "AVAT", "国庆节 10月1日至7日，…。", "㐂𬭎", "\u200b",
)  # fmt: skip
SIZES = (96, 13, 40, 21, 160, 20)  # larger and smaller by turns: the one face changes its size each time

# In a process of its own: what a whole run of tests holds moves by megabytes of itself.
SIZED = """
from pathlib import Path
from kiosk.stage import prepare
prepare()
from kiosk.design.fonts import family_files
from kiosk.design.lettering import Face

def private_kb():
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty"))

one = Face(family_files().regular)
one.extent("中", 20)
before = private_kb()
for px in range(21, 61):
    one.drawn("暂停服务", px)
print(private_kb() - before)
"""


@pytest.mark.parametrize("bold", [False, True])
def test_lines_are_drawn_as_kivy_draws_them(stage: OpenStage, bold: bool) -> None:
    stage(320, 240)
    kivys, files = importlib.import_module("kivy.core.text"), family_files()
    kivys.LabelBase.register("kivys", fn_regular=str(files.regular), fn_bold=str(files.bold))
    for px in SIZES:
        for line in LINES:
            label = kivys.Label(text=line, font_size=px, font_name="kivys", bold=bold)
            label.refresh()
            pixels, size = lettering().face("ui", bold).drawn(line, px)
            assert (size, pixels) == (tuple(label.texture.size), label.texture.pixels), (line, px)


def test_many_sizes_share_one_face() -> None:
    said = subprocess.run([sys.executable, "-c", SIZED], capture_output=True, text=True, check=True)
    assert int(said.stdout) < 2500  # less than one more face of Kivy's


def test_a_file_that_is_no_font_is_named(stage: OpenStage, tmp_path: Path) -> None:
    stage(320, 240)
    path = tmp_path / "torn.otf"
    path.write_bytes(b"OTTO")
    with pytest.raises(lettering().FaceError, match=r"torn\.otf: SDL_ttf cannot read it"):
        lettering().Face(path)


def lettering() -> Any:
    """It loads Kivy, which a stage has to settle first."""
    return importlib.import_module("kiosk.design.lettering")
