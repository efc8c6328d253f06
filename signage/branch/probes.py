"""Facts from outside: a host that answers, a page, a fresh file, a UPS. Each probe that can block has a thread of its own."""

import http.client
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from signage.branch.settings import FileProbe, HttpProbe, NutProbe, Probe, TcpProbe
from signage.branch.ups import UpsLine
from signage.branch.verdicts import Seen, Verdict
from signage.core.instants import Instant

_PAGE_LIMIT = 65_536  # bytes of a page that are looked through

Blocking: TypeAlias = TcpProbe | HttpProbe | FileProbe | NutProbe


@dataclass(frozen=True)
class Probed:
    """A probe has something new to say, or speaks for the first time."""

    probe: str
    seen: Seen


def watch(
    probe: Blocking,
    put: Callable[[Probed], None],
    stop: threading.Event,
    clock: Callable[[], Instant],
) -> None:
    """A probe's thread: look, tell what is new, wait; until `stop`."""
    look = looker(probe)
    last: tuple[Verdict, str] | None = None
    while True:
        seen = look(clock())
        if (seen.verdict, seen.condition) != last:
            put(Probed(probe.name, seen))
            last = (seen.verdict, seen.condition)
        if stop.wait(probe.every_s):
            return


def looker(probe: Blocking) -> Callable[[Instant], Seen]:
    """How to look once. May block for the probe's time-out."""
    match probe:
        case TcpProbe():
            return lambda now: _tcp(probe)  # noqa: ARG005 - every look is given the time
        case HttpProbe():
            return lambda now: _http(probe)  # noqa: ARG005 - as above
        case FileProbe():
            return lambda now: _file(probe, now)
        case NutProbe():
            line = UpsLine(probe.host, probe.port, probe.ups, probe.timeout_s)
            return lambda now: line.look()  # noqa: ARG005 - as above
        case _:
            assert_never(probe)


def blocking(probes: tuple[Probe, ...]) -> tuple[Blocking, ...]:
    """Those that need a thread; the others read what the controller is told anyway."""
    return tuple(probe for probe in probes if isinstance(probe, TcpProbe | HttpProbe | FileProbe | NutProbe))


def _holds(text: str) -> Seen:
    return Seen(Verdict.HOLDS, "", text)


def _failed(text: str) -> Seen:
    return Seen(Verdict.FAILED, "", text)


def _tcp(probe: TcpProbe) -> Seen:
    try:
        with socket.create_connection((probe.host, probe.port), timeout=probe.timeout_s):
            return _holds(f"{probe.host}:{probe.port} answers")
    except OSError as error:
        return _failed(f"{probe.host}:{probe.port} does not answer: {error}")


def _http(probe: HttpProbe) -> Seen:
    request = urllib.request.Request(probe.url, headers={"User-Agent": "branch-signage"})  # noqa: S310 - the schema takes http and https only
    try:
        with urllib.request.urlopen(request, timeout=probe.timeout_s) as page:  # noqa: S310 - as above
            body = page.read(_PAGE_LIMIT) if probe.contains is not None else b""
    except urllib.error.HTTPError as error:
        error.close()
        return _failed(f"{probe.url} answers {error.code}")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _failed(f"{probe.url} does not answer: {getattr(error, 'reason', error)}")
    if probe.contains is not None and probe.contains.encode() not in body:
        return _failed(f"{probe.url} answers without {probe.contains!r}")
    return _holds(f"{probe.url} answers")


def _file(probe: FileProbe, now: Instant) -> Seen:
    try:
        modified_ms = probe.path.stat().st_mtime_ns // 1_000_000
    except OSError as error:
        return _failed(f"{probe.path}: {error.strerror}")
    age_s = (now.ms - modified_ms) / 1000
    if probe.max_age_s is not None and age_s > probe.max_age_s:
        return _failed(f"{probe.path} is older than {probe.max_age_s:g} s")
    return _holds(f"{probe.path} is there")
