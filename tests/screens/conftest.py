from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.stage import Stage


@pytest.fixture
def stage() -> Iterator[Callable[..., Any]]:
    """Opens a stage of a size; closes whatever was opened."""
    opened: list[Stage] = []

    def open_stage(width: int, height: int) -> Stage:
        if opened:
            opened.pop().close()
        opened.append(Stage(width, height))
        return opened[0]

    yield open_stage
    for one in opened:
        one.close()
