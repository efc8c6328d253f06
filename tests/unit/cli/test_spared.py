"""What a branch's programs do without when they start, in a process of its own."""

import subprocess
import sys

SEEN = """
import sys
sys.argv = ["signage", "controller", "--help"]
from signage.cli.main import main
try:
    main()
except SystemExit:
    print(*sorted({name.partition(".")[0] for name, module in sys.modules.items() if module is not None}))
"""


def test_a_controller_loads_nothing_for_terminals_and_no_calendar_of_other_countries() -> None:
    loaded = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, text=True, check=True).stdout.split()
    assert {"structlog", "signage", "paho"} <= set(loaded)
    assert not {"rich", "pygments", "holidays", "kivy"} & set(loaded)
