"""`kiosk`: a guard that starts the screen as its child, and stands on the glass for it while it cannot.

It is small because it imports nothing but this folder and a little of the standard library; the screen itself is
`kiosk.bare`, started as `kiosk … --bare`.
"""

import os
import select
import signal
import sys
import time
from pathlib import Path

from kiosk.guard.glass import Glass
from kiosk.guard.notify import Notifier
from kiosk.guard.page import VARIABLE, Page
from kiosk.guard.place import pictures_of
from kiosk.guard.say import say
from kiosk.guard.verdict import Health, Signs, faults_after, health, standing, wait_s, well_until

_LOOK_S = 0.25  # between two looks at a screen that is not well; what ends, appears or is told wakes the loop besides
_AFTER_S = 0.01  # what was well until then is looked at just after
_GRACE_S = 4.5  # contract: a program ends within 5 s of SIGTERM
_ASLEEP_S = 0.75  # a look that comes so late says that the machine itself stood still


def main() -> None:
    """The console script. Whatever is not one guarded screen goes straight to the screen's own command."""
    arguments = sys.argv[1:]
    named = any(word == "--screen" or word.startswith("--screen=") for word in arguments)
    if not named or "--bare" in arguments:
        from kiosk.bare import main as bare  # noqa: PLC0415  # all that a guard does without

        bare()
        return
    sys.exit(Guard(arguments).run())


