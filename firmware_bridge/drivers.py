"""The register of drivers: a new one is a file with a session and a line here (docs/drivers.md)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from firmware_bridge.ff68.session import Ff68Session, Set
from firmware_bridge.lines.session import LinesSession, Printer
from firmware_bridge.padlink.session import SERIAL_NOTE, PadlinkSession
from firmware_bridge.sessions import Session
from firmware_bridge.settings import PadSettings, StripSettings
from firmware_bridge.shared_line import SharedLine
from firmware_bridge.strip_at.session import StripAtSession


@dataclass(frozen=True)
class Recalled:
    """What the last run wrote down of one port: a session's notes, and what was wrong as (counter, code)."""

    notes: Mapping[str, str] = field(default_factory=dict)
    faults: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class PadDriver:
    """`make` gets all pads of one port, at least one. `baud`: unless configured."""

    baud: int
    make: Callable[[tuple[PadSettings, ...], Recalled], Session]


@dataclass(frozen=True)
class StripDriver:
    """`make` gets all strips of one port, at least one."""

    baud: int
    make: Callable[[tuple[StripSettings, ...]], Session]


def _padlink(pads: tuple[PadSettings, ...], recalled: Recalled) -> Session:
    (pad,) = pads  # point to point
    stars = None if pad.stars is None else {int(key): stars for key, stars in pad.stars.items()}
    faults = frozenset(code for _, code in recalled.faults)
    return PadlinkSession(pad.counter, stars, faults, recalled.notes.get(SERIAL_NOTE))


def _ff68(pads: tuple[PadSettings, ...], recalled: Recalled) -> Session:
    sets = tuple(Set(pad.counter, int(pad.address or 0), pad.stars) for pad in pads)
    return Ff68Session(pads[0].bridge, sets, pads[0].baud, recalled.notes, recalled.faults)


def _lines(pads: tuple[PadSettings, ...], recalled: Recalled) -> Session:
    printers = tuple(
        Printer(pad.counter, pad.pattern, pad.stars or {}, pad.reply, None if pad.address is None else str(pad.address))
        for pad in pads
    )
    return LinesSession(pads[0].bridge, printers, pads[0].repeat_s, recalled.notes, recalled.faults)


PAD_DRIVERS: Final[Mapping[str, PadDriver]] = {
    "padlink": PadDriver(115200, _padlink),
    "ff68": PadDriver(9600, _ff68),
    "lines": PadDriver(9600, _lines),
}
STRIP_DRIVERS: Final[Mapping[str, StripDriver]] = {
    "strip-at": StripDriver(9600, lambda strips: StripAtSession({one.counter: one.address for one in strips})),
}


def session_of(pads: tuple[PadSettings, ...], strips: tuple[StripSettings, ...], recalled: Recalled) -> Session:
    """The session of one port with these on it, at least one of them."""
    if not pads:
        return STRIP_DRIVERS[strips[0].driver].make(strips)
    listening = PAD_DRIVERS[pads[0].driver].make(pads, recalled)
    if not strips:
        return listening
    return SharedLine(
        listening,
        STRIP_DRIVERS[strips[0].driver].make(strips),
        frozenset(pad.counter for pad in pads),
        frozenset(strip.counter for strip in strips),
    )
