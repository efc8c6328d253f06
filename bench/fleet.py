"""How quick `signage fleet --watch` is with every branch of a large bank, beside the least that can be done: a bare SELECT.

    .venv/bin/python -m bench.fleet [--branches 22000] [--screens 4] [--rounds 20]

All of it is read once; then, at each round, as many statuses are new as come within two seconds (each node speaks every
30 s), and the view is made of what changed. The bare side runs the same queries and looks at no row.
"""

import argparse
import io
import random
import resource
import sqlite3
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from sqlalchemy import insert

from signage.core.instants import Instant
from signage.link.catalogues import load_catalogues
from signage.link.clock import now
from signage.office.database import Store
from signage.office.fleet.reading import FleetReader
from signage.office.fleet.watching import View, page
from signage.office.fleet.words import Words
from signage.office.roster import RosterBranch
from signage.office.tables import statuses
from signage.wire.codec import encode
from signage.wire.messages import BranchStatus, DeliveryStatus, Fault, Health, PadStatus, ScreenStatus, Status

REGIONS = ("浙江", "江苏", "广东", "四川", "山东", "湖北", "北京", "上海", "福建", "河南", "陕西", "辽宁")
WANTED = 41
EVERY_S = 30
REFRESH_S = 2


def roster(count: int) -> list[RosterBranch]:
    return [
        RosterBranch(
            f"b-{number:05d}", f"第{number}支行", REGIONS[number % len(REGIONS)], ("city",) if number % 3 else ()
        )
        for number in range(count)
    ]


def nodes(branch: str, screens: int, at: Instant, dice: random.Random) -> list[tuple[str, Status]]:
    """A branch's controller, screens and bridge, nearly all of them well."""
    base: dict[str, Any] = {
        "session": "5f0c2f5e-6b7e-4a54-9d7e-0d5f9c2b7a11",
        "online": True,
        "at": at,
        "started_at": Instant.of(at - timedelta(days=3)),
        "software": "signage 1.4.0",
        "health": Health(cpu=2.5, memory_mb=81.5, disk_free_mb=300.0 if dice.random() < 0.001 else 21_000.0),
        "v": 1,
    }

    def faults(chance: float) -> tuple[Fault, ...]:
        if dice.random() >= chance:
            return ()
        since = Instant.of(at - timedelta(minutes=dice.randint(1, 600)))
        return (Fault(code=dice.choice(("clock", "touch-lost", "storage-full")), since=since, text="3 s behind"),)

    old = dice.random() < 0.004
    made = [
        (
            "",
            Status(
                node=branch,
                role="controller",
                faults=faults(0.002),
                branch=BranchStatus(
                    revision=1_790_000_000_000,
                    state="suspended" if dice.random() < 0.01 else "open",
                    counters={"1": "open", "2": "open", "3": "closed"},
                    backlog=dice.randint(1, 400) if dice.random() < 0.01 else 0,
                ),
                delivery=DeliveryStatus(received=WANTED, verified=WANTED - old, staged=WANTED),
                **base,
            ),
        )
    ]
    for number in range(screens):
        glass = ScreenStatus(
            scene="safe" if dice.random() < 0.0003 else "ad",
            revision=1_790_000_000_000,
            content=WANTED - (old or dice.random() < 0.001),
            frame_age_ms=95_000 if dice.random() < 0.0006 else dice.randint(5, 9000),
            fps=1.5,
            locale="zh",
            elder=False,
        )
        made.append(
            (
                f"screen-{number}",
                Status(node=f"screen-{number}", role="screen", faults=faults(0.002), screen=glass, **base),
            )
        )
    pads = tuple(
        PadStatus(
            counter=str(number),
            driver="padlink",
            port=f"/dev/serial/by-id/usb-PAD-{number:04d}",
            state="lost" if dice.random() < 0.001 else "online",
            last_seen=at,
            discarded={},
            serial=f"PAD{number:06d}",
        )
        for number in range(1, 4)
    )
    made.append(("bridge-1", Status(node="bridge-1", role="bridge", faults=(), pads=pads, **base)))
    return made


