"""A lobby of real programs on a display of its own: Mosquitto, controller, three screens, and a hand that taps."""

import json
import os
import queue
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageGrab, ImageStat

from kiosk.design.button import Pressable
from kiosk.design.tokens import DAY, channels
from kiosk.gallery import opinions, reading, touches
from kiosk.gallery.touch_cases import Case, Variant, make_touch
from kiosk.stage import Stage
from signage.branch.staff import hash_pin
from signage.cli.demo.cast import Cast, program
from signage.link.catalogues import load_catalogues
from signage.link.client import Address, Arrived, Client
from tests.system.branch_box import BROKER, free_port, wait_until

PIN = "135790"
TOUCH = (540, 960)
PACE_S = 0.25  # a person's, from one tap to the next
LOOK_S = 3.0  # how long a person waits for an answer before tapping on
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
[staff]
pins_file = "pins.toml"
[[counter]]
number = "1"
business = {{ zh = "个人业务", en = "Personal" }}
[[screen]]
name = "lobby-touch"
kind = "touch"
size = [540, 960]
[[screen]]
name = "lobby-wall"
kind = "wall"
size = [640, 360]
[[screen]]
name = "counter-1"
kind = "counter"
counter = "1"
size = [400, 240]
[[screen]]
name = "door"
kind = "fascia"
size = [640, 64]
"""
SCREENS = ("lobby-touch", "lobby-wall", "counter-1")


class Lobby:
    def __init__(self, folder: Path, extra: str = "", **ports: int) -> None:
        """`extra`: further tables of the branch's file, filled from `ports`."""
        self.folder = folder
        self.port = free_port()
        (folder / "branch.toml").write_text(BRANCH.format(port=self.port) + extra.format(port=self.port, **ports))
        (folder / "broker.conf").write_text(BROKER.format(port=self.port))
        person = {"id": "0007", "name": "王芳", "role": "lobby-manager", "hash": hash_pin(PIN)}
        lines = "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in person.items())
        (folder / "pins.toml").write_text(f"[[person]]\n{lines}\n")
        self.cast = Cast(folder, {"PYTHONUNBUFFERED": "1", "SDL_AUDIODRIVER": "dummy", "SDL_VIDEODRIVER": "x11"})
        self.display = self._display()
        self.statuses: dict[str, dict[str, Any]] = {}
        self.events: list[dict[str, Any]] = []
        self._arrived: queue.Queue[object] = queue.Queue()
        watched = tuple((f"{tree}/v1/+/up/{leaf}", 1) for tree in ("bank", "office") for leaf in ("status", "events"))
        self._watch = Client("watch", Address("127.0.0.1", self.port), "watch", watched, self._arrived.put)

    def _display(self) -> str:
        reading, writing = os.pipe()
        self.xvfb = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1200x1000x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=(writing,),
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(writing)
        with os.fdopen(reading) as answer:
            return f":{answer.readline().strip()}"

    def open(self) -> None:
        self.open_house()
        self.open_screens(*SCREENS)
        self.place("lobby-touch")

    def open_house(self) -> None:
        """The broker and the controller."""
        mosquitto = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        self.cast.start("broker", [mosquitto, "-c", str(self.folder / "broker.conf")])
        self._watch.start()
        self.start("controller", program("signage"), "controller", "--config", "branch.toml")

    def open_screens(self, *names: str) -> None:
        for name in names:
            self.start_screen(name)
        self.until("every screen drawn", lambda: all(self.screen(name).get("revision") for name in names), 60)

    def start(self, name: str, *command: str) -> None:
        self.cast.start(name, ["env", "-C", str(self.folder), *command], {"DISPLAY": self.display})

    def start_screen(self, name: str) -> None:
        self.start(name, program("kiosk"), "--config", "branch.toml", "--screen", name)

    def run(self, screen: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A screen that is expected to end by itself. An empty value takes the variable away."""
        settings = {**os.environ, "DISPLAY": self.display, "SDL_VIDEODRIVER": "", **environment}
        return subprocess.run(
            [program("kiosk"), "--config", "branch.toml", "--screen", screen],
            cwd=self.folder,
            env={name: value for name, value in settings.items() if value},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    # ---- what is heard ----

    def listen(self) -> None:
        while True:
            try:
                event = self._arrived.get_nowait()
            except queue.Empty:
                return
            if isinstance(event, Arrived):
                body = json.loads(event.payload)
                if event.topic.endswith("/status"):
                    self.statuses[body["node"]] = body
                else:
                    self.events += body["events"]

    def until(self, what: str, done: Callable[[], bool], seconds: float = 15) -> None:
        def heard() -> bool:
            self.listen()
            return done()

        wait_until(heard, seconds, what)

    def screen(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.statuses.get(name, {}).get("screen", {})
        return found

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["kind"] == kind]

    # ---- the hand ----

    def xdotool(self, *words: str) -> str:
        settings = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(["xdotool", *words], env=settings, capture_output=True, text=True, check=True).stdout

    def place(self, name: str) -> None:
        window = self.xdotool("search", "--onlyvisible", "--class", f"^signage-{name}$").split()[0]
        self.xdotool("windowraise", window, "windowmove", "--sync", window, "0", "0")

    def tap(self, where: tuple[float, float], hold_s: float = 0.06) -> None:
        """And look, as a person does, until the glass has answered; a tap that changes nothing takes its time."""
        before = self.picture().tobytes()
        self.xdotool("mousemove", "--sync", str(round(where[0])), str(round(where[1])), "mousedown", "1")
        self.xdotool("sleep", str(hold_s), "mouseup", "1")
        time.sleep(PACE_S)
        patience = time.monotonic() + LOOK_S
        while self.picture().tobytes() == before and time.monotonic() < patience:
            time.sleep(0.05)

    def picture(self) -> Image.Image:
        """The touch screen's glass."""
        return ImageGrab.grab(bbox=(0, 0, *TOUCH), xdisplay=self.display).convert("RGB")

    def red(self) -> float:
        """How much of the touch screen's glass has the colour of a suspension."""
        picture = self.picture()
        count = sum(count for count, rgb in picture.getcolors(1 << 24) or [] if rgb == channels(DAY.suspended))
        return count / (picture.width * picture.height)

    def sign_in(self, places: "Map", pin: str = PIN, then: str = "panel-one", *others: str) -> None:
        """From the first page; and wait until the glass shows `then` rather than the keypad or one of the others."""
        self.tap(places.where("home", lambda screen: screen.page.emblem), hold_s=2.3)
        self.enter(places, pin, then, *(others or ("keypad",)))

    def enter(self, places: "Map", pin: str, then: str, *others: str) -> None:
        """A PIN at the keypad; and wait until the glass shows `then` rather than one of the others."""
        for digit in pin:
            self.tap(places.button("keypad", digit))
        self.until_page(places, then, *others)

    def until_page(self, places: "Map", page: str, *others: str) -> None:
        """Until the glass shows `page` rather than one of the others."""
        self.until(f"{page} on the glass", lambda: places.nearest(self.picture(), page, *others) == page)
        time.sleep(PACE_S)

    def close(self) -> None:
        self._watch.stop()
        self.cast.end_all()
        self.xvfb.terminate()
        self.xvfb.wait()
        if os.environ.get("KEEP_LOGS"):
            shutil.copytree(self.folder, os.environ["KEEP_LOGS"], dirs_exist_ok=True)


class Map:
    """Where things stand on the touch screen: asked of the same drawing on a stage of the same size."""

    def __init__(self, stage: Stage, *others: Case) -> None:
        """`others`: pages that the gallery does not have like that."""
        self._stage = stage
        gallery = (*touches.cases(), *reading.cases(), *opinions.cases())
        self._cases = {case.name: case for case in (*gallery, *others)}
        self._catalogues = load_catalogues()
        self._screens: dict[str, Any] = {}  # each page is drawn once, which takes its time
        self._looks: dict[str, Image.Image] = {}

    def learn(self, case: Case) -> None:
        """A page that the gallery does not have."""
        self._cases[case.name] = case

    def _drawn(self, page: str) -> Any:
        if page not in self._screens:
            screen = make_touch(self._catalogues, TOUCH, Variant("zh"), self._cases[page])
            self._stage.show(screen)
            self._screens[page], self._looks[page] = screen, _coarse(self._stage.pixels())
            self._stage.clear()
        return self._screens[page]

    def where(self, page: str, find: Callable[[Any], Any]) -> tuple[float, float]:
        part = find(self._drawn(page))
        return float(part.center_x), TOUCH[1] - float(part.center_y)

    def nearest(self, picture: Image.Image, *pages: str) -> str:
        """Which of these pages a picture of the glass is most like."""
        seen = _coarse(picture)

        def unlike(page: str) -> float:
            self._drawn(page)
            return sum(ImageStat.Stat(ImageChops.difference(seen, self._looks[page])).mean)

        return min(pages, key=unlike)

    def button(self, page: str, words: str) -> tuple[float, float]:
        def find(screen: Any) -> Any:
            for part in screen.walk(restrict=True):
                if isinstance(part, Pressable):
                    inside = (text for text in part.walk(restrict=True) if hasattr(text, "fitted"))
                    if any(text.text == words for text in inside):
                        return part
            raise AssertionError(f"{page}: nothing says {words}")

        return self.where(page, find)


def _coarse(picture: Image.Image) -> Image.Image:
    """Without what is smaller than ten pixels: the picture wanders by some."""
    return picture.reduce(10)
