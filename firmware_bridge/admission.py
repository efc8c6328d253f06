"""Which pad may speak on which port: one serial in one place, and its count of power-ups never goes back.

Pure: the bridge writes `seen` down before the pad is greeted (contract: padlink, Life).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from firmware_bridge.sessions import PadId


@dataclass(frozen=True)
class Seen:
    """The highest boot of one serial, and the port it was seen at."""

    serial: str
    boot: int
    port: str


@dataclass(frozen=True)
class Admitted:
    """`seen` is None where nothing new is to be written down."""

    seen: Seen | None


@dataclass(frozen=True)
class Refused:
    """A fault: `code` for machines, `text` naming both sides of the contradiction."""

    code: str
    text: str


Verdict = Admitted | Refused


class Admission:
    """All serials a bridge knows, and where each of them is now."""

    def __init__(self, known: Iterable[Seen] = ()) -> None:
        self._seen = {seen.serial: seen for seen in known}
        self._port_of: dict[str, str] = {}

    def judge(self, pad: PadId, port: str) -> Verdict:
        """May `pad` speak on `port`? Changes nothing."""
        there = self._port_of.get(pad.name, port)
        if there != port:
            return Refused("pad-twice", f"pad {pad.name} is on {there} and on {port}; the one on {port} is refused")
        boot = pad.boot or 0
        seen = self._seen.get(pad.name)
        if seen is None:
            return Admitted(Seen(pad.name, boot, port))
        if boot < seen.boot:
            text = (
                f"pad {pad.name} on {port} says boot {boot}, but boot {seen.boot} was seen on {seen.port}: "
                "two pads with one serial, or one that lost its memory; it is refused"
            )
            return Refused("pad-boot", text)
        now_seen = Seen(pad.name, boot, port)
        return Admitted(None if seen == now_seen else now_seen)

    def enter(self, pad: PadId, verdict: Verdict, port: str) -> None:
        """The verdict is written down: the pad is on that port from now on."""
        match verdict:
            case Admitted():
                self.leave(port)
                self._port_of[pad.name] = port
                if verdict.seen is not None:
                    self._seen[pad.name] = verdict.seen
            case Refused():
                pass
            case _:
                assert_never(verdict)

    def leave(self, port: str) -> None:
        """Nobody is on that port any more."""
        for serial in [serial for serial, there in self._port_of.items() if there == port]:
            del self._port_of[serial]