def fill(store: Store, branches: list[RosterBranch], screens: int) -> int:
    """All statuses as they would stand there now; how many."""
    dice, at, count = random.Random(1), now(), 0
    for start in range(0, len(branches), 500):
        rows = []
        for branch in branches[start : start + 500]:
            if dice.random() < 0.0005:
                continue  # never heard
            silent = timedelta(minutes=dice.randint(2, 900)) if dice.random() < 0.001 else timedelta()
            heard = Instant.of(at - silent - timedelta(milliseconds=dice.randint(0, EVERY_S * 1000)))
            rows += [
                {
                    "branch": branch.id,
                    "device": device,
                    "received_at": str(heard),
                    "online": not silent or bool(device),
                    "document": encode(status).decode(),
                }
                for device, status in nodes(branch.id, screens, heard, dice)
            ]
        with store.begin() as connection:
            connection.execute(insert(statuses), rows)
        count += len(rows)
    return count


def speak(file: Path, share: float, at: Instant) -> int:
    """A share of all nodes have said something new."""
    with sqlite3.connect(file) as connection:
        done = connection.execute(
            "UPDATE statuses SET received_at = ? WHERE rowid % ? = ?",
            (str(at), round(1 / share), random.randrange(round(1 / share))),
        )
        return done.rowcount


def bare(file: Path, since: str | None) -> float:
    """The least: the same rows, fetched and thrown away."""
    began = time.process_time()
    where = "" if since is None else f"WHERE received_at > '{since}'"
    with sqlite3.connect(file) as connection:
        connection.execute(f"SELECT branch, device, received_at, online, document FROM statuses {where}").fetchall()
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--branches", type=int, default=22_000)
    parser.add_argument("--screens", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "office.db"
        store = Store(f"sqlite:///{file}")
        store.prepare()
        branches = roster(options.branches)
        rows = fill(store, branches, options.screens)
        print(f"{options.branches:,} branches, {rows:,} nodes, {file.stat().st_size / 1e6:.0f} MB")
        measure(store, file, branches, options.rounds)
        store.close()


def measure(store: Store, file: Path, branches: list[RosterBranch], rounds: int) -> None:
    catalogue = load_catalogues()["zh"]
    console = Console(file=io.StringIO(), width=200, height=60, force_terminal=True)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reader = FleetReader(store, branches)
    began = time.process_time()
    reader.refresh(now())
    read = time.process_time() - began
    reader.board.lines(now(), lambda _: WANTED)
    computed = time.process_time() - began - read
    least = bare(file, None)
    print(
        f"the whole fleet: read {read:.2f} s, computed {computed:.2f} s; bare SELECT of it {least:.2f} s: {read / least:.1f} ×"
    )
    took, leasts, news = [], [], []
    for _ in range(rounds):
        since = str(Instant.of(Instant.parse(reader.board.newest) - timedelta(seconds=3)))
        news.append(speak(file, REFRESH_S / EVERY_S, now()))
        leasts.append(bare(file, since))
        began = time.process_time()
        at = now()
        reader.refresh(at)
        lines = reader.board.lines(at, lambda _: WANTED)
        console.print(page(View(), lines, reader.board.renewed, Words(catalogue, at), (200, 60), ""))
        took.append(time.process_time() - began)
    middle, least = statistics.median(took), statistics.median(leasts)
    print(
        f"a refresh, {statistics.median(news):,.0f} statuses new: {middle * 1000:.0f} ms (longest {max(took) * 1000:.0f}), "
        f"bare SELECT {least * 1000:.0f} ms: {middle / least:.1f} ×; every {REFRESH_S} s: {middle / REFRESH_S:.1%} of a core"
    )
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"memory for it: {grown / 1024:.0f} MB")


if __name__ == "__main__":
    main()
