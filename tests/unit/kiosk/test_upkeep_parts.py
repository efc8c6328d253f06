"""What a screen looks after beside its pages: a configuration that changes, a panel that is unplugged or switched."""

import mmap
import os
import queue
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.backlight import Backlight, BacklightFailed, Means, found_means
from kiosk.guard.page import SIZE, Page
from kiosk.memory import Memory
from kiosk.pulse import Pulse
from kiosk.reload import LIVE, LOOK_S, ConfigWatch, Reread, RereadRefused, Source, merged
from kiosk.settings import KioskSettings
from kiosk.station import Station
from kiosk.touch_panel import TouchPanel, named, panels
from kiosk.upkeep import RESTARTED_FOR_S, Upkeep
from signage.core.exits import Exit, Refusal
from signage.core.instants import Instant
from signage.link.catalogues import load_catalogues
from signage.link.client import Address
from signage.link.clock import Moment, moment
from signage.link.commands import Commands
from signage.link.database import open_database
from signage.link.node import Node, NodeSettings
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from signage.wire.topics import Topics

SETTINGS = KioskSettings(
    name="wall", kind="wall", size=(1920, 1080), broker=Address("127.0.0.1", 1883), directory=Path("var")
)
LISTING = """I: Bus=0003 Vendor=0eef Product=0001 Version=0111
N: Name="eGalax Inc. USB TouchController"
P: Phys=usb-0000:00:14.0-3/input0
H: Handlers=mouse0 event4
B: PROP=2
B: EV=1b

I: Bus=0011 Vendor=0001 Product=0001 Version=ab41
N: Name="AT Translated Set 2 keyboard"
B: PROP=0
B: EV=120013

I: Bus=0003 Vendor=1a2c Product=0e24 Version=0110
N: Name="Resistive Panel"
B: EV=b
"""


def test_only_what_can_change_live_does_and_the_rest_is_named() -> None:
    after = KioskSettings(
        name="wall",
        kind="wall",
        size=(800, 450),
        broker=Address("10.0.0.1", 1883),
        directory=Path("var"),
        locale="en",
        fps=20,
    )
    settings, waiting = merged(SETTINGS, after)
    assert (settings.locale, settings.fps) == ("en", 20)
    assert (settings.size, settings.broker) == (SETTINGS.size, SETTINGS.broker)
    assert waiting == ("size", "broker")
    assert merged(SETTINGS, SETTINGS) == (SETTINGS, ())
    assert {one.name for one in fields(KioskSettings)} >= LIVE


class _Read:
    """`answers` in turn: settings, or lines of a refusal."""

    def __init__(self, *answers: KioskSettings | str) -> None:
        self.answers = list(answers)

    def __call__(self) -> KioskSettings:
        answer = self.answers.pop(0)
        if isinstance(answer, str):
            raise Refusal(Exit.CONFIGURATION, answer)
        return answer


def test_a_file_is_read_again_once_it_has_been_the_same_for_two_looks(tmp_path: Path) -> None:
    file = tmp_path / "branch.toml"
    file.write_text("one")
    got: queue.Queue[object] = queue.Queue()
    watch = ConfigWatch(Source(file, _Read(SETTINGS, "branch.toml: no", SETTINGS)), got.put)
    now = 100.0
    watch.look(now)
    file.write_text("half of")
    watch.look(now := now + LOOK_S)
    file.write_text("half of another")
    watch.look(now := now + LOOK_S)
    assert got.empty()
    watch.look(now := now + LOOK_S)
    assert got.get(timeout=5) == Reread(SETTINGS)
    watch.look(now := now + LOOK_S)
    assert got.empty()  # it has not changed since
    watch.ask()
    watch.look(now := now + LOOK_S)
    assert got.get(timeout=5) == RereadRefused(("branch.toml: no",))
    aside = tmp_path / "aside"
    aside.write_text("half of another")
    aside.replace(file)  # as an editor saves
    watch.look(now := now + LOOK_S)
    watch.look(now + LOOK_S)
    assert got.get(timeout=5) == Reread(SETTINGS)


def test_what_is_touched_directly_is_a_panel_and_any_device_can_be_named() -> None:
    assert panels(LISTING) == ("eGalax Inc. USB TouchController",)
    assert named(LISTING, "resistive") == ("Resistive Panel",)
    assert panels("") == named("", "x") == ()


