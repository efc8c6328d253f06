"""The reference firmware, compiled here, as a pad on a pty: its power can be cut, its line disturbed."""

import contextlib
import os
import select
import subprocess
import threading
import time
import tty
from collections.abc import Callable
from pathlib import Path

from firmware_bridge.simulator.noise import Noise

SOURCE = Path(__file__).parents[2] / "firmware_bridge" / "firmware"
SLOT_BYTES = 193


def build(folder: Path) -> Path:
    """Compile with sanitizers; where the programs are."""
    subprocess.run(["make", "-s", "-C", str(SOURCE), f"BUILD={folder}"], check=True)
    return folder


class FirmwarePad:
    """`link` names its pty. `told` is all that it said since it was made, power cuts included."""

    def __init__(self, program: Path, link: Path, memory: Path, serial: str, seed: int = 1) -> None:
        self.told: list[tuple[str, int, int]] = []
        self.noise = Noise(seed)
        self._words = [str(program), str(memory), serial, "5"]
        self._errors = memory.with_suffix(".err")
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        link.symlink_to(os.ttyname(self._slave))
        self._child: subprocess.Popen[bytes] | None = None
        self._orders = -1
        self._lock = threading.Lock()
        self._ends = False
        self._thread = threading.Thread(target=self._pump, daemon=True)
        self._thread.start()

    def power_on(self) -> None:
        ours, theirs = os.pipe()
        told, tells = os.pipe()
        with self._errors.open("ab") as errors:
            child = subprocess.Popen(
                [*self._words, str(ours), str(tells)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                pass_fds=(ours, tells),
                bufsize=0,
            )
        os.close(ours)
        os.close(tells)
        before = self.count("started")
        threading.Thread(target=self._listen, args=(told,), daemon=True).start()
        with self._lock:
            self._child, self._orders = child, theirs
        self.wait(lambda: self.count("started") > before, "started")

    def power_off(self) -> None:
        """At once, in the middle of anything."""
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.kill()
            self._over(child)

    def say(self, order: str) -> None:
        os.write(self._orders, f"{order}\n".encode())

    def press(self, key: int) -> None:
        """Returns when the pad has taken the press, or refused it."""
        before = self.count("pressed", "refused")
        self.say(f"press {key}")
        self.wait(lambda: self.count("pressed", "refused") > before, f"press {key}")

    def tear(self, key: int, after: int) -> None:
        """A press during whose saving the power goes, `after` bytes into it; the pad is off then."""
        self.say(f"tear {after}")
        self.say(f"press {key}")
        assert self._child is not None
        assert self._child.wait(10) == 137
        with self._lock:
            child, self._child = self._child, None
        self._over(child)

    def count(self, *what: str) -> int:
        return sum(one[0] in what for one in tuple(self.told))

    def presses(self) -> list[tuple[int, int]]:
        return sorted((a, b) for what, a, b in self.told if what == "pressed")

    def wait(self, done: Callable[[], bool], what: str, seconds: float = 10.0) -> None:
        deadline = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < deadline, f"{what}: not within {seconds} s; {self.errors()}"
            time.sleep(0.005)

    def errors(self) -> str:
        """What the sanitizers said."""
        return self._errors.read_text() if self._errors.exists() else ""

    def close(self) -> None:
        self.power_off()
        self._ends = True
        self._thread.join()
        os.close(self._master)
        os.close(self._slave)

    def _over(self, child: subprocess.Popen[bytes]) -> None:
        child.wait(10)
        os.close(self._orders)
        for pipe in (child.stdin, child.stdout):
            assert pipe is not None
            pipe.close()

    def _listen(self, told: int) -> None:
        with os.fdopen(told) as lines:
            for line in lines:
                what, a, b = line.split()
                self.told.append((what, int(a), int(b)))

    def _pump(self) -> None:
        """The line: what either side sends reaches the other through the noise; a pad without power hears nothing."""
        while not self._ends:
            with self._lock:
                child = self._child
                if child is not None:
                    self._carry(child)
            ready, _, _ = select.select([self._master], [], [], 0.005)
            if ready and child is None:
                with contextlib.suppress(OSError):
                    os.read(self._master, 4096)

    def _carry(self, child: subprocess.Popen[bytes]) -> None:
        assert child.stdin is not None
        assert child.stdout is not None
        ready, _, _ = select.select([self._master, child.stdout.fileno()], [], [], 0.005)
        with contextlib.suppress(OSError):
            if self._master in ready:
                child.stdin.write(self.noise.over(os.read(self._master, 4096)))
            if child.stdout.fileno() in ready:
                os.write(self._master, self.noise.over(os.read(child.stdout.fileno(), 4096)))
