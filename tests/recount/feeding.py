"""The traffic over a real broker into a real collector that is killed again and again, until all of it is receipted."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Final

from signage.cli.demo.cast import program
from tests.office_traffic import Plan
from tests.office_traffic.lines import Lines
from tests.office_traffic.outbox import disks

_LOOK_S: Final = 0.05


class Collecting:
    """`signage collect` as a process; `kill` ends it as a power cut would, and starts it again."""

    def __init__(self, config: Path, log: Path) -> None:
        self._command = [program("signage"), "collect", "--config", str(config)]
        self._log = log
        self.kills = 0
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as out:
            return subprocess.Popen(self._command, stdout=out, stderr=out)

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(10)
        self.kills += 1
        self._process = self._start()

    def stop(self) -> None:
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)


@contextmanager
def collecting(config: Path, log: Path) -> Iterator[Collecting]:
    running = Collecting(config, log)
    try:
        yield running
    finally:
        running.stop()


def feed(plan: Plan, port: int, collector: Collecting, kills: int, together: int = 50, patience_s: float = 900) -> int:
    """`together`: branches that send at the same time. Kills are spread over all of it. How many events were sent."""
    branches = plan.branch_ids()
    handfuls = [branches[start : start + together] for start in range(0, len(branches), together)]
    pause, sent = Event(), 0
    for number, among in enumerate(handfuls):
        due = kills * (number + 1) // len(handfuls) - kills * number // len(handfuls)
        expected = sum(len(disk.events) for branch in among for disk in disks(plan, branch))
        marks = [expected * place // (due + 1) for place in range(1, due + 1)]
        with Lines(plan, port, among=among) as lines:
            while marks and lines.missing:
                if lines.sent >= marks[0]:
                    marks.pop(0)
                    collector.kill()
                pause.wait(_LOOK_S)
            lines.wait(patience_s)
            sent += lines.sent
    return sent