class Guard:
    """`arguments`: the screen's own."""

    def __init__(self, arguments: list[str]) -> None:
        self._arguments = arguments
        self._page, self._descriptor = Page.made()
        self._page.folder = pictures_of(Path(_value_in(arguments, "--config")), _value_in(arguments, "--screen"))
        self._glass: Glass
        self._notifier = Notifier()
        self._began = self._watched_from = self._looked_at = time.monotonic()
        self._pause_s = _LOOK_S
        self._child: int | None = None
        self._code = 0
        self._started_at = 0.0
        self._again_at = 0.0
        self._faults = 0
        self._hung = False  # this child, and it has been said
        self._ever_drawn = False
        self._told: int | None = None  # the signal that ends this program
        self._ends_at = 0.0

    def run(self) -> int:
        """Until the screen is ended in order, or cannot be started at all; the exit code."""
        waking, written = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(written, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # wakes the loop
        self._start()  # before anything else: it takes long enough
        self._glass = Glass(_value_in(self._arguments, "--screen"), self._page)
        self._notifier.say("READY=1", "STATUS=the screen starts")
        poll = select.poll()
        poll.register(waking, select.POLLIN)
        heard = -1
        while (ended := self._look(time.monotonic())) is None:
            if self._glass.descriptor != heard:  # also of an X server that came up later
                heard = self._glass.descriptor
                poll.register(heard, select.POLLIN)
            poll.poll(self._pause_s * 1000)
            _drain(waking)
        self._notifier.say("STOPPING=1")
        return ended

    # ---- one look ----------------------------------------------------------------------------------------------------

    def _look(self, now: float) -> int | None:
        """The exit code once there is nothing more to guard."""
        if now - self._looked_at > self._pause_s + _ASLEEP_S:
            self._watched_from = now
        self._looked_at, self._pause_s = now, _LOOK_S
        self._notifier.feed(now)
        self._glass.attend()
        if self._child is not None:
            self._reap()
        if self._told is not None:
            return self._ending(now)
        if self._child is None:
            return self._without(now)
        self._with(now)
        return None

    def _ending(self, now: float) -> int | None:
        """Told to end: the screen first."""
        if self._child is None:
            return self._code
        if now >= self._ends_at:
            self._kill(signal.SIGKILL)
        return None

    def _without(self, now: float) -> int | None:
        """No screen runs: it has ended by itself, or waits to be started again."""
        if self._again_at == 0.0:
            if self._page.leaving:
                return 0
            if not self._ever_drawn and self._code >= 0:
                return self._code  # it has said itself why it cannot begin
            self._fault(now)
        self._cover(now)
        if now >= self._again_at:
            self._start()
        return None

    def _fault(self, now: float) -> None:
        well_for = self._page.drawn_at - self._started_at if self._page.drawn else 0.0
        self._faults = faults_after(self._faults, well_for)
        waits = wait_s(self._faults)
        self._again_at = now + waits
        self._page.restarts += 1
        self._page.restarted_at = time.time()  # noqa: TID251  # the one reading of it, for people
        how = f"by signal {-self._code}" if self._code < 0 else f"with {self._code}"
        say("warning", f"the screen ended {how}; it is started again", times=self._faults, wait_s=waits)
        self._notifier.say(f"STATUS=the screen ended {how}; it is started again ({self._faults})")

    def _with(self, now: float) -> None:
        """A screen runs."""
        page = self._page
        window = page.window
        signs = Signs(
            started_at=self._started_at,
            beat_at=page.beat_at,
            asked_at=page.asked_at,
            drawn=page.drawn,
            window=not window or self._glass.stands(window),
            watched_from=self._watched_from,
        )
        match health(signs, now):
            case Health.STARTING:
                self._cover(now)
            case Health.WELL:
                if self._glass.up or not self._ever_drawn:
                    self._uncover()
                self._pause_s = well_until(signs) - now + _AFTER_S
            case Health.STILL:
                if not self._glass.up:
                    say("warning", "the screen draws no more; it is covered")
                self._cover(now)
            case Health.HUNG:
                if not self._hung:
                    self._hung = True
                    say("error", "the screen hangs, or its window has gone; it is ended")
                self._cover(now)
                self._kill(signal.SIGKILL)
        self._glass.follow(window)

    def _cover(self, now: float) -> None:
        waited = now - self._began if not self._ever_drawn else float("inf")
        page = self._page
        unix = time.time()  # noqa: TID251  # an alarm's end is a time of day
        self._glass.cover(standing(page.picture, page.picture_until, unix, starting_for=waited))

    def _uncover(self) -> None:
        self._ever_drawn = True
        self._glass.uncover()
        self._notifier.say("STATUS=the screen draws")

    # ---- the screen's process ----------------------------------------------------------------------------------------

    def _start(self) -> None:
        self._page.clear()
        self._again_at, self._hung = 0.0, False
        self._started_at = now = time.monotonic()
        os.set_inheritable(self._descriptor, True)
        try:
            self._child = os.posix_spawn(
                sys.executable,
                [sys.executable, "-m", "kiosk.bare", *self._arguments, "--bare"],
                {**os.environ, VARIABLE: str(self._descriptor)},
                setsigmask=(),
            )
        except OSError as error:  # no memory, or no process more; the glass is covered until there is
            self._faults = faults_after(self._faults, 0.0)
            waits = wait_s(self._faults)
            self._again_at = now + waits
            say("error", f"the screen cannot be started ({error}); it is tried again", wait_s=waits)

    def _reap(self) -> None:
        assert self._child is not None
        pid, status = os.waitpid(self._child, os.WNOHANG)
        if pid:
            self._child = None
            self._code = os.waitstatus_to_exitcode(status)
            self._page.window = 0

    def _kill(self, number: int) -> None:
        if self._child is not None:
            os.kill(self._child, number)

    def _on_signal(self, number: int, _frame: object) -> None:
        if number == signal.SIGHUP:
            if self._page.drawn:  # one that starts reads its configuration anyway, and would die of it
                self._kill(number)
            return
        if self._told is None:
            self._told = number
            self._ends_at = time.monotonic() + _GRACE_S
        self._kill(signal.SIGTERM if number == signal.SIGINT else number)


def _value_in(arguments: list[str], key: str) -> str:
    for place, word in enumerate(arguments):
        if word.startswith(f"{key}="):
            return word.partition("=")[2]
        if word == key and place + 1 < len(arguments):
            return arguments[place + 1]
    return ""


def _drain(pipe: int) -> None:
    try:
        while os.read(pipe, 512):
            pass
    except BlockingIOError:
        return


if __name__ == "__main__":
    main()
