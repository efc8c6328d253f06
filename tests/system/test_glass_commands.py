"""What may be asked of a real screen from afar, through a real controller: its name, its picture, darkness."""

import base64
import json
import queue
import time
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image, ImageChops, ImageGrab

from kiosk.design.tokens import NIGHT, channels
from signage.core.instants import Instant
from signage.link.client import Address, Arrived, Client
from signage.link.clock import now
from tests.system.branch_box import wait_until
from tests.system.lobby import PIN, Lobby

pytestmark = pytest.mark.system
WALL = (640, 360)


class Hand:
    """A device of the branch's that a person of the staff has signed in at."""

    def __init__(self, lobby: Lobby) -> None:
        self.lobby = lobby
        self._arrived: queue.Queue[object] = queue.Queue()
        topics = (("bank/v1/helper/down/reply", 1),)
        self._client = Client("hand", Address("127.0.0.1", lobby.port), "helper", topics, self._arrived.put)
        self._client.start()
        self._replies: dict[str, dict[str, Any]] = {}
        self._who: dict[str, str] = {}

    def sign_in(self) -> None:
        answer = self.ask("staff.enter", pin=PIN)
        assert answer["ok"], answer
        self._who = {"actor": answer["result"]["actor"], "token": answer["result"]["token"]}

    def ask(self, name: str, **args: Any) -> dict[str, Any]:
        identity, at = str(uuid4()), now()
        command = {
            "v": 1,
            "id": identity,
            "issuer": "helper",
            "target": "helper",
            "issued_at": str(at),
            "expires_at": str(Instant.of(at + timedelta(seconds=10))),
            "name": name,
            "args": args,
            **self._who,
        }
        payload = json.dumps(command).encode()
        wait_until(lambda: self._client.publish("bank/v1/helper/up/command", payload), 10, "sent")
        wait_until(lambda: identity in self._heard(), 10, name)
        return self._replies[identity]

    def _heard(self) -> dict[str, dict[str, Any]]:
        while True:
            try:
                event = self._arrived.get_nowait()
            except queue.Empty:
                return self._replies
            if isinstance(event, Arrived):
                body = json.loads(event.payload)
                self._replies[body["id"]] = body

    def close(self) -> None:
        self._client.stop()


@pytest.fixture(scope="module")
def lobby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lobby]:
    made = Lobby(tmp_path_factory.mktemp("glass"))
    try:
        made.open()
        made.place("lobby-wall")
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def hand(lobby: Lobby) -> Iterator[Hand]:
    made = Hand(lobby)
    try:
        made.sign_in()
        yield made
    finally:
        made.close()


def glass(lobby: Lobby) -> Image.Image:
    return ImageGrab.grab(bbox=(0, 0, *WALL), xdisplay=lobby.display).convert("RGB")


def share(picture: Image.Image, colour: tuple[int, int, int]) -> float:
    counts = {rgb: count for count, rgb in picture.getcolors(1 << 24) or []}
    return counts.get(colour, 0) / (picture.width * picture.height)


def until(what: str, done: Any, seconds: float = 10) -> None:
    wait_until(done, seconds, what)


def test_a_screenshot_is_what_stands_on_the_glass(lobby: Lobby, hand: Hand) -> None:
    answer = hand.ask("screenshot", screen="lobby-wall")
    assert answer["ok"], answer
    assert len(answer["result"]["jpeg"]) <= 180 * 1024
    assert answer["result"]["revision"] == lobby.screen("lobby-wall")["revision"]
    picture = Image.open(BytesIO(base64.b64decode(answer["result"]["jpeg"])))
    assert picture.size == WALL
    seen, taken = glass(lobby), picture.convert("RGB")
    coarse = (
        WALL[0] // 10,
        WALL[1] // 10,
    )  # a JPEG blurs edges, and the picture wanders by pixels: no single one is compared
    pair = [one.resize(coarse, Image.Resampling.BOX) for one in (seen, taken)]
    assert max(most for _, most in ImageChops.difference(*pair).getextrema()) < 24  # type: ignore[misc]  # of RGB
    small = hand.ask("screenshot", screen="lobby-wall", width=320)
    assert Image.open(BytesIO(base64.b64decode(small["result"]["jpeg"]))).size == (320, 180)


def test_a_screen_says_its_name_and_then_no_more(lobby: Lobby, hand: Hand) -> None:
    def named() -> bool:
        """The name's card fills the middle with the brand's colour; no picture of the house's own does so as much."""
        return share(glass(lobby).crop((70, 120, 570, 240)), channels(NIGHT.brand)) > 0.8

    assert not named()
    assert hand.ask("identify", screen="lobby-wall")["ok"]
    until("the name", named)
    until("no name", lambda: not named(), 30)


def test_a_screen_that_is_off_is_black_stays_so_after_a_restart_and_comes_back(lobby: Lobby, hand: Hand) -> None:
    assert hand.ask("screen", screen="lobby-wall", on=False)["result"]["on"] is False
    until("black", lambda: share(glass(lobby), (0, 0, 0)) == 1.0)
    lobby.cast.end("lobby-wall")
    lobby.until("offline", lambda: not lobby.statuses["lobby-wall"]["online"])
    lobby.start_screen("lobby-wall")
    lobby.until("online", lambda: lobby.statuses["lobby-wall"]["online"], 40)
    lobby.place("lobby-wall")
    until("black again", lambda: share(glass(lobby), (0, 0, 0)) == 1.0)
    assert lobby.screen("lobby-wall")["revision"] == 0, "nothing of the branch can be seen on it"
    assert hand.ask("screen", screen="lobby-wall", on=True, brightness=60)["ok"]
    until("lit", lambda: share(glass(lobby), (0, 0, 0)) < 0.5)
    lobby.until("told", lambda: lobby.screen("lobby-wall")["revision"] > 0)
    assert hand.ask("screen", screen="lobby-wall", brightness=100)["ok"]
    until("bright", lambda: share(glass(lobby), channels(NIGHT.brand)) > 0.02)


def test_what_no_screen_does_is_refused(hand: Hand) -> None:
    assert hand.ask("screen", screen="lobby-wall", brightness=500)["error"]["code"] == "bad-args"
    assert hand.ask("identify", screen="nowhere")["error"]["code"] == "unknown-screen"


def test_no_picture_is_taken_of_staff_at_work(lobby: Lobby, hand: Hand) -> None:
    lobby.place("lobby-touch")
    lobby.tap((50, 42), hold_s=2.4)  # the emblem
    time.sleep(0.5)
    answer = hand.ask("screenshot", screen="lobby-touch")
    assert not answer["ok"]
    assert answer["error"]["code"] == "staff-present"
