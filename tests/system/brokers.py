"""Real brokers for system tests, each on a free loopback port, ended by their own pid.

with mosquitto(tmp_path) as broker: Address("127.0.0.1", broker.port) …; broker.stop(); broker.start()
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

_AMQTT = """
import asyncio, logging, sys
from amqtt.broker import Broker
logging.disable(logging.CRITICAL)
async def serve(port):
    broker = Broker({
        "listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{port}"}},
        "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}},
    })
    await broker.start()
    await asyncio.Event().wait()
asyncio.run(serve(int(sys.argv[1])))
"""


def free_port() -> int:
    """A loopback port that nobody listens on at present."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_listening(port: int, timeout_s: float = 15.0) -> None:
    pause = Event()
    for _ in range(int(timeout_s / 0.05)):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1.0).close()
        except OSError:
            pause.wait(0.05)
        else:
            return
    raise TimeoutError(f"nobody listens on 127.0.0.1:{port} after {timeout_s} s")


class Broker:
    """One broker process that can be stopped, killed, frozen and started again on the same port."""

    host = "127.0.0.1"

    def __init__(self, command: list[str], port: int, log: Path) -> None:
        self.port = port
        self._command = command
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
        wait_until_listening(self.port)

    def stop(self, number: int = signal.SIGTERM) -> None:
        if self._process is None:
            return
        os.kill(self._process.pid, signal.SIGCONT)  # it may have been frozen
        os.kill(self._process.pid, number)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(10)
        self._process = None

    def freeze(self) -> None:
        """The line stays up, nobody answers."""
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGCONT)


@contextmanager
def mosquitto(folder: Path, extra: str = "allow_anonymous true", port: int | None = None) -> Iterator[Broker]:
    """`extra`: further lines of its configuration, instead of the one that lets everybody in."""
    port = port or free_port()
    settings = folder / f"mosquitto-{port}.conf"
    # Started as root it would become another user, who may not read what a test lays into its folder.
    user = "user root\n" if os.getuid() == 0 else ""
    settings.write_text(f"listener {port} 127.0.0.1\n{user}set_tcp_nodelay true\nmax_queued_messages 0\n{extra}\n")
    yield from _running(Broker(["mosquitto", "-c", str(settings)], port, folder / f"mosquitto-{port}.log"))


@contextmanager
def amqtt(folder: Path, port: int | None = None) -> Iterator[Broker]:
    """The broker that `signage broker` is made of, letting everybody in."""
    port = port or free_port()
    yield from _running(Broker([sys.executable, "-c", _AMQTT, str(port)], port, folder / f"amqtt-{port}.log"))


def _running(broker: Broker) -> Iterator[Broker]:
    broker.start()
    try:
        yield broker
    finally:
        broker.stop()
