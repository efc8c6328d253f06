"""Keys typed at a terminal, and the small picture of the pad beside them."""

import sys
import termios
import tty
from collections.abc import Callable, Mapping
from typing import Any, Final

from rich.live import Live
from rich.table import Table

from firmware_bridge.simulator import script as s
from firmware_bridge.simulator.rig import Rig

KEYS: Final[Mapping[str, s.Step]] = {
    **{str(key % 10): s.Press(key) for key in range(1, 11)},
    "h": s.Help(),
    "u": s.Unplug(),
    "p": s.Plug(),
    "r": s.Reboot(),
    "m": s.Mute(on=True),
    "n": s.Mute(on=False),
    "b": s.Keypad("please-rate"),
    "c": s.Keypad("call"),
    "z": s.Keypad("pause"),
    "s": s.Stuck(on=True),
    "t": s.Stuck(on=False),
    "q": s.Quit(),
}
LEGEND: Final = "1-9,0 press  h help  u unplug  p plug  r reboot  m mute  n unmute  s stuck  t unstuck\nff68's keypad: b please rate  c call  z pause     q quit"


class Keyboard:
    """The terminal in one-key mode; `restore` puts it back."""

    def __init__(self) -> None:
        self._before: list[Any] = termios.tcgetattr(sys.stdin)
        self._live = Live(auto_refresh=False)

    def start(self, put: Callable[[s.Step], None], spawn: Callable[[str, Callable[[], None]], object]) -> None:
        tty.setcbreak(sys.stdin)
        self._live.start()

        def read() -> None:
            while letter := sys.stdin.read(1):
                if letter in KEYS:
                    put(KEYS[letter])

        spawn("keyboard", read)

    def draw(self, rig: Rig, port: str, now: int) -> None:
        """Show the pad as it is."""
        table = Table(title=f"pad on {port}", caption=LEGEND, show_header=False)
        pad = rig.pad
        if pad is None:
            table.add_row("power", "off")
        else:
            for label, text in pad.picture(now):
                table.add_row(label, text)
        counts = rig.counts
        waiting = pad.pending if pad else 0
        table.add_row("presses", f"{counts['pressed']} pressed, {counts['acked']} acknowledged, {waiting} waiting")
        self._live.update(table, refresh=True)

    def restore(self) -> None:
        self._live.stop()
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._before)
