"""Events a second into head office's database, beside the least possible code, on SQLite and PostgreSQL.

    python -m bench.collect [--events 20000] [--rounds 3] [--rows 10000,100000,1000000]

One run measures, on the same machine, broker, disks and messages, by turns:
  bare     a paho callback, json and executemany, a commit for each message (bench/collect_bare.py); no guarantee but that
  product  `signage collect`: every event once, its chain checked, marks, gaps and raw bytes kept, receipted after the commit
with 1, 2 and 4 collectors that share 40 branches, 20 events a batch; then batches of 1, 5 and 100 events with one collector.
Then the memory of one collector over a long run, and what one more event costs with so many rows in the table.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import rig
from bench.collect_bare import TABLE, connect
from bench.collect_places import bare_database, database, emptied
from bench.collect_rows import by_rows
from bench.collect_traffic import BRANCHES, ROOT, Outbox, messages, publish
from signage.office.roster import Shard
from signage.wire.codec import decode
from signage.wire.messages import Receipt

OFFICE = '[broker]\nport = {port}\n[database]\nurl = "{url}"\n[roster]\nfile = "{folder}/roster.csv"\n'
BROKER = "max_queued_messages 0\nmax_inflight_messages 100\n"


class Run:
    """So many events of so many a batch into one database by so many collectors; what it took."""

    def __init__(self, folder: Path, url: str, collectors: int, events: int, size: int) -> None:
        self.folder, self.url = folder, url
        self.shards = [Shard(index, collectors) for index in range(collectors)]
        self.outboxes = [Outbox(name) for name in BRANCHES]
        self.made = list(messages(self.outboxes, events, size))
        self.events = sum(outbox.last for outbox in self.outboxes)
        self.seconds = self.cpu = 0.0
        self.memory: list[float] = []

    @property
    def rate(self) -> float:
        return self.events / self.seconds

    def bare(self) -> "Run":
        database = bare_database(self.url, self.folder)
        made, _ = connect(database)  # before several of them try to at once
        made.execute(TABLE)
        made.commit()
        made.close()
        heard: dict[str, int] = {"bench/ready": 0, "bench/done": 0}

        def words(shard: Shard, port: int) -> list[str]:
            mine = {outbox.topic: outbox.last for outbox in self.outboxes if shard.holds(outbox.branch)}
            return ["python", "-m", "bench.collect_bare", str(port), database, str(sum(mine.values())), *sorted(mine)]

        def on_message(topic: str, _payload: bytes) -> None:
            heard[topic] += 1

        count = len(self.shards)
        return self._measure(
            words, ["bench/ready", "bench/done"], on_message,
            lambda _: heard["bench/ready"] == count, lambda: heard["bench/done"] == count,
        )  # fmt: skip

    def product(self) -> "Run":
        upto: dict[str, int] = {}
        wanted = {one.branch: one.last for one in self.outboxes}
        (self.folder / "roster.csv").write_text(
            "id,name,region,groups\n" + "".join(f"{name},支行,hz,all\n" for name in BRANCHES)
        )

        def words(shard: Shard, port: int) -> list[str]:
            file = self.folder / "office.toml"
            file.write_text(OFFICE.format(port=port, url=self.url, folder=self.folder))
            share = [] if shard.count == 1 else ["--shard", f"{shard.index}/{shard.count}"]
            return ["signage", "collect", "--config", str(file), *share]

        def on_message(topic: str, payload: bytes) -> None:
            upto[topic.split("/")[-3]] = decode(payload, Receipt).upto

        def ready(client: Any) -> bool:
            """Whoever collects answers to a batch of no events."""
            publish(client, [(outbox.topic, outbox.probe()) for outbox in self.outboxes if outbox.branch not in upto])
            time.sleep(0.5)
            return len(upto) == len(BRANCHES)

        return self._measure(words, [f"{ROOT}/+/down/receipt"], on_message, ready, lambda: upto == wanted)

    def _measure(
        self,
        words: Callable[[Shard, int], list[str]],
        answers: list[str],
        heard: Callable[[str, bytes], None],
        ready: Callable[[Any], bool],
        over: Callable[[], bool],
    ) -> "Run":
        with ExitStack() as stack:
            port = stack.enter_context(rig.mosquitto(self.folder, rig.free_port(), BROKER))
            client = rig.subscriber(port, answers, lambda _c, _d, one: heard(one.topic, one.payload), stack)
            running = []
            for shard in self.shards:
                program, *rest = words(shard, port)
                log = self.folder / "collectors.log"
                running.append(stack.enter_context(rig.program(str(rig.BIN / program), *rest, log=log)))
            rig.wait_for(lambda: ready(client), 600, "the collectors")
            before = sum(rig.cpu_s(one.pid) for one in running)
            began = time.perf_counter()
            publish(client, self.made)
            rig.wait_for(over, 900, "all to be stored")
            self.seconds = time.perf_counter() - began
            self.cpu = sum(rig.cpu_s(one.pid) for one in running) - before
            self.memory = [rig.memory_now_mb(one.pid) for one in running]
        return self


def compare(name: str, url: str, folder: Path, options: argparse.Namespace) -> dict[str, float]:
    """Both sides by turns; the figures of the rounds' medians."""
    figures = {}
    for collectors, size in ((1, 20), (2, 20), (4, 20), (1, 1), (1, 5), (1, 100)):
        events = options.events if size > 1 else options.events // 4
        bare, product = [], []
        for _ in range(options.rounds):
            emptied(url, folder)
            bare.append(Run(folder, url, collectors, events, size).bare())
            emptied(url, folder)
            product.append(Run(folder, url, collectors, events, size).product())
        ratios = [ours.rate / theirs.rate for ours, theirs in zip(product, bare, strict=True)]
        ratio = statistics.median(ratios)
        print(
            f"{name:<10} {collectors} collectors, batches of {size:>3}: "
            f"bare {_rate(bare):>7.0f} events/s {_cpu(bare):>5.0f} µs cpu each | "
            f"product {_rate(product):>7.0f} events/s {_cpu(product):>5.0f} µs cpu each | "
            f"ratio {ratio:.2f} ({' '.join(f'{one:.2f}' for one in ratios)})",
            flush=True,
        )
        figures[f"{name}_{collectors}x{size}_ratio"] = ratio
    return figures


