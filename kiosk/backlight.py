"""The panel itself, on and off: by CEC, by DDC, or by X's power management. Where there is none, a black frame has to do.

The commands take seconds, and some panels never answer; so they run in a thread of their own, which only hears the newest wish.
"""

import ctypes
import queue
import subprocess
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Final, Literal

Means = Literal["cec", "ddc", "dpms", "black"]
COMMAND_S: Final = 20.0
_DPMS_ON, _DPMS_OFF = 0, 3
_POWER_MODE: Final = "D6"  # VESA's code for a display's power
_DDC_ON, _DDC_OFF = "01", "04"


@dataclass(frozen=True)
class BacklightFailed:
    """The panel was not switched. `means`: how; `reason`: why not; empty: it was."""

    means: Means
    reason: str


def found_means(environment: Mapping[str, str], devices: Path = Path("/dev")) -> Means:
    """The first that this machine has."""
    if which("cec-client") and any(devices.glob("cec*")):
        return "cec"
    if which("ddcutil") and any(devices.glob("i2c-*")):
        return "ddc"
    if environment.get("DISPLAY") and _Dpms.available(environment["DISPLAY"]):
        return "dpms"
    return "black"


class Backlight:
    """`want` is for the drawing thread and returns at once; `work` is the other thread's."""

    def __init__(self, means: Means, display: str, put: Callable[[BacklightFailed], None]) -> None:
        self.means = means
        self._display = display
        self._put = put
        self._wishes: queue.Queue[bool | None] = queue.Queue(1)
        self._wanted = True

    def want(self, *, on: bool) -> None:
        if on is self._wanted:
            return
        self._wanted = on
        self._tell(on)

    def close(self) -> None:
        """Leave the panel lit, and end the thread."""
        if not self._wanted:
            self._switch(on=True)
        self._tell(None)

    def _tell(self, wish: bool | None) -> None:
        with suppress(queue.Empty):
            self._wishes.get_nowait()  # an older wish is worth nothing
        self._wishes.put_nowait(wish)

    def work(self) -> None:
        failing = False
        while (on := self._wishes.get()) is not None:
            reason = self._switch(on=on)
            if reason or failing:
                self._put(BacklightFailed(self.means, reason))
            failing = bool(reason)

    def _switch(self, *, on: bool) -> str:
        """Why it could not be done; empty: it was."""
        match self.means:
            case "cec":
                words = ["cec-client", "-s", "-d", "1"]
                return _run(words, "on 0\n" if on else "standby 0\n")
            case "ddc":
                return _run(["ddcutil", "setvcp", _POWER_MODE, _DDC_ON if on else _DDC_OFF])
            case "dpms":
                return _Dpms.force(self._display, _DPMS_ON if on else _DPMS_OFF)
            case "black":
                return ""


def _run(words: list[str], said: str = "") -> str:
    try:
        done = subprocess.run(words, input=said, capture_output=True, text=True, timeout=COMMAND_S, check=False)  # noqa: S603  # three fixed commands
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{words[0]}: {error}"
    if done.returncode:
        return f"{words[0]}: {(done.stderr or done.stdout).strip()[:120] or f'exit {done.returncode}'}"
    return ""


class _Dpms:
    """X's own power management, through Xlib."""

    @staticmethod
    def _with(display: str, work: "Callable[[ctypes.CDLL, int], bool]") -> bool:
        try:
            base, extension = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXext.so.6")
        except OSError:
            return False
        base.XOpenDisplay.restype = ctypes.c_void_p
        connection = base.XOpenDisplay(display.encode())
        if not connection:
            return False
        try:
            return work(extension, connection)
        finally:
            base.XCloseDisplay(ctypes.c_void_p(connection))

    @classmethod
    def available(cls, display: str) -> bool:
        def capable(extension: ctypes.CDLL, connection: int) -> bool:
            first, second = ctypes.c_int(), ctypes.c_int()
            there = extension.DPMSQueryExtension(ctypes.c_void_p(connection), ctypes.byref(first), ctypes.byref(second))
            return bool(there) and bool(extension.DPMSCapable(ctypes.c_void_p(connection)))

        return cls._with(display, capable)

    @classmethod
    def force(cls, display: str, level: int) -> str:
        def forced(extension: ctypes.CDLL, connection: int) -> bool:
            extension.DPMSEnable(ctypes.c_void_p(connection))
            return bool(extension.DPMSForceLevel(ctypes.c_void_p(connection), ctypes.c_ushort(level)))

        return "" if cls._with(display, forced) else f"the X server {display} does not switch its panels"
