"""How long a month's report takes, beside the least that could be called one: the same rows counted and set as a bare table.

The database is filled with a few branches' month out of the tests' seeded traffic, again and again under other names. The product reads it all, measures, ranks, scores
and writes bulletin, brief, tellers, tables and slides (`signage report`). The bare side asks SQLite for counted stars by branch and by
teller, without any of the rules of counting, and sets two plain tables of as many rows and columns with WeasyPrint. Both
in one run, one after the other; wall time, so a busy machine counts, and `cpu` is what their processes used.

    python -m bench.report            BRANCHES=500 DAYS=31 python -m bench.report
"""

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import insert
from weasyprint import HTML

from signage.office.database import Store
from signage.office.tables import events
from tests.office_traffic import Plan, held

BRANCHES = int(os.environ.get("BRANCHES", "100"))
DAYS = int(os.environ.get("DAYS", "31"))
OWN = 8  # branches whose month is made; the others have the same under other names
ROOT = Path(__file__).resolve().parents[1]
SIGNAGE = Path(sys.executable).with_name("signage")
AT_ONCE = 5000
COLUMNS = {"branches": 12, "tellers": 7}  # as the product's tables have


def filled(folder: Path) -> int:
    """A few branches' month as the seed makes it, then the same again under other names until there are enough."""
    own = min(OWN, BRANCHES)
    plan = Plan(seed=7, branches=own, first_day=date(2026, 10, 1), days=DAYS)
    names = [f"b-{number:04d}" for number in range(1, BRANCHES + 1)]
    roster = "".join(f"{name},第{number}支行,{number % 31:02d},\n" for number, name in enumerate(names, 1))
    (folder / "branches.csv").write_text(f"id,name,region,groups\n{roster}", encoding="utf-8")
    store = Store(f"sqlite:///{folder}/office.db")
    store.prepare()
    some = rows(plan)
    while batch := list(islice(some, AT_ONCE)):
        with store.begin() as connection:
            connection.execute(insert(events), batch)
    others = [column.name for column in events.c if column.name not in {"key", "branch", "id"}]
    copied = ", ".join(f'"{name}"' for name in others)
    with store.begin() as connection:
        for number, name in enumerate(names[own:]):
            connection.exec_driver_sql(
                f'INSERT INTO events ("branch", "id", {copied}) '
                f"SELECT ?, id || ?, {copied} FROM events WHERE branch = ? ORDER BY key",
                (name, f"-{name}", names[number % own]),
            )
    with store.read() as connection:
        total = int(connection.exec_driver_sql("SELECT count(*) FROM events").scalar_one())
    store.close()
    return total


def rows(plan: Plan) -> Iterator[dict[str, Any]]:
    for number, one in enumerate(held(plan)):
        yield {
            "branch": one.branch, "received_at": one.at, "id": one.id, "at": one.at, "kind": one.kind,
            "origin": "bridge-1", "origin_epoch": "e", "origin_seq": number, "data": json.dumps(one.data), "raw": b"{}",
            "problem": None if one.readable else "x", "broken": False, "epoch": "e", "seq": number,
        }  # fmt: skip


def product(folder: Path) -> None:
    config = (ROOT / "config" / "head-office.toml").read_text(encoding="utf-8")
    config = config.replace("sqlite:///var/head-office.db", f"sqlite:///{folder}/office.db")
    (folder / "office.toml").write_text(
        config.replace("config/branches.csv", f"{folder}/branches.csv"), encoding="utf-8"
    )
    command: list[str | Path] = [
        SIGNAGE,
        "report",
        "--config",
        folder / "office.toml",
        "--month",
        "2026-10",
        "--out",
        folder / "out",
    ]
    subprocess.run(command, cwd=ROOT, check=True)


def bare(folder: Path) -> None:
    subprocess.run([sys.executable, "-m", "bench.report", "--bare", str(folder)], cwd=ROOT, check=True)


def bare_report(folder: Path) -> None:
    """In a process of its own, as the product is."""
    connection = sqlite3.connect(folder / "office.db")
    tables = []
    for name, who in (("branches", "branch"), ("tellers", "branch || (data ->> 'teller')")):
        query = f"SELECT {who}, data ->> 'stars', count(*) FROM events WHERE kind = 'rating' AND problem IS NULL GROUP BY 1, 2"
        found: dict[str, list[int]] = {}
        for key, stars, count in connection.execute(query):
            if key is not None and stars in range(1, 6):
                found.setdefault(key, [0] * 5)[stars - 1] = count
        cells = COLUMNS[name] - 1
        body = "".join(
            f"<tr><td>{key}</td>" + f"<td>{sum(stars[3:]) / sum(stars):.1%}</td>" * cells + "</tr>"
            for key, stars in found.items()
        )
        tables.append(f"<table>{body}</table>")
    page = f"<meta charset=utf-8><style>html{{font:8pt 'Noto Sans CJK SC'}}</style>{''.join(tables)}"
    (folder / "bare.pdf").write_bytes(HTML(string=page).render().write_pdf())


def taken(what: Callable[[Path], None], folder: Path) -> tuple[float, float]:
    """Seconds on the wall and of processors."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    what(folder)
    wall, after = perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    if sys.argv[1:2] == ["--bare"]:
        bare_report(Path(sys.argv[2]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        total = filled(folder)
        print(f"{BRANCHES} branches, {DAYS} days, {total:,} events; {len(os.sched_getaffinity(0))} processors")
        told = {}
        for what, side in (("bare", bare), ("product", product)):
            told[what] = taken(side, folder)
            print(f"{what:<8} {told[what][0]:>7.1f} s  cpu {told[what][1]:>7.1f} s", flush=True)
        print(
            f"product ÷ bare: {told['product'][0] / told['bare'][0]:.2f} wall, {told['product'][1] / told['bare'][1]:.2f} cpu"
        )
        pages = sorted((folder / "out").glob("*.pdf"))
        print("  ".join(f"{page.name} {page.stat().st_size // 1024} KiB" for page in pages))


if __name__ == "__main__":
    main()
