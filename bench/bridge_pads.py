"""The pads' side of the bridge's benchmarks: ptys with something that presses."""

import os
import select
import threading
import time
import tty
from collections import deque
from pathlib import Path

from firmware_bridge.simulator.memory import InMemory
from firmware_bridge.simulator.pad import Model, Pad

LINE = "KEY {key} N {n:08d}\n"
_SELECT_S = 0.25  # how long the pads' thread sleeps at most


def _pty(link: Path) -> tuple[int, int]:
    """Both ends; `link` leads to the host's. The host's end stays open here too: a pty nobody has open hangs up."""
    master, slave = os.openpty()
    tty.setraw(slave)
    link.unlink(missing_ok=True)
    link.symlink_to(os.ttyname(slave))
    return master, slave


class TextPad:
    """Prints one line a press, numbered, and listens to nothing."""

    def __init__(self, link: Path) -> None:
        self._ends = _pty(link)
        self._n = 0

    def press(self) -> float:
        """The instant before the first byte is written."""
        data = self._line()
        at = time.perf_counter()
        os.write(self._ends[0], data)
        return at

    def flood(self, presses: int) -> float:
        """As fast as the line takes them; when it began."""
        began = time.perf_counter()
        data = b"".join(self._line() for _ in range(presses))
        while data:
            data = data[os.write(self._ends[0], data[:4096]) :]
        return began

    def close(self) -> None:
        for end in self._ends:
            os.close(end)

    def _line(self) -> bytes:
        self._n += 1
        return LINE.format(key=1 + self._n % 5, n=self._n).encode()


class Padlinks:
    """Simulated padlink pads, each on its pty, all in one thread. Keys go to the pads in turn."""

    def __init__(self, links: list[Path]) -> None:
        self._ends = [_pty(link) for link in links]
        serials = [(0xB0 + number).to_bytes(8, "big") for number in range(len(links))]
        self._pads = [Pad(Model(serial), InMemory(), _ms()) for serial in serials]
        self._by_end = {master: pad for (master, _), pad in zip(self._ends, self._pads, strict=True)}
        self._wake = os.pipe()
        self._wanted: deque[int] = deque()  # which pad is to press next
        self._depth = 0  # more than 0: every pad keeps so many presses on their way
        self._left = 0
        self._turn = 0
        self._ends_now = False
        self.acked = 0
        self._thread = threading.Thread(target=self._run, name="pads", daemon=True)
        self._thread.start()

    @property
    def welcomed(self) -> bool:
        return all(pad.welcomed for pad in self._pads)

    def press(self) -> float:
        at = time.perf_counter()
        self._wanted.append(self._turn % len(self._pads))
        self._turn += 1
        os.write(self._wake[1], b"!")
        return at

    def flood(self, presses: int, depth: int = 16) -> float:
        """As fast as the host acknowledges, each pad with `depth` presses on their way; when it began."""
        began = time.perf_counter()
        self._left, self._depth = presses, depth
        os.write(self._wake[1], b"!")
        return began

    def close(self) -> None:
        self._ends_now = True
        self._thread.join()
        for end in (*(one for pair in self._ends for one in pair), *self._wake):
            os.close(end)

    def _run(self) -> None:
        masters = [master for master, _ in self._ends]
        while not self._ends_now:
            due = min(pad.deadline() for pad in self._pads) - _ms()
            ready = select.select([*masters, self._wake[0]], [], [], min(_SELECT_S, max(0, due) / 1000))[0]
            for end in ready:
                data = os.read(end, 4096)
                if end in self._by_end:
                    self._by_end[end].received(data, _ms())
            while self._wanted:
                self._pads[self._wanted.popleft()].press(1, _ms())
            for master, pad in self._by_end.items():
                self._go_on(master, pad)

    def _go_on(self, master: int, pad: Pad) -> None:
        while self._left > 0 and pad.pending < self._depth:
            pad.press(1, _ms())
            self._left -= 1
        pad.tick(_ms())
        out = pad.take_out()
        if out:
            os.write(master, out)
        self.acked += sum(notable.what == "acked" for notable in pad.notables)
        pad.notables.clear()


def _ms() -> int:
    return round(time.monotonic() * 1000)
