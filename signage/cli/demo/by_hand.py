"""With a display: the windows stay, and the terminal is the hand that the branch lacks."""

import sys
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final

from signage.cli.demo.plan import COUNTERS
from signage.cli.demo.stage import Stage, start_broker
from signage.link.clock import monotonic

_WORDS: Final = """\
    [bold]15[/bold]      five stars at counter 1 (counter, then stars: 11 … 35)
    [bold]out 3[/bold]   pull counter 3's pad out        [bold]in 3[/bold]    put it back
    [bold]away[/bold]    kill head office's broker       [bold]back[/bold]    start it again
    [bold]q[/bold]       end; so does Ctrl-C
    The touch kiosk is yours: rate, look a business up, call the lobby manager. Hold its emblem for two seconds and enter the
    PIN that stands above; one tap suspends a counter, and wall, counter displays, fascia and strip follow."""
_LISTEN_S: Final = 0.2


def play_by_hand(stage: Stage, seconds: float | None) -> None:
    """Until `q`, the end of the input, or `seconds`."""
    stage.teller.line("The windows are open. Type here:\n" + _WORDS)
    lines: SimpleQueue[str] = SimpleQueue()
    Thread(target=lambda: _read(lines), name="keyboard", daemon=True).start()
    deadline = monotonic() + seconds if seconds is not None else None
    while deadline is None or monotonic() < deadline:
        stage.watch.pause(_LISTEN_S)
        try:
            line = lines.get_nowait()
        except Empty:
            continue
        if line == "q":
            break
        _do(stage, line.split())
    if not stage.cast.runs("broker-office"):  # or the presses of the last minutes could not be counted
        start_broker(stage.cast, stage.house, "office")


def _read(lines: SimpleQueue[str]) -> None:
    for line in sys.stdin:
        lines.put(line.strip())


def _do(stage: Stage, words: list[str]) -> None:
    numbers = [counter.number for counter in COUNTERS]
    runs = stage.cast.runs
    match words:
        case [keys] if len(keys) == 2 and keys[0] in numbers and keys[1] in "12345":
            stage.press(keys[0], int(keys[1]))
        case ["out", number] if number in numbers:
            stage.pull(number)
        case ["in", number] if number in numbers:
            stage.put_back(number)
        case ["away"] if runs("broker-office"):
            stage.cast.kill("broker-office")
        case ["back"] if not runs("broker-office"):
            start_broker(stage.cast, stage.house, "office")
        case _:
            stage.teller.line(f"nothing to do for {' '.join(words)!r}:\n{_WORDS}")
