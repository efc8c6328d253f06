from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.stage import Stage
from tests.screens.hall import Hall


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


@pytest.fixture
def hall(stage: Callable[..., Stage], tmp_path: Path) -> Iterator[Callable[..., Hall]]:
    """Opens a screen with content on a stage; closes whatever was opened."""
    opened: list[Hall] = []

    def open_hall(kind: Any = "wall", size: tuple[int, int] = (1920, 1080)) -> Hall:
        opened.append(Hall(stage(*size), tmp_path, kind, size))
        return opened[-1]

    yield open_hall
    for one in opened:
        one.close()
