"""When the demo's branch opens: a minute that is told to every screen before it comes, however slow the machine."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from signage.cli.demo import mains
from signage.cli.demo.house import write_branch
from signage.cli.demo.stage import Stage, start_controller
from signage.core.instants import Instant
from signage.link.clock import now

_MINUTE: Final = timedelta(minutes=1)
_NOTICE: Final = timedelta(seconds=6)  # for a controller to start and every screen to draw what it says


def long_open() -> Instant:
    """A full minute that is past: for a demo with no time to wait for one."""
    return Instant.of(_full(now()) - timedelta(hours=1))


def still_closed() -> Instant:
    """A full minute that is far away: until every window is up."""
    return Instant.of(_full(now()) + timedelta(hours=2))


def announce(stage: Stage) -> None:
    """Give the branch's file the next full minute as its opening, and start the controller anew with it.

    Again, with more notice, if the minute came before the last screen had drawn that it will.
    """
    notice = _NOTICE
    while True:
        opens = Instant.of(_full(now() + notice) + _MINUTE)
        _tell(stage, opens)
        if now() < opens:
            return
        notice *= 2


def _tell(stage: Stage, opens: Instant) -> None:
    before = stage.watch.state
    stage.house = replace(stage.house, opens=opens)
    write_branch(stage.house, mains.probe)
    stage.cast.end("controller")
    start_controller(stage.cast, stage.house)

    def told() -> bool:
        state = stage.watch.state
        return state is not None and before is not None and state.hours != before.hours

    stage.watch.until("the doors' minute", told, 60)
    stage.until_drawn("the doors' minute")


def _full(at: Instant) -> Instant:
    return Instant.of(at.replace(second=0, microsecond=0))
