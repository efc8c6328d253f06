"""A touch screen without its process: the real station, outbox and drawing; the broker and the clock are the test's."""

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec.structs import replace

from kiosk.design.button import Pressable
from kiosk.design.tokens import channels
from kiosk.face_touch import TouchFace
from kiosk.gallery import samples
from kiosk.memory import Memory
from kiosk.settings import KioskSettings
from kiosk.stage import Stage
from kiosk.station import Station
from signage.core.checklists import Checklist
from signage.core.model import BranchState, ScreenEntry
from signage.link.catalogues import load_catalogues
from signage.link.client import Address, Arrived, Connected
from signage.link.clock import Moment
from signage.link.commands import Commands
from signage.link.database import open_database
from signage.link.node import Node, NodeSettings
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from signage.wire.codec import encode
from signage.wire.messages import Alive
from signage.wire.topics import Topics

TOPICS = Topics("bank/v1")
SCREENS = (ScreenEntry(name="lobby-touch", kind="touch"), ScreenEntry(name="lobby-wall", kind="wall"))


class Line:
    """In place of a connection: what is published is kept."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, *_: object) -> "Line":
        return self

    def start(self) -> None: ...

    def stop(self, *_: object) -> None: ...

    def publish(self, topic: str, payload: bytes, **_: object) -> bool:
        self.sent.append((topic, json.loads(payload)))
        return True

    def last(self, leaf: str) -> dict[str, Any]:
        return next(body for topic, body in reversed(self.sent) if topic.endswith(f"/up/{leaf}"))


class Booth:
    """Walk up to it: `star`, `press`, `hold_emblem`, `wait`; look with `says` and `share`."""

    def __init__(
        self,
        stage: Stage,
        folder: Path,
        size: tuple[int, int],
        host: str = "127.0.0.1",
        *,
        alone: bool = False,
        languages: tuple[str, ...] = ("zh", "en"),
    ) -> None:
        """`alone`: there is no controller and no broker. `languages`: the first is the screen's own."""
        self.stage = stage
        self.line = Line()
        self.moment = Moment(samples.AFTERNOON, 1000.0)
        self.database = open_database(folder / "screen.db", LINK)
        address, own = Address(host, 1883), languages[0]
        settings = KioskSettings("lobby-touch", "touch", size, address, folder, locale=own, languages=languages)
        node = Node(
            NodeSettings("lobby-touch", "screen", "test", TOPICS, also=(TOPICS.up("+", "status"),)),
            Outbox(self.database, "lobby-touch"),
            Commands(self.database),
            self.moment,
            make_client=self.line,  # type: ignore[arg-type]  # a line without a broker
        )
        self.station = Station(settings, node, Memory(folder), load_catalogues(), self.moment)
        node.start(settings.broker, lambda _: None)
        self.face = TouchFace(size, lambda tap: self.station.tap(tap, self.moment), moving=False)
        stage.show(self.face.widget)
        self.state = replace(samples.house(), screens=SCREENS)
        if not alone:
            self.station.handle(Connected("broker", str(uuid4())), self.moment)
            self.alive()
            self.learn(self.state)
        self.draw()

    # ---- the branch ----

    def alive(self) -> None:
        alive = Alive(session="c", at=self.moment.at, revision=1, v=1)
        self.station.handle(Arrived("broker", TOPICS.down("all", "alive"), encode(alive)), self.moment)

    def learn(self, state: BranchState) -> None:
        """A new state comes from the controller."""
        self.state = replace(state, revision=self.state.revision + 1, screens=SCREENS)
        self.station.handle(Arrived("broker", TOPICS.down("all", "state"), encode(self.state)), self.moment)
        self.draw()

    def answer(self, ok: bool, error: str = "", **result: Any) -> None:
        """The controller answers the last command."""
        body = {"v": 1, "id": self.line.last("command")["id"], "ok": ok, "result": result}
        if error:
            body["error"] = {"code": error, "text": error}
        topic = TOPICS.down("lobby-touch", "reply")
        self.station.handle(Arrived("broker", topic, json.dumps(body).encode()), self.moment)
        self.draw()

    def display(self, name: str, revision: int) -> None:
        """Another display tells what stands on it."""
        status = self.line.last("status") | {"node": name, "session": name}
        status["screen"] = status["screen"] | {"revision": revision, "scene": "ad"}
        self.station.handle(Arrived("broker", TOPICS.up(name, "status"), json.dumps(status).encode()), self.moment)
        self.draw()

    def sign_with(self, *checklists: Checklist) -> None:
        """Head office has signed these; how they come to a real screen, tests/system/test_checklist.py sees."""
        self.station._checklists = lambda _: checklists  # type: ignore[method-assign, assignment]  # a booth has no content
        self.draw()

    # ---- the person ----

    def draw(self) -> None:
        self.station.tick(self.moment)
        sight = self.station.sight(self.moment)
        self.face.show(sight)
        self.stage.step(2)
        self.station.on_glass(sight, self.moment)

    def wait(self, seconds: float) -> None:
        """Nobody touches anything."""
        self.moment = self.moment.later(seconds)
        self.alive()
        self.draw()

    def press(self, words: str) -> None:
        """Press what carries these words, with a real touch in its middle."""
        self.tap(self.button(words))

    def tap(self, part: Any) -> None:
        self.stage.tap(part)
        self.moment = self.moment.later(0.2)
        self.draw()

    def star(self, number: int) -> None:
        page = self.face.widget.page
        stars = getattr(page, "stars", None) or page.rate.stars  # type: ignore[union-attr]  # each page its own
        self.tap(stars.stars[number - 1])

    def type(self, digits: str) -> None:
        for digit in digits:
            self.press(digit)

    def hold_emblem(self, seconds: float = 2.1) -> None:
        emblem = self.face.widget.page.emblem  # type: ignore[union-attr]  # the home page has one
        finger = self.stage.touch(*emblem.center)
        finger.touch_down()
        self.stage.run(seconds)
        finger.touch_up()
        self.draw()

    def sign_in(self) -> None:
        self.hold_emblem()
        self.type("135790")
        until = str(self.moment.later(600).at)
        self.answer(True, actor="0007", name="王芳", role="lobby-manager", token="t", until=until)

    # ---- what there is to see ----

    def says(self, words: str) -> bool:
        return any(words in text for text in self.texts())

    def texts(self) -> list[str]:
        return [part.text for part in self.face.widget.walk(restrict=True) if hasattr(part, "fitted") and part.text]

    def button(self, words: str) -> Pressable:
        for part in self.face.widget.walk(restrict=True):
            if isinstance(part, Pressable) and any(
                getattr(inner, "text", None) == words for inner in part.walk(restrict=True) if hasattr(inner, "fitted")
            ):
                return part
        raise AssertionError(f"nothing to press says {words}: {self.texts()}")

    def share(self, colour: str) -> float:
        """How much of the glass is of that colour."""
        picture = self.stage.pixels()
        counts = {rgb: count for count, rgb in picture.getcolors(picture.width * picture.height) or []}
        return counts.get(channels(colour), 0) / (picture.width * picture.height)

    def stored(self, kind: str) -> list[dict[str, Any]]:
        """The events on the disk."""
        events = [json.loads(raw) for (raw,) in self.database.execute("SELECT raw FROM outbox ORDER BY seq")]
        return [event for event in events if event["kind"] == kind]

    def commands(self) -> list[dict[str, Any]]:
        return [body for topic, body in self.line.sent if topic.endswith("/up/command")]
