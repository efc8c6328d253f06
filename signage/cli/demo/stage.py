"""The demo while it runs: its programs started in order, its pads and screens at hand."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from signage.cli.demo import mains
from signage.cli.demo.cast import Cast, program
from signage.cli.demo.glass import Display, environment
from signage.cli.demo.house import BrokerKind, House
from signage.cli.demo.plan import COUNTERS, SCREENS
from signage.cli.demo.tell import Tally, Teller
from signage.cli.demo.watch import Watch
from signage.core.model import Counter as CounterState

SCREEN_NAMES = tuple(screen.name for screen in SCREENS)


@dataclass
class Stage:
    """Everything a step needs. `made` counts the presses; `pictures` is where they go, None for none."""

    house: House
    cast: Cast
    display: Display
    watch: Watch
    teller: Teller
    pictures: Path
    made: Tally = field(default_factory=Counter)

    def counter(self, number: str) -> CounterState:
        """A counter in the branch's last state."""
        state = self.watch.state
        assert state is not None
        return next(counter for counter in state.counters if counter.number == number)

    @property
    def revision(self) -> int:
        return self.watch.state.revision if self.watch.state else 0

    def press(self, counter: str, stars: int) -> None:
        """A finger on a pad's key."""
        self.cast[pad_name(counter)].say(f"press {stars}")
        self.made[counter, stars] += 1

    def pull(self, counter: str) -> None:
        """Take a pad's cable out: no power, no port."""
        self.cast[pad_name(counter)].say("unplug")

    def put_back(self, counter: str) -> None:
        """Put the cable back in."""
        self.cast[pad_name(counter)].say("plug")

    def until_drawn(self, what: str, screens: tuple[str, ...] = SCREEN_NAMES) -> float:
        """Wait until these screens have drawn the state as it is now; when the last one had."""
        revision = self.revision
        return self.watch.until(f"{what} on {', '.join(screens)}", lambda: self.watch.on_glass(revision, screens))


def pad_name(counter: str) -> str:
    return f"pad-{counter}"


def start_broker(cast: Cast, house: House, side: str) -> None:
    """`side`: branch or office."""
    file = house.branch_file if side == "branch" else house.office_file
    if house.broker is BrokerKind.MOSQUITTO:
        cast.start(f"broker-{side}", ["mosquitto", "-c", str(house.mosquitto_file(side))])
    else:
        cast.start(f"broker-{side}", [program("signage"), "broker", "--config", str(file)])


def start_pad(cast: Cast, house: House, counter: str) -> None:
    """A simulated pad, plugged in, that does what it is told line by line."""
    port = house.pad_port(counter)
    memory = port.with_suffix(".json")
    cast.start(
        pad_name(counter),
        [
            *(program("pad-simulator"), "--driver", "padlink", "--port", f"pty:{port}"),
            *("--state", str(memory), "--seed", counter, "--stdin", "--json"),
        ],
    )


def start_house(cast: Cast, house: House) -> None:
    """Brokers, head office, controller, pads and bridge."""
    start_broker(cast, house, "office")
    start_broker(cast, house, "branch")
    mains.start(cast, house)
    cast.start("publisher", [program("signage"), "publisher", "--config", str(house.office_file)])
    cast.start("collect", [program("signage"), "collect", "--config", str(house.office_file)])
    start_controller(cast, house)
    for counter in COUNTERS:
        start_pad(cast, house, counter.number)
    cast.start("bridge", [program("firmware-bridge"), "--config", str(house.branch_file)])


def start_controller(cast: Cast, house: House) -> None:
    cast.start("controller", [program("signage"), "controller", "--config", str(house.branch_file)])


def start_screens(cast: Cast, house: House, display: Display) -> None:
    for screen in SCREENS:
        home = house.directory / "kivy" / screen.name
        home.mkdir(exist_ok=True)
        cast.start(
            screen.name,
            [program("kiosk"), "--config", str(house.branch_file), "--screen", screen.name],
            environment(display, screen.name, home),
        )


def until_up(stage: Stage) -> None:
    """Until every node is there, every pad is online and every window stands in its place."""
    watch = stage.watch
    placed: dict[str, bool] = {}
    watch.until("the controller's state", lambda: watch.state is not None, 30)
    stage.teller.line("controller and brokers are up; waiting for pads and screens")
    watch.until("all pads online", lambda: all(stage.counter(each.number).pad == "online" for each in COUNTERS), 40)
    watch.until("all windows", _windows_in_place(stage, placed), 90)
    watch.until("all screens drawn", lambda: watch.on_glass(1, SCREEN_NAMES), 60)


def _windows_in_place(stage: Stage, placed: dict[str, bool]) -> Callable[[], bool]:
    def in_place() -> bool:
        for screen in SCREENS:
            if screen.name not in placed and (window := stage.display.window(screen)) is not None:
                stage.display.place(screen, window)
                placed[screen.name] = True
        return len(placed) == len(SCREENS)

    return in_place