def stands(panel: TouchPanel) -> tuple[str | None, bool]:
    return panel.name, panel.lost


def test_a_panel_that_was_there_and_is_gone_is_lost_also_after_a_new_start(tmp_path: Path) -> None:
    listing, memory = tmp_path / "devices", Memory(tmp_path)
    keyboard = LISTING.split("\n\n")[1]
    listing.write_text(keyboard)
    panel = TouchPanel(None, memory.panel(), listing)
    assert not panel.look(0)
    assert stands(panel) == (None, False)  # nobody ever saw one
    listing.write_text(LISTING)
    assert not panel.look(1)  # too soon
    assert panel.look(2)
    name = "eGalax Inc. USB TouchController"
    assert stands(panel) == (name, False)
    memory.keep_panel(name)
    listing.write_text(keyboard)
    assert panel.look(4)
    assert stands(panel) == (name, True)
    assert not panel.look(6)  # said once
    again = TouchPanel(None, memory.panel(), listing)
    assert again.look(0)
    assert stands(again) == (name, True)
    listing.write_text(LISTING)
    assert again.look(2)
    assert stands(again) == (name, False)


def test_a_panel_that_is_named_is_missed_from_the_start(tmp_path: Path) -> None:
    (tmp_path / "devices").write_text(LISTING)
    assert TouchPanel("ILITEK", None, tmp_path / "devices").look(0)
    there = TouchPanel("resistive", None, tmp_path / "devices")
    assert there.look(0)
    assert stands(there) == ("Resistive Panel", False)
    assert not TouchPanel("ILITEK", None, tmp_path / "nothing").look(0)  # a machine that does not tell


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, on a machine that can switch no panel."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("DISPLAY", raising=False)
    (tmp_path / "devices").write_text(LISTING)
    return tmp_path


@contextmanager
def looked_after(settings: KioskSettings, now: Moment, pulse: Pulse | None = None) -> Iterator[tuple[Upkeep, Station]]:
    folder = settings.directory
    database = open_database(folder / "screen.db", LINK)
    node_settings = NodeSettings(settings.name, "screen", "test", Topics("bank/v1"))
    node = Node(node_settings, Outbox(database, settings.name), Commands(database), now)
    station = Station(settings, node, Memory(folder), load_catalogues(), now)
    upkeep = Upkeep(station, pulse or Pulse(), lambda _: None, None, folder / "devices")
    yield upkeep, station
    upkeep.close()
    database.close()


def said(station: Station, code: str) -> str | None:
    fault = station._notes.get(code)
    return fault.text if fault is not None else None


def test_another_name_for_the_touch_panel_holds_without_a_new_start(bare: Path) -> None:
    named_ilitek = replace(SETTINGS, name="touch", kind="touch", directory=bare, touch_panel="ILITEK")
    now = moment()
    with looked_after(named_ilitek, now) as (upkeep, station):

        def lost() -> str | None:
            upkeep.beat(now)
            return said(station, "touch-lost")

        def named_now(name: str | None) -> None:
            upkeep.take(Reread(replace(named_ilitek, touch_panel=name)), now)
            assert said(station, "configuration-waits") is None

        assert lost() == "ILITEK: not among the input devices"
        named_now("resistive")
        assert lost() is None
        assert station.memory.panel() == "Resistive Panel"
        named_now("Goodix")
        assert lost() == "Goodix: not among the input devices"
        named_now(None)
        assert lost() is None
        assert station.memory.panel() == "eGalax Inc. USB TouchController"


def test_a_start_by_the_guard_is_a_fault_for_ten_minutes(bare: Path) -> None:
    now, page = moment(), Page(mmap.mmap(-1, SIZE))
    with looked_after(replace(SETTINGS, directory=bare), now, Pulse(page)) as (upkeep, station):

        def told(after_s: float) -> str | None:
            upkeep.beat(Moment(Instant.of(now.at + timedelta(seconds=after_s)), now.mono + after_s))
            return said(station, "screen-restarted")

        assert told(0) is None, "the first start is nobody's fault"
        page.restarts, page.restarted_at = 3, now.at.timestamp()
        for after_s in (0.5, RESTARTED_FOR_S - 1):
            assert told(after_s) == "its guard has started it again, 3 times so far"
        assert told(RESTARTED_FOR_S + 1) is None


