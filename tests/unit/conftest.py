"""What every unit test needs: a log that does not write to a stream which an earlier test has closed, and no stopwatch.

Coverage traces only the tests that it counts, those of the pure folders; for a test that draws thousands of cases it takes
more time than the test itself, and such a one is marked `untraced` where others reach the same branches. Programs that tests
start are not traced: only the workers of pytest-xdist are.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import structlog
from coverage import Coverage
from hypothesis import HealthCheck, settings

# How long examples take is the machine's business, not the product's.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.pop("COVERAGE_PROCESS_CONFIG", None)  # the worker is traced by now, and hands it on to nobody

TRACED: Final = ("core", "wire", "kiosk", "firmware_bridge")  # folders of tests
_here: Final = Path(__file__).parent


class _Tracing:
    """Coverage of this process, on and off; None: nothing is traced anyway."""

    def __init__(self, tracer: Coverage | None) -> None:
        self._tracer, self._on = tracer, True

    def turn(self, *, on: bool) -> None:
        if self._tracer is None or on is self._on:
            return
        self._on = on
        if on:
            _forget()
            self._tracer.start()
        else:
            self._tracer.stop()


def _forget() -> None:
    """What a test that is not traced has left in a cache, one that is must find by itself."""
    for name, module in list(sys.modules.items()):
        if name.startswith("signage.core."):
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


_tracing: Final = _Tracing(Coverage.current())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> None:
    counted = any(item.path.is_relative_to(_here / folder) for folder in TRACED)
    _tracing.turn(on=counted and item.get_closest_marker("untraced") is None)


def pytest_sessionfinish() -> None:
    _tracing.turn(on=True)


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """A program's test configures the log for its captured standard error; the next test begins afresh."""
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()
