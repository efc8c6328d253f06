"""A real wall on a display of its own, with a real broker; its parent here hands on bundles and blobs, true or not.

What the parent hands on is a signed repository's, as head office makes it, or what an attacker on the branch's line would
make of it: the screen verifies everything itself.
"""

import base64
import hashlib
import json
import os
import queue
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PIL import Image, ImageGrab

from kiosk.gallery import samples
from signage.cli.demo.cast import Cast, program
from signage.content.bundle import pack
from signage.core.instants import Instant
from signage.core.model import BranchState
from signage.link.client import Address, Arrived, Client
from signage.link.clock import now
from signage.wire.codec import encode
from tests.system.branch_box import BROKER, free_port, wait_until
from tests.system.lobby import Lobby
from tests.system.office_box import OfficeBox
from tests.system.watch_box import children, screen_of

SIZE = (640, 360)
MIDDLE = (240, 180)  # of the wall's main zone
BRANCH = """
[branch]
id = "hz-1"
name = {{ zh = "杭州一支行", en = "Hangzhou First" }}
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
country = "CN"
personal = "24/7"
[broker]
host = "127.0.0.1"
port = {port}
[content]
trusted_root = "root.json"
[[screen]]
name = "wall"
kind = "wall"
size = [640, 360]
"""


def painted(colour: tuple[int, int, int], size: tuple[int, int] = (64, 64)) -> bytes:
    """A picture of one colour; the office signs all of its pictures as 64 x 64."""
    held = BytesIO()
    Image.new("RGB", size, colour).save(held, "PNG")
    return held.getvalue()


