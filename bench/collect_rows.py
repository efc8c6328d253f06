"""What one more event costs in a table that holds so many, through the custody and through the bare side's code, without a broker."""

import statistics
import time
from functools import partial
from pathlib import Path

from bench.collect_bare import TABLE, connect, rows_of
from bench.collect_places import bare_database, emptied
from bench.collect_traffic import BRANCHES, Outbox
from signage.link.clock import now
from signage.office.custody import GatheringCustody
from signage.office.database import Store
from signage.wire.codec import decode
from signage.wire.messages import Batch

AT_ONCE = 2000  # events in a transaction
NEXT = 10_000  # events that are measured in a table that holds so many


def by_rows(name: str, url: str, folder: Path, rows: list[int]) -> dict[str, float]:
    """What one more event costs in a table that holds so many, without a broker: the custody's and the bare side's.

    Then the custody's for events whose ids are all dice, as nodes made them before version 7.
    """
    figures: dict[str, float] = {}
    for side, make in (("bare", Bare), ("product", Kept), ("dice", partial(Kept, ordered=False))):
        emptied(url, folder)
        held = make(url, folder)
        there = 0
        for wanted in rows:
            while there < wanted:
                there += held.group()[0]
            before = there, time.perf_counter(), time.process_time()
            spent = []
            while there < before[0] + NEXT:
                count, wall, cpu = held.group()
                there += count
                spent.append((wall / count * 1e6, cpu / count * 1e6))
            wall_us, cpu_us = (statistics.mean(column) for column in zip(*spent, strict=True))
            figures |= {f"{name}_{side}_us_at_{wanted}": wall_us, f"{name}_{side}_cpu_us_at_{wanted}": cpu_us}
            print(
                f"{name:<10} one more event at {wanted:>8} rows, {side:<7}: {wall_us:6.1f} µs, of this program's cpu {cpu_us:5.1f} µs",
                flush=True,
            )
        held.close()
    return figures


class Kept:
    """Events by groups into the custody. `ordered`: see Outbox."""

    def __init__(self, url: str, _folder: Path, ordered: bool = True) -> None:
        self._store = Store(url)
        self._store.prepare()
        self._custody = GatheringCustody(self._store)
        self.outboxes = [Outbox(one, ordered) for one in BRANCHES]

    def group(self) -> tuple[int, float, float]:
        """So many events; the seconds, and this process's, for reading and storing them."""
        made = [outbox.batch(AT_ONCE // len(self.outboxes)) for outbox in self.outboxes]
        began, busy = time.perf_counter(), time.process_time()
        self.take(made)
        return AT_ONCE, time.perf_counter() - began, time.process_time() - busy

    def take(self, made: list[bytes]) -> None:
        for payload in made:
            self._custody.accept(decode(payload, Batch), now())
        self._custody.commit(now())
        self._custody.raised.clear()

    def close(self) -> None:
        self._store.close()


class Bare(Kept):
    """The same into the bare side's table: json and executemany, here with one commit for a group as well."""

    def __init__(self, url: str, folder: Path) -> None:
        self._connection, self._insert = connect(bare_database(url, folder))
        self._connection.execute(TABLE)
        self._connection.commit()
        self.outboxes = [Outbox(one) for one in BRANCHES]

    def take(self, made: list[bytes]) -> None:
        for payload in made:
            self._connection.cursor().executemany(self._insert, rows_of(payload))
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()
