"""Scenes already made: each holds until its own end, so what was looked ahead to needs no second making when its time comes.

A scene is made of what is told, what is held and the clock; while the same things are told and held, the clock alone makes
another of it at its `until` and not before (`signage.core.scene`).
"""

from dataclasses import dataclass
from typing import Final

from signage.core.hours import Hours
from signage.core.instants import Instant
from signage.core.model import BranchState, ScreenEntry
from signage.core.programme import SignedContent
from signage.core.scene import Scene, scene

KEPT: Final = 4  # now and next, and either with a picture missing


@dataclass(frozen=True)
class World:
    """What a scene is made of beside the content."""

    state: BranchState | None
    hours: Hours | None
    entry: ScreenEntry
    heard: bool
    now: Instant

    def scene(self, content: SignedContent | None, absent: frozenset[str], at: Instant | None = None) -> Scene:
        """At the moment of this world, or at another with all else as it is."""
        return scene(self.state, content, self.hours, self.entry, at or self.now, self.heard, absent)


@dataclass(frozen=True)
class _Made:
    world: World
    content: SignedContent | None
    absent: frozenset[str]
    begin: Instant
    scene: Scene

    def holds(self, world: World, content: SignedContent | None, absent: frozenset[str], at: Instant) -> bool:
        """Whether it is of the very same things, and of this time."""
        mine, until = self.world, self.scene.until
        return (
            self.begin <= at
            and (until is None or at < until)
            and mine.state is world.state
            and mine.hours is world.hours
            and mine.entry is world.entry
            and self.content is content
            and mine.heard is world.heard
            and self.absent == absent
        )


class Foresight:
    """The last few scenes of one screen."""

    def __init__(self) -> None:
        self._made: list[_Made] = []

    def scene(
        self, world: World, content: SignedContent | None, absent: frozenset[str], at: Instant | None = None
    ) -> Scene:
        """As `World.scene`, except that `why` may be of an earlier moment of the same scene."""
        at = at or world.now
        for one in self._made:
            if one.holds(world, content, absent, at):
                return one.scene
        made = _Made(world, content, absent, at, world.scene(content, absent, at))
        self._made = [made, *self._made[: KEPT - 1]]
        return made.scene
