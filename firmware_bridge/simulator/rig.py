"""A pad, its cable and the hand that presses: runs steps in their order. Pure: milliseconds and bytes in, bytes out."""

from collections import Counter, deque
from collections.abc import Callable, Iterable
from enum import Enum
from typing import Final, assert_never

from firmware_bridge.simulator import script as s
from firmware_bridge.simulator.device import Device, Notable
from firmware_bridge.simulator.memory import Memory
from firmware_bridge.simulator.noise import Noise
from firmware_bridge.simulator.pad import HELP, Model, Pad

PULL_MS: Final = 50  # no hand is faster


class Cable(Enum):
    PLUGGED = "plugged"
    UNPLUGGED = "unplugged"


class Rig:
    """`battery`: the pad lives on while it is unplugged. `make`: what hangs on the line at each power-up, unless padlink's."""

    def __init__(
        self,
        model: Model,
        memory: Memory,
        noise: Noise,
        now: int,
        battery: bool = False,
        make: Callable[[int], Device] | None = None,
    ) -> None:
        self.cable = Cable.PLUGGED
        self.ended = False
        self.counts: Counter[str] = Counter()
        self._make: Callable[[int], Device] = make or (lambda at: Pad(model, memory, at))
        self._held_key: int | None = None
        self._noise = noise
        self._battery = battery
        self._muted = False
        self._steps: deque[s.Step] = deque()
        self._until: int | None = None  # a wait's end
        self._drain_end: int | None = None
        self._notables: list[Notable] = []
        self.pad: Device | None = self._make(now)

    @property
    def idle(self) -> bool:
        """Every step is done."""
        return not self._steps and self._until is None

    def add(self, steps: Iterable[s.Step]) -> None:
        self._steps.extend(steps)

    def received(self, data: bytes, now: int) -> None:
        """Bytes from the host."""
        if self.pad is not None and not self._muted:
            self.pad.received(self._noise.over(data), now)

    def tick(self, now: int) -> bytes:
        """Do what is due; bytes for the host."""
        self._run_steps(now)
        if self.pad is None:
            return b""
        self.pad.tick(now)
        out = self.pad.take_out()
        self._collect(self.pad)
        gone = self._muted or self.cable is Cable.UNPLUGGED
        return b"" if gone else self._noise.over(out)

    def deadline(self) -> int | None:
        """When `tick` has something to do next."""
        moments = [self.pad.deadline() if self.pad is not None else None, self._until, self._drain_end]
        return min((moment for moment in moments if moment is not None), default=None)

    def take_notables(self) -> tuple[Notable, ...]:
        notables = tuple(self._notables)
        self._notables.clear()
        return notables

    def _run_steps(self, now: int) -> None:
        while not self.ended:
            if self._until is not None:
                if now < self._until:
                    return
                self._until = None
            if not self._steps:
                return
            first = self._steps[0]
            if isinstance(first, s.Drain) and not self._drained(first, now):
                return
            self._do(self._steps.popleft(), now)

    def _drained(self, drain: s.Drain, now: int) -> bool:
        """Whether to go on: nothing is waiting, or it has lasted long enough."""
        if self._drain_end is None:
            self._drain_end = now + drain.ms
        if self.pad is not None and self.pad.pending and now < self._drain_end:
            return False
        self._drain_end = None
        return True

    def _do(self, step: s.Step, now: int) -> None:
        match step:
            case s.Press(key, address):
                self._press(key, now, address)
            case s.Keypad(key, address):
                if self.pad is not None:
                    self.pad.keypad(key, now, address)
            case s.Help():
                self._press(HELP, now)
            case s.Wait(ms):
                self._until = now + ms
            case s.Drain():
                pass
            case s.Unplug() | s.Plug() | s.Reboot():
                self._power(step, now)
            case s.Mute(on):
                self._muted = on
            case s.SetNoise(rate):
                self._noise.rate = rate
            case s.Stuck(on, key):
                self._stick(on, key, now)
            case s.Quit():
                self.ended = True
            case _:
                assert_never(step)

    def _press(self, key: int, now: int, address: int | None = None) -> None:
        if self.pad is None or key == self._held_key:
            self._note(Notable("dead", {"key": key}))
        else:
            self.pad.press(key, now, address)

    def _stick(self, on: bool, key: int | None, now: int) -> None:
        """A key that goes down and stays there is one press."""
        if self.pad is None:
            return
        if on and key is not None:
            self._press(key, now)
        self._held_key = key if on else None
        self.pad.stuck = on

    def _power(self, step: s.Unplug | s.Plug | s.Reboot, now: int) -> None:
        match step:
            case s.Unplug():
                self._unplug()
                self._until = now + PULL_MS
            case s.Plug():
                self._plug(now)
            case s.Reboot():
                self._cut_power()
                self._start(now)
            case _:
                assert_never(step)

    def _unplug(self) -> None:
        self.cable = Cable.UNPLUGGED
        if self._battery and self.pad is not None:
            self.pad.on_battery = True
        else:
            self._cut_power()
        self._note(Notable("unplugged"))

    def _plug(self, now: int) -> None:
        self.cable = Cable.PLUGGED
        self._note(Notable("plugged"))
        if self.pad is None:
            self._start(now)
        else:
            self.pad.on_battery = False

    def _cut_power(self) -> None:
        if self.pad is not None:
            self._collect(self.pad)
        self.pad = None

    def _start(self, now: int) -> None:
        self.pad = self._make(now)
        self._note(Notable("started", {"boot": self.pad.boot}))

    def _collect(self, pad: Device) -> None:
        for notable in pad.notables:
            self._note(notable)
        pad.notables.clear()

    def _note(self, notable: Notable) -> None:
        self.counts[notable.what] += 1
        self._notables.append(notable)
