"""Service suspended with no controller, and with no broker: real screens, a real hand, and what stands on the glass."""

import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.gallery.touch_cases import NOW, Case, at, outage
from kiosk.stage import Stage
from kiosk.view.pages import Keypad, Pending, Trouble
from signage.cli.demo.cast import program
from tests.system.lobby import PACE_S, SCREENS, TOUCH, Lobby, Map

pytestmark = pytest.mark.system
EMERGENCY_PIN = "246802"
STAFF = '[staff]\npins_file = "pins.toml"'
UNHEARD = {"heard": False, "emergency": True}
# The keypad of a suspended branch with no controller, while a PIN is compared and once it was wrong; and what a right one opens.
COMPARING = replace(at(Keypad("000000")), pending=Pending("1", "staff.enter", NOW))
WRONG = at(Keypad(trouble=Trouble.WRONG, left=4))
PANEL, FORM = "panel-one-emergency-unheard", "suspend-branch-unheard"


@pytest.fixture(scope="module")
def lobby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lobby]:
    made = Lobby(tmp_path_factory.mktemp("lobby"))
    file = made.folder / "branch.toml"
    text = file.read_text()
    assert STAFF in text
    file.write_text(text.replace(STAFF, f'{STAFF}\nemergency_pin_file = "emergency-pin"'))
    given = [program("signage"), "pin", "--config", "branch.toml", "--emergency"]
    subprocess.run(given, cwd=made.folder, input=EMERGENCY_PIN + "\n", text=True, check=True, capture_output=True)
    try:
        made.open()
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def places() -> Iterator[Map]:
    stage = Stage(*TOUCH)
    yield Map(
        stage, Case("comparing", outage(), COMPARING, known=UNHEARD), Case("wrong", outage(), WRONG, known=UNHEARD)
    )
    stage.close()


def scenes(lobby: Lobby) -> set[str]:
    return {lobby.screen(name)["scene"] for name in SCREENS}


def suspend(lobby: Lobby, places: Map, panel: str, form: str) -> float:
    lobby.tap(places.button(panel, "暂停网点"))
    lobby.tap(places.button(form, "确认暂停服务"))
    return time.monotonic()


def test_a_controller_that_dies_under_the_hand_keeps_nobody_from_suspending(lobby: Lobby, places: Map) -> None:
    lobby.sign_in(places)
    lobby.cast.kill("controller")
    tapped = suspend(lobby, places, "panel-one", "suspend-branch")
    lobby.until("suspended without a controller", lambda: scenes(lobby) == {"suspended"})
    after = time.monotonic() - tapped + PACE_S
    print(f"\ntapped -> all screens, no controller: {1000 * after:.0f} ms, 700 of them waiting for its answer")
    meant = {lobby.screen(name)["local"] for name in SCREENS}
    assert len(meant) == 1, "every screen shows the same intention"
    before = lobby.screen("lobby-wall")["revision"]

    lobby.start("controller", program("signage"), "controller", "--config", "branch.toml")
    considered = lambda: all("local" not in lobby.screen(name) for name in SCREENS)  # noqa: E731  # a name for a condition, said once
    lobby.until("taken over by the controller", considered, 30)
    assert scenes(lobby) == {"suspended"}
    assert lobby.screen("lobby-wall")["revision"] > before


def test_with_no_controller_heard_the_emergency_pin_resumes_and_suspends(lobby: Lobby, places: Map) -> None:
    lobby.tap(places.button("panel-one", "退出"))
    lobby.cast.kill("controller")
    time.sleep(16)  # contract: no Alive for 15 s is no controller
    lobby.sign_in(places, "111111", "wrong", "comparing", PANEL)
    lobby.enter(places, EMERGENCY_PIN, PANEL, "comparing", "wrong")
    lobby.tap(places.button(PANEL, "恢复"))
    lobby.until("resumed on every screen", lambda: "suspended" not in scenes(lobby))

    lobby.cast.kill("broker")
    suspend(lobby, places, "panel-one-emergency-open-unheard", FORM)
    lobby.until_page(places, PANEL, FORM)
    lobby.tap(places.button(PANEL, "退出"))
    lobby.until("its own first page, red", lambda: lobby.red() > 0.1)
    lobby.cast.start("broker", ["mosquitto", "-c", str(lobby.folder / "broker.conf")])
    lobby.until("the others hear of it when the broker is back", lambda: scenes(lobby) == {"suspended"}, 30)

    lobby.start("controller", program("signage"), "controller", "--config", "branch.toml")
    considered = lambda: all("local" not in lobby.screen(name) for name in SCREENS)  # noqa: E731  # a name for a condition, said once
    lobby.until("taken over by the controller", considered, 40)
    assert scenes(lobby) == {"suspended"}
