"""Minutes of suspension: inside announced hours, every instant once, for the reason that stood on the screens."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from signage.core.counters import counter_views, working_machines
from signage.core.downtime import SuspensionEvent, accounted, spells
from signage.core.hours import read_hours
from signage.core.instants import Instant
from signage.core.model import SelfService, Source
from signage.core.suspension import LIFTS, held, next_change, overdue, reminder
from tests.unit.core.branches import HOURS, NOON, PERSONAL, branch, later, suspension
from tests.unit.core.plans import plan

DAY = (Instant.parse("2026-11-23T16:00:00Z"), Instant.parse("2026-11-24T16:00:00Z"))  # NOON's, from midnight


def event(
    minute: float, *, on: bool, reason: str = "power", source: Source = "manager", **more: object
) -> SuspensionEvent:
    fields = {"scope": "branch", **more}
    return SuspensionEvent(later(minute * 60), on=on, reason=reason, source=source, **fields)  # type: ignore[arg-type] # tests name fields they know


def minutes(*events: SuspensionEvent, scopes: Sequence[str] = ("branch",)) -> dict[str, float]:
    return accounted(events, HOURS, *DAY, scopes=scopes)


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([event(0, on=True), event(30, on=False)], {"power": 30}),
        ([event(0, on=True, until=later(600)), event(30, on=False)], {"power": 10}),
        ([event(0, on=True, until=later(600))], {"power": 10}),
        ([event(290, on=True)], {"power": 10}),  # closes at 17:00
        ([event(-300, on=True), event(-170, on=False)], {"power": 10}),  # opens at 09:00
        ([event(310, on=True), event(320, on=False)], {}),
        ([event(0, on=False)], {}),
        (
            [event(0, on=True), event(10, on=True, reason="network"), event(30, on=False, reason="network")],
            {"network": 20, "power": 10},
        ),
        (
            [
                event(0, on=True, source="rule", rule="r"),
                event(10, on=True, reason="training"),
                event(20, on=False, reason="training"),
                event(30, on=False, source="rule", rule="r"),
            ],
            {"power": 20, "training": 10},
        ),
        (
            [
                event(0, on=True, source="teller", suspension="t"),
                event(5, on=True, source="manager", suspension="m"),
                event(10, on=False, source="manager", suspension="t"),
                event(20, on=False, source="manager", suspension="m"),
                event(25, on=False, source="manager", suspension="gone"),
            ],
            {"power": 20},
        ),
        ([event(0, on=True, source="teller"), event(10, on=False, source="manager")], {"power": 10}),
    ],
)
def test_minutes_by_reason(events: list[SuspensionEvent], told: dict[str, float]) -> None:
    assert minutes(*events) == told
    assert minutes(*reversed(events)) == told


def test_a_counters_minutes_are_its_own_and_the_branchs_once() -> None:
    events = (
        event(0, on=True, scope="counter:2", reason="break"),
        event(10, on=True),
        event(20, on=False),
        event(30, on=False, scope="counter:2", reason="break"),
        event(0, on=True, scope="counter:1", reason="fault"),
    )
    assert minutes(*events, scopes=("branch", "counter:2")) == {"break": 20, "power": 10}
    assert minutes(*events) == {"power": 10}


def test_hours_of_several_services_count_once_and_a_service_may_be_named() -> None:
    events = (event(-24 * 60, on=True),)
    assert accounted(events, HOURS, *DAY) == {"power": 480}
    assert accounted(events, HOURS, *DAY, services=("corporate",)) == {"power": 480}
    apart = read_hours(replace(plan("09:00-12:00"), rules={"personal": "09:00-12:00", "corporate": "11:00-13:00"}))
    assert accounted(events, apart, *DAY) == {"power": 240}
    assert accounted(events, apart, *DAY, services=("corporate",)) == {"power": 120}
    night = read_hours(plan("22:00-02:00"))
    assert accounted(events, night, *DAY) == {"power": 240}
    assert accounted(events, night, DAY[0], later(1, DAY[0])) == {"power": 1 / 60}


def test_an_end_without_an_identity_means_its_own_sources_and_else_the_oldest() -> None:
    both = (event(0, on=True, source="teller"), event(5, on=True, source="manager"))
    cases: list[tuple[Source, Source]] = [("manager", "manager"), ("teller", "teller"), ("head-office", "teller")]
    for by, ended in cases:
        told = spells((*both, event(10, on=False, source=by)))
        assert [one.suspension.source for one in told if one.end is not None] == [ended]


def test_spells_come_in_the_order_of_their_beginnings() -> None:
    told = spells((event(5, on=True, scope="counter:1"), event(0, on=True), event(9, on=False)))
    assert [(one.suspension.scope, one.end) for one in told] == [("branch", later(540)), ("counter:1", None)]


CHANGES = st.lists(
    st.tuples(st.sampled_from(sorted(LIFTS)), st.sampled_from(["power", "fault"]), st.integers(0, 5), st.booleans()),
    max_size=14,
)


@given(CHANGES)
def test_no_minute_is_counted_twice(drawn: list[tuple[Source, str, int, bool]]) -> None:
    """Against a table of minutes: source → what it has suspended, minute by minute."""
    events: list[SuspensionEvent] = []
    known: dict[Source, str] = {}
    wanted: dict[str, float] = {}
    minute = 0
    for source, reason, gap, on in drawn:
        for _ in range(gap):
            if known:
                top = max(known, key=("teller", "rule", "manager", "head-office").index)
                wanted[known[top]] = wanted.get(known[top], 0) + 1
        minute += gap
        if on:
            events.append(event(minute, on=True, reason=reason, source=source, suspension=f"{len(events)}-{source}"))
            known[source] = reason
        elif source in known:
            last = next(one for one in reversed(events) if one.source == source and one.on)
            events.append(event(minute, on=False, reason=known.pop(source), source=source, suspension=last.suspension))
    assert accounted(events, HOURS, DAY[0], later(minute * 60)) == wanted


# --- hopes, reminders, machines


def test_a_hope_is_told_until_it_has_passed_and_ends_nothing() -> None:
    hoped = suspension(expected=later(60))
    for seconds, told in ((59.999, later(60)), (60, None)):
        found = held((hoped,), ("branch",), later(seconds))
        assert found is not None
        assert (found.resumes, found.expected) == (None, told)
    assert next_change((hoped,), NOON) == later(60)
    assert next_change((hoped,), later(60)) is None
    both = held((suspension(until=600, expected=later(60)),), ("branch",), later(61))
    assert both is not None
    assert (both.resumes, both.expected) == (later(600), later(600))


def test_what_is_overdue_is_called_for() -> None:
    late = suspension("counter:2", id="b", expected=later(60), reason="fault")
    later_still = suspension("device:atm", id="a", expected=later(90))
    over = suspension(until=30, id="c", expected=later(20))
    every = (later_still, over, late, suspension(id="d"))
    assert overdue(every, later(59.999)) == ()
    assert overdue(every, later(90)) == (late, later_still)
    told = reminder(late)
    assert (told.id, told.kind, told.at, told.counter, told.device, told.code) == (
        "overdue:b",
        "overdue",
        later(60),
        "2",
        None,
        "fault",
    )
    assert (reminder(later_still).counter, reminder(later_still).device) == (None, "atm")
    assert reminder(suspension()).at == later(-60)
    assert reminder(suspension("device:hall:2")).device == "hall:2"


def test_machines_are_named_where_no_counter_can_help() -> None:
    atm = SelfService(name="atm", business=PERSONAL, place={"zh": "自助区"})
    other = SelfService(name="forms", business={"zh": "填单"}, place={"zh": "大厅"})
    every = tuple(suspension(f"counter:{number}") for number in "123")
    state = branch(suspensions=every, machines=(other, atm))
    view = counter_views(state, HOURS, NOON)[0]
    assert (view.alternatives, view.machines) == ((), (atm,))
    helped = counter_views(branch(suspensions=every[:1], machines=(atm,)), HOURS, NOON)[0]
    assert (helped.alternatives, helped.machines) == (("2", "3"), ())
    for broken in ("device:atm", "branch"):
        assert working_machines(branch(suspensions=(suspension(broken),), machines=(atm,)), PERSONAL, NOON) == ()
    mended = branch(suspensions=(*every, suspension("device:atm", until=60)), machines=(atm,))
    assert counter_views(mended, HOURS, later(59.999))[0].machines == ()
    assert counter_views(mended, HOURS, later(60))[0].machines == (atm,)
    assert len(working_machines(branch(machines=(atm,) * 3), {"en": PERSONAL["en"]}, NOON)) == 2
