import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from signage.link.database import Database, open_database
from signage.link.schema import LINK


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    """A main loop takes the signals over; pytest wants them back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(tmp_path / "link.db", LINK)
    yield opened
    opened.close()
