"""50,000 events of 25 branches over 30 days, with repeats, loss, disorder and kills: measured as an independent recount says."""

from pathlib import Path
from time import perf_counter

import pytest

from signage.office.alerts import read_alerts, rebuild
from signage.office.database import Store
from signage.office.measures import month
from tests.office_traffic import Plan, fill
from tests.recount import Ground, differences, period, profiles
from tests.recount.storing import store_with_kills
from tests.unit.office.postgres import programs, server

pytestmark = pytest.mark.system
PLAN = Plan(seed=7, branches=25, days=30, tricks=0.1)
KILLS = 6


@pytest.fixture(scope="module")
def ground() -> Ground:
    return Ground(PLAN)


def check(url: str, ground: Ground) -> None:
    began = perf_counter()
    kills, _ = store_with_kills(PLAN, url, KILLS)
    fed, store = perf_counter(), Store(url)
    known = profiles(PLAN)
    with store.read() as connection:
        made = month(connection, period(PLAN), known)
        raised = read_alerts(connection)
    measured = perf_counter()
    print(f"{ground.events} events, {kills} kills: stored in {fed - began:.1f} s, measured in {measured - fed:.1f} s")
    assert differences(made, ground) == []
    assert sum(one.ratings.tally.n for one in made.branches.values()) > 5_000
    low = {f"single:{identity}" for (identity,) in ground.rows("SELECT id FROM counted WHERE stars <= 2")}
    told = {one.id for one in raised if one.kind == "single"}
    late = {f"single:{identity}" for (identity,) in ground.rows("SELECT id FROM near_another")}
    assert (low ^ told) <= late  # a press that came late can make a repeat of one that has alarmed
    with store.begin() as connection:
        rebuild(connection, known)
        again = read_alerts(connection)
    assert again == raised
    store.close()


def test_on_sqlite(tmp_path: Path, ground: Ground) -> None:
    check(f"sqlite:///{tmp_path}/office.db", ground)


@pytest.mark.skipif(programs() is None, reason="no PostgreSQL server is installed")
def test_on_postgresql(tmp_path: Path, ground: Ground) -> None:
    with server(tmp_path) as running:
        check(running.url, ground)


def test_the_recount_sees_what_is_wrong(tmp_path: Path) -> None:
    """One event more, or one less, and figures differ."""
    plan = Plan(seed=3, branches=2, days=2, lost=0.0, unreadable=0.0)
    other = Plan(seed=3, branches=2, days=2, lost=0.0, unreadable=0.0, customers=8)
    store = Store(f"sqlite:///{tmp_path}/office.db")
    store.prepare()
    fill(store, plan)
    with store.read() as connection:
        made = month(connection, period(plan), profiles(plan))
    store.close()
    assert differences(made, Ground(plan)) == []
    kinds = {line.partition(" of ")[0] for line in differences(made, Ground(other))}
    assert kinds >= {"ratings", "prompts", "transactions"}
