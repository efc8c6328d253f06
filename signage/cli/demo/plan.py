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
class TellerPlan:
    """`grade`: the bank's own stars."""

    id: str
    zh: str
    en: str
    grade: int


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
TELLERS: Final = (
    TellerPlan("0571017", "李晓梅", "Li Xiaomei", 4),
    TellerPlan("0571023", "周建国", "Zhou Jianguo", 3),
)
SCREENS: Final = (
    ScreenPlan("lobby-touch", "touch", (720, 1280), (0, 0)),
    ScreenPlan("lobby-wall", "wall", (1280, 720), (720, 108)),
    ScreenPlan("counter-1", "counter", (640, 400), (720, 892), "1"),
    ScreenPlan("counter-2", "counter", (640, 400), (1360, 892), "2"),
    ScreenPlan("counter-3", "counter", (640, 400), (720, 1292), "3"),
    ScreenPlan("fascia", "fascia", (1280, 108), (720, 0)),  # above the wall
    ScreenPlan("strip-1", "strip", (512, 64), (784, 828), "1"),  # above its counter
)
DISPLAY_SIZE: Final = (2000, 1692)
TOUCH: Final = SCREENS[0]
WALL: Final = SCREENS[1]
