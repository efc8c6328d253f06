"""The guard's judgement, its page, its pictures, and what it tells systemd."""

import errno
import os
import random
import signal
import socket
import time
import zlib
from itertools import pairwise
from pathlib import Path

import pytest

from kiosk.guard.frame_buffer import FrameBuffer
from kiosk.guard.glass import Glass
from kiosk.guard.main import Guard
from kiosk.guard.notify import Notifier
from kiosk.guard.page import SIZE, VARIABLE, Page, Shown
from kiosk.guard.picture import BAND_ROWS, Frame, KeptPicture, keep_picture
from kiosk.guard.verdict import (
    ASKED_S,
    BOOT_S,
    HEALTHY_S,
    HUNG_S,
    START_S,
    STILL_S,
    Health,
    Signs,
    faults_after,
    health,
    standing,
    wait_s,
    well_until,
)
from kiosk.pulse import BEAT_S, MOVING_S, Pulse
from kiosk.pulse import STILL_S as PROOF_S

E = 0.001
FOREVER = float("inf")


def signs(**given: float) -> Signs:
    values = {"started_at": 100.0, "beat_at": 200.0, "asked_at": 0.0, "drawn": 5, "window": True, "watched_from": 0.0}
    return Signs(**{**values, **given})  # type: ignore[arg-type]  # one table for all


@pytest.mark.parametrize(
    ("given", "now", "verdict"),
    [
        ({"drawn": 0}, 100 + START_S, Health.STARTING),
        ({"drawn": 0}, 100 + START_S + E, Health.HUNG),
        ({"drawn": 0, "window": False}, 101, Health.STARTING),
        ({"drawn": 0, "watched_from": 150.0}, 100 + START_S + E, Health.STARTING),
        ({}, 200 + STILL_S, Health.WELL),
        ({}, 200 + STILL_S + E, Health.STILL),
        ({}, 200 + HUNG_S, Health.STILL),
        ({}, 200 + HUNG_S + E, Health.HUNG),
        ({"window": False}, 200, Health.HUNG),
        ({"asked_at": 199.5}, 199.5 + ASKED_S, Health.WELL),
        ({"asked_at": 199.5}, 199.5 + ASKED_S + E, Health.STILL),
        ({"asked_at": 198.0}, 200, Health.STILL),
        ({"asked_at": 191.0}, 200, Health.HUNG),
        ({"watched_from": 300.0}, 300 + STILL_S, Health.WELL),  # the machine slept
        ({"watched_from": 300.0}, 300 + STILL_S + E, Health.STILL),
        ({"asked_at": 198.0, "watched_from": 299.5}, 300, Health.WELL),
    ],
)
def test_a_screen_is_judged_by_its_beats_and_by_frames_asked_for(
    given: dict[str, float], now: float, verdict: Health
) -> None:
    assert health(signs(**given), now) is verdict


@pytest.mark.parametrize("since_frame", [0.0, 0.1, 0.29, 0.31, 0.69])
@pytest.mark.parametrize("looked", [0.0, 0.3, 0.65])
def test_a_moving_screen_whose_drawing_stops_is_covered_within_two_seconds_though_its_loop_goes_round(
    since_frame: float, looked: float
) -> None:
    """`since_frame`: from the last frame to the next beat; `looked`: from there to a look of the guard's."""
    pulse, asked, drawn = Pulse(), 0.0, 200.0
    pulse.drawn(drawn)
    coming = drawn + since_frame
    beat, look = coming - BEAT_S, coming + looked
    while True:
        now = min(coming, look)
        if now == coming:
            beat, coming = now, now + BEAT_S
            asked = beat if pulse.beat(beat, moving=True) else asked
            continue
        seen = signs(beat_at=beat, asked_at=asked)
        if health(seen, now) is Health.STILL:
            break
        look = well_until(seen) + E
    assert now - drawn <= 2


@pytest.mark.parametrize(
    ("known", "until", "unix", "starting_for", "shown"),
    [
        (Shown.HOUSE, 0, 50, FOREVER, Shown.HOUSE),
        (Shown.SUSPENDED, 0, 50, FOREVER, Shown.SUSPENDED),
        (Shown.UNKNOWN, 0, 50, FOREVER, Shown.SUSPENDED),
        (Shown.UNKNOWN, 0, 50, BOOT_S - E, Shown.HOUSE),
        (Shown.UNKNOWN, 0, 50, BOOT_S, Shown.SUSPENDED),
        (Shown.ALARM, 0, 50, FOREVER, Shown.ALARM),
        (Shown.ALARM, 50 + E, 50, FOREVER, Shown.ALARM),
        (Shown.ALARM, 50, 50, FOREVER, Shown.SUSPENDED),
        (Shown.HOUSE, 40, 50, FOREVER, Shown.HOUSE),
        (Shown.DARK, 0, 50, FOREVER, Shown.DARK),
        (Shown.DARK, 50 + E, 50, FOREVER, Shown.DARK),
        (Shown.DARK, 50, 50, FOREVER, Shown.SUSPENDED),
    ],
)
def test_what_stands_there_is_true(known: Shown, until: float, unix: float, starting_for: float, shown: Shown) -> None:
    assert standing(known, until, unix, starting_for=starting_for) is shown


