"""A UPS that is none, behind the real daemon: Network UPS Tools' dummy-ups and upsd on a free loopback port.

with NutBox() as nut: nut.say("OB"); nut.kill_driver(); nut.hang_driver(); nut.kill_daemon(); …
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import Self

from tests.system.brokers import free_port, wait_until_listening

FOLDER = Path("/lib/nut")  # where the package keeps drivers and daemon
DRIVER = ("dummy-ups", "-D", "-a", "branch")
DAEMON = ("upsd", "-D")
MAX_AGE_S = 5  # upsd calls data stale that is older


class NutBox:
    def __init__(self) -> None:
        # Sockets lie in the folder: their paths may be 108 bytes long, which pytest's folders are not short enough for.
        self.folder = Path(tempfile.mkdtemp(prefix="ups-"))
        self.port = free_port()
        self._environment = os.environ | dict.fromkeys(
            ("NUT_CONFPATH", "NUT_STATEPATH", "NUT_ALTPIDPATH"), str(self.folder)
        )
        lines = {
            "ups.conf": 'pollinterval = 1\n[branch]\ndriver = dummy-ups\nport = branch.dev\ndesc = "of the test"\n',
            "upsd.conf": f"LISTEN 127.0.0.1 {self.port}\nMAXAGE {MAX_AGE_S}\n",
            "upsd.users": "",
        }
        for name, text in lines.items():
            (self.folder / name).write_text(text)
        self._written = 0
        self.say("OL")
        self._driver: subprocess.Popen[bytes] | None = None
        self._daemon: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start_driver()
        self.start_daemon()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for process in (self._daemon, self._driver):
            if process is not None:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def say(self, status: str) -> None:
        """What the UPS is to report from its next poll on. The file is replaced, never half written.

        The driver sees by the second whether it is another one.
        """
        file = self.folder / "new"
        file.write_text(f"ups.status: {status}\nbattery.charge: 90\n")
        self._written = max(int(time.time()), self._written + 1)
        os.utime(file, (self._written, self._written))
        file.replace(self.folder / "branch.dev")

    def start_driver(self) -> None:
        self._driver = self._start(DRIVER)
        while not list(self.folder.glob("dummy-ups-branch")):
            Event().wait(0.05)

    def start_daemon(self) -> None:
        self._daemon = self._start(DAEMON)
        wait_until_listening(self.port)

    def kill_driver(self) -> None:
        assert self._driver is not None
        self._driver.kill()
        self._driver.wait()
        (self.folder / "dummy-ups-branch").unlink(missing_ok=True)

    def hang_driver(self) -> None:
        assert self._driver is not None
        os.kill(self._driver.pid, signal.SIGSTOP)

    def wake_driver(self) -> None:
        assert self._driver is not None
        os.kill(self._driver.pid, signal.SIGCONT)

    def kill_daemon(self) -> None:
        assert self._daemon is not None
        self._daemon.kill()
        self._daemon.wait()

    def reported(self, status: str) -> "Report":
        """Watch upsd from now on, by a connection of our own: when does it say `status`?"""
        return Report(self.port, status)

    def _start(self, words: tuple[str, ...]) -> subprocess.Popen[bytes]:
        user = ("-u", "root") if os.getuid() == 0 else ()
        with (self.folder / f"{words[0]}.log").open("ab") as log:
            command = [str(FOLDER / words[0]), *words[1:], *user]
            return subprocess.Popen(command, env=self._environment, cwd=self.folder, stdout=log, stderr=log)


class Report:
    """`at`: the monotonic time at which upsd first said it."""

    def __init__(self, port: int, status: str) -> None:
        self._wanted = f'"{status}"\n'.encode()
        self._line = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.at = 0.0
        self._thread = Thread(target=self._watch)
        self._thread.start()

    def wait(self) -> float:
        self._thread.join(30)
        assert self.at, "upsd never said so"
        return self.at

    def _watch(self) -> None:
        with self._line:
            pause, deadline = Event(), time.monotonic() + 30
            while time.monotonic() < deadline:
                self._line.sendall(b"GET VAR branch ups.status\n")
                if self._line.recv(200).endswith(self._wanted):
                    self.at = time.monotonic()
                    return
                pause.wait(0.01)