class GlassBox:
    """`hand_on` files; look with `pixel`, `status`; every blob that the repository has is served while `serving`."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.office = OfficeBox(folder, self.port, [("hz-1", "all")])
        (folder / "branch.toml").write_text(BRANCH.format(port=self.port))
        (folder / "broker.conf").write_text(BROKER.format(port=self.port))
        self.cast = Cast(folder, {"PYTHONUNBUFFERED": "1", "SDL_AUDIODRIVER": "dummy", "SDL_VIDEODRIVER": "x11"})
        self.display = Lobby._display(self)  # type: ignore[arg-type]  # a display of our own, as a lobby has
        self.status: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.serving = True
        self.spoil: Callable[[bytes], bytes] = lambda chunk: chunk
        self._queue: queue.Queue[object] = queue.Queue()
        watched = tuple((f"bank/v1/wall/up/{leaf}", 1) for leaf in ("status", "events", "blob", "sync"))
        self._parent = Client("parent", Address("127.0.0.1", self.port), "hz-1", watched, self._queue.put)
        self._content = b""
        self._alive_at = 0.0

    def open(self) -> None:
        mosquitto = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        self.cast.start("broker", [mosquitto, "-c", str(self.folder / "broker.conf")])
        self._parent.start()
        self.tell(samples.house())
        self.start_wall()
        self.until("the wall drawn", lambda: bool(self.screen.get("revision")), 60)
        self.place()

    def place(self) -> None:
        """The wall's window at the display's corner."""
        settings = {**os.environ, "DISPLAY": self.display}
        find = ["xdotool", "search", "--sync", "--onlyvisible", "--class", "^signage-wall$"]
        window = subprocess.run(find, env=settings, capture_output=True, text=True, check=True).stdout.split()[0]
        subprocess.run(["xdotool", "windowmove", "--sync", window, "0", "0"], env=settings, check=True)

    def start_wall(self, *kiosk: str) -> None:
        """`kiosk`: how the program is called, where it is another than the product's own."""
        screen = kiosk or (program("kiosk"),)
        command = ["env", "-C", str(self.folder), *screen, "--config", "branch.toml", "--screen", "wall"]
        self.cast.start("wall", command, {"DISPLAY": self.display})

    # ---- as the parent -----------------------------------------------------------------------------------------------

    def publish(self, *blobs: bytes) -> int:
        """Signed by two, and handed on."""
        version = self.office.publish(*blobs)
        self.hand_on(self.office.repository.files_since(None, version), version)
        return version

    def hand_on(self, files: Mapping[str, bytes], version: int) -> None:
        bundle = pack(files)
        body = {
            "v": 1,
            "version": version,
            "sha256": hashlib.sha256(bundle).hexdigest(),
            "size": len(bundle),
            "inline": base64.b64encode(bundle).decode(),
        }
        self._content = json.dumps(body).encode()
        self._say_content()

    def _say_content(self) -> None:
        if self._content:
            topic = "bank/v1/all/down/content"
            wait_until(lambda: self._parent.publish(topic, self._content, retain=True), 10, "content")

    def tell(self, state: BranchState) -> None:
        """The branch's state, of this branch, which is always open."""
        hours, branch = replace(state.hours, rules={"personal": "24/7"}), replace(state.branch, id="hz-1")
        told = encode(replace(state, hours=hours, branch=branch))
        wait_until(lambda: self._parent.publish("bank/v1/all/down/state", told, retain=True), 15, "the broker")

    def order(self, command: bytes) -> bool:
        """A command of the parent's for the wall; whether it is on its way."""
        return self._parent.publish("bank/v1/wall/down/command", command)

    def listen(self) -> None:
        if time.monotonic() > self._alive_at:
            self._alive_at = time.monotonic() + 3
            alive = {"v": 1, "session": "parent", "at": str(now())}
            self._parent.publish("bank/v1/all/down/alive", json.dumps(alive).encode())
        while True:
            try:
                event = self._queue.get_nowait()
            except queue.Empty:
                return
            if isinstance(event, Arrived):
                self._hear(event.topic.rpartition("/")[2], json.loads(event.payload))

    def _hear(self, leaf: str, body: dict[str, Any]) -> None:
        match leaf:
            case "status":
                self.status = body
            case "events":
                self.events += body["events"]
            case "blob" if self.serving:
                self._serve(body)

    def _serve(self, wanted: dict[str, Any]) -> None:
        path = self.office.repository.blob(wanted["sha256"])
        assert path is not None, "it asks for what head office never signed"
        content = self.spoil(path.read_bytes())
        for number in range(wanted["count"]):
            offset = wanted["offset"] + number * wanted["chunk"]
            chunk = content[offset : offset + wanted["chunk"]]
            if chunk:
                self._parent.publish(f"bank/v1/wall/down/blob/{wanted['sha256']}/{offset}", chunk)

    # ---- what there is to see ----------------------------------------------------------------------------------------

    @property
    def screen(self) -> dict[str, Any]:
        found: dict[str, Any] = self.status.get("screen", {})
        return found

    def fault(self, code: str) -> str | None:
        return next((one["text"] for one in self.status.get("faults", []) if one["code"] == code), None)

    def until(self, what: str, done: Callable[[], bool], seconds: float = 20) -> None:
        def heard() -> bool:
            self.listen()
            return done()

        wait_until(heard, seconds, what)

    def pixel(self, place: tuple[int, int] = MIDDLE) -> tuple[int, ...]:
        found = ImageGrab.grab(bbox=(0, 0, *SIZE), xdisplay=self.display).convert("RGB").getpixel(place)
        assert isinstance(found, tuple)
        return found

    def decoder(self) -> int | None:
        """The pid of the wall's decoder."""
        for child in children(self.wall_pid):
            if b"kiosk.media.decoder" in Path(f"/proc/{child}/cmdline").read_bytes():
                return child
        return None

    @property
    def wall_pid(self) -> int:
        """Of the wall's own process, its guard's child."""
        return screen_of(self.cast["wall"].process.pid)

    def memory_mb(self) -> float:
        """Resident, of the wall's process."""
        pid = self.wall_pid
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def close(self) -> None:
        self._parent.stop()
        self.cast.end_all()
        self.xvfb.terminate()
        self.xvfb.wait()

    xvfb: "subprocess.Popen[bytes]"


def later(hours: float) -> Instant:
    return Instant.from_ms(now().ms + round(hours * 3_600_000))