def test_each_fault_in_a_row_waits_longer_up_to_half_a_minute_and_a_healthy_minute_forgives() -> None:
    waits = [wait_s(faults) for faults in range(1, 12)]
    assert waits[:3] == [0, 1, 2]
    assert all(later >= earlier for earlier, later in pairwise(waits))
    assert waits[-1] == 30
    assert faults_after(4, HEALTHY_S - E) == 5
    assert faults_after(4, HEALTHY_S) == 1


def test_page_is_shared_with_whoever_inherits_it(monkeypatch: pytest.MonkeyPatch) -> None:
    page, descriptor = Page.made()
    monkeypatch.setenv(VARIABLE, str(descriptor))
    other = Page.inherited()
    assert other is not None
    other.beat_at, other.asked_at, other.drawn, other.drawn_at, other.window = 1.5, 2.5, 3, 4.5, 0xFFFF_FFFF
    other.picture, other.picture_serial, other.picture_until = Shown.ALARM, 6, 7.5
    other.leaving, other.folder = True, "/分行/screen"
    page.restarts, page.restarted_at = 8, 9.5
    assert (page.beat_at, page.asked_at, page.drawn, page.drawn_at, page.window) == (1.5, 2.5, 3, 4.5, 0xFFFF_FFFF)
    assert (page.picture, page.picture_serial, page.picture_until) == (Shown.ALARM, 6, 7.5)
    assert (page.leaving, page.folder) == (True, "/分行/screen")
    page.clear()
    assert (other.beat_at, other.asked_at, other.drawn, other.drawn_at, other.window, other.leaving) == (0,) * 6
    assert (other.picture, other.picture_serial, other.picture_until) == (Shown.ALARM, 6, 7.5)
    assert (other.folder, other.restarts, other.restarted_at) == ("/分行/screen", 8, 9.5)
    other.folder = "x" * SIZE
    assert page.folder == "/分行/screen"
    os.close(descriptor)


@pytest.mark.parametrize("given", ["", "x", "-1", "99999"])
def test_no_page_where_there_is_no_guard(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv(VARIABLE, given)
    assert Page.inherited() is None
    assert not Pulse.of_this_process().guarded


def test_pulse_asks_for_a_frame_only_when_none_has_come_for_long() -> None:
    pulse = Pulse()
    pulse.drawn(10.0)
    assert not pulse.beat(10 + MOVING_S - E, moving=True)
    assert not pulse.beat(10 + PROOF_S - E, moving=False)
    assert pulse.beat(10 + PROOF_S, moving=False)
    assert not pulse.beat(11 + PROOF_S, moving=False)  # asked for already
    pulse.drawn(30.0)
    assert pulse.beat(30 + MOVING_S, moving=True)


def test_a_frame_that_is_due_is_awaited_from_the_first_that_was_not_drawn() -> None:
    page, descriptor = Page.made()
    pulse = Pulse(page)
    pulse.drawn(10.0)
    pulse.ask(12.0)
    pulse.ask(12.5)
    assert not pulse.beat(12.6, moving=True), "asked for already"
    assert page.asked_at == 12.0
    pulse.drawn(12.7)
    assert page.asked_at == 0
    os.close(descriptor)


def test_picture_comes_back_band_by_band(tmp_path: Path) -> None:
    width, height = 37, BAND_ROWS * 2 + 5
    pixels = random.Random(7).randbytes(width * height * 4)
    frame = Frame(-10, 1080, width, height, 0xA8201A)
    keep_picture(tmp_path / "a.picture", frame, pixels)
    kept = KeptPicture(tmp_path / "a.picture")
    bands = list(kept.bands())
    assert kept.frame == frame
    assert [(top, rows) for top, rows, _ in bands] == [(0, BAND_ROWS), (BAND_ROWS, BAND_ROWS), (BAND_ROWS * 2, 5)]
    assert b"".join(band for _, _, band in bands) == pixels
    assert [file.name for file in tmp_path.iterdir()] == ["a.picture"]


def test_what_is_no_picture_is_refused_and_a_torn_one_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.picture"
    with pytest.raises(OSError, match="No such file"):
        KeptPicture(path)
    for content in (b"", b"KSP1", b"PNG!" + bytes(40), b"KSP1" + bytes(20)):
        path.write_bytes(content)
        with pytest.raises(ValueError, match="is no picture"):
            KeptPicture(path)
    keep_picture(path, Frame(0, 0, 64, 64, 0), random.Random(7).randbytes(64 * 64 * 4))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ValueError, match="cut short"):
        list(KeptPicture(path).bands())
    path.write_bytes(whole[:24] + bytes(100))
    with pytest.raises(zlib.error):
        list(KeptPicture(path).bands())


