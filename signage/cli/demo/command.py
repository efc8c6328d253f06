"""`signage demo`: put up the house, play the morning or let somebody play in it, and take everything down."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from types import FrameType
from typing import Annotated, Final

import typer

from signage.cli.demo import doors, mains, publishing
from signage.cli.demo.by_hand import play_by_hand
from signage.cli.demo.cast import Cast, Fallen
from signage.cli.demo.evening import balance
from signage.cli.demo.glass import Display
from signage.cli.demo.house import BrokerKind, House, build
from signage.cli.demo.morning import MORNING, play
from signage.cli.demo.plan import SCREENS
from signage.cli.demo.staff import engage
from signage.cli.demo.stage import Stage, start_house, start_screens, until_up
from signage.cli.demo.tell import Teller
from signage.cli.demo.watch import TooLate, Watch
from signage.core.exits import Exit, Refusal

_SHORT_S: Final = 45.0  # a morning shorter than this does not wait for the doors to open
_ACTING_S: Final = 25.0  # what the steps themselves take


_WHAT_TO_SEE: Final = """\
pictures of {screens} screens after each of {steps} steps: {folder}
    01-opening-*           the doors have opened
    02-served-counter-1    who serves
    05-panel.png           one tap at the staff panel, and which displays show it
    06-pad-3-pulled-*      a pad is gone; the wall says where to go instead
    10-advertisement-*     on the wall, what two people have signed
    15-branch-suspended-*  no service, on every screen"""


class _Ended(BaseException):
    """Ctrl-C or SIGTERM."""


def demo(
    *,
    headless: Annotated[bool, typer.Option("--headless", help="A virtual display and the scripted morning.")] = False,
    seconds: Annotated[float | None, typer.Option(min=1, help="About how long the demo is to last.")] = None,
    broker: Annotated[
        BrokerKind, typer.Option(help="Which broker plays the branch's and head office's.")
    ] = BrokerKind.EMBEDDED,
    out: Annotated[Path, typer.Option(help="Where the pictures go.")] = Path("out/demo"),
) -> None:
    """A whole branch and head office in a box."""
    scripted = headless or Display.present() is None
    raise typer.Exit(_run(scripted=scripted, seconds=seconds, broker=broker, out=out))


def _run(*, scripted: bool, seconds: float | None, broker: BrokerKind, out: Path) -> int:
    if broker is BrokerKind.MOSQUITTO and shutil.which("mosquitto") is None:
        raise Refusal(
            Exit.UNREACHABLE, "demo: mosquitto is not installed; `apt install mosquitto`, or --broker embedded"
        )
    teller = Teller()
    directory = Path(mkdtemp(prefix="signage-demo-"))
    length = seconds if seconds is not None else 60.0
    timed = scripted and length >= _SHORT_S
    house = build(directory, broker, doors.still_closed() if timed else doors.long_open(), mains.probe)
    kept = False
    try:
        with _ended_by_signal(), _everything(house, teller, out, scripted=scripted) as stage:
            if timed:
                doors.announce(stage)
            if scripted:
                play(stage, max(0.0, length - _ACTING_S - teller.elapsed_s) / len(MORNING))
            else:
                play_by_hand(stage, seconds)
            return 0 if _ended_well(stage, scripted=scripted) else 1
    except _Ended:
        teller.line("ended")
        return 0
    except (Fallen, TooLate, RuntimeError) as trouble:
        kept = True
        teller.trouble(str(trouble))
        if isinstance(trouble, Fallen):
            teller.line(trouble.last_words())
        return 1
    finally:
        _clear(house, out, teller, keep_logs=kept)


def _ended_well(stage: Stage, *, scripted: bool) -> bool:
    """Whether every press is a row; and what there is to look at."""
    balanced = balance(stage)
    if scripted:
        folder = os.path.relpath(stage.pictures)
        stage.teller.line(_WHAT_TO_SEE.format(folder=folder, screens=len(SCREENS), steps=len(MORNING)))
    return balanced


@contextmanager
def _everything(house: House, teller: Teller, out: Path, *, scripted: bool) -> Iterator[Stage]:
    """All programs, up and in place; gone afterwards, whatever happened."""
    pictures = _empty(out)
    display = Display.own(house.logs / "display.log") if scripted else Display.present()
    assert display is not None
    cast = Cast(house.logs, {"PYTHONUNBUFFERED": "1"})
    try:
        teller.line(f"a branch and head office in {house.directory}, PIN {house.pin}")
        engage(house)
        mains.prepare(house)
        publishing.found(house)
        publishing.advertise(house, "mobile-bank.png", "手机银行", "Mobile banking")
        start_house(cast, house)
        start_screens(cast, house, display)
        watch = Watch(house.branch_port, cast)
        try:
            stage = Stage(house, cast, display, watch, teller, pictures)
            until_up(stage)
            yield stage
        finally:
            watch.close()
    finally:
        cast.end_all()
        display.end()


def _empty(out: Path) -> Path:
    """The folder for the pictures, without those of the last time."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("[0-9][0-9]-*.png"):
        old.unlink()
    return out


def _clear(house: House, out: Path, teller: Teller, *, keep_logs: bool) -> None:
    if keep_logs:
        shutil.rmtree(out / "logs", ignore_errors=True)
        shutil.copytree(house.logs, out / "logs")
        teller.line(f"what the programs wrote: {os.path.relpath(out / 'logs')}")
    shutil.rmtree(house.directory, ignore_errors=True)


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """Ctrl-C and SIGTERM once raise _Ended here; after that they wait until everything is taken down."""

    def end(_number: int, _frame: FrameType | None) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        raise _Ended

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
