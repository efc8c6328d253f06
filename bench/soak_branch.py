"""The branch that a soak runs in: a parent whose clock goes fast, a signed programme, news, and visitors at the kiosk.

The screens are the product's own processes. They go by their parent's time, so a parent whose Alive runs ahead makes their
content, sessions and suspensions go as fast as it says, while frames and films keep their real pace.
"""

import base64
import hashlib
import json
import os
import queue
import random
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace
from PIL import Image, ImageDraw

from kiosk.gallery import samples
from kiosk.gallery.media import artwork
from signage.content.bundle import pack
from signage.core.instants import Instant
from signage.core.model import BranchState, Notice, Suspension
from signage.core.programme import Asset, ProgrammeItem, Rendition
from signage.link.client import Address, Arrived, Client
from signage.link.clock import now
from signage.wire.codec import encode
from tests.system.office_box import OfficeBox

ALIVE_S: Final = 0.25
SIZES: Final = ((1440, 864), (1080, 1080), (1080, 1920))
FILM_MS: Final = 4000
FILM: Final = ("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25", "-t", "4", "-an", "-c:v", "libx264")
SHAPE: Final = ("-pix_fmt", "yuv420p", "-movflags", "+faststart", "-y")
SCREENS: Final = {"wall": (1920, 1080), "touch": (1080, 1920)}
BRANCH: Final = """
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
size = [1920, 1080]
left = 0
top = 0
[[screen]]
name = "touch"
kind = "touch"
size = [1080, 1920]
left = 1920
top = 0
"""


@dataclass(frozen=True)
class Life:
    """What goes on in a branch. `turn_s`: of the content's clock, four times that for a film; the others are real seconds."""

    screens: tuple[str, ...] = tuple(SCREENS)
    pictures: int = 24
    films: int = 2
    turn_s: int = 30
    news_s: float | None = 11.0
    visit_s: float | None = 7.0


# One kind of work alone, on a wall, at a pace that a branch never sees.
ALONE: Final = {
    "films": Life(("wall",), 2, 2, 20, None, None),
    "pictures": Life(("wall",), 24, 0, 30, None, None),
    "news": Life(("wall",), 1, 0, 300, 0.7, None),
}


