"""How long a tap takes to be a banner: from the command's publication to the last display having drawn it.

    python -m bench.tap_to_glass [ROUNDS]

Under one Xvfb (software GL) and one Mosquitto, in one run:
  bare      a bare Kivy window of 1280 × 720: paho message → two words and a red window → drawn → said so
  product   a wall and two counter displays at 1280 × 720 beside the controller; `suspend` and `resume` of the branch by
            a signed-in person, each round ended by the last display's Status naming the new revision as drawn
"""

import json
import operator
import sys
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
from argon2 import PasswordHasher

from bench import rig
from kiosk.design.fonts import font_files

PIN = "314159"
SCREENS = {
    "wall-1": 'kind = "wall"',
    "counter-1": 'kind = "counter"\ncounter = "1"',
    "counter-2": 'kind = "counter"\ncounter = "2"',
}
PAUSE_S = 0.6  # lets the displays come to rest, as they are when somebody taps

CONFIG = """
[branch]
id = "bench-1"
name = {{ zh = "测试支行", en = "Bench" }}
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
country = "CN"
personal = "24/7"
[broker]
host = "127.0.0.1"
port = {port}
[state]
directory = "{folder}/branch"
[staff]
pins_file = "{folder}/pins.toml"
[[counter]]
number = "1"
business = {{ zh = "个人业务" }}
[[counter]]
number = "2"
business = {{ zh = "对公业务" }}
[[screen]]
name = "desk"
kind = "touch"
size = [1280, 720]
"""
SCREEN = '[[screen]]\nname = "{name}"\n{kind}\nsize = [1280, 720]\ndirectory = "{folder}/{name}"\n'


class Desk:
    """The touch screen's part: sends commands as a device and sees every display's Status."""

    def __init__(self, port: int, stack: ExitStack) -> None:
        self.replies: dict[str, dict[str, Any]] = {}
        self.drawn: dict[str, tuple[int, str]] = {}
        self.client = rig.subscriber(port, ["bank/v1/desk/down/reply", "bank/v1/+/up/status"], self._hear, stack)

    def _hear(self, _client: object, _data: object, message: Any) -> None:
        document = json.loads(message.payload)
        if message.topic.endswith("/reply"):
            self.replies[document["id"]] = document
        elif "screen" in document:
            self.drawn[document["node"]] = (document["screen"]["revision"], document["screen"]["scene"])

    def all_drew(self, revision: int) -> bool:
        return all(drawn >= revision for drawn, _ in self.drawn.values())

    def command(self, name: str, args: dict[str, Any], **signed: str) -> dict[str, Any]:
        now = datetime.now(UTC)
        key = str(uuid.uuid4())
        form = "%Y-%m-%dT%H:%M:%S.000Z"
        command = {
            "v": 1,
            "id": key,
            "issuer": "desk",
            "target": "bench-1",
            "name": name,
            "args": args,
            "issued_at": now.strftime(form),
            "expires_at": (now + timedelta(seconds=20)).strftime(form),
            **signed,
        }
        self.client.publish("bank/v1/desk/up/command", json.dumps(command), qos=1)
        rig.wait_for(lambda: key in self.replies, what=f"the reply to {name}")
        reply = self.replies[key]
        if not reply["ok"]:
            raise SystemExit(f"bench: {name} was refused: {reply['error']}")
        result: dict[str, Any] = reply["result"]
        return result


def _spin(done: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 20
    while not done():
        if time.monotonic() > deadline:
            raise SystemExit(f"bench: gave up waiting for {what}")
        time.sleep(0.001)


def product(folder: Path, port: int, display: str, rounds: int) -> list[float]:
    with ExitStack() as stack:
        hashed = PasswordHasher().hash(PIN)
        (folder / "pins.toml").write_text(
            f'[[person]]\nid = "lm-1"\nname = "王敏"\nrole = "lobby-manager"\nhash = "{hashed}"\n'
        )
        screens = "".join(SCREEN.format(name=name, kind=kind, folder=folder) for name, kind in SCREENS.items())
        config = folder / "branch.toml"
        config.write_text(CONFIG.format(port=port, folder=folder) + screens)
        start: list[tuple[str, tuple[str, ...]]] = [("controller", ("signage", "controller", "--config", str(config)))]
        start += [(name, ("kiosk", "--config", str(config), "--screen", name)) for name in SCREENS]
        for name, words in start:
            env = {"DISPLAY": display, "SDL_AUDIODRIVER": "dummy"}
            stack.enter_context(rig.program(str(rig.BIN / words[0]), *words[1:], log=folder / f"{name}.log", env=env))
        desk = Desk(port, stack)
        rig.wait_for(lambda: len(desk.drawn) == len(SCREENS), 60, "every display's first picture")
        entered = desk.command("staff.enter", {"pin": PIN})
        signed = {"actor": entered["actor"], "token": entered["token"]}
        times = []
        for number in range(rounds):
            time.sleep(PAUSE_S)
            name = "resume" if number % 2 else "suspend"
            args = {"scope": "branch"} if number % 2 else {"scope": "branch", "reason": "network"}
            began = time.perf_counter()
            revision = desk.command(name, args, **signed)["revision"]
            _spin(partial(desk.all_drew, revision), f"displays after {name}")
            times.append(time.perf_counter() - began)
        return times


def _drew_once(client: mqtt.Client, answered: list[bytes]) -> bool:
    client.publish("bare/show", b"off first", qos=1)
    time.sleep(0.2)
    return bool(answered)


def bare(folder: Path, port: int, display: str, rounds: int) -> list[float]:
    with ExitStack() as stack:
        answered: list[bytes] = []
        client = rig.subscriber(port, ["bare/answer"], lambda _c, _u, message: answered.append(message.payload), stack)
        words = (
            sys.executable,
            "-m",
            "bench.bare_window",
            str(font_files().regular),
            str(port),
            "bare/show",
            "bare/answer",
            "1280",
            "720",
        )
        stack.enter_context(
            rig.program(*words, log=folder / "bare.log", env={"DISPLAY": display, "SDL_AUDIODRIVER": "dummy"})
        )
        rig.wait_for(partial(_drew_once, client, answered), 30, "the bare window")
        times = []
        for number in range(rounds):
            time.sleep(PAUSE_S)
            payload = f"{'off' if number % 2 else 'on'} {number}".encode()
            began = time.perf_counter()
            client.publish("bare/show", payload, qos=1)
            _spin(partial(operator.contains, answered, payload), "the bare window")
            times.append(time.perf_counter() - began)
        return times


def main(rounds: int) -> None:
    print(rig.machine())
    with (
        rig.workshop("tap") as folder,
        rig.mosquitto(folder, rig.free_port()) as port,
        rig.xvfb(folder, 3840, 2160) as display,
    ):
        plain = bare(folder, port, display, rounds)
        tapped = product(folder, port, display, rounds)
    print(rig.line("bare Kivy window: message → drawn", plain))
    print(rig.line("product: command → last of 3 displays drawn", tapped))
    p50, p99 = rig.quantile(tapped, 0.5), rig.quantile(tapped, 0.99)
    print(f"ratio product/bare: p50 {p50 / rig.quantile(plain, 0.5):.2f}, p99 {p99 / rig.quantile(plain, 0.99):.2f}")
    print(f"aim p99 under 300 ms: got {p99 * 1000:.0f} ms: {'held' if p99 < 0.3 else 'missed'}")
    rig.report("tap_to_glass", {"ratio_p50": p50 / rig.quantile(plain, 0.5), "p99_ms": p99 * 1000})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
