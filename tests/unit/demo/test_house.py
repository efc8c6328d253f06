"""The demo's files are what the programs take."""

from datetime import timedelta
from pathlib import Path

import pytest

from signage.cli.demo.house import BrokerKind, House, build, free_ports
from signage.cli.demo.plan import COUNTERS, DISPLAY_SIZE, SCREENS
from signage.config.holidays import hours_plan
from signage.config.load import load_branch, load_head_office
from signage.config.privacy_keys import desk_key_of, sealer_of
from signage.core.hours import read_hours
from signage.core.instants import Instant

OPENS = ["2026-11-24T00:31:00Z", "2026-10-01T15:59:00Z", "2027-02-05T16:00:00Z", "2026-12-31T20:00:00Z"]


def house_at(directory: Path, opens: str) -> House:
    return build(directory, BrokerKind.EMBEDDED, Instant.parse(opens))


def test_both_configurations_are_taken(tmp_path: Path) -> None:
    house = house_at(tmp_path, OPENS[0])
    branch = load_branch(house.branch_file)
    assert branch.broker.port == house.branch_port
    assert {screen.name: screen.size for screen in branch.screen} == {screen.name: screen.size for screen in SCREENS}
    assert [pad.counter for pad in branch.bridge[0].pad] == [counter.number for counter in COUNTERS]
    assert load_head_office(house.office_file).broker.port == house.office_port
    assert len(sealer_of(branch.privacy).recipients) == 2
    assert desk_key_of(branch.privacy) is not None


@pytest.mark.parametrize("opens", OPENS)
def test_the_branch_opens_at_its_minute_on_any_day_and_stays_open_for_the_demo(tmp_path: Path, opens: str) -> None:
    house = house_at(tmp_path, opens)
    hours = read_hours(hours_plan(load_branch(house.branch_file), house.opens.date()))
    minute = timedelta(minutes=1)
    assert not hours.at("personal", Instant.of(house.opens - minute)).open
    for after in (timedelta(0), minute, timedelta(hours=2), timedelta(hours=6)):
        assert hours.at("personal", Instant.of(house.opens + after)).open, after


def test_ports_are_free_and_differ() -> None:
    assert len(set(free_ports(8))) == 8


def test_windows_lie_beside_each_other_on_the_display() -> None:
    for one in SCREENS:
        left, top, right, bottom = one.box
        assert right <= DISPLAY_SIZE[0]
        assert bottom <= DISPLAY_SIZE[1]
        for other in SCREENS:
            if other is not one:
                a, b, c, d = other.box
                assert right <= a or c <= left or bottom <= b or d <= top, (one.name, other.name)
