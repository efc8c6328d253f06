"""A PostgreSQL server of the tests' own: on a free loopback port, as a user that is not root, gone afterwards."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_UNPRIVILEGED = "postgres"


def programs() -> Path | None:
    """Where the newest installed server's programs are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    def __init__(self, folder: Path, port: int, bin_folder: Path) -> None:
        self.folder = folder
        self.port = port
        self._bin = bin_folder

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://office@127.0.0.1:{self.port}/postgres"

    def run(self, program: str, *arguments: str) -> None:
        user = {"user": _UNPRIVILEGED, "group": _UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run(
            [self._bin / program, *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=(self.folder / "out.log").open("ab"),
            stderr=subprocess.STDOUT,
            timeout=60,
            cwd=self.folder,
            **user,  # type: ignore[call-overload]  # the three that must go together
        )
        assert done.returncode == 0, (self.folder / "out.log").read_text()

    def start(self) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.folder}"
        self.run(
            "pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "fast", "-w", "stop")


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    bin_folder = programs()
    assert bin_folder is not None
    folder = Path("/tmp") / f"pg-{os.getpid()}-{folder.name}"  # where another user may go as well
    folder.mkdir()
    if os.geteuid() == 0:
        shutil.chown(folder, _UNPRIVILEGED, _UNPRIVILEGED)
    made = Server(folder, free_port(), bin_folder)
    try:
        made.run("initdb", "-D", str(folder / "data"), "-U", "office", "-A", "trust", "--no-sync")
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
