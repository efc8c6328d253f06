"""A wall without its process: the real station, decoder, disk and drawing; what lies on the disk is the test's."""

import json
from collections.abc import Sequence
from functools import partial
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Literal
from uuid import uuid4

from msgspec.structs import replace
from PIL import Image

from kiosk.contents import Contents
from kiosk.faces import face_of
from kiosk.gallery import samples
from kiosk.media.darkroom import Darkroom
from kiosk.memory import Memory
from kiosk.settings import KioskSettings
from kiosk.sight import Sight
from kiosk.stage import Stage
from kiosk.station import Station
from kiosk.view.voice import Voice
from kiosk.view.zones import hanging
from signage.core.instants import Instant
from signage.core.model import BranchState, ScreenKind
from signage.core.programme import Asset, ProgrammeItem, Rendition, SignedContent
from signage.link.catalogues import load_catalogues
from signage.link.client import Address, Arrived, Connected
from signage.link.clock import Moment
from signage.link.commands import Commands
from signage.link.database import open_database
from signage.link.node import Node, NodeSettings
from signage.link.outbox import Outbox
from signage.link.schema import LINK
from signage.wire.codec import encode
from signage.wire.messages import Alive, Command, DeliveryStatus, Fault
from tests.screens.booth import TOPICS, Line

RED, BLUE, GOLD = (200, 30, 40), (30, 60, 200), (220, 180, 20)
EXPIRES = Instant.parse("2026-12-31T00:00:00Z")


def painted(colour: tuple[int, int, int], size: tuple[int, int] = (1440, 864)) -> bytes:
    held = BytesIO()
    Image.new("RGB", size, colour).save(held, "PNG")
    return held.getvalue()


