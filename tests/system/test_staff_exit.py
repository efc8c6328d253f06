"""Staff end a screen with their PIN: the screen and its guard, in order, told at head office with who and why."""

from collections.abc import Iterator
from dataclasses import replace as changed
from pathlib import Path

import pytest

from kiosk.gallery.touch_cases import STAFF, Case
from kiosk.memory import Memory
from kiosk.stage import Stage
from kiosk.view.pages import LeaveForm, Panel, Tab, Touch
from kiosk.view.reach import Glass
from tests.system.lobby import SCREENS, TOUCH, Lobby, Map
from tests.system.watch_box import screen_of

pytestmark = pytest.mark.system


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[Lobby]:
    made = Lobby(tmp_path)
    try:
        made.open()
        yield made
    finally:
        made.close()


@pytest.fixture
def places() -> Iterator[Map]:
    stage = Stage(*TOUCH)
    yield Map(stage)
    stage.close()


def test_a_pin_a_reason_and_a_confirmation_end_screen_and_guard(lobby: Lobby, places: Map) -> None:
    guard = lobby.cast["lobby-touch"].process
    screen = screen_of(guard.pid)
    state = Memory(lobby.folder / "var" / "screen-lobby-touch").last_state()
    assert state is not None
    glasses = {name: Glass(online=True, revision=state.revision, scene="home") for name in SCREENS}
    known = {"devices": {}, "heard": True, "glasses": glasses, "device": "lobby-touch"}
    for name, page in (("its-devices", Panel(Tab.DEVICES)), ("its-leave", LeaveForm())):
        places.learn(Case(name, state, Touch(page, staff=changed(STAFF, rights=None)), known=known))
    lobby.sign_in(places)
    lobby.tap(places.button("its-devices", "设备"))
    lobby.until_page(places, "its-devices", "panel-one")
    lobby.tap(places.button("its-devices", "结束程序"))
    lobby.until_page(places, "its-leave", "its-devices")
    lobby.tap(places.button("its-leave", "设备维护"))
    lobby.tap(places.button("its-leave", "确认结束"))
    lobby.until("the guard's end", lambda: guard.poll() is not None, 10)
    assert guard.returncode == 0
    assert not Path(f"/proc/{screen}").exists()
    lobby.until("told", lambda: any(one["data"].get("action") == "screen.exit" for one in lobby.of_kind("audit")))
    told = next(one["data"] for one in lobby.of_kind("audit") if one["data"].get("action") == "screen.exit")
    assert told == {"actor": "0007", "action": "screen.exit", "detail": "lobby-touch: maintenance"}
    lobby.until("offline", lambda: not lobby.statuses["lobby-touch"]["online"])
