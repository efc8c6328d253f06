"""A real controller and a real wall under a hostile head office: the test's own hands on both brokers.

`hand_on` says that there is content, at head office's broker (to the controller) or straight on the branch's (to the
wall, as a controller would that has been taken over). Blobs are served true, or as the attacker has `bent` them. The time
is what the hostile parent's Alive says: nodes take it over.
"""

import base64
import hashlib
import json
import os
import queue
import shutil
import subprocess
import time
from collections.abc import Callable, Collection
from contextlib import ExitStack
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageGrab

from signage.cli.demo.cast import Cast, program
from signage.core.instants import Instant
from signage.link.client import Address, Arrived, Client
from tests.attacks.small_office import NOW, SmallOffice, era
from tests.system.branch_box import wait_until
from tests.system.brokers import mosquitto
from tests.system.lobby import Lobby
from tests.system.siege_parts import BRANCH, colour, family, peak_kb, tear

MIDDLE: Final = (240, 180)  # of the wall's main zone
OFFICE, BRANCH_LINK = "office", "branch"
ALIVE_EVERY_S: Final = 2.0


class Siege:
    """`controller` and `wall` are their newest Status; `syncs` what the controller has asked head office for."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder = folder
        for name in ("office", "branch"):
            (folder / name).mkdir()
        self._brokers = {name: stack.enter_context(mosquitto(folder / name)) for name in ("office", "branch")}
        ports = {name: broker.port for name, broker in self._brokers.items()}
        (folder / "branch.toml").write_text(BRANCH.format(**ports))
        (folder / "root.json").write_bytes(SmallOffice().root())
        self.cast = Cast(folder, {"PYTHONUNBUFFERED": "1", "SDL_AUDIODRIVER": "dummy", "SDL_VIDEODRIVER": "x11"})
        self.display = Lobby._display(self)  # type: ignore[arg-type]  # a display of our own, as a lobby has
        stack.callback(self._end_display)
        stack.callback(self.cast.end_all)
        self.blobs: dict[str, bytes] = {}
        self.bent: dict[str, bytes] = {}  # by hash, what is served instead
        self.controller: dict[str, Any] = {}
        self.wall: dict[str, Any] = {}
        self.passed_on: dict[str, Any] = {}  # the wall's Status as head office gets it
        self.syncs: list[dict[str, Any]] = []
        self.replies: list[dict[str, Any]] = []
        self.base = 0
        self.taken_over = False  # who serves the wall's blobs: this, or the real controller
        self._branch_time = Instant.from_ms(0)
        self._clock, self._clock_set = NOW, time.monotonic()
        self._alive_at = 0.0
        self._events: queue.Queue[object] = queue.Queue()
        up = tuple((f"bank/v1/hz-1/up/{leaf}", 1) for leaf in ("status", "blob", "sync", "reply", "device/wall/status"))
        down = (("bank/v1/wall/up/status", 1), ("bank/v1/wall/up/blob", 1), ("bank/v1/all/down/alive", 0))
        self._hands = {
            OFFICE: Client(OFFICE, Address("127.0.0.1", ports["office"]), "hostile", up, self._events.put),
            BRANCH_LINK: Client(BRANCH_LINK, Address("127.0.0.1", ports["branch"]), "hostile", down, self._events.put),
        }
        for hand in self._hands.values():
            hand.start()
            stack.callback(hand.stop)

    # ---- life --------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        self.start_controller()
        self.start_wall()

    def start_controller(self) -> None:
        self.controller = {}
        self._start("controller", program("signage"), "controller", "--config", "branch.toml")
        self.until("the controller", lambda: bool(self.controller.get("online")), 60)

    def start_wall(self) -> None:
        self.wall = {}
        self._start("wall", program("kiosk"), "--config", "branch.toml", "--screen", "wall")
        self.until("the wall drawn", lambda: bool(self.wall.get("online")) and "screen" in self.wall, 90)
        settings = {**os.environ, "DISPLAY": self.display}
        find = ["xdotool", "search", "--sync", "--onlyvisible", "--class", "^signage-wall$"]
        window = subprocess.run(find, env=settings, capture_output=True, text=True, check=True).stdout.split()[0]
        subprocess.run(["xdotool", "windowmove", "--sync", window, "0", "0"], env=settings, check=True)

    def end(self, *names: str) -> None:
        self.cast.end(*names)

    def anew(self) -> None:
        """Both with nothing but the pinned root, as on the first day."""
        self.end("wall", "controller")
        shutil.rmtree(self.folder / "var")
        self.forget_retained()
        self.open()

    def forget_retained(self) -> None:
        self._say(BRANCH_LINK, "all/down/content", b"", retain=True)

    def tear(self, name: str, files: Collection[str]) -> None:
        """Of a program that is not running; see `siege_parts.tear`."""
        (database,) = (self.folder / "var" / name).glob("*.db")
        tear(database, files)

    def _start(self, name: str, *command: str) -> None:
        self.cast.start(name, ["env", "-C", str(self.folder), *command], {"DISPLAY": self.display})

    def _end_display(self) -> None:
        self.xvfb.terminate()
        self.xvfb.wait()

    # ---- as head office, or as who claims to be ----------------------------------------------------------------------

    def paint(self, version: int) -> bytes:
        """The picture of a version, which is served to whoever asks."""
        held = BytesIO()
        Image.new("RGB", (64, 64), colour(version)).save(held, "PNG")
        return self.serve(held.getvalue())

    def serve(self, blob: bytes) -> bytes:
        self.blobs[hashlib.sha256(blob).hexdigest()] = blob
        return blob

    def era(self) -> Any:
        """Publications that count on from all that were ever handed on; see `small_office.era`."""
        self.base += 100
        return era(self.base, self.paint)

    def hand_on(self, bundle: bytes, version: int, link: str = OFFICE, **lies: Any) -> None:
        """`version` is what the message says of it. `lies`: whatever else it says wrongly."""
        body = {"v": 1, "version": version, "sha256": hashlib.sha256(bundle).hexdigest(), "size": len(bundle)}
        inline = {"inline": base64.b64encode(bundle).decode()}
        node = "hz-1" if link == OFFICE else "wall"
        self._say(link, f"{node}/down/content", json.dumps({**body, **inline, **lies}).encode())

    def command(self, target: str, body: bytes) -> dict[str, Any]:
        """A command on that target's topic; the controller's reply."""
        self.replies.clear()
        self._say(OFFICE, f"{target}/down/command", body)
        self.until("a reply", lambda: bool(self.replies))
        return self.replies[0]

    def set_clock(self, at: Instant) -> None:
        """Head office's word for what time it is, until every node of the branch goes by it."""
        self._clock, self._clock_set, self._alive_at = at, time.monotonic(), 0.0
        self.until(f"{at} in the branch", lambda: abs(self._branch_time - self.time()) < timedelta(seconds=30), 30)
        time.sleep(0.5)  # the wall has heard the same Alive

    def time(self) -> Instant:
        """Now, by head office's word."""
        return Instant.of(self._clock + timedelta(seconds=time.monotonic() - self._clock_set))

    def _say(self, link: str, topic: str, payload: bytes, *, retain: bool = False) -> None:
        hand = self._hands[link]
        wait_until(lambda: hand.publish(f"bank/v1/{topic}", payload, retain=retain), 15, topic)

    # ---- what is heard -----------------------------------------------------------------------------------------------

    def listen(self) -> None:
        self.cast.check()
        if time.monotonic() > self._alive_at:
            self._alive_at = time.monotonic() + ALIVE_EVERY_S
            alive = {"v": 1, "session": "hostile", "at": str(self.time())}
            self._hands[OFFICE].publish("bank/v1/all/down/alive", json.dumps(alive).encode())
        while True:
            try:
                event = self._events.get_nowait()
            except queue.Empty:
                return
            if isinstance(event, Arrived):
                self._hear(event.link, event.topic.removeprefix("bank/v1/"), json.loads(event.payload))

    def _hear(self, link: str, topic: str, body: dict[str, Any]) -> None:
        match link, topic:
            case "office", "hz-1/up/status":
                self.controller = body
            case "office", "hz-1/up/device/wall/status":
                self.passed_on = body
            case "office", "hz-1/up/sync":
                self.syncs.append(body)
            case "office", "hz-1/up/reply":
                self.replies.append(body)
            case "office", "hz-1/up/blob":
                self._serve(body, link, "hz-1")
            case "branch", "wall/up/blob" if self.taken_over:
                self._serve(body, link, "wall")
            case "branch", "wall/up/status":
                self.wall = body
            case "branch", "all/down/alive":
                self._branch_time = Instant.parse(body["at"])

    def _serve(self, wanted: dict[str, Any], link: str, node: str) -> None:
        name = wanted["sha256"]
        content = self.bent.get(name, self.blobs.get(name))
        assert content is not None, "it asks for what nobody signed"
        for number in range(wanted["count"]):
            offset = wanted["offset"] + number * wanted["chunk"]
            chunk = content[offset : offset + wanted["chunk"]]
            if chunk or not content:
                self._hands[link].publish(f"bank/v1/{node}/down/blob/{name}/{offset}", chunk)

    def until(self, what: str, done: Callable[[], bool], seconds: float = 30) -> None:
        def heard() -> bool:
            self.listen()
            return done()

        wait_until(heard, seconds, what)

    def fault(self, who: str, code: str) -> str | None:
        status: dict[str, Any] = getattr(self, who)
        return next((one["text"] for one in status.get("faults", []) if one["code"] == code), None)

    def pixel(self, place: tuple[int, int] = MIDDLE) -> tuple[int, ...]:
        found = ImageGrab.grab(bbox=(0, 0, 640, 360), xdisplay=self.display).convert("RGB").getpixel(place)
        assert isinstance(found, tuple)
        return found

    def drawn(self, version: int) -> bool:
        """That version's pixels are on the glass, and the wall says so."""
        told: bool = self.wall.get("screen", {}).get("content") == version
        return told and self.pixel() == colour(version)

    def memory_mb(self, name: str) -> float:
        """The most a program and its children have ever held at once, each for itself, added."""
        return sum(peak_kb(pid) for pid in family(self.cast[name].process.pid)) / 1024

    xvfb: "subprocess.Popen[bytes]"
