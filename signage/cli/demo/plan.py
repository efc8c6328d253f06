"""What stands in the demo's branch: its counters and its screens, and where their windows go."""

from dataclasses import dataclass
from typing import Final

from signage.core.model import ScreenKind


@dataclass(frozen=True)
class CounterPlan:
    number: str
    zh: str
    en: str


@dataclass(frozen=True)
class ScreenPlan:
    """`size` and `corner` in pixels of the demo's display."""

    name: str
    kind: ScreenKind
    size: tuple[int, int]
    corner: tuple[int, int]
    counter: str | None = None

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom."""
        (left, top), (width, height) = self.corner, self.size
        return (left, top, left + width, top + height)


COUNTERS: Final = (
    CounterPlan("1", "个人业务", "Personal banking"),
    CounterPlan("2", "个人业务", "Personal banking"),
    CounterPlan("3", "对公业务", "Corporate banking"),
)
SCREENS: Final = (
    ScreenPlan("lobby-touch", "touch", (720, 1280), (0, 0)),
    ScreenPlan("lobby-wall", "wall", (1280, 720), (720, 0)),
    ScreenPlan("counter-1", "counter", (640, 400), (720, 720), "1"),
    ScreenPlan("counter-2", "counter", (640, 400), (1360, 720), "2"),
    ScreenPlan("counter-3", "counter", (640, 400), (720, 1120), "3"),
)
DISPLAY_SIZE: Final = (2000, 1520)
TOUCH: Final = SCREENS[0]
WALL: Final = SCREENS[1]