@pytest.mark.parametrize(("size", "seen"), [((4, 3), (4, 3)), ((8, 8), (5, 4))])
def test_frame_buffer_gets_the_ground_and_as_much_of_the_picture_as_fits(
    tmp_path: Path, size: tuple[int, int], seen: tuple[int, int]
) -> None:
    """A file in the device's place: 5 × 4 pixels, a line of 24 bytes."""
    device = tmp_path / "fb0"
    device.write_bytes(bytes(24 * 4))
    for name, value in (("virtual_size", "5,4"), ("stride", "24"), ("bits_per_pixel", "32")):
        (tmp_path / name).write_text(value + "\n")
    width, height = size
    keep_picture(tmp_path / "a.picture", Frame(0, 0, width, height, 0x112233), b"\xff" * (width * height * 4))
    glass = FrameBuffer(device, tmp_path)
    picture = KeptPicture(tmp_path / "a.picture")
    glass.prepare(picture.frame, picture)
    assert device.read_bytes() == bytes(24 * 4)
    glass.show()
    ground = bytes.fromhex("33221100")
    for row in range(4):
        line = device.read_bytes()[row * 24 : row * 24 + 20]
        across = seen[0] if row < seen[1] else 0
        assert line == b"\xff" * (4 * across) + ground * (5 - across)
    (tmp_path / "bits_per_pixel").write_text("16\n")
    with pytest.raises(ValueError, match="32 bits"):
        FrameBuffer(device, tmp_path)


@pytest.mark.parametrize("name", ["/notify", "@signage-notify"])
def test_systemd_is_told_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    address = f"@signage-{os.getpid()}" if name.startswith("@") else f"{tmp_path}{name}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(address.replace("@", "\0", 1) if name.startswith("@") else address)
        listening.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", address)
        monkeypatch.setenv("WATCHDOG_USEC", "4000000")
        notifier = Notifier()
        assert "NOTIFY_SOCKET" not in os.environ  # nothing that is started speaks for the service
        notifier.say("READY=1", "STATUS=well")
        assert listening.recv(100) == b"READY=1\nSTATUS=well"
        notifier.feed(10.0)
        assert listening.recv(100) == b"WATCHDOG=1"
        notifier.feed(11.9)
        with pytest.raises(BlockingIOError):
            listening.recv(100)
        notifier.feed(12.0)
        assert listening.recv(100) == b"WATCHDOG=1"
    notifier.say("STOPPING=1")  # nobody listens any more


def test_nobody_is_told_where_there_is_no_systemd(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    monkeypatch.delenv("WATCHDOG_USEC", raising=False)
    notifier = Notifier()
    notifier.say("READY=1")
    notifier.feed(1.0)


def test_a_guard_without_its_x_server_says_so_once_and_covers_nothing(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """How it finds one that comes up later, tests/system/test_guard.py sees."""
    monkeypatch.setenv("DISPLAY", ":4711")
    monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
    page, descriptor = Page.made()
    glass = Glass("wall", page)
    for _ in range(6):
        glass.attend()
        glass.cover(Shown.SUSPENDED)
    assert (glass.descriptor, glass.up) == (-1, False)
    assert capfd.readouterr().err == "", "the screen says itself that it has no display"
    for _ in range(60):
        glass.attend()
    assert capfd.readouterr().err.count("the guard cannot cover the screen yet; it goes on trying") == 1
    os.close(descriptor)


def test_a_screen_that_cannot_be_started_is_tried_again_for_ever(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A machine without memory, or without a process more, gets the guard's picture and not a bare display."""
    tried: list[float] = []

    def refuse(*_: object, **__: object) -> int:
        tried.append(now)
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "posix_spawn", refuse)
    monkeypatch.setenv("DISPLAY", ":4711")
    monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
    guard = Guard(["--config", "branch.toml", "--screen", "wall"])
    guard._glass = Glass("wall", guard._page)
    began = now = time.monotonic()
    guard._start()
    for quarter in range(1, 60):
        now = began + quarter / 4
        assert guard._look(now) is None, "it goes on guarding"
    assert 3 <= len(tried) <= 6, "each time later"
    assert capfd.readouterr().err.count("the screen cannot be started") == len(tried)
    os.close(guard._descriptor)


def test_a_reload_is_handed_to_a_screen_that_draws_and_to_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """While it starts, it would die of it."""
    guard = Guard(["--config", "branch.toml", "--screen", "wall"])
    handed: list[int] = []
    monkeypatch.setattr(os, "kill", lambda _, number: handed.append(number))
    guard._child = 4711
    guard._on_signal(signal.SIGHUP, None)
    assert handed == []
    guard._page.drawn = 1
    guard._on_signal(signal.SIGHUP, None)
    assert handed == [signal.SIGHUP]
    guard._on_signal(signal.SIGINT, None)
    assert handed == [signal.SIGHUP, signal.SIGTERM]
    os.close(guard._descriptor)
