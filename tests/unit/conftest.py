"""What every unit test needs: a log that does not write to a stream which an earlier test has closed."""

from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def _own_log() -> Iterator[None]:
    """A program's test configures the log for its captured standard error; the next test begins afresh."""
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()
