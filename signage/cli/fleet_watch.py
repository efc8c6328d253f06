"""`signage fleet --watch`: the fleet on a terminal, read anew every two seconds, opened and filtered by keys."""

import os
import select
import sys
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.core.phrases import Catalogue
from signage.link.clock import monotonic, now
from signage.office.database import DatabaseAway
from signage.office.fleet.choice import Choice
from signage.office.fleet.line import BranchLine
from signage.office.fleet.printed import lateness
from signage.office.fleet.reading import FleetReader
from signage.office.fleet.watching import Key, View, page, pressed
from signage.office.fleet.words import Words

_REFRESH_S: Final = 2.0
_ESCAPE_S: Final = 0.05  # what an arrow key sends comes together; a lone Escape comes alone
_SIZE: Final = (200, 60)  # where there is no terminal
_QUIT: Final = frozenset({"q", "Q", "\x03"})
_KEYS: Final[dict[str, Key]] = {
    "\x1b[A": "up",
    "k": "up",
    "\x1b[B": "down",
    "j": "down",
    "\x1b[C": "enter",
    "\r": "enter",
    "\n": "enter",
    "l": "enter",
    "\x1b[D": "back",
    "\x1b": "back",
    "\x7f": "back",
    "h": "back",
    "a": "all",
    "f": "faults",
    "u": "mine",
    "o": "offline",
    "b": "behind",
}


def watch(reader: FleetReader, choice: Choice, catalogue: Catalogue, wanted: Callable[[str], int]) -> None:
    """Until q or Ctrl-C. A database that goes away meanwhile is waited for, and said. Raises Refusal if it is away now."""
    console = Console()
    try:
        reader.refresh(now())
    except DatabaseAway as error:
        raise Refusal(Exit.UNREACHABLE, f"{error}; start the database and `signage collect`") from None
    view, away = View(choice), None
    whole = console.is_terminal
    try:
        with _keys() as pressed_within, Live(console=console, auto_refresh=False, screen=whole) as live:
            while True:
                at = now()
                lines = reader.board.lines(at, wanted)
                size = (console.width, console.height) if whole else _SIZE
                live.update(_page(view, lines, reader, Words(catalogue, at), size, away, at), refresh=True)
                for key in pressed_within(_REFRESH_S):
                    if key in _QUIT:
                        return
                    if key in _KEYS:
                        view = pressed(view, _KEYS[key], lines)
                        break
                else:
                    away = _refreshed(reader)
    except KeyboardInterrupt:
        return


def _refreshed(reader: FleetReader) -> str | None:
    try:
        reader.refresh(now())
    except DatabaseAway as error:
        return str(error)
    return None


def _page(
    view: View,
    lines: list[BranchLine],
    reader: FleetReader,
    words: Words,
    size: tuple[int, int],
    away: str | None,
    at: Instant,
) -> RenderableType:
    """Above it, what hinders the figures from being new."""
    newest = reader.board.newest
    clock = words.say("newest", age=words.age(newest)) if newest else ""
    shown = page(view, lines, reader.board.renewed, words, (size[0], size[1] - 1), clock)
    if away is not None:
        return Group(Text(words.say("away", reason=away), style="bold red"), shown)
    if (late := lateness(newest, words, at)) is not None:
        return Group(late, shown)
    return shown


@contextmanager
def _keys() -> Iterator[Callable[[float], Iterator[str]]]:
    """Gives what reads the keys that are pressed within so many seconds: each as soon as it comes."""
    if not sys.stdin.isatty():
        yield _nobody
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    try:
        tty.setcbreak(descriptor)
        yield lambda seconds: _read(descriptor, seconds)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _nobody(seconds: float) -> Iterator[str]:
    """No terminal: only time passes."""
    select.select([], [], [], seconds)
    return iter(())


def _read(descriptor: int, seconds: float) -> Iterator[str]:
    until = monotonic() + seconds
    while (left := until - monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            text = os.read(descriptor, 1)
            if text == b"\x1b":
                while select.select([descriptor], [], [], _ESCAPE_S)[0]:
                    text += os.read(descriptor, 1)
                    if text[-1:].isalpha():
                        break
            yield text.decode(errors="replace")
