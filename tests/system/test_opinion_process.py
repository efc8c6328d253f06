"""The opinion book as a real process: taps and a drag by xdotool, the case sealed on the broker, no word of it in any file."""

import json
import os
import random
import time
from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PIL import Image, ImageChops, ImageStat

from kiosk.gallery.touch_cases import Case, branch
from kiosk.stage import Stage
from kiosk.view.ink import read
from kiosk.view.pages import Touch
from signage.cli.main import run
from signage.link.sealing import read_private
from signage.wire.sealing import SEALED, unseal
from tests.system.lobby import TOUCH, Lobby, Map
from tests.system.watch_box import children, screen_of

pytestmark = pytest.mark.system
PHONE = "13800987654"
PRIVACY = """
[privacy]
head_office = "office.pub"
desk = "desk.pub"
desk_key = "keys/desk.key"
"""
TAPS = int(os.environ.get("TAPS", "5000"))  # 30,000 for a minute of it
BATCH, A_SECOND = 100, 500
HEAD = 80  # pixels: the name, and the bell that tells staff of calls
PAGES_APART = 4.0  # of 255, on average: the picture's step to the side makes 1.8, the same page in English 4.8
PAPER = 128  # a page is lighter on average, a display without a window darker


@pytest.fixture(scope="module")
def lobby(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lobby]:
    folder = tmp_path_factory.mktemp("opinions")
    for name in ("office", "desk"):
        assert run(["privacy", "key", str(folder / "keys" / f"{name}.key"), str(folder / f"{name}.pub")]) == 0
    made = Lobby(folder, PRIVACY)
    try:
        made.open_house()
        made.open_screens("lobby-touch")  # alone: another that is started again would stand over it
        made.place("lobby-touch")
        yield made
    finally:
        made.close()


@pytest.fixture(scope="module")
def home(lobby: Lobby) -> Image.Image:
    """The first page, before anybody has touched the glass: a status does not say which page a customer is on."""

    def stands() -> bool:
        one = seen(lobby)
        time.sleep(0.5)
        return min(ImageStat.Stat(one).mean) > PAPER and not unlike(one, seen(lobby))

    lobby.until("the first page", stands, 30)
    return seen(lobby)


@pytest.fixture(scope="module")
def places() -> Iterator[Map]:
    stage = Stage(*TOUCH)
    bare = replace(branch(), guide=(), amenities=())  # as the lobby's file has it
    yield Map(stage, Case("lobby-home", bare, Touch()))
    stage.close()


@pytest.mark.usefixtures("home")
def test_an_opinion_with_a_call_back_arrives_on_the_broker(lobby: Lobby, places: Map) -> None:
    for page, words in (
        ("lobby-home", "客户意见簿"),
        ("opinions-none", "写意见"),
        ("opinion", "排队等候"),
        ("opinion-subject", "等候时间太长"),
        ("opinion-subject", "手写"),
    ):
        lobby.tap(places.button(page, words))
    x, y = places.where("opinion-ink", lambda screen: screen.page.canvas_part)
    lobby.xdotool("mousemove", "--sync", str(round(x - 100)), str(round(y - 60)), "mousedown", "1")
    for step in range(1, 11):
        lobby.xdotool("mousemove", "--sync", str(round(x - 100 + 20 * step)), str(round(y - 60 + 9 * step)))
    lobby.xdotool("mouseup", "1")
    time.sleep(0.5)
    lobby.tap(places.button("opinion-ink", "完成"))
    lobby.tap(places.button("opinion-subject", "留电话"))
    for digit in PHONE:
        lobby.tap(places.button("opinion-contact", digit))
    lobby.tap(places.button("opinion-contact", "同意并留下号码"))
    lobby.listen()
    assert lobby.of_kind("case") == []
    lobby.tap(places.button("opinion-ready", "提交意见"))
    lobby.until("the case", lambda: bool(lobby.of_kind("case")))
    (event,) = [one for one in lobby.of_kind("case") if one["data"]["source"] == "opinion"][:1]
    data = event["data"]
    assert (data["subject"], data["phrases"]) == ("waiting", ["long-wait"])
    said = unseal(data[SEALED], read_private(lobby.folder / "keys" / "office.key"), data["case"])
    assert (said["text"], said["contact"]) == ("等候时间太长", PHONE)
    (line,) = read(said["strokes"]).lines
    assert line[-1][0] > line[0][0]
    assert line[-1][1] > line[0][1], "down and to the right, as the hand went, however late the screen came to see it"
    assert list(lobby.folder.rglob("*.log"))
    files = b"".join(path.read_bytes() for path in lobby.folder.rglob("*") if path.is_file())
    everything = files + json.dumps(lobby.events, ensure_ascii=False).encode()
    assert not [secret for secret in (PHONE, "等候时间太长", "strokes") if secret.encode() in everything]


def test_a_hammered_screen_neither_ends_nor_stays_away_from_home(lobby: Lobby, home: Image.Image) -> None:
    """Five hundred taps a second, where the machine is fast enough; the screen's own process is the one that lives."""
    guard = lobby.cast["lobby-touch"].process
    living = screen_of(guard.pid)
    lobby.until("home to begin with", lambda: not unlike(seen(lobby), home), 150)
    dice, began = random.Random(7), time.monotonic()
    changed = 0
    for number in range(TAPS // BATCH):
        time.sleep(max(0.0, began + number * BATCH / A_SECOND - time.monotonic()))
        batch: list[str] = []
        for _ in range(BATCH):
            where = dice.randrange(TOUCH[0]), dice.randrange(TOUCH[1])
            batch += ["mousemove", *map(str, where), "mousedown", "1", "mouseup", "1"]
        lobby.xdotool(*batch)
        changed += unlike(seen(lobby), home)
    print(
        f"{TAPS / (time.monotonic() - began):.0f} taps a second; another page than home at {changed} of {TAPS // BATCH} looks"
    )
    assert changed

    def ended() -> bool:
        return living not in children(guard.pid)

    lobby.until("home again, or the screen ended", lambda: ended() or not unlike(seen(lobby), home), 200)
    assert not ended(), lobby.cast["lobby-touch"].log.read_text()[-3000:]
    assert lobby.cast["controller"].process.poll() is None
    assert guard.poll() is None
    assert "screen-restarted" not in json.dumps(lobby.statuses["lobby-touch"])


def seen(lobby: Lobby) -> Image.Image:
    """The upper half of the glass, without what calls change: the bell above it, the cards below.

    And without what is smaller than ten pixels: each quarter of an hour the picture moves by one.
    """
    return lobby.picture().crop((0, HEAD, TOUCH[0], TOUCH[1] // 2)).reduce(10)


def unlike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two looks are of two pages."""
    return apart(one, other) > PAGES_APART


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far two looks differ on average, in the colour that differs most, of 255."""
    return max(ImageStat.Stat(ImageChops.difference(one, other)).mean)
