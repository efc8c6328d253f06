"""The generator that other tests stand on: what it makes is the same again, and head office ends up with what it says."""

from dataclasses import replace

from sqlalchemy import func, select

from signage.office.database import Store
from signage.office.tables import events, findings, marks
from signage.wire.custody import KINDS
from tests.office_traffic import Plan, fill, happened, held, traffic

PLAN = Plan(seed=3, branches=3, days=4, new_epochs=0.9, lost=0.9, broken=0.01, unreadable=0.01)


def test_the_same_plan_makes_the_same_bytes() -> None:
    first, again = list(traffic(PLAN)), list(traffic(PLAN))
    assert first == again
    assert list(traffic(replace(PLAN, seed=4))) != first


def test_every_kind_and_every_flag_occurs() -> None:
    told = [one for branch in PLAN.branch_ids() for one in happened(replace(PLAN, days=30), branch)]
    assert {one.kind for one in told} == KINDS
    flags = {flag for one in told if one.kind == "rating" for flag in one.data["flags"]}
    assert flags == {"repeat", "unprompted", "suspended", "test"}
    assert {one.data["action"] for one in told if one.kind == "case"} >= {"opened", "handled", "fed-back", "closed"}


def test_head_office_ends_up_with_what_the_plan_says(store: Store) -> None:
    fill(store, PLAN)
    with store.read() as connection:
        stored = connection.execute(select(events.c.branch, events.c.id, events.c.problem.is_(None))).all()
        found = set(connection.execute(select(findings.c.kind)).scalars())
        outboxes = connection.execute(select(func.count()).select_from(marks)).scalar_one()
    assert sorted(map(tuple, stored)) == sorted((one.branch, one.id, one.readable) for one in held(PLAN))
    assert {"gap", "break", "unreadable"} <= found
    assert outboxes > PLAN.branches