def _rate(runs: list[Run]) -> float:
    return statistics.median(run.rate for run in runs)


def _cpu(runs: list[Run]) -> float:
    return statistics.median(run.cpu / run.events * 1e6 for run in runs)


def memory(name: str, url: str, folder: Path, events: int) -> dict[str, float]:
    """The same collector after a tenth of a long run and after all of it."""
    kept = {}
    for share in (0.1, 1.0):
        emptied(url, folder)
        kept[share] = Run(folder, url, 1, int(events * share), 20).product().memory[0]
    print(
        f"{name:<10} memory of a collector after {events // 10} events {kept[0.1]:.0f} MB, after {events}: {kept[1.0]:.0f} MB",
        flush=True,
    )
    return {f"{name}_memory_growth_mb": kept[1.0] - kept[0.1]}


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("--events", type=int, default=20_000)
    reader.add_argument("--rounds", type=int, default=3)
    reader.add_argument("--rows", default="10000,100000,1000000")
    reader.add_argument("--databases", default="sqlite,postgresql")
    options = reader.parse_args()
    rows = [int(one) for one in options.rows.split(",")]
    print(rig.machine())
    figures: dict[str, float] = {}
    with rig.workshop("collect") as workshop:
        print(rig.line("fsync of 4 KiB", rig.fsync_cost(workshop)))
        for name in options.databases.split(","):
            folder = workshop / name
            with database(name, folder) as url:
                figures |= compare(name, url, folder, options)
                figures |= memory(name, url, folder, options.events * 10)
                figures |= by_rows(name, url, folder, rows)
    rig.report("collect", figures)


if __name__ == "__main__":
    main()
