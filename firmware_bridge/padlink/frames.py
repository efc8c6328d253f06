"""padlink's frames as values (contract: padlink, version 1). Field names and units are the contract's."""

from dataclasses import dataclass
from enum import Enum, IntEnum, IntFlag
from typing import Final

VERSION: Final = 1
HELP_KEY: Final = 0xF0
AGE_UNKNOWN: Final = 0xFFFF_FFFF
SHOW_LIMIT_BYTES: Final = 64


class Caps(IntFlag):
    """What a pad can do. Bits that are not named here belong to newer pads and are kept."""

    LAMPS = 1
    SOUND = 2
    TEXT = 4
    HELP_KEY = 8
    BATTERY = 16


class BeatFlags(IntFlag):
    ON_BATTERY = 1
    KEY_STUCK = 2
    MEMORY_FAULT = 4
    OVERFLOWED = 8


class PadState(IntEnum):
    CLOSED = 0
    OPEN = 1
    SUSPENDED = 2
    PAUSED = 3


class Clip(IntEnum):
    WELCOME = 1
    PLEASE_RATE = 2
    THANK_YOU = 3
    BEEP = 4


class Sender(Enum):
    """Which side's frames a reader takes; the other side's are unknown types to it."""

    PAD = "pad"
    HOST = "host"


@dataclass(frozen=True)
class Hello:
    version: int
    serial: bytes
    boot: int
    firmware: tuple[int, int, int]
    keys: int
    caps: Caps


@dataclass(frozen=True)
class PressFrame:
    """`age_ms` is None where the pad does not know it; `prompt` 0 means that none was open."""

    boot: int
    n: int
    prompt: int
    key: int
    age_ms: int | None


@dataclass(frozen=True)
class Beat:
    uptime_s: int
    flags: BeatFlags
    pending: int


@dataclass(frozen=True)
class LapseFrame:
    prompt: int


@dataclass(frozen=True)
class Welcome:
    serial: bytes
    boot: int


@dataclass(frozen=True)
class Ack:
    boot: int
    n: int


@dataclass(frozen=True)
class State:
    state: PadState
    level: int


@dataclass(frozen=True)
class PromptFrame:
    prompt: int
    timeout_s: int


@dataclass(frozen=True)
class Cancel:
    prompt: int


@dataclass(frozen=True)
class Show:
    line: int
    text: str


@dataclass(frozen=True)
class Sound:
    clip: Clip


@dataclass(frozen=True)
class Identify:
    """Send HELLO now."""


PadFrame = Hello | PressFrame | Beat | LapseFrame
HostFrame = Welcome | Ack | State | PromptFrame | Cancel | Show | Sound | Identify
Frame = PadFrame | HostFrame


@dataclass(frozen=True)
class Numbered:
    """A frame as it came: `seq` is the sender's running number, modulo 256."""

    seq: int
    frame: Frame
