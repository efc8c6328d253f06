"""A month of branches over a real broker into real databases, its collector killed again and again; then measured and recounted.

.venv/bin/python -m tests.recount --branches 500 --days 30 --kills 50 --database both
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from signage.office.database import Store
from signage.office.measures import month
from tests.office_traffic import Plan
from tests.recount import Ground, differences, period, profiles
from tests.recount.compare import figures
from tests.recount.feeding import collecting, feed
from tests.recount.storing import store_with_kills
from tests.recount.town import write_config
from tests.system.brokers import mosquitto
from tests.unit.office.postgres import server


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder}/office.db"
    else:
        with server(folder) as running:
            yield running.url


def counted(kind: str, plan: Plan, kills: int, ground: Ground, *, over_broker: bool) -> list[str]:
    """Fill one database and compare its month; what differs."""
    with tempfile.TemporaryDirectory(prefix=f"recount-{kind}-") as name, database(kind, Path(name)) as url:
        began = perf_counter()
        killed = _over_broker(plan, url, kills, Path(name)) if over_broker else store_with_kills(plan, url, kills)[0]
        print(f"{kind}: stored in {perf_counter() - began:.0f} s, killed {killed} times meanwhile", flush=True)
        store, began = Store(url), perf_counter()
        with store.read() as connection:
            made = month(connection, period(plan), profiles(plan))
        took = perf_counter() - began
        store.close()
    unlike = differences(made, ground)
    print(
        f"{kind}: the month measured in {took:.1f} s; of some {figures(made)} figures {len(unlike)} differ", flush=True
    )
    return unlike


def _over_broker(plan: Plan, url: str, kills: int, folder: Path) -> int:
    with mosquitto(folder) as broker:
        config = write_config(folder, broker.port, url, plan)
        with collecting(config, folder / "collect.log") as collector:
            sent = feed(plan, broker.port, collector, kills)
    print(f"{sent} events were sent", flush=True)
    return collector.kills


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.recount")
    parser.add_argument("--branches", type=int, default=25)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--broker", action="store_true", help="over MQTT into `signage collect`, which is killed")
    chosen = parser.parse_args()
    plan, began = Plan(seed=chosen.seed, branches=chosen.branches, days=chosen.days, batch=200), perf_counter()
    ground = Ground(plan)
    print(f"recounted {ground.events} events of {plan.branches} branches in {perf_counter() - began:.0f} s", flush=True)
    kinds = ("sqlite", "postgresql") if chosen.database == "both" else (chosen.database,)
    unlike = [line for kind in kinds for line in counted(kind, plan, chosen.kills, ground, over_broker=chosen.broker)]
    print("\n".join(unlike[:50]))
    return 1 if unlike else 0


if __name__ == "__main__":
    sys.exit(main())
