"""A place and a time for the touch screen's steps."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from kiosk.view.happenings import Effect, Happening, World
from kiosk.view.journey import step
from kiosk.view.pages import Touch
from signage.core.instants import Instant

ZONE = ZoneInfo("Asia/Shanghai")
NOW = Instant.parse("2026-11-24T02:00:00.000Z")


def at(seconds: float = 0, fresh: str = "id-1", *, private: bool = True, closing: Instant | None = None) -> World:
    now = Instant.of(NOW + timedelta(seconds=seconds))
    return World(now=now, device="lobby-touch", fresh=fresh, private=private, zone=ZONE, closing=closing)


def walk(touch: Touch, *happenings: Happening, world: World | None = None) -> tuple[Touch, list[Effect]]:
    """Several steps at one time, and everything they asked for."""
    effects: list[Effect] = []
    for happening in happenings:
        touch, wishes = step(touch, happening, world or at())
        effects += wishes
    return touch, effects
