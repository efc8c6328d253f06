"""Several collectors side by side on a real PostgreSQL, killed at random moments: every event exactly once.

``KILLS=50 BRANCHES=200 pytest tests/system/test_shards.py -s`` is the long run; its seed is taken from ``SEED``.
"""

import os
import random
import subprocess
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select, text

from signage.cli.demo.cast import program
from signage.office.database import Store
from signage.office.tables import event_ids, events, findings, marks
from tests.office_traffic import Plan, held
from tests.office_traffic.lines import Lines
from tests.system.brokers import mosquitto
from tests.unit.office.postgres import programs, server

pytestmark = [pytest.mark.system, pytest.mark.skipif(programs() is None, reason="no PostgreSQL server is installed")]

KILLS = int(os.environ.get("KILLS", "6"))
SEED = int(os.environ.get("SEED", "20261126"))
PLAN = Plan(seed=SEED, branches=int(os.environ.get("BRANCHES", "24")), days=2, new_epochs=0.3, lost=0.2, broken=0.002)
SHARDS = 4


class Collectors:
    """All shards, each its own process; killed without a word and started again."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._running: dict[int, subprocess.Popen[bytes]] = {}
        stack.callback(self._end)

    def start(self, index: int) -> None:
        command = [program("signage"), "collect", "--config", str(self._folder / "office.toml")]
        with (self._folder / f"collect-{index}.log").open("ab") as log:
            shard = ["--shard", f"{index}/{SHARDS}"]
            self._running[index] = subprocess.Popen([*command, *shard], stdout=log, stderr=log)

    def kill(self, index: int) -> None:
        self._running[index].kill()
        self._running[index].wait()

    def logs(self) -> str:
        return "".join(file.read_text() for file in self._folder.glob("collect-*.log"))

    def _end(self) -> None:
        for process in self._running.values():
            process.kill()
            process.wait()


def test_four_collectors_killed_at_random_store_every_event_exactly_once(tmp_path: Path) -> None:
    dice, pause = random.Random(SEED), Event()
    with ExitStack() as stack:
        broker = stack.enter_context(mosquitto(tmp_path))
        database = stack.enter_context(server(tmp_path))
        (tmp_path / "roster.csv").write_text(PLAN.roster())
        (tmp_path / "office.toml").write_text(
            f'[broker]\nport = {broker.port}\n[database]\nurl = "{database.url}"\n[roster]\nfile = "{tmp_path}/roster.csv"\n'
        )
        collectors = Collectors(tmp_path, stack)
        for index in range(SHARDS):
            collectors.start(index)
        lines = stack.enter_context(Lines(PLAN, broker.port))
        killed: Counter[int] = Counter()
        for _ in range(KILLS):
            pause.wait(dice.uniform(0.1, 1.2))
            victim = dice.randrange(SHARDS)
            collectors.kill(victim)
            killed[victim] += 1
            collectors.start(victim)
        lines.wait(240)
        store = Store(database.url)
        stack.callback(store.close)
        store.check()
        with store.read() as connection:
            rows = connection.execute(select(events.c.branch, events.c.id, events.c.problem.is_(None))).all()
            found = Counter(connection.execute(select(findings.c.kind)).scalars())
            outboxes = connection.execute(select(func.count()).select_from(marks)).scalar_one()
            ids = connection.execute(select(func.count()).select_from(event_ids)).scalar_one()
            tables = set(connection.execute(text("SELECT DISTINCT tableoid::regclass::text FROM events")).scalars())
        print(f"\nseed {SEED}: {dict(killed)} killed; {lines.sent} events sent, {len(rows)} stored; {dict(found)}")
        assert sorted(map(tuple, rows)) == sorted((one.branch, one.id, one.readable) for one in held(PLAN))
        assert ids == len(rows)
        assert found["epoch"] == outboxes - PLAN.branches
        assert found["gap"] > 0
        assert tables == {"events_2026_10", "events_2026_11", "events_other"} - _unused(tables)
        assert "Traceback" not in collectors.logs()


def _unused(tables: set[str]) -> set[str]:
    """Hours before the first day's midnight in UTC lie in October; events without a time, if there are any, elsewhere."""
    return {"events_2026_10", "events_other"} - tables
