"""The parts of the screen's program that draw nothing: files, frames, displays, drivers, composition."""

from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from kiosk.composing import compose
from kiosk.displays import SILENT_AFTER_S, Displays
from kiosk.driver import check_display, choose_driver
from kiosk.frames import ROUNDS_S, Frames, Rounds
from kiosk.gallery import samples
from kiosk.intake import Intake
from kiosk.memory import DRAFT, STATE, Draft, Memory
from kiosk.program import opened
from kiosk.settings import SoundSettings
from kiosk.view.portrait import Teller
from kiosk.view.reach import Glass, Heard
from signage.config.load import load_branch
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.wire.messages import Health, ScreenStatus, Status

NOON = samples.AFTERNOON


def later(seconds: float) -> Instant:
    return Instant.of(NOON + timedelta(seconds=seconds))


BRANCH = """
[branch]
id = "hz-1"
name = { zh = "杭州一支行" }
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
personal = "24/7"
[[counter]]
number = "1"
business = { zh = "个人业务" }
[[teller]]
id = "7"
name = { zh = "李" }
grade = 3
photo = "li.JPG"
[[teller]]
id = "8"
name = { zh = "王" }
[[screen]]
name = "lobby"
kind = "touch"
size = [1080, 1920]
rotation = 90
[[screen]]
name = "c-1"
kind = "counter"
counter = "1"
size = [800, 480]
directory = "elsewhere"
[[screen]]
name = "door"
kind = "fascia"
size = [640, 64]
"""


def status(node: str, session: str, revision: int, *, online: bool = True, role: str = "screen") -> Status:
    screen = ScreenStatus(scene="ad", revision=revision, content=0, frame_age_ms=0, fps=0, locale="zh", elder=False)
    return Status(
        node=node,
        session=session,
        online=online,
        at=samples.AFTERNOON,
        started_at=samples.AFTERNOON,
        software="x",
        role=role,  # type: ignore[arg-type]  # parametrised
        health=Health(cpu=0, memory_mb=0, disk_free_mb=0),
        faults=(),
        screen=screen if role == "screen" else None,
        v=1,
    )


def test_state_and_draft_come_back_as_they_were(tmp_path: Path) -> None:
    memory = Memory(tmp_path)
    assert memory.last_state() is None
    assert memory.draft() is None
    draft = Draft("e", samples.AFTERNOON, {"stars": 4})
    memory.keep_state(samples.house())
    memory.keep_draft(draft)
    assert memory.last_state() == samples.house()
    assert memory.draft() == draft
    memory.drop_draft()
    memory.drop_draft()
    assert memory.draft() is None
    assert [file.name for file in tmp_path.iterdir()] == [STATE]


def test_half_of_a_customers_words_outlives_no_start_and_no_drop(tmp_path: Path) -> None:
    """A power cut between writing aside and putting in place."""
    half = (tmp_path / DRAFT).with_suffix(".part")
    half.write_bytes(b'{"event": "e", "words": "...')
    memory = Memory(tmp_path)
    assert not half.exists()
    half.write_bytes(b"{")
    memory.drop_draft()
    assert not half.exists()


@pytest.mark.parametrize("content", [b"", b"{", b'{"revision": "x"}', b"\xff" * 100, b" " * (300 * 1024)])
def test_a_file_that_cannot_be_read_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    for name in (STATE, DRAFT):
        (tmp_path / name).write_bytes(content)
    assert Memory(tmp_path).last_state() is None
    assert Memory(tmp_path).draft() is None


def test_a_folder_that_is_not_there_is_said_when_writing(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="gone"):
        Memory(tmp_path / "gone").keep_state(samples.house())


def test_frames_count_themselves() -> None:
    frames = Frames(100.0)
    assert (frames.age_ms(100.25), frames.per_second(100.25)) == (250, 0.0)
    for tenth in range(10):
        frames.drawn(101 + tenth / 10)
    assert frames.per_second(102.0) == 2.0
    assert frames.per_second(106.55) == 0.8
    assert frames.per_second(120.0) == 0.0


def test_a_display_counts_while_it_is_heard_and_a_will_only_for_its_own_session() -> None:
    displays = Displays()
    displays.heard(status("w", "s-2", 5), 0.0, NOON)
    displays.heard(status("w", "s-1", 5, online=False), 1.0, NOON)
    assert displays.glasses(2.0) == {"w": Glass(online=True, revision=5, scene="ad")}
    displays.heard(status("b", "s", 5, role="bridge"), 2.0, NOON)
    assert list(displays.glasses(2.0)) == ["w"]
    assert displays.glasses(SILENT_AFTER_S) == {}
    displays.heard(status("w", "s-2", 5, online=False), 3.0, NOON)
    assert not displays.glasses(3.0)["w"].online
    displays.heard(status("new", "s", 1, online=False), 3.0, NOON)
    assert not displays.glasses(3.0)["new"].online


def test_a_device_is_known_with_when_it_came_or_went() -> None:
    displays = Displays()
    first = status("b", "s-1", 5, role="bridge")
    displays.heard(first, 0.0, NOON)
    assert displays.devices(1.0)["b"].since == first.started_at
    displays.heard(first, 30.0, later(30))
    assert displays.devices(31.0)["b"].since == first.started_at
    assert displays.devices(30 + SILENT_AFTER_S) == {
        "b": Heard("bridge", online=False, since=later(30 + SILENT_AFTER_S))
    }
    displays.heard(status("b", "s-1", 5, online=False, role="bridge"), 31.0, later(31))
    assert displays.devices(500.0)["b"] == Heard("bridge", online=False, since=later(31))
    displays.heard(status("b", "s-2", 5, role="bridge"), 40.0, later(40))
    assert displays.devices(41.0)["b"].since == later(40)
    gone = status("old", "s", 5, online=False)
    displays.heard(gone, 41.0, later(41))
    assert displays.devices(41.0)["old"].since == gone.at  # when it last connected: more is not known


