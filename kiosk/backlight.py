"""The panel itself, on and off: by CEC, by DDC, or by X's power management. Where there is none, a black frame has to do.

The commands take seconds, and some panels never answer; so they run in a thread of their own, which only hears the newest wish.
How the panel stands at the start nobody knows (a power cut, a television left in standby), so the first wish is told too, whatever
it is. To darken, one means is enough; to light, each is told, as any of them may have darkened it. What has failed is tried again.
"""

import ctypes
import queue
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Final, Literal

Means = Literal["cec", "ddc", "dpms"]
COMMAND_S: Final = 20.0
AGAIN_S: Final = 60.0  # after a failure; twice as long after each further one
AGAIN_MOST_S: Final = 900.0
_DPMS_ON, _DPMS_OFF = 0, 3
_POWER_MODE: Final = "D6"  # VESA's code for a display's power
_DDC_ON, _DDC_OFF = "01", "04"


@dataclass(frozen=True)
class BacklightFailed:
    """The panel does not stand as it is wanted. `reason`: why not, by each means; empty: now it does."""

    reason: str


def found_means(environment: Mapping[str, str], devices: Path = Path("/dev")) -> tuple[Means, ...]:
    """Those that this machine has, in the order in which they are tried."""
    found: list[Means] = []
    if which("cec-client") and any(devices.glob("cec*")):
        found.append("cec")
    if which("ddcutil") and any(devices.glob("i2c-*")):
        found.append("ddc")
    if environment.get("DISPLAY") and _Dpms.available(environment["DISPLAY"]):
        found.append("dpms")
    return tuple(found)


class Backlight:
    """`want` is for the drawing thread and returns at once; `work` is the other thread's."""

    def __init__(
        self,
        means: Sequence[Means],
        display: str,
        put: Callable[[BacklightFailed], None],
        again_s: float = AGAIN_S,
    ) -> None:
        self._means = tuple(means)
        self._display = display
        self._put = put
        self._again_s = again_s
        self._wishes: queue.Queue[bool | None] = queue.Queue(1)
        self._wanted: bool | None = None
        self._darkened: Means | None = None  # by what it was switched off last

    def want(self, *, on: bool) -> None:
        if on is self._wanted:
            return
        self._wanted = on
        self._tell(on)

    def close(self) -> None:
        """End the thread, and leave the panel as it is: a program that ends waits for no panel."""
        self._tell(None)

    def _tell(self, wish: bool | None) -> None:
        with suppress(queue.Empty):
            self._wishes.get_nowait()  # an older wish is worth nothing
        self._wishes.put_nowait(wish)

    def work(self) -> None:
        """Carry out the newest wish, and again what of it has failed, ever more rarely."""
        on: bool | None = None
        left: tuple[Means, ...] = ()
        again_s, obeyed, told = self._again_s, False, ""
        while True:
            try:
                on = self._wishes.get(timeout=again_s if left else None)
                left, again_s, obeyed = self._means, self._again_s, False
            except queue.Empty:
                again_s = min(again_s * 2, AGAIN_MOST_S)
            if on is None:
                return
            failed = self._switch(left, on=on)
            obeyed = obeyed or len(failed) < len(left)
            reason = "" if obeyed and (not on or self._darkened not in failed) else _told(failed)
            if reason != told:
                self._put(BacklightFailed(reason))
                told = reason
            left = tuple(failed) if on or not obeyed else ()

    def _switch(self, means: Sequence[Means], *, on: bool) -> dict[Means, str]:
        """Those that failed, and why. What darkened it goes first."""
        failed: dict[Means, str] = {}
        for one in sorted(means, key=lambda one: on and one != self._darkened):
            reason = self._command(one, on=on)
            if reason:
                failed[one] = reason
            elif not on:
                self._darkened = one
                break
        return failed

    def _command(self, means: Means, *, on: bool) -> str:
        """Why it could not be done; empty: it was."""
        match means:
            case "cec":
                words = ["cec-client", "-s", "-d", "1"]
                return _run(words, "on 0\n" if on else "standby 0\n")
            case "ddc":
                return _run(["ddcutil", "setvcp", _POWER_MODE, _DDC_ON if on else _DDC_OFF])
            case "dpms":
                return _Dpms.force(self._display, _DPMS_ON if on else _DPMS_OFF)


def _told(failed: Mapping[Means, str]) -> str:
    return "; ".join(f"{means}: {reason}" for means, reason in failed.items())


def _run(words: list[str], said: str = "") -> str:
    try:
        done = subprocess.run(words, input=said.encode(), capture_output=True, timeout=COMMAND_S, check=False)  # noqa: S603  # three fixed commands
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{words[0]}: {error}"
    if done.returncode:
        spoken = (done.stderr or done.stdout).decode(errors="replace").strip()  # a panel's own name may be in it
        return f"{words[0]}: {spoken[:120] or f'exit {done.returncode}'}"
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
            x, now, enabled = ctypes.c_void_p(connection), ctypes.c_ushort(), ctypes.c_ubyte()
            extension.DPMSInfo(x, ctypes.byref(now), ctypes.byref(enabled))
            if level == _DPMS_ON and (not enabled.value or now.value == _DPMS_ON):
                return True  # and somebody's own desktop stays as it was set
            if not enabled.value:
                never = ctypes.c_ushort(0)  # X's own timers would darken a wall that nobody touches
                extension.DPMSSetTimeouts(x, never, never, never)
                extension.DPMSEnable(x)
            return bool(extension.DPMSForceLevel(x, ctypes.c_ushort(level)))

        return "" if cls._with(display, forced) else f"the X server {display} does not switch its panels"