def test_a_panel_that_does_not_obey_is_a_fault_until_it_does(bare: Path) -> None:
    now = moment()
    with looked_after(replace(SETTINGS, directory=bare), now) as (upkeep, station):
        assert upkeep.take(BacklightFailed("cec: cec-client: no adapter"), now)
        assert said(station, "panel-power") == "cec: cec-client: no adapter"
        assert upkeep.take(BacklightFailed("ddc: ddcutil: no such feature"), now)
        assert said(station, "panel-power") == "ddc: ddcutil: no such feature"
        assert upkeep.take(BacklightFailed(""), now)
        assert said(station, "panel-power") is None
        assert not upkeep.take("what is for somebody else", now)


def test_a_configuration_with_a_mistake_is_a_fault_until_one_without_is_read(bare: Path) -> None:
    now, settings = moment(), replace(SETTINGS, directory=bare)
    with looked_after(settings, now) as (upkeep, station):
        adopted: list[KioskSettings] = []
        upkeep.changed = adopted.append
        assert upkeep.take(RereadRefused(("branch.toml:7: no such key", "branch.toml:9: nor this")), now)
        assert said(station, "configuration-refused") == "branch.toml:7: no such key"
        assert station.settings == settings
        assert upkeep.take(Reread(settings), now)
        assert said(station, "configuration-refused") is None
        assert adopted == []


def test_what_only_a_new_start_can_change_waits_for_it_and_is_named(bare: Path) -> None:
    now, settings = moment(), replace(SETTINGS, directory=bare)
    with looked_after(settings, now) as (upkeep, station):
        adopted: list[KioskSettings] = []
        upkeep.changed = adopted.append
        upkeep.take(Reread(replace(settings, size=(800, 450), motion="full", locale="en")), now)
        assert said(station, "configuration-waits") == "size, motion: from the next start on"
        assert station.settings == replace(settings, locale="en")
        assert adopted == [station.settings]
        upkeep.take(RereadRefused(("branch.toml:7: no such key",)), now)
        assert said(station, "configuration-waits") == "size, motion: from the next start on"
        upkeep.take(Reread(settings), now)
        assert said(station, "configuration-waits") is None
        assert station.settings == settings


def _command(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_means_are_found_by_command_and_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.defpath}")
    assert found_means({}, tmp_path) == ()
    _command(tmp_path, "ddcutil", "true")
    assert found_means({}, tmp_path) == ()
    (tmp_path / "i2c-3").touch()
    assert found_means({}, tmp_path) == ("ddc",)
    _command(tmp_path, "cec-client", "true")
    (tmp_path / "cec0").touch()
    assert found_means({}, tmp_path) == ("cec", "ddc")


class _Bus:
    """Shell scripts in the place of cec-client and ddcutil: each writes down what it is told, and fails while told to."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, *means: Means, again_s: float = 60) -> None:
        monkeypatch.setenv("PATH", f"{folder}:{os.defpath}")
        self._folder, self._said = folder, folder / "said"
        _command(folder, "cec-client", self._script("cec", "cat", "no adapter"))
        _command(folder, "ddcutil", self._script("ddc", 'echo "ddc $3"', "no such feature"))
        self.told: queue.Queue[BacklightFailed] = queue.Queue()
        self.light = Backlight(means, "", self.told.put, again_s)
        self.worker = threading.Thread(target=self.light.work, daemon=True)

    def _script(self, means: Means, says: str, why: str) -> str:
        """Whether it fails is decided before it writes anything down."""
        outcome = f'[ ! -e "{self._folder / means}" ] || {{ echo {why} >&2; code=1; }}'
        return f'code=0; {outcome}; {says} >>"{self._said}"; exit $code'

    def breaks(self, means: Means) -> None:
        (self._folder / means).touch()

    def mends(self, means: Means) -> None:
        (self._folder / means).unlink()

    def hears(self) -> str:
        return self.told.get(timeout=10).reason

    def has_said(self, *lines: str) -> None:
        """So far, and these are the last of it."""
        until = time.monotonic() + 10
        while self.said()[-len(lines) :] != list(lines):
            assert time.monotonic() < until, self.said()
            time.sleep(0.02)

    def said(self) -> list[str]:
        return self._said.read_text().splitlines() if self._said.exists() else []

    def close(self) -> None:
        self.light.close()
        self.worker.join(10)
        assert not self.worker.is_alive()


def test_the_panel_gets_the_newest_wish_and_a_failure_is_told_and_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = _Bus(tmp_path, monkeypatch, "cec")
    bus.light.want(on=True)
    bus.light.want(on=False)
    bus.light.want(on=True)
    bus.light.want(on=False)  # before the thread has begun: the newest counts
    bus.breaks("cec")
    bus.worker.start()
    assert bus.hears() == "cec: cec-client: no adapter"
    bus.mends("cec")
    bus.light.want(on=True)
    assert bus.hears() == ""
    bus.close()
    assert bus.said() == ["standby 0", "on 0"]


def test_a_panel_is_lit_at_the_start_whatever_it_was_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A television in standby after a power cut; each means is told, as nobody knows which of them darkened it."""
    bus = _Bus(tmp_path, monkeypatch, "cec", "ddc")
    bus.worker.start()
    bus.light.want(on=True)
    bus.has_said("on 0", "ddc 01")
    bus.light.want(on=True)
    bus.light.want(on=False)
    bus.has_said("standby 0")
    bus.close()
    assert bus.said() == ["on 0", "ddc 01", "standby 0"]  # once each, one that obeys is enough, and nothing at the end
    assert bus.told.empty()


