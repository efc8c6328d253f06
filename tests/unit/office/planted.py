"""Events planted straight into head office's table, as a collector would have stored them."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import insert

from signage.core.instants import Instant
from signage.office.database import Store
from signage.office.tables import events

_AT_ONCE = 2000


class Planted(NamedTuple):
    """`data` a text: stored as it stands. `problem`: why it could not be read. `received_at` None: at once."""

    branch: str
    at: Instant | str
    kind: str
    data: dict[str, Any] | str
    id: str
    origin: str = "bridge-1"
    problem: str | None = None
    received_at: Instant | None = None


def plant(store: Store, some: Iterable[Planted]) -> None:
    """In that order, numbered on from what is there."""
    rows = [_row(number, one) for number, one in enumerate(some, start=1)]
    with store.begin() as connection:
        for start in range(0, len(rows), _AT_ONCE):
            connection.execute(insert(events), rows[start : start + _AT_ONCE])


def _row(number: int, one: Planted) -> dict[str, Any]:
    return {
        "branch": one.branch,
        "received_at": str(one.received_at or one.at),
        "id": one.id,
        "at": str(one.at),
        "kind": one.kind,
        "origin": one.origin,
        "origin_epoch": "e",
        "origin_seq": number,
        "data": one.data if isinstance(one.data, str) else json.dumps(one.data, ensure_ascii=False),
        "raw": b"{}",
        "problem": one.problem,
        "broken": False,
        "epoch": f"epoch-{one.id}",
        "seq": number,
    }


class Field:
    """One branch's day, planted by minutes after `since`: ``field.rating(3, stars=5)``."""

    def __init__(self, since: Instant, branch: str = "hz-1") -> None:
        self.since = since
        self.branch = branch
        self.grown: list[Planted] = []

    def add(self, kind: str, minute: float, data: dict[str, Any] | str, problem: str | None = None) -> None:
        at = Instant.from_ms(self.since.ms + round(minute * 60_000))
        identity = f"{self.branch}-{len(self.grown):06}"
        self.grown.append(Planted(self.branch, at, kind, data, identity, problem=problem))

    def rating(self, minute: float, stars: Any = 5, counter: Any = "1", **more: Any) -> None:
        known = {"counter": counter, "stars": stars, "channel": "pad", "reasons": [], "flags": []} | more
        self.add("rating", minute, {key: value for key, value in known.items() if value is not None})

    def prompt(self, minute: float, prompt: str, outcome: str = "rated", counter: str = "1", **more: Any) -> None:
        self.add("prompt", minute, {"prompt": prompt, "counter": counter, "outcome": outcome} | more)

    def transaction(self, minute: float, phase: str = "end", counter: str = "1", **more: Any) -> None:
        self.add("transaction", minute, {"counter": counter, "phase": phase} | more)
