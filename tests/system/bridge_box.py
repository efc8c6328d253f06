"""The real bridge, pads on ptys and a real broker; no controller, so that the outbox keeps everything to count."""

import json
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any

BRANCH = """
[branch]
id = "hz-1"
name = {{ zh = "杭州一支行" }}
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
personal = "24/7"
[broker]
host = "127.0.0.1"
port = {port}
[[bridge]]
name = "bridge-1"
directory = "state"
"""
COUNTER = """
[[counter]]
number = "{number}"
business = {{ zh = "个人业务" }}
"""
PAD = """
[[bridge.pad]]
counter = "{number}"
driver = "padlink"
port = "{port}"
{more}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(done: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.02)


class BridgeBox:
    """`ports` replaces a pad's pty, by counter; `more` adds keys to every pad's table."""

    def __init__(
        self, folder: Path, counters: Sequence[str] = ("1",), ports: dict[str, str] | None = None, more: str = ""
    ) -> None:
        self.folder = folder
        self.broker_port = free_port()
        text = BRANCH.format(port=self.broker_port)
        tables = [COUNTER.format(number=number) for number in counters]
        pads = [
            PAD.format(number=number, port=(ports or {}).get(number, str(self.pty(number))), more=more)
            for number in counters
        ]
        head, bridge = text.split("[[bridge]]")
        (folder / "branch.toml").write_text(head + "".join(tables) + "[[bridge]]" + bridge + "".join(pads))
        self.running: dict[str, subprocess.Popen[str]] = {}
        self._files: list[IO[str]] = []

    def pty(self, number: str) -> Path:
        return self.folder / f"pad-{number}"

    def start(self, name: str, command: Sequence[str]) -> None:
        out = (self.folder / f"{name}.out").open("a")
        error = (self.folder / f"{name}.err").open("a")
        self._files += [out, error]
        self.running[name] = subprocess.Popen(
            command, cwd=self.folder, stdin=subprocess.PIPE, stdout=out, stderr=error, text=True
        )

    def start_broker(self) -> None:
        (self.folder / "broker.conf").write_text(f"listener {self.broker_port} 127.0.0.1\nallow_anonymous true\n")
        mosquitto = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
        self.start("broker", [mosquitto, "-c", str(self.folder / "broker.conf")])

    def start_bridge(self) -> None:
        self.start("bridge", [program("firmware-bridge"), "--config", "branch.toml"])

    def start_pad(self, number: str, *more: str) -> None:
        pad = [program("pad-simulator"), "--port", f"pty:{self.pty(number)}", "--seed", number, "--stdin", "--json"]
        self.start(f"pad{number}", [*pad, "--state", str(self.folder / f"pad-{number}.json"), *more])

    def kill(self, name: str, with_signal: int = signal.SIGKILL) -> int:
        process = self.running.pop(name)
        process.send_signal(with_signal)
        code = process.wait(10)
        if process.stdin:
            process.stdin.close()
        return code

    def say(self, number: str, steps: str) -> None:
        stdin = self.running[f"pad{number}"].stdin
        assert stdin is not None
        stdin.write(steps + "\n")
        stdin.flush()

    def told(self, number: str, what: str) -> list[dict[str, Any]]:
        path = self.folder / f"pad{number}.out"
        lines = path.read_text().splitlines() if path.exists() else []
        found = [json.loads(line) for line in lines if line.endswith("}")]
        return [one for one in found if one["what"] == what]

    def errors(self, name: str) -> str:
        path = self.folder / f"{name}.err"
        return path.read_text() if path.exists() else ""

    def events(self, kind: str) -> list[dict[str, Any]]:
        """What the bridge has on durable storage."""
        path = self.folder / "state" / "bridge.db"
        if not path.exists():
            return []
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5) as database:
            try:
                rows = database.execute("SELECT raw FROM outbox ORDER BY seq").fetchall()
            except sqlite3.OperationalError:  # the tables are being made
                rows = []
        database.close()
        found = [json.loads(raw) for (raw,) in rows]
        return [event for event in found if event["kind"] == kind]

    def close(self) -> None:
        for name in tuple(self.running):
            self.kill(name, signal.SIGTERM)
        for file in self._files:
            file.close()


def program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))
