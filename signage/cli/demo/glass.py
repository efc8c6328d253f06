"""The glass: a virtual display where there is none, each screen's window in its place, pictures of them."""

import os
import subprocess
from pathlib import Path
from shutil import which
from typing import Final

from PIL import ImageGrab

from signage.cli.demo.plan import DISPLAY_SIZE, ScreenPlan
from signage.core.exits import Exit, Refusal

_XVFB: Final = "display"


class Display:
    """An X display: the one that is there, or an Xvfb of our own."""

    def __init__(self, number: str, xvfb: subprocess.Popen[bytes] | None) -> None:
        self.number = number
        self._xvfb = xvfb

    @classmethod
    def own(cls, log: Path) -> "Display":
        """Start Xvfb on a free number. Raises Refusal if it is not installed or does not come up."""
        if which("Xvfb") is None:
            raise Refusal(
                Exit.UNREACHABLE,
                "demo: Xvfb is not installed; `apt install xvfb`, or start on a machine with a display",
            )
        width, height = DISPLAY_SIZE
        reading, writing = os.pipe()
        with log.open("ab") as output:
            xvfb = subprocess.Popen(  # noqa: S603 - fixed arguments
                ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],  # noqa: S607 - where the system has it
                pass_fds=(writing,),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        if not number:
            raise Refusal(
                Exit.UNREACHABLE, f"demo: Xvfb did not start: {log.read_text(errors='replace').strip()[-200:]}"
            )
        return cls(f":{number}", xvfb)

    @classmethod
    def present(cls) -> "Display | None":
        """The display of whoever started us."""
        number = os.environ.get("DISPLAY")
        return cls(number, None) if number else None

    @property
    def virtual(self) -> bool:
        return self._xvfb is not None

    def window(self, screen: ScreenPlan) -> str | None:
        """The id of a screen's window once it is mapped."""
        found = self._xdotool("search", "--onlyvisible", "--class", f"^{window_class(screen.name)}$").split()
        return found[0] if found else None

    def place(self, screen: ScreenPlan, window: str) -> None:
        """Put a window where the plan has it."""
        left, top = screen.corner
        self._xdotool("windowmove", window, str(left), str(top))

    def press(self, screen: ScreenPlan, x: float, y: float) -> None:
        """Put a finger down and leave it there; `x` and `y` from the window's left and top, as parts of its size."""
        left, top, right, bottom = screen.box
        at = (round(left + x * (right - left)), round(top + y * (bottom - top)))
        self._xdotool("mousemove", str(at[0]), str(at[1]), "mousedown", "1")

    def release(self) -> None:
        """Lift the finger."""
        self._xdotool("mouseup", "1")

    def head(self, screen: ScreenPlan) -> bytes:
        """The pixels at the upper left of a screen, by which one page is told from another."""
        left, top, right, bottom = screen.box
        part = (left, top, left + (right - left) // 2, top + (bottom - top) // 12)
        return ImageGrab.grab(bbox=part, xdisplay=self.number).tobytes()

    def picture(self, screen: ScreenPlan, file: Path) -> None:
        """What a screen's window shows, as PNG."""
        ImageGrab.grab(bbox=screen.box, xdisplay=self.number).convert("RGB").save(file, optimize=False)

    def end(self) -> None:
        """Take down what was put up."""
        if self._xvfb is not None:
            self._xvfb.terminate()
            self._xvfb.wait()

    def _xdotool(self, *arguments: str) -> str:
        run = subprocess.run(  # noqa: S603 - fixed arguments
            ["xdotool", *arguments],  # noqa: S607 - where the system has it
            env={**os.environ, "DISPLAY": self.number},
            capture_output=True,
            check=False,
            timeout=10,
        )
        return run.stdout.decode()


def window_class(name: str) -> str:
    """The X class by which a screen's window is found."""
    return f"signage-{name}"


def environment(display: Display, name: str, home: Path) -> dict[str, str]:
    """What a screen's process needs to draw on this display and nowhere else."""
    return {
        "DISPLAY": display.number,
        "SDL_VIDEODRIVER": "x11",
        "SDL_AUDIODRIVER": "dummy",
        "SDL_VIDEO_X11_WMCLASS": window_class(name),
        "KIVY_HOME": str(home),
    }
