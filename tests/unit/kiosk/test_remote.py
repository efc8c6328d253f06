"""What is asked of a screen from afar, and a picture of it, which takes its time while the screen goes on."""

import base64
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.camera import Exposure, developed
from kiosk.design.box import Box
from kiosk.memory import Memory
from kiosk.remote import IDENTIFY_FOR, JPEG_LIMIT, Order, Photographed, Remote
from signage.core.instants import Instant
from signage.wire.messages import Command, Reply

NOW = Instant.parse("2026-11-27T09:00:00Z")


def command(name: str, identity: str = "c", **args: Any) -> Command:
    return Command(v=1, id=identity, issuer="b", target="w", issued_at=NOW, expires_at=NOW, name=name, args=args)


class Desk:
    """A screen that is asked. `ordered`: what its camera has begun."""

    def __init__(self, folder: Path) -> None:
        self.remote = Remote(Memory(folder))
        self.ordered: list[Order] = []
        self.remote.camera = self._begin
        self.drawn = True

    def _begin(self, order: Order) -> bool:
        if self.drawn:
            self.ordered.append(order)
        return self.drawn

    def ask(self, name: str, *, staffed: bool = False, revision: int = 7, **args: Any) -> Reply | None:
        given = command(name, f"c{len(self.ordered)}", **args)
        return self.remote.carry_out(given, NOW, staffed=staffed, revision=revision)

    def refused(self, name: str, *, staffed: bool = False, **args: Any) -> str:
        reply = self.ask(name, staffed=staffed, **args)
        assert reply is not None
        assert not reply.ok
        assert reply.error is not None
        return reply.error.code


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_picture_is_answered_once_it_is_made_with_the_revision_that_was_on_it(desk: Desk) -> None:
    assert desk.ask("screenshot", width=320) is None
    (order,) = desk.ordered
    assert (order.width, order.revision) == (320, 7)
    reply = desk.remote.photographed(Photographed(order, b"a picture"))
    assert (reply.id, reply.ok) == (order.command.id, True)
    assert reply.result == {"jpeg": base64.b64encode(b"a picture").decode(), "revision": 7}


def test_one_picture_at_a_time(desk: Desk) -> None:
    assert desk.ask("screenshot") is None
    assert desk.refused("screenshot") == "busy"
    assert len(desk.ordered) == 1
    desk.remote.photographed(Photographed(desk.ordered[0], None))
    assert desk.ask("screenshot") is None


def test_a_picture_that_could_not_be_made_is_a_refusal(desk: Desk) -> None:
    desk.ask("screenshot")
    reply = desk.remote.photographed(Photographed(desk.ordered[0], None))
    assert reply.error is not None
    assert (reply.id, reply.ok, reply.error.code) == ("c0", False, "no-picture")


def test_what_no_picture_is_taken_of(desk: Desk) -> None:
    assert desk.refused("screenshot", staffed=True) == "staff-present"
    for width in (159, 3841, "320", 320.0):
        assert desk.refused("screenshot", width=width) == "bad-args", width
    desk.drawn = False
    assert desk.refused("screenshot") == "no-picture"
    desk.drawn = True
    assert desk.ask("screenshot", width=160) is None, "nothing that was refused is in the way"


def test_it_is_developed_without_what_is_entered_and_within_the_limit() -> None:
    glass = Image.effect_noise((1920, 1080), 90).convert("RGBA")
    order = Order(command("screenshot"), 640, 7)
    done = developed(order, Exposure(glass, (Box(0, 0, 960, 1080),), 0))
    assert done.order is order
    assert done.jpeg is not None
    assert len(done.jpeg) <= JPEG_LIMIT
    picture = Image.open(BytesIO(done.jpeg)).convert("RGB")
    assert picture.size == (640, 360)
    masked: Any = picture.crop((0, 0, 300, 360)).getextrema()
    assert all(124 <= least <= most <= 132 for least, most in masked)
    assert picture.crop((340, 0, 640, 360)).convert("L").getextrema() != (128, 128)


def test_a_glass_that_cannot_be_compressed_is_told() -> None:
    order = Order(command("screenshot"), None, 7)
    assert developed(order, Exposure(Image.new("RGB", (70_000, 80)), (), 0)) == Photographed(order, None)


def test_a_name_is_shown_for_its_seconds_whatever_becomes_of_the_clock(desk: Desk) -> None:
    assert desk.ask("identify") is not None
    assert desk.remote.identifying(NOW) is not None
    assert desk.remote.identifying(Instant.of(NOW + IDENTIFY_FOR)) is None
    assert desk.remote.identifying(Instant.from_ms(NOW.ms - 1)) is None, "put back: it would stand for as long as that"
