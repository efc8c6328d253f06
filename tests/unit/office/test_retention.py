"""What is over goes, from both databases; what a case needs, what is young and what is kept for ever stays."""

from typing import Any

import pytest
from sqlalchemy import select, text

from signage.core.instants import Instant
from signage.core.retention import UNREADABLE, Retention
from signage.office import partitions
from signage.office.custody import OfficeCustody
from signage.office.database import Store
from signage.office.retention import sweeping
from signage.office.tables import event_ids, events
from signage.wire.custody import KINDS
from tests.unit.office.outboxes import OutboxByHand

NOW = Instant.parse("2026-11-26T08:00:00.000Z")
OLD, YOUNG = "2026-01-15", "2026-11-20"


def stored(store: Store, branch: str, *told: tuple[str, str, str, dict[str, Any]]) -> None:
    """(id, kind, day, data), received on that very day."""
    custody = OfficeCustody(store)
    outbox = OutboxByHand(node=branch, epoch=branch)
    for number, (identity, kind, day, data) in enumerate(told, start=1):
        outbox.add(kind, data, id=identity, at=f"{day}T01:00:00.000Z")
        custody.accept(outbox.batch(first=number), Instant.parse(f"{day}T02:00:00.000Z"))


def left(store: Store) -> set[str]:
    with store.read() as connection:
        found = set(connection.execute(select(events.c.id)).scalars())
        assert set(connection.execute(select(event_ids.c.id)).scalars()) == found
    return found


def sweep(store: Store, **days: int) -> None:
    for _ in sweeping(store, Retention(days), NOW):
        pass


def test_each_kind_has_its_own_days(store: Store) -> None:
    stored(
        store, "hz-1", ("old play", "play", OLD, {}), ("old rating", "rating", OLD, {}), ("fault", "fault", OLD, {}),
        ("young play", "play", YOUNG, {}), ("weather", "weather", OLD, {}),
    )  # fmt: skip
    sweep(store)
    assert len(left(store)) == 5
    sweep(store, play=30, rating=3650)
    assert left(store) == {"old rating", "fault", "young play", "weather"}
    sweep(store, **{UNREADABLE: 30})
    assert left(store) == {"old rating", "fault", "young play"}


def test_what_came_late_is_kept_from_its_receipt(store: Store) -> None:
    outbox = OutboxByHand().add("play", {}, id="late", at="1970-01-01T00:00:00.000Z")
    OfficeCustody(store).accept(outbox.batch(), Instant.parse("2026-11-20T02:00:00.000Z"))
    sweep(store, play=30)
    assert left(store) == {"late"}


def test_what_an_open_case_needs_stays(store: Store) -> None:
    opened, closed = {"case": "c", "action": "opened"}, {"case": "c", "action": "closed"}
    stored(
        store,
        "hz-1",
        ("before", "play", "2026-01-02", {}),
        ("play", "play", "2026-01-14", {}),
        ("c", "case", OLD, opened),
    )
    stored(store, "nb-1", ("other", "play", "2026-01-14", {}))
    sweep(store, play=30, case=30)
    assert left(store) == {"play", "c"}
    stored(store, "wz-1", ("x", "case", OLD, {"case": "c", "action": "closed"}))  # another branch's
    sweep(store, play=30, case=3650)
    assert left(store) == {"play", "c", "x"}
    OfficeCustody(store).accept(
        OutboxByHand(node="hz-1", epoch="z").add("case", closed, id="end", at=f"{YOUNG}T01:00:00.000Z").batch(), NOW
    )
    sweep(store, play=30, case=30)
    assert left(store) == {"end"}


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_month_in_which_nothing_is_kept_goes_whole(store: Store) -> None:
    stored(store, "hz-1", *((f"e{number}", kind, OLD, {}) for number, kind in enumerate(sorted(KINDS - {"case"}))))
    stored(store, "nb-1", ("young", "rating", YOUNG, {}), ("late", "rating", "2026-02-10", {}))
    days = dict.fromkeys([*KINDS, UNREADABLE], 60)
    gone = list(sweeping(store, Retention(days), NOW))
    assert {one.what for one in gone} >= {f"events_2026_0{month}" for month in (1, 2, 3, 4)}  # two were made ahead
    assert left(store) == {"young"}
    with store.read() as connection:
        assert all(month >= partitions.Month(2026, 9) for month in partitions.months(connection))
        assert partitions.apart(connection) == []


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_a_month_that_was_set_apart_in_an_earlier_life_is_finished(store: Store) -> None:
    stored(store, "hz-1", ("old", "rating", OLD, {}), ("young", "rating", YOUNG, {}))
    with store.begin() as connection:
        partitions.set_apart(connection, partitions.Month(2026, 1))
    stored(store, "nb-1", ("late", "rating", OLD, {}))  # while it stands apart, its month lies with the others
    with store.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM events_other")).scalar_one() == 1
    sweep(store, **dict.fromkeys([*KINDS, UNREADABLE], 3650))
    assert left(store) == {"young", "late"}