class Disk:
    """Blobs by their names in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.content: SignedContent | None = None
        self.status = DeliveryStatus()
        self.faults: tuple[Fault, ...] = ()
        self.wanted: list[str] = []
        self.lost: list[str] = []

    def put(self, blob: bytes) -> str:
        name = sha256(blob).hexdigest()
        (self.folder / name).write_bytes(blob)
        return name

    def blob(self, name: str) -> Path | None:
        path = self.folder / name
        return path if path.exists() else None

    def want(self, blobs: Sequence[Rendition]) -> None:
        self.wanted = [one.sha256 for one in blobs]

    def spoilt(self, name: str) -> None:
        self.lost.append(name)
        (self.folder / name).unlink(missing_ok=True)

    def picture(
        self, ref: str, blob: bytes, size: tuple[int, int] = (1440, 864), *, here: bool = True, **more: Any
    ) -> Asset:
        name = self.put(blob) if here else sha256(blob).hexdigest()
        rendition = Rendition(sha256=name, size=len(blob), width=size[0], height=size[1], media="image/png")
        return Asset(ref=ref, kind="picture", renditions=(rendition,), **more)

    def publish(
        self,
        version: int,
        *assets: Asset,
        screens: tuple[str, ...] = (),
        seconds: int = 10,
        zone: Literal["main", "side"] = "main",
    ) -> None:
        made = partial(ProgrammeItem, cls="advertisement", screens=screens, seconds=seconds, zone=zone)
        items = tuple(made(id=f"i-{one.ref}", asset=one.ref) for one in assets)
        self.content = SignedContent(version=version, expires=EXPIRES, assets=assets, items=items)
        self.status = DeliveryStatus(received=version, verified=version)


class Hall:
    """`draw` until a picture is ready; look with `pixel`; ask with `command`."""

    def __init__(
        self,
        stage: Stage,
        folder: Path,
        kind: ScreenKind = "wall",
        size: tuple[int, int] = (1920, 1080),
        **settings: Any,
    ) -> None:
        self.stage, self.size = stage, size
        self.line = Line()
        self.disk = Disk(folder / "blobs")
        self.arrived: Queue[object] = Queue()
        self.darkroom = Darkroom(self.arrived.put)
        self.moment = Moment(samples.AFTERNOON, 1000.0)
        self.database = open_database(folder / "screen.db", LINK)
        name = f"lobby-{kind}"
        self.name = name
        counter = "3" if kind in {"counter", "strip"} else None
        told = KioskSettings(name, kind, size, Address("127.0.0.1", 1883), folder, counter=counter, **settings)
        node = Node(
            NodeSettings(name, "screen", "test", TOPICS),
            Outbox(self.database, name),
            Commands(self.database),
            self.moment,
            make_client=self.line,  # type: ignore[arg-type]  # a line without a broker
        )
        catalogues = load_catalogues()
        self.contents = Contents(self.disk, self.darkroom, Voice.of(catalogues, "zh"), hanging(kind, size))
        self.station = Station(told, node, Memory(folder), catalogues, self.moment, contents=self.contents)
        node.start(told.broker, lambda _: None)
        from kiosk.screens.films import Films  # noqa: PLC0415  # opens Kivy, which wants its stage settled first

        now = lambda: self.moment.at  # noqa: E731  # a name for a condition, said once
        self.films = Films(self.contents, now)
        tap = lambda one: self.station.tap(one, self.moment)  # noqa: E731  # a name for a condition, said once
        self.face = face_of(told, catalogues, size, tap, moving=False, films=self.films)
        stage.show(self.face.widget)
        self.station.handle(Connected("broker", str(uuid4())), self.moment)
        self.state = samples.house()
        self.learn(self.state)

    def learn(self, state: BranchState) -> None:
        self.state = replace(state, revision=self.state.revision + 1)
        self.station.handle(Arrived("broker", TOPICS.down("all", "state"), encode(self.state)), self.moment)

    def alive(self) -> bool:
        """The parent lives; whether that is news to the station."""
        alive = Alive(session="c", at=self.moment.at, revision=1, v=1)
        return self.station.handle(Arrived("broker", TOPICS.down("all", "alive"), encode(alive)), self.moment)

    def draw(self) -> Sight:
        self.alive()
        self.station.tick(self.moment)
        sight = self.station.sight(self.moment)
        self.face.show(sight)
        self.stage.step(2)
        self.station.on_glass(sight, self.moment)
        return sight

    def develop(self, answers: int = 1) -> Sight:
        """Draw, and let so many answers of the darkroom come in."""
        self.draw()
        for _ in range(answers):
            try:
                self.station.handle(self.arrived.get(timeout=30), self.moment)
            except Empty:
                raise AssertionError("the darkroom does not answer") from None
            self.draw()
        return self.draw()

    def wait(self, seconds: float) -> Sight:
        self.moment = self.moment.later(seconds)
        return self.draw()

    def put_back(self, seconds: float) -> Sight:
        """Somebody sets the parent's clock back."""
        self.moment = Moment(self.moment.later(-seconds).at, self.moment.mono + 1)
        return self.draw()

    def stored(self, kind: str) -> list[dict[str, Any]]:
        """The events on the disk."""
        events = [json.loads(raw) for (raw,) in self.database.execute("SELECT raw FROM outbox ORDER BY seq")]
        return [event for event in events if event["kind"] == kind]

    def pixel(self, x: int, y: int) -> tuple[int, ...]:
        """From the top left."""
        found = self.stage.pixels().getpixel((x, y))
        assert isinstance(found, tuple)
        return found

    def command(self, name: str, **args: Any) -> dict[str, Any]:
        command = Command(
            id=str(uuid4()),
            issuer="hz-1",
            target=self.name,
            issued_at=self.moment.at,
            expires_at=self.moment.later(8).at,
            name=name,
            args=args,
            v=1,
        )
        self.station.handle(Arrived("broker", TOPICS.down(self.name, "command"), encode(command)), self.moment)
        return self.line.last("reply")

    def status(self) -> dict[str, Any]:
        return self.line.last("status")

    def close(self) -> None:
        self.darkroom.close()
        self.database.close()