def test_the_intake_wakes_and_gives_in_order_and_in_portions() -> None:
    intake, woken = Intake(), []
    intake.wake = lambda: woken.append(1)
    for number in range(150):
        intake.put(number)
    assert intake.drain() == list(range(100))
    assert len(woken) == 151  # the rest comes with the next frame
    assert intake.drain() == list(range(100, 150))
    assert intake.drain() == []


def test_an_event_that_fails_keeps_none_behind_it_from_being_heard_and_is_told() -> None:
    intake, heard = Intake(), []

    def hear(event: object) -> bool:
        if event in {2, 3}:
            raise ValueError(event)
        heard.append(event)
        return event == 1

    for number in range(5):
        intake.put(number)
    with pytest.raises(ValueError, match="2"):
        intake.take(hear)
    assert heard == [0, 1, 4]
    for news in (1, 0):
        intake.put(news)
    assert intake.take(hear), "one of them was news"
    intake.put(0)
    assert not intake.take(hear)


@pytest.mark.parametrize(
    ("environment", "driver"),
    [
        ({"DISPLAY": ":0"}, "x11"),
        ({"SDL_VIDEODRIVER": "x11"}, "x11"),
        ({"SDL_VIDEODRIVER": "kmsdrm", "DISPLAY": ":0"}, "kmsdrm"),
        ({}, "kmsdrm"),
    ],
)
def test_the_driver_is_chosen_by_name(tmp_path: Path, environment: dict[str, str], driver: str) -> None:
    (tmp_path / "card0").touch()
    assert choose_driver(environment, tmp_path) == driver


@pytest.mark.parametrize("environment", [{}, {"SDL_VIDEODRIVER": "offscreen"}, {"SDL_VIDEODRIVER": "dummy"}])
def test_nowhere_to_draw_is_refused(tmp_path: Path, environment: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refused:
        choose_driver(environment, tmp_path)
    assert refused.value.code is Exit.UNREACHABLE


def test_an_x_server_that_is_not_there_is_named() -> None:
    with pytest.raises(Refusal, match=r":4711"):
        check_display("x11", {"DISPLAY": ":4711"})
    check_display("kmsdrm", {})


def test_a_screen_takes_its_own_part_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"
    file.write_text(BRANCH)
    branch = load_branch(file)
    lobby = compose(branch, "lobby", file)
    assert (lobby.size, lobby.rotation, lobby.directory) == ((1080, 1920), 90, Path("var/screen-lobby"))
    assert lobby.broker.private
    assert lobby.brand == "green"
    file.write_text(BRANCH.replace("[hours]", 'brand = "blue"\n[hours]'), encoding="utf-8")
    assert compose(load_branch(file), "lobby", file).brand == "blue"
    assert lobby.tellers == ()
    counter = compose(branch, "c-1", file)
    assert counter.tellers == (Teller("7", {"zh": "李"}, Path("li.JPG")), Teller("8", {"zh": "王"}))
    assert (counter.counter, counter.directory, counter.entry.kind) == ("1", Path("elsewhere"), "counter")
    assert counter.entry.locale == counter.locale == "zh"
    with pytest.raises(Refusal, match="it has lobby, c-1, door") as unknown:
        compose(branch, "x", file)
    assert unknown.value.code is Exit.WRONG_USE
    door = compose(branch, "door", file)
    assert (door.kind, door.counter, door.size) == ("fascia", None, (640, 64))


def test_what_is_heard_is_configured_for_the_branch_and_for_each_screen(tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"

    def sound(of_branch: str, of_screen: str = "") -> SoundSettings:
        file.write_text(BRANCH.replace("rotation = 90", of_screen) + of_branch)
        return compose(load_branch(file), "lobby", file).sound

    assert sound("") == SoundSettings(voices=True, films=False)
    assert sound("", 'sound = "none"') == SoundSettings(voices=False)
    assert sound("", 'sound = "all"') == SoundSettings(films=True)
    folder = f'[sound]\ndirectory = "{tmp_path}"\nquiet = "Mo-Su 12:00-14:00"\n'
    assert sound(folder) == SoundSettings(directory=tmp_path, quiet="Mo-Su 12:00-14:00")
    with pytest.raises(Refusal, match=r'\[sound\], key directory: found ".*nowhere", wanted a folder with sounds'):
        sound(f'[sound]\ndirectory = "{tmp_path}/nowhere"\n')


def test_a_broken_disk_does_not_keep_a_screen_dark(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with structlog.testing.capture_logs() as logs:
        database, durable = opened(tmp_path / "file" / "below")
    database.close()
    assert not durable
    assert logs[0]["log_level"] == "error"
    database, durable = opened(tmp_path / "good")
    database.close()
    assert durable


def test_the_longest_round_is_known_for_half_a_minute_at_least_and_a_minute_at_most() -> None:
    rounds = Rounds()
    rounds.took(100, 0.4)
    rounds.took(101, 0.03)
    assert rounds.longest_ms(101) == 400
    assert rounds.longest_ms(100 + ROUNDS_S) == 400
    rounds.took(100 + ROUNDS_S + 1, 0.05)
    assert rounds.longest_ms(100 + 2 * ROUNDS_S - 1) == 400
    assert rounds.longest_ms(100 + 2 * ROUNDS_S) == 50
    assert rounds.longest_ms(100 + 9 * ROUNDS_S) == 0
