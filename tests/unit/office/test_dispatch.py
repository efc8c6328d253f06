"""Which commands go out when: once to who is there, again to who was away, never to who has replied."""

from datetime import timedelta
from typing import Any

from signage.core.instants import Instant
from signage.office.commanding import Aim, concerns, new_command
from signage.office.dispatch import Dispatch
from signage.office.roster import RosterBranch, Shard
from signage.wire.messages import Command, Sync

NINE = Instant.parse("2026-11-24T01:00:00Z")
ROSTER = {
    one.id: one
    for one in (
        RosterBranch("hz-1", "一", "hz", ("city",)),
        RosterBranch("hz-2", "二", "hz", ("city", "coast")),
        RosterBranch("hz-3", "三", "hz", ()),
    )
}


def later(seconds: float) -> Instant:
    return Instant.of(NINE + timedelta(seconds=seconds))


def given(aim: Aim, identity: str = "c") -> Command:
    command = new_command(aim, "suspend", {"scope": "branch"}, "desk", "li", NINE, timedelta(hours=1))
    return Command(**{name: getattr(command, name) for name in command.__struct_fields__} | {"id": identity})


def sync(since: Instant | None = None) -> Sync:
    return Sync(session="s", commands_since=since, v=1)


def dispatch(shard: Shard | None = None, roster: Any = None) -> Dispatch:
    return Dispatch(shard or Shard(), ROSTER if roster is None else roster)


def sending(desk: Dispatch, mono: float = 100.0, now: Instant = NINE) -> list[str]:
    """The ids that are due, all taken by the link."""
    ids = [command.id for command in desk.due(now, mono)]
    for one in ids:
        desk.sent(one)
    return ids


def test_whom_a_command_is_for() -> None:
    roster = list(ROSTER.values())
    assert Aim(branch="hz-9").among(roster) == ("hz-9",)
    assert Aim(group="city").among(roster) == ("hz-1", "hz-2")
    assert Aim().among(roster) == ("hz-1", "hz-2", "hz-3")
    assert [one.target for one in (Aim(branch="hz-9"), Aim(group="city"), Aim())] == ["hz-9", "group-city", "all"]
    assert not concerns("city", "hz-1", ("city",))


def test_a_life_is_a_day_at_most() -> None:
    command = new_command(Aim(), "resume", {}, "desk", None, NINE, timedelta(days=3))
    assert command.expires_at - command.issued_at == timedelta(hours=24)


def test_a_new_command_is_sent_until_the_link_takes_it() -> None:
    desk = dispatch()
    desk.add(given(Aim(branch="hz-1")))
    assert [one.id for one in desk.due(NINE, 100.0)] == ["c"]
    assert desk.next_due() == 0.0
    assert sending(desk) == ["c"]
    assert sending(desk) == []
    assert desk.next_due() is None
    desk.again()
    assert sending(desk) == ["c"]


def test_what_has_been_replied_to_is_not_sent_again() -> None:
    desk = dispatch()
    desk.add(given(Aim(branch="hz-1")))
    sending(desk)
    desk.replied("hz-1", "c")
    desk.replied("hz-1", "of-another")
    desk.synced("hz-1", sync(), 100.0)
    desk.again()
    assert sending(desk) == []


def test_who_was_away_gets_its_own_again_at_once_and_a_shared_one_with_others() -> None:
    desk = dispatch()
    for aim, identity in ((Aim(branch="hz-1"), "own"), (Aim(group="city"), "city"), (Aim(), "all")):
        desk.add(given(aim, identity))
    sending(desk)
    desk.synced("hz-1", sync(NINE), 100.0)
    assert sending(desk, 100.0) == ["own"]
    assert desk.next_due() == 105.0
    desk.synced("hz-2", sync(NINE), 103.0)
    assert sending(desk, 104.999) == []
    assert sending(desk, 105.0) == ["city", "all"]
    desk.synced("hz-3", sync(NINE), 200.0)
    assert sending(desk, 300.0) == ["all"]


def test_who_was_there_all_the_time_gets_no_shared_one_again() -> None:
    desk = dispatch()
    desk.add(given(Aim(), "all"))
    sending(desk)
    desk.synced("hz-1", sync(later(300.001)), 100.0)
    assert sending(desk, 200.0) == []
    desk.synced("hz-1", sync(later(300)), 100.0)
    assert sending(desk, 200.0) == ["all"]
    desk.synced("hz-1", sync(), 300.0)
    assert sending(desk, 400.0) == ["all"]


def test_another_branchs_sync_makes_nothing_due() -> None:
    desk = dispatch()
    desk.add(given(Aim(branch="hz-1")))
    sending(desk)
    desk.synced("hz-2", sync(), 100.0)
    assert sending(desk) == []


def test_a_branch_beside_the_roster_knows_its_groups_itself() -> None:
    desk = dispatch(roster={})
    for aim, identity in ((Aim(branch="hz-1"), "own"), (Aim(group="city"), "city"), (Aim(branch="hz-2"), "other")):
        desk.add(given(aim, identity))
    sending(desk)
    desk.synced("hz-1", sync(), 100.0)
    assert sending(desk, 200.0) == ["own", "city"]


def test_what_has_expired_is_forgotten() -> None:
    desk = dispatch()
    desk.add(given(Aim(branch="hz-1")))
    assert sending(desk, now=later(3600)) == []
    assert desk.next_due() is None
    desk.replied("hz-1", "c")


def test_a_group_that_has_replied_whole_is_done() -> None:
    desk = dispatch()
    desk.add(given(Aim(group="city")), replied=("hz-1", "hz-2"))
    assert sending(desk) == []
    desk.add(given(Aim(), "all"), replied=("hz-1", "hz-2"))
    assert sending(desk) == ["all"]


def test_publishers_share_the_work() -> None:
    first, second = dispatch(Shard(0, 2)), dispatch(Shard(1, 2))
    for desk in (first, second):
        for identity in ROSTER:
            desk.add(given(Aim(branch=identity), identity))
        desk.add(given(Aim(), "all"))
        desk.add(given(Aim(group="city"), "city"))
    one, other = sending(first), sending(second)
    assert set(one) | set(other) == {*ROSTER, "all", "city"}
    assert not set(one) & set(other)
    assert {"all", "city"} <= set(one)
    second.synced("hz-1", sync(), 100.0)
    assert {"all", "city"} <= set(sending(second, 200.0))
