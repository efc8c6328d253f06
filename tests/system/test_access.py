"""Who may, tried by delivery: a forbidden publish is still acknowledged, a forbidden subscription still granted."""

import os
import queue
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import IPPROTO_TCP, TCP_NODELAY
from threading import Event
from typing import Any

import pytest
from paho.mqtt.client import Client as Paho
from paho.mqtt.enums import CallbackAPIVersion

from signage.cli.demo.cast import program
from signage.config.addresses import read_passwords
from signage.link.client import Address, Arrived, Client, Connected, LinkEvent
from tests.system.brokers import free_port, wait_until_listening

pytestmark = pytest.mark.system

ROOT = "bank/v1"
BRANCH = "hz-1"
NODES = ("touch", "wall", "bridge")
FENCE = b"fence"
CONFIG = """
[branch]
id = "hz-1"
name = {{ zh = "一" }}
hotline = "95599"
timezone = "Asia/Shanghai"
groups = ["city"]
[hours]
personal = "24/7"
[broker]
port = {port}
password_file = "{folder}/passwords"
[[screen]]
name = "touch"
kind = "touch"
size = [720, 1280]
[[screen]]
name = "wall"
kind = "wall"
size = [1280, 720]
[[bridge]]
name = "bridge"
"""
TOPICS = [
    f"{ROOT}/{target}/{leaf}"
    for target in (*NODES, BRANCH, "all", "group-city", "group-other", "stranger")
    for leaf in ("up/status", "up/events", "down/command", "down/blob/ab/0")
] + [f"{ROOT}/all/local", f"{ROOT}/wall", "elsewhere/x", f"{ROOT}/x/all/local"]


def may_write(user: str, topic: str) -> bool:
    """The contract's sentence, told otherwise than the code does."""
    own = topic.startswith(f"{ROOT}/{user}/up/")
    if user == BRANCH:
        return own or (topic.startswith(f"{ROOT}/") and topic.split("/")[3:4] == ["down"])
    return own or (user == "touch" and topic == f"{ROOT}/all/local")


def may_read(user: str, topic: str) -> bool:
    if topic.startswith((f"{ROOT}/{user}/down/", f"{ROOT}/all/")):
        return True
    if user == BRANCH:
        return topic.startswith(f"{ROOT}/") and topic.split("/")[3:4] == ["up"]
    return topic.startswith(f"{ROOT}/group-city/down/") or (
        topic.startswith(f"{ROOT}/") and topic.split("/")[3:] == ["up", "status"]
    )


class Listener:
    """One user with what it has heard: (writer, topic)."""

    def __init__(self, user: str, password: str, port: int, *filters: str) -> None:
        self.user = user
        self.heard: set[tuple[str, str]] = set()
        self._fences: set[str] = set()
        self._events: queue.Queue[LinkEvent] = queue.Queue()
        address = Address("127.0.0.1", port, username=user, password=password)
        self.client = Client(user, address, user, tuple((one, 1) for one in filters), self._events.put)
        self.client.start()
        while not isinstance(self._events.get(timeout=15), Connected):
            pass

    def hear_fences(self, writers: set[str]) -> None:
        while not writers <= self._fences:
            event = self._events.get(timeout=20)
            if isinstance(event, Arrived):
                writer, _, mark = event.payload.partition(b" ")
                if mark == FENCE:
                    self._fences.add(writer.decode())
                else:
                    self.heard.add((writer.decode(), event.topic))


def filters_of(user: str) -> tuple[str, ...]:
    if user == BRANCH:
        return (f"{ROOT}/+/up/#", f"{ROOT}/all/#", f"{ROOT}/{user}/down/#")
    return (f"{ROOT}/{user}/down/#", f"{ROOT}/group-city/down/#", f"{ROOT}/all/#", f"{ROOT}/+/up/status")


def say(port: int, user: str, password: str, topic: str, payload: bytes) -> None:
    """Publish on a connection of its own, until it is acknowledged or the broker hangs up.

    With users bound to client ids Mosquitto 2.0.11 does the latter to whoever publishes what it may not.
    """
    done = Event()
    client: Any = Paho(CallbackAPIVersion.VERSION2, client_id=user)
    client.username_pw_set(user, password)
    client.on_socket_open = lambda _client, _data, line: line.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    client.on_connect = lambda *_: client.publish(topic, user.encode() + b" " + payload, 1)
    client.on_publish = lambda *_: done.set()
    client.on_disconnect = lambda *_: done.set()
    client.connect("127.0.0.1", port)
    client.loop_start()
    assert done.wait(10)
    client.disconnect()
    client.loop_stop()


@contextmanager
def running(kind: str, folder: Path, config: Path, port: int) -> Iterator[None]:
    if kind == "mosquitto":
        conf = folder / "broker" / "mosquitto.conf"
        if os.geteuid() == 0:
            conf.write_text(conf.read_text() + "user root\n")  # who else may not read pytest's folder
        command = ["mosquitto", "-c", str(conf)]
    else:
        command = [program("signage"), "broker", "--config", str(config)]
    with (folder / "broker.log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            wait_until_listening(port)
            yield
        finally:
            process.terminate()
            assert process.wait(6) == 0


@pytest.mark.parametrize("kind", ["mosquitto", "embedded"])
def test_every_user_reaches_what_the_contract_grants_and_nothing_else(kind: str, tmp_path: Path) -> None:
    port = free_port()
    config = tmp_path / "branch.toml"
    config.write_text(CONFIG.format(port=port, folder=tmp_path), encoding="utf-8")
    made = subprocess.run(
        [program("signage"), "acl", "--config", config, "--out", tmp_path / "broker", "--new-passwords"], check=False
    )
    assert made.returncode == 0
    passwords = read_passwords(tmp_path / "passwords")
    hashed = (tmp_path / "broker" / "signage.passwords").read_text()
    assert all(password not in hashed for password in passwords.values())
    users = {BRANCH, *NODES}
    with running(kind, tmp_path, config, port):
        for writer in sorted(users):
            with ExitStack() as ending:
                listeners = [Listener(user, passwords[user], port, *filters_of(user)) for user in users - {writer}]
                for listener in listeners:
                    ending.callback(listener.client.stop)
                for topic in TOPICS:
                    say(port, writer, passwords[writer], topic, topic.encode())
                say(port, writer, passwords[writer], f"{ROOT}/{writer}/up/status", FENCE)
                for listener in listeners:
                    listener.hear_fences({writer})
                    reader = listener.user
                    wanted = {(writer, one) for one in TOPICS if may_write(writer, one) and may_read(reader, one)}
                    assert listener.heard == wanted, f"{writer} to {reader}"


@pytest.mark.parametrize("kind", ["mosquitto", "embedded"])
def test_strangers_and_wrong_passwords_stay_outside(kind: str, tmp_path: Path) -> None:
    port = free_port()
    config = tmp_path / "branch.toml"
    config.write_text(CONFIG.format(port=port, folder=tmp_path), encoding="utf-8")
    subprocess.run(
        [program("signage"), "acl", "--config", config, "--out", tmp_path / "broker", "--new-passwords"], check=True
    )
    with running(kind, tmp_path, config, port):
        for user, password in ((None, None), ("wall", "wrong"), ("stranger", "x")):
            events: queue.Queue[LinkEvent] = queue.Queue()
            address = Address("127.0.0.1", port, username=user, password=password)
            client = Client("x", address, "x", ((f"{ROOT}/all/#", 1),), events.put)
            client.start()
            assert not isinstance(events.get(timeout=15), Connected)
            client.stop()
