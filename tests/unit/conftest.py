"""What every unit test needs: a log that does not write to a stream which an earlier test has closed, and no stopwatch."""

from collections.abc import Iterator

import pytest
import structlog
from hypothesis import HealthCheck, settings

# How long examples take is the machine's business, not the product's.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """A program's test configures the log for its captured standard error; the next test begins afresh."""
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()
