"""What really happened, in a DuckDB of its own, and the month counted there."""

import json
import tempfile
from pathlib import Path
from typing import Any

import duckdb

from tests.office_traffic import Plan, held
from tests.recount.town import ANNOUNCED, COUNTERS, REQUIRED, WALLS, requires_prompt

_HERE = Path(__file__).parent
_COLUMNS = "{branch: 'VARCHAR', id: 'VARCHAR', 'at': 'TIMESTAMP', kind: 'VARCHAR', data: 'JSON'}"


class Ground:
    """`events`: how many head office can read in the end."""

    def __init__(self, plan: Plan) -> None:
        self._db = duckdb.connect(":memory:", config={"threads": 2, "preserve_insertion_order": False})
        self._tell(plan)
        self.events = self._load(plan)
        for name in ("ratings", "hours", "rest"):
            self._db.execute((_HERE / f"{name}.sql").read_text(encoding="utf-8"))

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._db.execute(query).fetchall()

    def keyed(self, table: str, keys: int) -> dict[Any, tuple[Any, ...]]:
        """The first columns (one, or a tuple of several) → the others."""
        rows = self.rows(f"SELECT * FROM {table}")
        return {row[0] if keys == 1 else row[:keys]: row[keys:] for row in rows}

    def _tell(self, plan: Plan) -> None:
        db = self._db
        db.execute(
            "CREATE TABLE span AS SELECT ? AS begins, ? AS ends", [plan.midnight_ms(0), plan.midnight_ms(plan.days)]
        )
        db.execute("CREATE TABLE announced (service VARCHAR, weekend BOOLEAN, opens BIGINT, closes BIGINT)")
        db.executemany("INSERT INTO announced VALUES (?, ?, ?, ?)", [list(one) for one in ANNOUNCED])
        db.execute("CREATE TABLE branch_rule (branch VARCHAR, require_prompt BOOLEAN, min_gap_ms BIGINT)")
        rules = [[branch, requires_prompt(number), 5000] for number, branch in enumerate(plan.branch_ids())]
        db.executemany("INSERT INTO branch_rule VALUES (?, ?, ?)", rules)
        db.execute("CREATE TABLE counter_hours (branch VARCHAR, counter VARCHAR, service VARCHAR)")
        for counter, service in COUNTERS.items():
            db.execute("INSERT INTO counter_hours SELECT branch, ?, ? FROM branch_rule", [counter, service])
        db.execute("CREATE TABLE required (item VARCHAR, seconds BIGINT, every_s BIGINT)")
        db.executemany("INSERT INTO required VALUES (?, ?, ?)", [list(one) for one in REQUIRED])
        db.execute("CREATE TABLE wall (screen VARCHAR)")
        db.executemany("INSERT INTO wall VALUES (?)", [[name] for name in WALLS])

    def _load(self, plan: Plan) -> int:
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            count = 0
            for one in held(plan):
                if one.readable:
                    count += 1
                    row = {"branch": one.branch, "id": one.id, "at": one.at, "kind": one.kind, "data": one.data}
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
            self._db.execute(
                'CREATE TABLE ev AS SELECT branch, id, epoch_ms("at") AS at_ms, kind, data '
                f"FROM read_json('{file.name}', format = 'newline_delimited', columns = {_COLUMNS})"
            )
        return count
