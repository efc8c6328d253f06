from typing import Any

import pytest

from signage.core.instants import Instant
from signage.link.clock import Moment
from signage.link.roll import Roll
from signage.wire.messages import Health, Status

NOW = Moment(Instant.parse("2026-11-24T01:00:00Z"), 50.0)


def status(session: str = "s1", *, online: bool = True, at: Instant = NOW.at, **changes: Any) -> Status:
    values: dict[str, Any] = {
        "node": "wall",
        "session": session,
        "online": online,
        "at": at,
        "started_at": NOW.at,
        "software": "1",
        "role": "screen",
        "health": Health(cpu=0, memory_mb=0, disk_free_mb=0),
        "faults": (),
        "v": 1,
    }
    return Status(**values | changes)


def test_the_will_of_the_session_last_seen_counts() -> None:
    roll = Roll()
    roll.heard(status(), NOW, retained=False)
    entry = roll.heard(status(online=False), NOW, retained=False)
    assert entry is not None
    assert not entry.online
    assert not roll.entries["wall"].online


def test_the_late_will_of_an_older_session_does_not() -> None:
    roll = Roll()
    roll.heard(status("s1"), NOW, retained=False)
    roll.heard(status("s2"), NOW, retained=False)
    assert roll.heard(status("s1", online=False), NOW, retained=False) is None
    assert roll.entries["wall"].online


def test_the_first_thing_heard_may_be_that_it_is_offline() -> None:
    entry = Roll().heard(status(online=False), NOW, retained=True)
    assert entry is not None
    assert not entry.online


def test_ninety_seconds_of_silence_are_offline_once() -> None:
    roll = Roll()
    roll.heard(status(), NOW, retained=False)
    assert roll.deadline() == NOW.mono + 90
    assert roll.silent(NOW.later(89.9)) == []
    (gone,) = roll.silent(NOW.later(90))
    assert (gone.node, gone.online) == ("wall", False)
    assert roll.silent(NOW.later(200)) == []
    assert roll.deadline() == float("inf")
    again = roll.heard(status(), NOW.later(200), retained=False)
    assert again is not None
    assert again.online


def test_who_said_goodbye_does_not_fall_silent_too() -> None:
    roll = Roll()
    roll.heard(status(), NOW, retained=False)
    roll.heard(status(online=False), NOW, retained=False)
    assert roll.silent(NOW.later(900)) == []


@pytest.mark.parametrize(("age_s", "online"), [(0, True), (90, True), (91, False)])
def test_an_old_retained_status_is_not_believed(age_s: float, online: bool) -> None:
    entry = Roll().heard(status(), NOW.later(age_s), retained=True)
    assert entry is not None
    assert entry.online is online


def test_devices_of_a_branch_are_as_their_controller_says() -> None:
    roll = Roll()
    entry = roll.device("hz-1", "wall", status(online=False))
    assert (entry.node, entry.device, entry.online) == ("hz-1", "wall", False)
    assert roll.entries["hz-1/wall"] == entry