class FastBranch:
    """`step` as often as possible; everything happens in it. `speed`: content seconds in a real one."""

    def __init__(
        self, folder: Path, port: int, display: str, speed: float, seed: int = 1, life: Life | None = None
    ) -> None:
        self.life = life or Life()
        self.folder, self._display, self._speed = folder, display, speed
        self._random = random.Random(seed)
        self.office = OfficeBox(folder, port, [("hz-1", "all")])
        (folder / "branch.toml").write_text(BRANCH.format(port=port))
        self._queue: queue.Queue[object] = queue.Queue()
        watched = tuple((f"bank/v1/+/up/{leaf}", 1) for leaf in ("status", "events", "blob"))
        self._client = Client("parent", Address("127.0.0.1", port), "hz-1", watched, self._queue.put)
        self._began = time.monotonic()
        self._start = now()
        self.statuses: dict[str, dict[str, Any]] = {}
        self.events = 0
        self.visits = 0
        house = samples.house()
        self._state = replace(
            house, hours=replace(house.hours, rules={"personal": "Mo-Su 00:00-23:00", "corporate": "Mo-Fr 09:00-17:00"})
        )
        works = ((self._alive, 0.0), (self._news, self.life.news_s), (self._visit, self.life.visit_s))
        self._due = {work: due for work, due in works if due is not None}
        self._hands: list[subprocess.Popen[bytes]] = []

    def at(self) -> Instant:
        """The content's time."""
        return Instant.of(self._start + timedelta(seconds=(time.monotonic() - self._began) * self._speed))

    def open(self) -> None:
        self._client.start()
        deadline = time.monotonic() + 15
        while not self._client.publish("bank/v1/all/down/alive", self._alive_body(), qos=0):
            if time.monotonic() > deadline:
                raise SystemExit("bench: the broker does not let the branch in")
            time.sleep(0.05)
        self._publish_content()
        self._tell(self._state)

    def close(self) -> None:
        for hand in self._hands:
            hand.wait()
        self._client.stop()

    def step(self) -> None:
        """What is due, and what has come."""
        for work, due in list(self._due.items()):
            if time.monotonic() >= due:
                work()
        self._hands = [hand for hand in self._hands if hand.poll() is None]
        while True:
            try:
                event = self._queue.get_nowait()
            except queue.Empty:
                return
            if isinstance(event, Arrived):
                _, _, node, _, leaf = event.topic.split("/")
                self._hear(node, leaf, json.loads(event.payload))

    # ---- a parent ----------------------------------------------------------------------------------------------------

    def _again(self, work: Callable[[], None], seconds: float) -> None:
        self._due[work] = time.monotonic() + seconds

    def _alive_body(self) -> bytes:
        return json.dumps({"v": 1, "session": "parent", "at": str(self.at())}).encode()

    def _alive(self) -> None:
        self._client.publish("bank/v1/all/down/alive", self._alive_body(), qos=0)
        self._again(self._alive, ALIVE_S)

    def _tell(self, state: BranchState) -> None:
        revision = max(self._state.revision + 1, now().ms)
        self._state = replace(state, revision=revision, at=self.at(), branch=replace(state.branch, id="hz-1"))
        self._client.publish("bank/v1/all/down/state", encode(self._state), retain=True)

    def _hear(self, node: str, leaf: str, body: dict[str, Any]) -> None:
        match leaf:
            case "status":
                self.statuses[node] = body
            case "events":
                last = body["first"] + len(body["events"]) - 1
                self.events += len(body["events"])
                receipt = {"v": 1, "epoch": body["epoch"], "upto": last, "final": last}
                self._client.publish(f"bank/v1/{node}/down/receipt", json.dumps(receipt).encode())
            case "blob":
                self._serve(node, body)

    def _serve(self, node: str, wanted: dict[str, Any]) -> None:
        path = self.office.repository.blob(wanted["sha256"])
        if path is None:
            return
        content = path.read_bytes()
        for number in range(wanted["count"]):
            offset = wanted["offset"] + number * wanted["chunk"]
            chunk = content[offset : offset + wanted["chunk"]]
            if chunk:
                self._client.publish(f"bank/v1/{node}/down/blob/{wanted['sha256']}/{offset}", chunk, qos=0)

    # ---- a programme -------------------------------------------------------------------------------------------------

    def _publish_content(self) -> None:
        drawn = [artwork(*size) for size in SIZES]
        pairs = [self._picture(number, drawn[number % len(SIZES)]) for number in range(self.life.pictures)]
        pairs += [self._film(number) for number in range(self.life.films)]
        version = self.office.publish(also=pairs)
        bundle = pack(self.office.repository.files_since(None, version))
        body = {"v": 1, "version": version, "sha256": hashlib.sha256(bundle).hexdigest(), "size": len(bundle)}
        body["inline"] = base64.b64encode(bundle).decode()
        self._client.publish("bank/v1/all/down/content", json.dumps(body).encode(), retain=True)

    def _picture(self, number: int, drawn: Image.Image) -> tuple[Asset, ProgrammeItem]:
        path = self.folder / "picture.jpg"
        ImageDraw.Draw(drawn).rectangle((40, 40, 60 + 10 * number, 80), fill="#FFFFFF")  # each a little different
        drawn.save(path, "JPEG", quality=90)
        return self._item(f"{number}.jpg", "picture", (self._blob(path, *drawn.size, "image/jpeg"),))

    def _film(self, number: int) -> tuple[Asset, ProgrammeItem]:
        moving, still = self.folder / "film.mp4", self.folder / "still.png"
        quiet = ("ffmpeg", "-loglevel", "error")
        subprocess.run([*quiet, *FILM, "-crf", str(24 + number), *SHAPE, str(moving)], check=True)
        subprocess.run([*quiet, "-i", str(moving), "-frames:v", "1", "-y", str(still)], check=True)
        blobs = (self._blob(still, 1280, 720, "image/png"), self._blob(moving, 1280, 720, "video/mp4"))
        return self._item(f"{number}.mp4", "video", blobs)

    def _blob(self, path: Path, width: int, height: int, media: Any) -> Rendition:
        content = path.read_bytes()
        sha256 = self.office.repository.put_blob(content)
        return Rendition(sha256=sha256, size=len(content), width=width, height=height, media=media)

    def _item(self, ref: str, kind: Any, blobs: tuple[Rendition, ...]) -> tuple[Asset, ProgrammeItem]:
        length = FILM_MS if kind == "video" else 0
        asset = Asset(ref=ref, kind=kind, renditions=blobs, title={"zh": ref}, duration_ms=length)
        seconds = self.life.turn_s * (4 if kind == "video" else 1)
        return asset, ProgrammeItem(id=ref, asset=ref, cls="advertisement", seconds=seconds)

    # ---- news and visitors -------------------------------------------------------------------------------------------

    def _news(self) -> None:
        """A suspension or a notice comes, or all is well again."""
        every = self.life.news_s or 0.0
        until = Instant.of(self.at() + timedelta(seconds=every * self._speed * 2))
        state = replace(self._state, suspensions=(), notices=())
        scope = self._random.choice(["branch", "counter:1", "counter:3", "", ""])
        if scope:
            reason = self._random.choice(["power", "system", "fault", "cash"])
            one = Suspension(
                id=f"s-{now().ms}", scope=scope, reason=reason, source="manager", since=self.at(), until=until,
                actor="0007",
            )  # fmt: skip
            state = replace(state, suspensions=(one,))
        elif self._random.random() < 0.5:
            text = {"zh": "今日业务较多，请耐心等候。", "en": "We are busy today; thank you for your patience."}
            notice = Notice(
                id=f"n-{now().ms}", text=text, start=self.at(), until=until, priority=self._random.choice([10, 60]),
                places=("wall", "touch"),
            )  # fmt: skip
            state = replace(state, notices=(notice,))
        self._tell(state)
        self._again(self._news, every)

    def _visit(self) -> None:
        """Somebody at the touch kiosk taps here and there, and walks off."""
        words: list[str] = []
        left, (width, height) = SCREENS["wall"][0], SCREENS["touch"]
        for _ in range(self._random.randint(1, 9)):
            x, y = left + self._random.randrange(width), self._random.randrange(height)
            words += ["mousemove", str(x), str(y), "sleep", "0.05", "mousedown", "1", "sleep", "0.06", "mouseup", "1"]
            words += ["sleep", f"{self._random.uniform(0.2, 0.6):.2f}"]
        settings = {**os.environ, "DISPLAY": self._display}
        self._hands.append(subprocess.Popen(["xdotool", *words], env=settings, stderr=subprocess.DEVNULL))
        self.visits += 1
        self._again(self._visit, self.life.visit_s or 0.0)
