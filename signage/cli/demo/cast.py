"""The programs of the demo: started in process groups of their own, watched, and ended by their own ids."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Final

_GRACE_S: Final = 6.0  # contract: a program ends within 5 s of SIGTERM


class Fallen(Exception):  # noqa: N818 - says who has ended, is no failure of this module
    """A program ended although nobody asked it to. `log` holds what it wrote."""

    def __init__(self, name: str, code: int, log: Path) -> None:
        super().__init__(f"{name} ended by itself with {code}")
        self.name = name
        self.code = code
        self.log = log

    def last_words(self, lines: int = 12) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


@dataclass(frozen=True)
class Actor:
    """One running program."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def say(self, line: str) -> None:
        """Type a line into the program."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n".encode())
        self.process.stdin.flush()

    @property
    def code(self) -> int | None:
        return self.process.poll()


class Cast:
    """Everything that runs. `logs`: one file for each name; `environment` is added to this program's own."""

    def __init__(self, logs: Path, environment: Mapping[str, str]) -> None:
        self._logs = logs
        self._environment = {**os.environ, **environment}
        self._actors: dict[str, Actor] = {}

    def __getitem__(self, name: str) -> Actor:
        return self._actors[name]

    def runs(self, name: str) -> bool:
        return name in self._actors

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str] | None = None) -> Actor:
        """Start a program, or start it again. It is ended with this process, however this process ends."""
        log = self._logs / f"{name}.log"
        leash = ("setpriv", "--pdeathsig", "TERM", "--") if which("setpriv") else ()
        with log.open("ab") as writing:
            process = subprocess.Popen(  # noqa: S603 - the demo's own programs and arguments
                [*leash, *command],
                stdin=subprocess.PIPE,
                stdout=writing,
                stderr=writing,
                env={**self._environment, **(environment or {})},
                start_new_session=True,
            )
        actor = Actor(name, process, log)
        self._actors[name] = actor
        return actor

    def check(self) -> None:
        """Raises Fallen if a program that should run does not."""
        for actor in self._actors.values():
            if actor.code is not None:
                raise Fallen(actor.name, actor.code, actor.log)

    def kill(self, name: str) -> None:
        """The hard way: kill -9."""
        self._signal(self._actors[name], signal.SIGKILL)
        self._actors.pop(name).process.wait()

    def end(self, *names: str) -> None:
        """Ask, wait, and kill who has not gone."""
        leaving = [self._actors.pop(name) for name in names]
        for actor in leaving:
            self._signal(actor, signal.SIGTERM)
        for actor in leaving:
            try:
                actor.process.wait(_GRACE_S)
            except subprocess.TimeoutExpired:
                self._signal(actor, signal.SIGKILL)
                actor.process.wait()

    def end_all(self) -> None:
        """In the opposite order of starting: whoever writes ends before whoever stores."""
        self.end(*reversed(self._actors))

    @staticmethod
    def _signal(actor: Actor, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(actor.process.pid, number)


def program(name: str) -> str:
    """A program of this distribution, as installed beside the running interpreter."""
    beside = Path(sys.executable).with_name(name)
    return str(beside) if beside.exists() else name
