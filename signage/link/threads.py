"""Named threads whose end is noticed: a thread that dies ends the program, and its supervisor starts it again."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread


@dataclass(frozen=True)
class ThreadDied:
    """A worker thread has raised. The main loop ends the program with one line and a non-zero exit."""

    name: str
    reason: str


def spawn(name: str, work: Callable[[], None], put: Callable[[ThreadDied], None]) -> Thread:
    """Run `work` in a daemon thread; should it raise, `put` a ThreadDied."""

    def guarded() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the thread's outermost frame: whatever it is must be told
            put(ThreadDied(name, describe(error)))

    thread = Thread(target=guarded, name=name, daemon=True)
    thread.start()
    return thread


def describe(error: BaseException) -> str:
    """One line: what, why and where."""
    where = ""
    trace = error.__traceback__
    while trace is not None:
        where = f" at {trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text}{where}"
