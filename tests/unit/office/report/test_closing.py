"""A closed month in both databases: kept as it was, with what came afterwards beside it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from signage.core.instants import Instant
from signage.office.database import Store
from signage.office.measures import Profiles
from signage.office.report.closing import AlreadyClosed, Talk, acknowledge, acknowledged, closed, closing, keep, late
from signage.office.report.gathering import gather
from signage.office.tables import events
from tests.unit.office.planted import Field, plant
from tests.unit.office.report.test_gathering import ASKED, OPENING, a_month

DECEMBER = Instant.parse("2026-12-02T01:00:00Z")


def close(store: Store, who: str = "王敏") -> None:
    with store.read() as connection:
        found = closing(connection, gather(connection, ASKED, Profiles()), ASKED.period, who, DECEMBER)
    with store.begin() as connection:
        keep(connection, found)


def received(store: Store, field: Field, at: Instant) -> None:
    """Plant events as if they had come just then."""
    plant(store, field.grown)
    with store.begin() as connection:
        names = [one.id for one in field.grown]
        connection.execute(update(events).where(events.c.id.in_(names)).values(received_at=str(at)))


def test_figures_stay_as_they_were_closed(store: Store) -> None:
    plant(store, [event for field in a_month() for event in field.grown])
    with store.read() as connection:
        before = gather(connection, ASKED, Profiles())
        assert closed(connection, "2026-11") is None
    close(store)
    behind = Field(OPENING, "hz-3")
    behind.rating(1, 1)
    received(store, behind, Instant.of(DECEMBER + timedelta(hours=1)))
    with store.read() as connection:
        found = closed(connection, "2026-11")
        after = gather(connection, ASKED, Profiles())
    assert found is not None
    assert found.gathered == before != after
    assert (found.who, found.at, len(found.sha256)) == ("王敏", DECEMBER, 64)


def test_a_month_is_closed_once(store: Store) -> None:
    close(store)
    with pytest.raises(AlreadyClosed) as refused:
        close(store, "李雷")
    assert refused.value.closed.who == "王敏"


def test_what_is_late_is_what_the_closing_did_not_see(store: Store) -> None:
    known, just, crossing, behind, other = (Field(OPENING, f"hz-{number}") for number in range(5))
    for field in (known, just, crossing, behind):
        field.rating(1)
    other.add("rating", 60 * 24 * 10, {"stars": 1})  # of December
    plant(store, known.grown)
    received(store, just, Instant.of(DECEMBER - timedelta(seconds=2)))
    close(store)
    received(store, crossing, Instant.of(DECEMBER - timedelta(seconds=1)))  # received before, committed after
    behind.add("suspension", 2, {"scope": "branch", "on": True})
    received(store, behind, Instant.of(DECEMBER + timedelta(days=3)))
    received(store, other, Instant.of(DECEMBER + timedelta(days=3)))
    with store.read() as connection:
        found = closed(connection, "2026-11")
        assert found is not None
        assert late(connection, ASKED.period, found) == {"hz-2": {"rating": 1}, "hz-3": {"rating": 1, "suspension": 1}}


def test_a_talk_is_acknowledged_once_by_name(store: Store) -> None:
    with store.begin() as connection:
        assert acknowledge(connection, "2026-11", Talk("hz-2", "李雷", DECEMBER, "已整改"))
        assert not acknowledge(connection, "2026-11", Talk("hz-2", "韩梅", DECEMBER, ""))
        assert acknowledge(connection, "2026-12", Talk("hz-2", "韩梅", DECEMBER, ""))
        assert acknowledged(connection, "2026-11") == {"hz-2": Talk("hz-2", "李雷", DECEMBER, "已整改")}
