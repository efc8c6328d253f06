"""What a screen's process does without, in a process of its own."""

import subprocess
import sys

SEEN = """
import sys
from kiosk.bare import spare_memory
spare_memory()
import kiosk.cli
print(*sorted({name.partition(".")[0] for name, module in sys.modules.items() if module is not None}))
"""


def test_a_screens_command_loads_nothing_for_terminals_and_no_window_or_film_before_its_time() -> None:
    loaded = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, text=True, check=True).stdout.split()
    assert "structlog" in loaded
    assert not {"rich", "pygments", "kivy", "ffpyplayer", "fontTools"} & set(loaded)
