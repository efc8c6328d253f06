"""Facts from outside: a host that answers, a file that is fresh. Each probe that can block has a thread of its own."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from signage.branch.settings import FileProbe, Probe, TcpProbe
from signage.core.instants import Instant


@dataclass(frozen=True)
class Probed:
    """A probe has changed its mind, or speaks for the first time. `text` says what it saw."""

    probe: str
    failed: bool
    text: str


def check(probe: TcpProbe | FileProbe, now: Instant) -> Probed:
    """Look once. May block for the probe's time-out."""
    match probe:
        case TcpProbe():
            return _tcp(probe)
        case FileProbe():
            return _file(probe, now)
        case _:
            assert_never(probe)


def watch(
    probe: TcpProbe | FileProbe,
    put: Callable[[Probed], None],
    stop: threading.Event,
    clock: Callable[[], Instant],
) -> None:
    """A probe's thread: look, tell what is new, wait; until `stop`."""
    last: bool | None = None
    while True:
        seen = check(probe, clock())
        if seen.failed != last:
            put(seen)
            last = seen.failed
        if stop.wait(probe.every_s):
            return


def blocking(probes: tuple[Probe, ...]) -> tuple[TcpProbe | FileProbe, ...]:
    """Those that need a thread; the others read what the controller is told anyway."""
    return tuple(probe for probe in probes if isinstance(probe, TcpProbe | FileProbe))


def _tcp(probe: TcpProbe) -> Probed:
    try:
        with socket.create_connection((probe.host, probe.port), timeout=probe.timeout_s):
            return Probed(probe.name, failed=False, text=f"{probe.host}:{probe.port} answers")
    except OSError as error:
        return Probed(probe.name, failed=True, text=f"{probe.host}:{probe.port} does not answer: {error}")


def _file(probe: FileProbe, now: Instant) -> Probed:
    try:
        modified_ms = probe.path.stat().st_mtime_ns // 1_000_000
    except OSError as error:
        return Probed(probe.name, failed=True, text=f"{probe.path}: {error.strerror}")
    age_s = (now.ms - modified_ms) / 1000
    if probe.max_age_s is not None and age_s > probe.max_age_s:
        return Probed(probe.name, failed=True, text=f"{probe.path} is older than {probe.max_age_s:g} s")
    return Probed(probe.name, failed=False, text=f"{probe.path} is there")
