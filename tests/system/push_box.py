"""Head office's content all the way to a real screen: two brokers, publisher, controller, kiosk, and a hand that kills.

Each publication is one picture of a colour of its own, (250, version, 5), so that the glass itself tells its version.
"""

import hashlib
import json
import os
import queue
import signal
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from PIL import ImageGrab

from signage.cli.demo.cast import Cast, program
from signage.link.client import Address, Arrived, Client
from tests.system.branch_box import wait_until
from tests.system.brokers import Broker, mosquitto
from tests.system.glass_box import painted
from tests.system.lobby import Lobby
from tests.system.office_box import OfficeBox

ROW = 100  # pixels of one colour beside one another are a picture on the wall
BRANCH = """
[branch]
id = "hz-1"
name = {{ zh = "杭州一支行" }}
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
country = "CN"
personal = "24/7"
[broker]
host = "127.0.0.1"
port = {branch}
[upstream]
host = "127.0.0.1"
port = {office}
[content]
trusted_root = "root.json"
[[screen]]
name = "wall"
kind = "wall"
size = [640, 360]
"""


class PushBox:
    """`push` publishes; `listen` hears and looks, and remembers every version that was told or seen."""

    PROGRAMS = ("publisher", "controller", "wall")
    KILLED = (*PROGRAMS, "office-broker", "branch-broker")

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        self.brokers: dict[str, Broker] = {
            name: stack.enter_context(mosquitto(folder)) for name in ("office-broker", "branch-broker")
        }
        ports = {name.partition("-")[0]: broker.port for name, broker in self.brokers.items()}
        self.office = OfficeBox(folder, ports["office"], [("hz-1", "all")])
        (folder / "branch.toml").write_text(BRANCH.format(**ports))
        self.display = Lobby._display(self)  # type: ignore[arg-type]  # a display of our own, as a lobby has
        stack.callback(self._close_display)
        self.cast = Cast(folder, {"PYTHONUNBUFFERED": "1", "SDL_AUDIODRIVER": "dummy", "SDL_VIDEODRIVER": "x11"})
        stack.callback(self.cast.end_all)
        self.version = 0
        self.told: list[int] = []  # versions on the glass, as the wall says; 0: none
        self.seen: list[int] = []  # versions on the glass, as it looks
        self.status: dict[str, Any] = {}
        self.published: dict[int, str] = {}  # version → SHA-256
        self._queue: queue.Queue[object] = queue.Queue()
        watched = (("bank/v1/wall/up/status", 1),)
        self._watch = Client("watch", Address("127.0.0.1", ports["branch"]), "watch", watched, self._queue.put)
        stack.callback(self._watch.stop)

    def open(self) -> None:
        self._watch.start()
        for name in self.PROGRAMS:
            self.start(name)

    def push(self) -> None:
        """One picture instead of the one before, live at once."""
        picture = painted((250, self.version + 1, 5))
        self.version = self.office.publish(picture, alone=True)
        self.published[self.version] = hashlib.sha256(picture).hexdigest()

    # ---- life and death ----------------------------------------------------------------------------------------------

    def start(self, name: str) -> None:
        if name in self.brokers:
            self.brokers[name].start()
            return
        words = {
            "publisher": [program("signage"), "publisher", "--config", "office.toml"],
            "controller": [program("signage"), "controller", "--config", "branch.toml"],
            "wall": [program("kiosk"), "--config", "branch.toml", "--screen", "wall"],
        }
        self.cast.start(name, ["env", "-C", str(self.folder), *words[name]], {"DISPLAY": self.display})

    def kill(self, name: str) -> None:
        if name in self.brokers:
            self.brokers[name].stop(signal.SIGKILL)
        else:
            self.cast.kill(name)

    # ---- eyes and ears -----------------------------------------------------------------------------------------------

    def listen(self) -> None:
        while True:
            try:
                event = self._queue.get_nowait()
            except queue.Empty:
                break
            if isinstance(event, Arrived):
                self._hear(json.loads(event.payload))
        seen = self.look()
        if seen is not None and self.seen[-1:] != [seen]:
            self.seen.append(seen)

    def _hear(self, status: dict[str, Any]) -> None:
        """What somebody says of the wall in its absence is about no glass."""
        self.status = status
        if status["online"] and "screen" in status:
            version = status["screen"]["content"]
            if self.told[-1:] != [version]:
                self.told.append(version)

    def look(self) -> int | None:
        """The version whose colour is on the glass; None: another slide, or no window."""
        glass = ImageGrab.grab(xdisplay=self.display).convert("RGB").tobytes()
        for version in sorted(self.published, reverse=True):
            if glass.count(bytes((250, version, 5)) * ROW):
                return version
        return None

    def live(self, seconds: float) -> None:
        """Look and listen for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.listen()
            time.sleep(0.05)

    def settle(self, seconds: float = 60) -> float:
        """Until the newest publication is on the glass, told and seen; how many seconds it took."""
        began = time.monotonic()

        def settled() -> bool:
            self.listen()
            told = self.status.get("online") and self.status.get("screen", {}).get("content") == self.version
            return bool(told) and self.look() == self.version

        wait_until(settled, seconds, f"version {self.version} on the glass (now {self.told[-3:]}, {self.seen[-3:]})")
        return time.monotonic() - began

    # ---- disks -------------------------------------------------------------------------------------------------------

    def stores(self) -> dict[str, Path]:
        return {"controller": self.folder / "var/content", "wall": self.folder / "var/screen-wall/content"}

    def check_disks(self, named: set[str]) -> None:
        """Every file is what its name says, and is one of `named`; both have the newest."""
        newest = self.published[self.version]
        for who, store in self.stores().items():
            blobs = {path.name: path.read_bytes() for path in store.iterdir()}
            assert newest in blobs, f"{who}: the newest picture is missing"
            for name, body in blobs.items():
                assert name in named, f"{who}: {name} is an orphan"
                assert hashlib.sha256(body).hexdigest() == name, f"{who}: {name} is half a file"

    def _close_display(self) -> None:
        self.xvfb.terminate()
        self.xvfb.wait()

    xvfb: Any


def never_back(versions: list[int]) -> bool:
    """Whether no version on the glass was followed by an older one; without any (0) a screen may be at its start."""
    shown = [version for version in versions if version]
    return shown == sorted(shown)


def seeded() -> Random:
    return Random(int(os.environ.get("SEED", "7")))
