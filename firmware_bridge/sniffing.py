"""What stands on a line, frame by frame beside its bytes, and why bytes are thrown away. Pure; for `firmware-bridge sniff`."""

import json
from collections import Counter
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
    """One frame, or what was dropped: `bad` is the reason, `raw` the bytes where they are known."""

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


class CountedEars:
    """A driver whose reader counts what it drops: `feed` and its `discarded`, and how a frame looks."""

    def __init__(
        self,
        feed: Callable[[bytes, Instant], Iterable[Any]],
        discarded: Mapping[Any, int],
        show: Callable[[Any], Seen],
    ) -> None:
        self._feed = feed
        self._discarded = discarded
        self._show = show
        self._told: Counter[Any] = Counter()

    def __call__(self, data: bytes, now: Instant) -> list[Seen]:
        found = [self._show(one) for one in self._feed(data, now)]
        news = Counter(self._discarded) - self._told
        self._told = Counter(self._discarded)
        return [Seen(f"{count} dropped", bad=str(reason)) for reason, count in sorted(news.items())] + found


def _ff68() -> Decoder:
    reader = ff68.Reader()
    return CountedEars(reader.feed, reader.discarded, lambda frame: Seen(str(frame), ff68.encode(frame)))


def _lines() -> Decoder:
    reader = lines.Reader()
    return CountedEars(
        lambda data, _now: reader.feed(data), reader.discarded, lambda line: Seen(repr(line), line.encode())
    )


def _strip() -> Decoder:
    reader = strip.Reader()
    return CountedEars(
        lambda data, _now: reader.feed(data), reader.discarded, lambda line: Seen(str(line), strip.encode(line))
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
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f"line {number} is not {{at, bytes}} of a recording: {error}") from error
        yield piece
