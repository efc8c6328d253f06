"""A pad's half of a conversation, in memory: real frames to and from a session."""

from datetime import timedelta

from firmware_bridge.padlink import frames as f
from firmware_bridge.padlink.codec import Reader, encode
from firmware_bridge.padlink.session import PadlinkSession
from firmware_bridge.sessions import Knock, Outcome, Turn
from signage.core.instants import Instant

START = Instant.parse("2026-11-24T01:00:00.000Z")
SERIAL = bytes.fromhex("a1b2c3d4e5f60718")
EVERYTHING = f.Caps.SOUND | f.Caps.TEXT | f.Caps.LAMPS


def after(seconds: float) -> Instant:
    return Instant.of(START + timedelta(seconds=seconds))


def hello(boot: int = 7, keys: int = 5, caps: f.Caps = EVERYTHING, serial: bytes = SERIAL) -> f.Hello:
    return f.Hello(1, serial, boot, (1, 2, 3), keys, caps)


def sent(turn: Turn) -> list[f.Frame]:
    """The frames of a turn, as a pad reads them."""
    reader = Reader(f.Sender.HOST)
    frames = [numbered.frame for numbered in reader.feed(turn.send)]
    assert not reader.discarded
    return frames


class Line:
    """Speaks to a session as a pad, numbering its frames."""

    def __init__(self, session: PadlinkSession) -> None:
        self.session = session
        self.seq = 0

    def say(self, *frames: f.Frame, at: Instant = START) -> Turn:
        wire = b""
        for frame in frames:
            wire += encode(frame, self.seq)
            self.seq += 1
        return self.session.received(wire, at)

    def welcome(self, first: f.Hello | None = None, at: Instant = START) -> tuple[list[f.Frame], tuple[Outcome, ...]]:
        """Open the port, say HELLO, be let in: what the host said then."""
        self.session.opened(at)
        *_, knock = self.say(first or hello(), at=at).outcomes
        assert isinstance(knock, Knock)
        turn = self.session.admit(knock, at)
        return sent(turn), turn.outcomes
