"""The collector of cycles looks seldom, and not at all at what was imported: half a million objects that stay.

With Python's own thresholds it takes up to a third of a test's time to find nothing. Tests of real programs wait for the most
part, and hold sockets, pipes and processes: they keep Python's own.
"""

import gc
from typing import Final

import pytest

_OBJECTS: Final = 50_000  # between two looks at the young ones


def pytest_collection_finish(session: pytest.Session) -> None:
    if any("system" in item.path.parts for item in session.items):
        return
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 20, 20)