def test_a_tool_that_complains_in_other_letters_is_told_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A panel's own name may be in what it says, in Latin-1."""
    bus = _Bus(tmp_path, monkeypatch, "cec")
    _command(tmp_path, "cec-client", "printf 'no \\351cran' >&2; exit 1")
    bus.light.want(on=False)
    bus.worker.start()
    assert bus.hears() == "cec: cec-client: no \ufffdcran"
    bus.close()


def test_a_wish_that_failed_is_repeated_until_the_panel_obeys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bus = _Bus(tmp_path, monkeypatch, "cec", again_s=0.05)
    bus.breaks("cec")
    bus.worker.start()
    bus.light.want(on=True)
    assert bus.hears() == "cec: cec-client: no adapter"
    bus.has_said("on 0", "on 0", "on 0")
    assert bus.told.empty(), "said once"
    bus.mends("cec")
    assert bus.hears() == ""
    said = len(bus.said())
    bus.close()
    assert len(bus.said()) == said


def test_where_one_means_fails_the_next_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bus = _Bus(tmp_path, monkeypatch, "cec", "ddc")
    bus.breaks("cec")
    bus.worker.start()
    bus.light.want(on=False)
    bus.has_said("standby 0", "ddc 04")
    bus.light.want(on=True)
    bus.has_said("ddc 01", "on 0")  # what darkened it first
    bus.mends("cec")
    bus.light.want(on=False)
    bus.has_said("standby 0")
    assert bus.told.empty(), "dark and lit as wanted: no fault"
    bus.breaks("cec")
    bus.light.want(on=True)
    assert bus.hears() == "cec: cec-client: no adapter", "lit by nothing but what darkened it"
    assert bus.said()[-2:] == ["on 0", "ddc 01"]
    bus.breaks("ddc")
    bus.light.want(on=False)
    assert bus.hears() == "cec: cec-client: no adapter; ddc: ddcutil: no such feature"
    bus.close()


def test_a_command_that_is_not_there_is_a_reason(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    light = Backlight((), ":4711", lambda _: None)
    assert "ddcutil" in light._command("ddc", on=False)
    assert "does not switch" in light._command("dpms", on=False)


def test_the_shipped_unit_lets_a_screen_reach_its_panel() -> None:
    """The group that not every system brings is made by what ships beside the unit: without it systemd would start nothing."""
    folder = Path(__file__).resolve().parents[3] / "config" / "systemd"
    unit = (folder / "kiosk@.service").read_text().splitlines()
    allowed = {line.partition("=")[2] for line in unit if line.startswith("DeviceAllow=")}
    assert {"char-cec rw", "char-i2c rw", "char-drm rw"} <= allowed
    (groups,) = (line.partition("=")[2].split() for line in unit if line.startswith("SupplementaryGroups="))
    made = (folder / "sysusers.d-signage.conf").read_text().splitlines()
    ours = {line.split()[1] for line in made if line.startswith(("u ", "g "))}
    assert set(groups) == {"audio", "video", "render", "input", "i2c"}
    assert ours == {"signage", "i2c"}
