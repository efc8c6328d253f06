"""What every unit test needs: a log that does not write to a stream which an earlier test has closed, and no stopwatch.

Coverage traces only the tests that it counts, those of the pure folders; for a test that draws thousands of cases it takes
more time than the test itself, and such a one is marked `untraced` where others reach the same branches.
"""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Final

import pytest
import structlog
from coverage import Coverage
from hypothesis import HealthCheck, settings

# How long examples take is the machine's business, not the product's.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

TRACED: Final = ("core", "wire", "kiosk", "firmware_bridge")  # folders of tests
_tracer: Final = Coverage.current()  # None: nothing is traced anyway
_here: Final = Path(__file__).parent


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    counted = any(item.path.is_relative_to(_here / folder) for folder in TRACED)
    if _tracer is None or (counted and item.get_closest_marker("untraced") is None):
        return (yield)
    _tracer.stop()
    try:
        return (yield)
    finally:
        _tracer.start()


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """A program's test configures the log for its captured standard error; the next test begins afresh."""
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()
