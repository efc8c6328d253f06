"""A branch and a head office of real programs in one folder: brokers, controller, collector, bridge and pads on ptys."""

import json
import os
import random
import shutil
import socket
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from signage.cli.demo.cast import Cast, program

BROKER = """listener {port} 127.0.0.1
allow_anonymous true
set_tcp_nodelay true
max_queued_messages 0
persistence false
"""

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
port = {branch_port}

[upstream]
host = "127.0.0.1"
port = {office_port}

[state]
directory = "var/branch"

[ratings]
min_gap_s = 0
"""

COUNTER = """
[[counter]]
number = "{number}"
business = {{ zh = "个人业务", en = "Personal" }}
"""

PADS = """
[[bridge]]
name = "bridge-1"
directory = "var/bridge-1"
"""

PAD = """
[[bridge.pad]]
counter = "{number}"
driver = "padlink"
port = "{port}"
"""

OFFICE = """
[broker]
host = "127.0.0.1"
port = {office_port}

[database]
url = "sqlite:///var/head-office.db"
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(done: Callable[[], bool], seconds: float, what: str) -> None:
    """Fail with a name rather than hang."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.05)


class BranchBox:
    """`counters` pads, one bridge. Programs are started by name, killed by name, and started again by name."""

    PROGRAMS = ("branch-broker", "office-broker", "collector", "controller", "bridge")

    def __init__(self, folder: Path, counters: int, seed: int) -> None:
        self.folder = folder
        self.numbers = [str(index + 1) for index in range(counters)]
        self.random = random.Random(seed)
        self.ports = {"branch_port": free_port(), "office_port": free_port()}
        self.cast = Cast(folder, {"PYTHONUNBUFFERED": "1"})
        pads = "".join(PAD.format(number=number, port=folder / f"pad-{number}") for number in self.numbers)
        counter_tables = "".join(COUNTER.format(number=number) for number in self.numbers)
        (folder / "branch.toml").write_text(BRANCH.format(**self.ports) + counter_tables + PADS + pads)
        (folder / "office.toml").write_text(OFFICE.format(**self.ports))
        (folder / "var").mkdir()
        for name in ("branch", "office"):
            (folder / f"{name}-broker.conf").write_text(BROKER.format(port=self.ports[f"{name}_port"]))

    def command(self, name: str) -> list[str]:
        if name.endswith("-broker"):
            mosquitto = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
            return [mosquitto, "-c", str(self.folder / f"{name}.conf")]
        if name.startswith("pad-"):
            number = name.removeprefix("pad-")
            serial = f"{int(number):016x}"
            return [
                *(program("pad-simulator"), "--port", f"pty:{self.folder / name}"),
                *("--serial", serial, "--state", str(self.folder / f"{name}.state"), "--stdin", "--json"),
            ]
        words = {
            "collector": [program("signage"), "collect", "--config", "office.toml"],
            "controller": [program("signage"), "controller", "--config", "branch.toml"],
            "bridge": [program("firmware-bridge"), "--config", "branch.toml"],
        }
        return words[name]

    def start(self, name: str) -> None:
        self.cast.start(name, ["env", "-C", str(self.folder), *self.command(name)])

    def start_all(self) -> None:
        for name in (*self.PROGRAMS, *(f"pad-{number}" for number in self.numbers)):
            self.start(name)

    def kill(self, name: str) -> None:
        self.cast.kill(name)

    def press(self, number: str, key: int) -> None:
        self.cast[f"pad-{number}"].say(f"press {key}")

    def heard(self, number: str, what: str) -> list[dict[str, Any]]:
        """What a pad has told of one kind, such as ``pressed`` or ``acked``."""
        lines = (self.folder / f"pad-{number}.log").read_text().splitlines()
        told = [json.loads(line) for line in lines if line.startswith("{")]
        return [one for one in told if one.get("what") == what]

    def presses(self) -> set[tuple[str, int, int]]:
        """Every key press made: (pad, boot, n)."""
        return {
            (f"{int(number):016x}", one["boot"], one["n"])
            for number in self.numbers
            for one in self.heard(number, "pressed")
        }

    def rows(self) -> list[dict[str, Any]]:
        """Ratings at head office, straight from its database."""
        path = self.folder / "var" / "head-office.db"
        if not path.exists():
            return []
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5) as database:
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'events'").fetchone():
                return []  # the collector has not come so far yet
            found = database.execute("SELECT data FROM events WHERE kind = 'rating'").fetchall()
        return [json.loads(data) for (data,) in found]

    def row_keys(self) -> list[tuple[str, int, int]]:
        return [(row["pad"], row["press"]["boot"], row["press"]["n"]) for row in self.rows()]

    def lose_disk(self, directory: str) -> None:
        shutil.rmtree(self.folder / directory)

    def close(self) -> None:
        self.cast.end_all()
        if os.environ.get("KEEP_LOGS"):
            shutil.copytree(
                self.folder, os.environ["KEEP_LOGS"], dirs_exist_ok=True, ignore=shutil.ignore_patterns("pad-?")
            )
