"""The simulator's main loop: line, clock and steps put into one queue."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from firmware_bridge.port import Port, PortBytes, PortGone, PortOpened
from firmware_bridge.simulator import script as s
from firmware_bridge.simulator.device import Notable
from firmware_bridge.simulator.keyboard import Keyboard
from firmware_bridge.simulator.pty_line import LineBytes, PtyLine
from firmware_bridge.simulator.rig import Cable, Rig
from signage.core.exits import Exit, Refusal
from signage.link.clock import Moment
from signage.link.loop import MainLoop

PTY: Final = "pty:"
IDLE_S: Final = 3600.0


class Simulator:
    """One rig on one line."""

    def __init__(
        self,
        rig: Rig,
        port: str,
        baud: int,
        tell: Callable[[Notable], None],
        keyboard: Keyboard | None,
        ends_with_script: bool,
    ) -> None:
        self._rig = rig
        self._port_name = port
        self._tell = tell
        self._keyboard = keyboard
        self._ends_with_script = ends_with_script
        self._cable = Cable.UNPLUGGED
        self._opening = 0
        self._loop = MainLoop(self._handle, self._tick)
        self._pty: PtyLine | None = None
        self._port: Port | None = None
        if port.startswith(PTY):
            self._pty = PtyLine(Path(port.removeprefix(PTY)), self._loop.put, self._loop.spawn)
        else:
            self._port = Port(port, port, baud)

    def run(self, from_stdin: bool) -> int:
        """Until the script ends, or a signal. Raises Refusal when the line cannot be made."""
        self._begin()
        if from_stdin:
            self._loop.spawn("stdin", self._read_stdin)
        try:
            if self._keyboard is not None:
                self._keyboard.start(self._loop.put, self._loop.spawn)
            return self._loop.run()
        finally:
            self._end()

    def _begin(self) -> None:
        if self._port is not None:
            self._port.start(self._loop.put, self._loop.spawn)
        if self._pty is not None:
            try:
                self._pty.plug()
            except OSError as error:
                place = f"--port: {self._port_name}: {error.strerror}"
                raise Refusal(Exit.CANNOT_WRITE, f"{place}; name a place that can be written") from None

    def _end(self) -> None:
        if self._keyboard is not None:
            self._keyboard.restore()
        if self._pty is not None:
            self._pty.unplug()
        if self._port is not None:
            self._port.stop()
        counts = {what: self._rig.counts[what] for what in ("pressed", "acked", "refused", "given-up")}
        pending = self._rig.pad.pending if self._rig.pad else 0
        self._tell(Notable("end", {**counts, "pending": pending}))

    def _read_stdin(self) -> None:
        for line in sys.stdin:
            try:
                steps = s.read_script(line)
            except ValueError as error:
                sys.stderr.write(f"pad-simulator: {error}\n")
                continue
            for step in steps:
                self._loop.put(step)

    def _handle(self, event: object, moment: Moment) -> None:
        match event:
            case LineBytes(data) | PortBytes(_, data):
                self._rig.received(data, _ms(moment))
            case PortOpened(_, opening):
                self._opening = opening
            case PortGone(_, state, reason):
                self._tell(Notable(f"port-{state.value}", {"reason": reason}))
            case _:
                self._rig.add((event,))  # type: ignore[arg-type]  # a step, from the keyboard or from standard input

    def _tick(self, moment: Moment) -> float:
        now = _ms(moment)
        out = self._rig.tick(now)
        self._follow_cable()
        self._send(out)
        for notable in self._rig.take_notables():
            self._tell(notable)
        if self._keyboard is not None:
            self._keyboard.draw(self._rig, self._port_name, now)
        if self._rig.ended or (self._ends_with_script and self._rig.idle):
            self._loop.end(Exit.DONE)
        deadline = self._rig.deadline()
        return moment.mono + IDLE_S if deadline is None else moment.mono + max(0, deadline - now) / 1000

    def _send(self, data: bytes) -> None:
        if self._pty is not None:
            self._pty.send(data)
        elif self._port is not None and data:
            self._port.send(self._opening, data)

    def _follow_cable(self) -> None:
        if self._pty is None or self._rig.cable is self._cable:
            return
        self._cable = self._rig.cable
        if self._cable is Cable.UNPLUGGED:
            self._pty.unplug()
        else:
            self._pty.plug()


def _ms(moment: Moment) -> int:
    return round(moment.mono * 1000)
