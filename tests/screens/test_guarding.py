"""A callback that raises goes on being called, and nothing that Kivy's clock calls goes unguarded."""

import re
from collections.abc import Callable
from pathlib import Path

import kiosk
from kiosk.guarding import guarded
from kiosk.stage import Stage

_UNGUARDED = re.compile(
    r"Clock\.(?:schedule_\w+|create_trigger)\((?!guarded\(|self\._guarded_)|self\._guarded_\w+ = (?!guarded\()"
)


def test_an_interval_that_raises_goes_on(stage: Callable[[int, int], Stage]) -> None:
    on = stage(200, 100)
    turns: list[float] = []
    failures: list[int] = []

    def work(seconds: float) -> None:
        turns.append(seconds)
        if len(turns) % 2:
            raise ValueError("what nobody thought of")

    event = on.clock.schedule_interval(guarded(work, lambda: failures.append(1)), 0.1)
    on.run(2.0)
    event.cancel()
    assert len(turns) > 15
    assert len(failures) == -(-len(turns) // 2)


def test_an_interval_that_has_done_its_work_ends_itself(stage: Callable[[int, int], Stage]) -> None:
    on = stage(200, 100)
    turns: list[float] = []

    def work(seconds: float) -> bool:
        turns.append(seconds)
        return len(turns) < 3

    on.clock.schedule_interval(guarded(work), 0.1)
    on.run(2.0)
    assert len(turns) == 3


def test_whatever_the_clock_calls_is_guarded() -> None:
    """By `guarded` itself, or under a name that says so and is true."""
    folder = Path(kiosk.__file__).parent
    found = [
        f"{path.relative_to(folder)}: {line.strip()}"
        for path in sorted(folder.rglob("*.py"))
        for line in path.read_text().splitlines()
        if _UNGUARDED.search(line)
    ]
    assert found == []
