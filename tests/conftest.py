"""The collector of cycles looks seldom, and not at all at what was imported: half a million objects that stay.

With Python's own thresholds it takes up to a third of a test's time to find nothing.
"""

import gc
from typing import Final

_OBJECTS: Final = 50_000  # between two looks at the young ones


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 20, 20)
