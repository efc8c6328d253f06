"""What a screen's process does without, in a process of its own."""

import subprocess
import sys

SEEN = """
import sys
from kiosk.bare import spare_memory
spare_memory()
import kiosk.starting
print(*sorted({name if name.startswith("asyncio") else name.partition(".")[0] for name, module in sys.modules.items() if module is not None}))
"""


def test_a_screens_command_loads_nothing_for_terminals_and_no_window_or_film_before_its_time() -> None:
    loaded = subprocess.run([sys.executable, "-c", SEEN], capture_output=True, text=True, check=True).stdout.split()
    assert "structlog" in loaded
    assert not {"rich", "pygments", "kivy", "ffpyplayer", "fontTools"} & set(loaded)
    assert not {"http", "email", "typing_extensions"} & set(loaded), "a proxy's, which no screen has"
    assert not {"typer", "pydantic", "tuf", "cryptography", "urllib3", "holidays", "babel", "asyncio.events"} & set(
        loaded
    )


LATER = """
import sys
from kiosk.bare import spare_memory
spare_memory()
import structlog
import asyncio
print("asyncio.events" in sys.modules)
import asyncio.events
from asyncio import run
print("asyncio.events" in sys.modules, asyncio.iscoroutinefunction is run.__globals__["coroutines"].iscoroutinefunction)
import urllib.request
print("http.client" in sys.modules, callable(urllib.request.getproxies))
from urllib.request import Request
print(urllib.request.Request is Request, sys.modules["urllib.request"].Request is Request)
"""


def test_what_is_put_off_is_there_when_it_is_asked_for() -> None:
    said = subprocess.run([sys.executable, "-c", LATER], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["False", "True", "True", "False", "True", "True", "True"]
