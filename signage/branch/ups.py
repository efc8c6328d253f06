"""What a UPS daemon says about mains: Network UPS Tools' protocol, one line each way. Pure but for `UpsLine`.

``GET VAR <ups> ups.status`` is answered by ``VAR <ups> ups.status "OB DISCHRG"`` or ``ERR <reason>``. Source: the NUT
developer guide, "Network protocol information" and "Status data". A daemon that cannot say how the UPS is has not said
that mains is lost: each such state has a name of its own, and none of them suspends or lifts anything.
"""

import re
import socket
from dataclasses import dataclass
from typing import Final

from signage.branch.verdicts import Seen, Verdict

PORT: Final = 3493
_LINE_LIMIT: Final = 512  # bytes of one answer
_ANSWER = re.compile(r'VAR (?P<ups>\S+) ups\.status "(?P<status>[^"]*)"\Z')

# The first flag of the status that stands here decides. OL last: a UPS on line may yet shut down by force.
_FLAGS: Final[tuple[tuple[str, Verdict, str, str], ...]] = (
    ("FSD", Verdict.FAILED, "shutdown", "the UPS shuts down by force"),
    ("LB", Verdict.FAILED, "low-battery", "mains is lost and the battery is nearly empty"),
    ("OB", Verdict.FAILED, "on-battery", "mains is lost, the UPS runs on battery"),
    ("OFF", Verdict.FAILED, "off", "the UPS gives no power"),
    ("BYPASS", Verdict.HOLDS, "bypass", "the UPS is bypassed: a power cut would not be bridged"),
    ("CAL", Verdict.HOLDS, "calibrating", "the UPS calibrates its battery"),
    ("OVER", Verdict.HOLDS, "overload", "the UPS carries too much"),
    ("RB", Verdict.HOLDS, "replace-battery", "the battery of the UPS wants replacing"),
    ("OL", Verdict.HOLDS, "", "mains is there"),
)
_ERRORS: Final[dict[str, tuple[str, str]]] = {
    "DATA-STALE": ("stale", "the UPS driver hangs or has lost its UPS"),
    "DRIVER-NOT-CONNECTED": ("driver-gone", "the UPS driver does not run"),
    "UNKNOWN-UPS": ("unknown-ups", "the daemon knows no UPS of that name"),
    "ACCESS-DENIED": ("denied", "the daemon does not answer this host; see its LISTEN and ACCEPT"),
    "VAR-NOT-SUPPORTED": ("no-status", "the UPS tells no status"),
}


def read_answer(line: str) -> Seen:
    """What one answer of upsd means. Total: anything else is UNKNOWN, `nonsense`."""
    if line.startswith("ERR "):
        condition, text = _ERRORS.get(line.split()[1] if len(line.split()) > 1 else "", ("error", line[:80]))
        return Seen(Verdict.UNKNOWN, condition, text)
    match = _ANSWER.match(line)
    if match is None:
        return Seen(Verdict.UNKNOWN, "nonsense", "what answers there is no UPS daemon")
    flags = match["status"].split()
    # On low battery some drivers send "OL LB": while mains is there, the battery is filling again.
    on_line = "OL" in flags and "OB" not in flags
    for flag, verdict, condition, text in _FLAGS:
        if flag in flags and not (flag == "LB" and on_line):
            return Seen(verdict, condition, text)
    return Seen(Verdict.UNKNOWN, "no-status", f"the UPS says {match['status'][:40]!r}")


@dataclass
class UpsLine:
    """A connection to upsd, kept open between looks: 0.2 ms a look. Owned by the probe's thread."""

    host: str
    port: int
    ups: str
    timeout_s: float = 2.0
    _socket: socket.socket | None = None

    def look(self) -> Seen:
        """Ask once; a connection that an earlier look left behind may be dead, so a second try opens a new one."""
        fresh = self._socket is None
        try:
            return self._ask()
        except OSError as error:
            self.close()
            if fresh:
                return self._unreachable(error)
        try:
            return self._ask()
        except OSError as error:
            self.close()
            return self._unreachable(error)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
        self._socket = None

    def _unreachable(self, error: OSError) -> Seen:
        said = error.strerror or str(error)
        return Seen(
            Verdict.UNKNOWN, "unreachable", f"the UPS daemon at {self.host}:{self.port} does not answer: {said}"
        )

    def _ask(self) -> Seen:
        if self._socket is None:
            self._socket = socket.create_connection((self.host, self.port), timeout=self.timeout_s)
            self._socket.settimeout(self.timeout_s)
        self._socket.sendall(f"GET VAR {self.ups} ups.status\n".encode())
        received = b""
        while b"\n" not in received and len(received) < _LINE_LIMIT:
            more = self._socket.recv(_LINE_LIMIT)
            if not more:
                raise ConnectionResetError("the daemon closed the connection")
            received += more
        return read_answer(received.partition(b"\n")[0].decode("utf-8", "replace").rstrip("\r"))
