"""What stands on a line, frame by frame beside its bytes, and why bytes are thrown away. Pure; for `firmware-bridge sniff`."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from firmware_bridge.ff68 import codec as ff68
from firmware_bridge.lines import codec as lines
from firmware_bridge.padlink.body import Discard
from firmware_bridge.padlink.codec import ENCODED_LIMIT_BYTES, decode
from firmware_bridge.padlink.frames import Sender
from firmware_bridge.strip_at import codec as strip
from signage.core.instants import Instant


@dataclass(frozen=True)
class Seen:
    """One frame, or what was thrown away: `bad` is the reason, `raw` the bytes."""

    text: str
    raw: bytes = b""
    bad: str | None = None


Decoder = Callable[[bytes, Instant], list[Seen]]


class PadlinkEars:
    """Both sides' frames, so that a whole conversation can be read."""

    def __init__(self) -> None:
        self._held = bytearray()

    def __call__(self, data: bytes, _now: Instant) -> list[Seen]:
        *closed, rest = data.split(b"\0")
        found = []
        for piece in closed:
            encoded = bytes(self._held + piece)
            self._held.clear()
            if encoded:
                found.append(self._one(encoded))
        self._held = bytearray((self._held + rest)[: ENCODED_LIMIT_BYTES + 1])
        return found

    def _one(self, encoded: bytes) -> Seen:
        result = decode(encoded, Sender.PAD)
        if result is Discard.TYPE:
            result = decode(encoded, Sender.HOST)
        if isinstance(result, Discard):
            return Seen("", encoded + b"\0", str(result))
        return Seen(f"{result.seq:3d} {result.frame}", encoded + b"\0")


Feed = Callable[[bytes, Instant], Iterable[Any]]


class ReaderEars:
    """Over a driver's own reader. `make` gets where to show what is thrown away, and returns what takes bytes."""

    def __init__(self, make: Callable[[Callable[[bytes, str], None]], Feed], show: Callable[[Any], Seen]) -> None:
        self._feed = make(self._throw)
        self._show = show
        self._thrown: list[Seen] = []

    def __call__(self, data: bytes, now: Instant) -> list[Seen]:
        """Byte by byte, so that all stands in the order in which it came; nothing, too, for what time alone ends."""
        found: list[Seen] = []
        for piece in [data[at : at + 1] for at in range(len(data))] or [b""]:
            frames = [self._show(one) for one in self._feed(piece, now)]
            for one in (*self._thrown, *frames):
                if found and one.bad is not None and found[-1].bad == one.bad:
                    found[-1] = Seen("", found[-1].raw + one.raw, one.bad)
                else:
                    found.append(one)
            self._thrown.clear()
        return found

    def _throw(self, raw: bytes, reason: str) -> None:
        self._thrown.append(Seen("", raw, str(reason)))


def _ff68() -> Decoder:
    return ReaderEars(lambda thrown: ff68.Reader(thrown).feed, lambda frame: Seen(str(frame), ff68.encode(frame)))


def _untimed(feed: Callable[[bytes], Iterable[Any]]) -> Feed:
    return lambda data, _now: feed(data)


def _lines() -> Decoder:
    return ReaderEars(lambda thrown: _untimed(lines.Reader(thrown).feed), lambda line: Seen(repr(line), line.encode()))


def _strip() -> Decoder:
    return ReaderEars(
        lambda thrown: _untimed(strip.Reader(thrown).feed), lambda line: Seen(str(line), strip.encode(line))
    )


EARS: Final[Mapping[str, Callable[[], Decoder]]] = {
    "padlink": PadlinkEars,
    "ff68": _ff68,
    "lines": _lines,
    "strip-at": _strip,
    "raw": lambda: lambda data, _now: [Seen("", data)],
}


def recorded(data: bytes, now: Instant) -> str:
    """One line of a recording."""
    return json.dumps({"at": str(now), "bytes": data.hex()})


def replayed(text: str) -> Iterator[tuple[Instant, bytes]]:
    """A recording's pieces. Raises ValueError naming the line that is none."""
    for number, line in enumerate(text.splitlines(), 1):
        try:
            one = json.loads(line)
            piece = Instant.parse(one["at"]), bytes.fromhex(one["bytes"])
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ValueError(f"line {number} is not {{at, bytes}} of a recording: {error}") from error
        yield piece
