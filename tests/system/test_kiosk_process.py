"""The screens as real processes on a display: taps by xdotool, statuses on Mosquitto, ends by signal."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.stage import Stage
from kiosk.view.staff import STRUCK_TWICE
from tests.system.lobby import SCREENS, TOUCH, Lobby, Map
from tests.system.watch_box import screen_of

pytestmark = pytest.mark.system


@pytest.fixture(scope="module")
def lobby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lobby]:
    made = Lobby(tmp_path_factory.mktemp("lobby"))
    try:
        made.open()
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def places() -> Iterator[Map]:
    stage = Stage(*TOUCH)
    yield Map(stage)
    stage.close()


def test_a_tap_on_a_star_becomes_a_rating_on_the_broker(lobby: Lobby, places: Map) -> None:
    lobby.tap(places.where("home", lambda screen: screen.page.rate.stars.stars[3]))
    lobby.until("the rating page", lambda: lobby.screen("lobby-touch")["scene"] == "rating")
    lobby.tap(places.button("rating", "提交评价"))
    lobby.until("the rating", lambda: bool(lobby.of_kind("rating")))
    assert lobby.of_kind("rating")[0]["data"] == {"stars": 4, "channel": "touch", "reasons": [], "flags": []}
    lobby.until("home again", lambda: lobby.screen("lobby-touch")["scene"] == "home")
    assert len(lobby.of_kind("rating")) == 1


def test_a_pin_and_one_tap_suspend_a_counter_and_one_more_resumes_it(lobby: Lobby, places: Map) -> None:
    lobby.sign_in(places)
    lobby.tap(places.button("panel-one", "暂停"))
    lobby.until("the counter's display", lambda: lobby.screen("counter-1")["scene"] == "suspended")
    time.sleep(STRUCK_TWICE.total_seconds())  # sooner it would be taken for the same press
    lobby.tap(places.button("panel-one-suspended", "恢复"))
    lobby.until("it serves again", lambda: lobby.screen("counter-1")["scene"] != "suspended")
    lobby.events.clear()


def test_a_pin_and_two_taps_suspend_every_display(lobby: Lobby, places: Map) -> None:
    lobby.tap(places.button("panel-one", "暂停网点"))
    lobby.tap(places.button("suspend-branch", "确认暂停服务"))
    suspended = lambda: all(lobby.screen(name)["scene"] == "suspended" for name in SCREENS)  # noqa: E731  # a name for a condition, said once
    lobby.until("suspended on every display", suspended)
    lobby.until(
        "each told of it", lambda: {event["data"]["screen"] for event in lobby.of_kind("shown")} == set(SCREENS)
    )
    took = {event["data"]["screen"]: event["data"]["after_ms"] for event in lobby.of_kind("shown")}
    print("tap to glass, ms:", took)
    assert max(took.values()) < 1000
    lobby.tap(places.button("panel-one", "退出"))
    lobby.until("its own first page, red", lambda: lobby.red() > 0.1)


def cpu_s(pid: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_screens_at_rest_hardly_work(lobby: Lobby) -> None:
    guards = {name: lobby.cast[name].process.pid for name in SCREENS}  # each command line replaces itself by the next
    pids = {name: (guard, screen_of(guard)) for name, guard in guards.items()}
    before = {name: sum(map(cpu_s, pair)) for name, pair in pids.items()}
    time.sleep(6)
    used = {name: round((sum(map(cpu_s, pair)) - before[name]) / 6 * 100, 1) for name, pair in pids.items()}
    print("CPU at rest, % of a core:", used)
    assert max(used.values()) < 5


def test_a_screen_started_without_a_controller_shows_the_last_state(lobby: Lobby) -> None:
    before, scene = lobby.screen("counter-1")["revision"], lobby.screen("counter-1")["scene"]
    lobby.cast.kill("controller")
    lobby.cast.end("counter-1")
    lobby.until("offline", lambda: not lobby.statuses["counter-1"]["online"])
    lobby.start_screen("counter-1")
    lobby.until(
        "the last state on the glass",
        lambda: lobby.statuses["counter-1"]["online"] and lobby.screen("counter-1")["revision"] == before,
    )
    assert lobby.screen("counter-1")["scene"] == scene


def test_a_signal_ends_a_screen_within_five_seconds_and_a_kill_is_told_by_its_will(lobby: Lobby) -> None:
    wall = lobby.cast["lobby-wall"].process
    began = time.monotonic()
    lobby.cast.end("lobby-wall")
    assert wall.returncode == 0
    assert time.monotonic() - began < 5
    lobby.until("the wall offline", lambda: not lobby.statuses["lobby-wall"]["online"])
    lobby.cast.kill("counter-1")
    lobby.until("the counter's will", lambda: not lobby.statuses["counter-1"]["online"], 40)


def one_line(text: str, *words: str) -> None:
    lines = [line for line in text.splitlines() if line.startswith("kiosk: ")]
    assert lines == text.splitlines()
    assert len(lines) == 1
    assert all(word in lines[0] for word in words), lines


def test_without_a_display_it_says_so_and_never_draws_into_nowhere(lobby: Lobby) -> None:
    gone = lobby.run("lobby-wall", DISPLAY=":4711")
    assert gone.returncode == 69
    one_line(gone.stderr, "DISPLAY=:4711")
    hidden = lobby.run("lobby-wall", SDL_VIDEODRIVER="offscreen")
    assert hidden.returncode == 69
    one_line(hidden.stderr, "SDL_VIDEODRIVER=offscreen")


def test_wrong_use_is_one_line(lobby: Lobby) -> None:
    unknown = lobby.run("nowhere")
    assert unknown.returncode == 2
    one_line(unknown.stderr, "nowhere", "lobby-touch")
