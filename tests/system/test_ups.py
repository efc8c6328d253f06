"""A power cut, from the UPS daemon's own word to the pixels of every screen; and a daemon that cannot tell."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.lobby import SCREENS, Lobby
from tests.system.nut_box import NutBox

pytestmark = pytest.mark.system

MAINS = """
[upstream]
host = "127.0.0.1"
port = {port}
root = "office/v1"
[[probe]]
name = "mains"
kind = "nut"
ups = "branch@127.0.0.1:{ups}"
[[rule]]
when = "mains"
clear_s = 2
suspend = "branch"
reason = "power"
"""


@pytest.fixture
def nut() -> Iterator[NutBox]:
    with NutBox() as box:
        yield box


@pytest.fixture
def lobby(tmp_path: Path, nut: NutBox) -> Iterator[Lobby]:
    lobby = Lobby(tmp_path, MAINS, ups=nut.port)
    lobby.open()
    yield lobby
    lobby.close()


def shown(lobby: Lobby, *scenes: str) -> bool:
    return all(lobby.screen(name).get("scene") in scenes for name in SCREENS)


def in_service(lobby: Lobby) -> bool:
    return not any(lobby.screen(name).get("scene") == "suspended" for name in SCREENS)


def wrong(lobby: Lobby) -> list[str]:
    """What the controller's own status says is wrong with mains."""
    faults = lobby.statuses.get("hz-1", {}).get("faults", [])
    return [fault["code"] for fault in faults if fault["code"].startswith("probe-mains")]


def test_a_power_cut_stands_on_every_screen_and_no_dead_daemon_puts_up_or_takes_down_a_sign(
    lobby: Lobby, nut: NutBox
) -> None:
    lobby.until("the UPS is heard", lambda: bool(lobby.statuses.get("hz-1")))
    assert in_service(lobby)
    assert wrong(lobby) == []

    report = nut.reported("OB")
    nut.say("OB")
    took: dict[str, float] = {}

    def all_suspended() -> bool:
        for name in SCREENS:
            if lobby.screen(name).get("scene") == "suspended":
                took.setdefault(name, time.monotonic())
        return len(took) == len(SCREENS)

    lobby.until("the power cut on every screen", all_suspended)
    told = {name: f"{1000 * (at - report.wait()):.0f} ms" for name, at in took.items()}
    print(f"\nupsd says OB -> a frame with the banner was drawn and told: {told}")
    lobby.until("the fault in the status", lambda: wrong(lobby) == ["probe-mains-on-battery"])

    nut.say("OB LB")
    lobby.until("low battery", lambda: wrong(lobby) == ["probe-mains-low-battery"])
    nut.kill_driver()
    lobby.until("a driver that is gone", lambda: wrong(lobby) == ["probe-mains-driver-gone"])
    time.sleep(3)
    lobby.listen()
    assert shown(lobby, "suspended"), "nobody has said that mains is back"

    nut.say("OL")
    nut.start_driver()
    lobby.until("service after mains has held", lambda: in_service(lobby) and wrong(lobby) == [], 20)

    nut.hang_driver()
    lobby.until("a driver that hangs", lambda: wrong(lobby) == ["probe-mains-stale"], 20)
    assert in_service(lobby), "a hung driver is no power cut"
    nut.wake_driver()
    lobby.until("a driver that is back", lambda: wrong(lobby) == [], 20)

    nut.kill_daemon()
    lobby.until("a daemon that is gone", lambda: wrong(lobby) == ["probe-mains-unreachable"], 20)
    assert in_service(lobby), "a dead daemon is no power cut"
    nut.start_daemon()
    lobby.until("a daemon that is back", lambda: wrong(lobby) == [], 20)

    nut.say("FSD")
    lobby.until("a forced shutdown", lambda: shown(lobby, "suspended"), 20)
    assert wrong(lobby) == ["probe-mains-shutdown"]
