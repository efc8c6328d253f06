"""What takes presses from a serial line to a broker: the product, a bare loop, and Node-RED. Each on the same kind of pty."""

import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import rig
from signage.wire.codec import decode, encode
from signage.wire.messages import Batch, Receipt

NODE_RED = Path("build/node-red")
PACKAGES = {"node-red": "4.1.15", "node-red-node-serialport": "2.0.3"}
TOPIC = "bench/up"
NO_QUEUE_LIMIT = "max_queued_messages 0\n"  # a flood is to arrive whole: what is measured is the host

BRANCH = """
[branch]
id = "bench-1"
name = {{ zh = "测试支行" }}
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
personal = "24/7"
[broker]
host = "127.0.0.1"
port = {port}
"""
COUNTER = '[[counter]]\nnumber = "{number}"\nbusiness = {{ zh = "个人业务" }}\n'
BRIDGE = '[[bridge]]\nname = "bridge-1"\ndirectory = "{folder}/state"\n'
PAD = '[[bridge.pad]]\ncounter = "{number}"\ndriver = "{driver}"\nport = "{link}"\n'
LINES = """pattern = 'KEY (?P<key>[1-5]) N [0-9]+'
stars = { "1" = 1, "2" = 2, "3" = 3, "4" = 4, "5" = 5 }
"""


@dataclass
class Host:
    """A running host. `arrived`: when the broker handed on each press, in order."""

    pid: int
    arrived: list[float] = field(default_factory=list)


def broker(folder: Path, stack: ExitStack) -> int:
    return stack.enter_context(rig.mosquitto(folder, rig.free_port(), NO_QUEUE_LIMIT))


@contextmanager
def bare(folder: Path, link: Path) -> Iterator[Host]:
    with ExitStack() as stack:
        port = broker(folder, stack)
        words = (sys.executable, "-m", "bench.bare_bridge", str(link), str(port), TOPIC, b"\n".hex())
        child = stack.enter_context(rig.program(*words, log=folder / "bare.log"))
        yield _plain(child.pid, port, stack)


@contextmanager
def node_red(folder: Path, link: Path) -> Iterator[Host]:
    """`serial in`, divided at each newline → `mqtt out` at QoS 1; nothing else in its flow."""
    with ExitStack() as stack:
        port = broker(folder, stack)
        user = folder / "node-red"
        user.mkdir()
        (user / "node_modules").symlink_to(NODE_RED.resolve() / "node_modules")
        (user / "flows.json").write_text(json.dumps(_flow(link, port)))
        (user / "settings.js").write_text(f"module.exports = {json.dumps(_settings())};\n")
        red = NODE_RED / "node_modules" / "node-red" / "red.js"
        words = ("node", str(red), "--userDir", str(user), "--settings", str(user / "settings.js"))
        child = stack.enter_context(rig.program(*words, log=folder / "node-red.log"))
        yield _plain(child.pid, port, stack)


def _flow(link: Path, port: int) -> list[dict[str, Any]]:
    serial = {"serialport": str(link), "serialbaud": "115200", "newline": "\\n", "bin": "false", "out": "char"}
    broker_node = {"broker": "127.0.0.1", "port": str(port), "protocolVersion": "4", "keepalive": "60"}
    return [
        {"id": "tab", "type": "tab", "label": "bench"},
        {"id": "port", "type": "serial-port", "addchar": "", **serial},
        {"id": "broker", "type": "mqtt-broker", "clientid": "", "autoConnect": True, "cleansession": True, **broker_node},
        {"id": "in", "type": "serial in", "z": "tab", "serial": "port", "wires": [["out"]]},
        {"id": "out", "type": "mqtt out", "z": "tab", "topic": TOPIC, "qos": "1", "retain": "", "broker": "broker"},
    ]  # fmt: skip


def _settings() -> dict[str, Any]:
    """Nothing that a bench does not need: no editor, no telemetry, no palette, nothing installed by itself."""
    return {
        "uiHost": "127.0.0.1",
        "uiPort": rig.free_port(),
        "flowFile": "flows.json",
        "httpAdminRoot": False,
        "httpNodeRoot": False,
        "disableEditor": True,
        "credentialSecret": False,
        "telemetry": {"enabled": False, "updateNotification": False},
        "externalModules": {"autoInstall": False, "palette": {"allowInstall": False, "allowUpload": False}},
        "serialReconnectTime": 1000,
    }


def install_node_red(log: Path) -> str | None:
    """Into a folder of the build; None when it is there, else why not."""
    if all((NODE_RED / "node_modules" / name).is_dir() for name in PACKAGES):
        return None
    npm = shutil.which("npm")
    if npm is None:
        return "npm is not on this machine"
    NODE_RED.mkdir(parents=True, exist_ok=True)
    (NODE_RED / "package.json").write_text(
        json.dumps({"name": "bench-node-red", "private": True, "dependencies": PACKAGES})
    )
    words = (npm, "install", "--no-audit", "--no-fund", "--omit=dev")
    with log.open("wb") as sink:
        done = subprocess.run(words, cwd=NODE_RED, stdout=sink, stderr=sink, timeout=300, check=False)
    return None if done.returncode == 0 else f"npm ended with {done.returncode}: {log.read_text()[-300:].strip()}"


def _plain(pid: int, port: int, stack: ExitStack) -> Host:
    """One message a press."""
    host = Host(pid)
    rig.subscriber(port, [TOPIC], lambda *_: host.arrived.append(time.perf_counter()), stack)
    return host


@contextmanager
def product(folder: Path, driver: str, links: list[Path], state: Path | None = None) -> Iterator[Host]:
    """firmware-bridge as it is delivered, and a parent that takes over every batch at once. `state`: where its disk is."""
    with ExitStack() as stack:
        port = broker(folder, stack)
        numbers = range(1, len(links) + 1)
        text = BRANCH.format(port=port) + "".join(COUNTER.format(number=number) for number in numbers)
        text += BRIDGE.format(folder=state or folder)
        for number, link in zip(numbers, links, strict=True):
            text += PAD.format(number=number, driver=driver, link=link) + (LINES if driver == "lines" else "")
        (folder / "branch.toml").write_text(text)
        host = Host(0)
        taken = _Taken(host)
        topic = "bank/v1/bridge-1/up/events"
        client = rig.subscriber(port, [topic], lambda _c, _u, message: taken.batch(message.payload), stack)
        taken.answer = lambda receipt: client.publish("bank/v1/bridge-1/down/receipt", receipt, qos=1)
        words = (str(rig.BIN / "firmware-bridge"), "--config", str(folder / "branch.toml"))
        host.pid = stack.enter_context(rig.program(*words, log=folder / "bridge.log")).pid
        yield host


class _Taken:
    """What a parent keeps: up to which number it has this epoch."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._upto = 0
        self._lock = threading.Lock()
        self.answer: Callable[[bytes], object] = lambda _receipt: None

    def batch(self, payload: bytes) -> None:
        at = time.perf_counter()
        batch = decode(payload, Batch)
        with self._lock:
            news = batch.events[max(0, self._upto + 1 - batch.first) :]
            self._upto = max(self._upto, batch.first + len(batch.events) - 1)
            self._host.arrived += [at for event in news if b'"kind":"rating"' in bytes(event)]
        self.answer(encode(Receipt(epoch=batch.epoch, upto=self._upto, final=self._upto, v=1)))
