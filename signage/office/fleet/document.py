"""A node's last Status as the fleet reads it: the parts it needs, and times left as texts, which sort as they are.

Head office holds a hundred thousand of them: a whole Status with its times read costs ten times as much.
"""

from typing import Final

import msgspec
from msgspec import Struct

STALE_MS: Final = 30_000  # a screen at rest draws a frame every 10 s: three are missing
DISK_LOW_MB: Final = 500.0


class Part(Struct, frozen=True, gc=False, kw_only=True):
    """Base of what is read; unknown and unneeded fields are passed over."""


class ToldFault(Part, frozen=True, kw_only=True):
    code: str
    since: str
    text: str


class Glass(Part, frozen=True, kw_only=True):
    """What a screen says is on its glass."""

    scene: str
    revision: int
    content: int
    frame_age_ms: int
    fps: float = 0.0
    locale: str = ""
    elder: bool = False


class Pad(Part, frozen=True, kw_only=True):
    counter: str
    driver: str
    port: str
    state: str
    last_seen: str | None = None
    serial: str | None = None
    discarded: dict[str, int] = {}


class Controls(Part, frozen=True, kw_only=True):
    """A controller's part: the branch as it stands."""

    revision: int
    state: str
    counters: dict[str, str]
    backlog: int


class Delivered(Part, frozen=True, kw_only=True):
    verified: int = 0
    refused: str | None = None


class Disk(Part, frozen=True, kw_only=True):
    disk_free_mb: float


class Told(Part, frozen=True, kw_only=True):
    """`at`: when the node said it, by its own word; `started_at`: since when its program runs."""

    role: str
    at: str
    started_at: str
    software: str = ""
    health: Disk
    faults: tuple[ToldFault, ...] = ()
    screen: Glass | None = None
    pads: tuple[Pad, ...] = ()
    branch: Controls | None = None
    delivery: Delivered | None = None


def alike(one: Told, other: Told) -> bool:
    """Whether a branch's line is the same with either: they differ at most in times, rates and ages."""
    return (
        one.faults == other.faults
        and (one.branch == other.branch and one.delivery == other.delivery)
        and (one.screen is other.screen or _same_glass(one.screen, other.screen))
        and (one.pads == other.pads or [_pad(pad) for pad in one.pads] == [_pad(pad) for pad in other.pads])
        and (one.health.disk_free_mb < DISK_LOW_MB) is (other.health.disk_free_mb < DISK_LOW_MB)
        and one.role == other.role
    )


def _same_glass(one: Glass | None, other: Glass | None) -> bool:
    if one is None or other is None:
        return False
    return (
        one.content == other.content
        and one.revision == other.revision
        and one.scene == other.scene
        and (one.frame_age_ms > STALE_MS) is (other.frame_age_ms > STALE_MS)
    )


def _pad(pad: Pad) -> tuple[str, str]:
    return pad.counter, pad.state


_decoder: Final = msgspec.json.Decoder(Told)


class Heard(Struct, frozen=True, gc=False):
    """The last status of one node. `device` is "" for the branch's controller; `online` as last told."""

    branch: str
    device: str
    received_at: str
    online: bool
    told: Told

    @property
    def node(self) -> str:
        """The node's name, as `fault` events name it."""
        return self.device or self.branch


def heard(branch: str, device: str, received_at: str, online: bool, document: str) -> Heard | None:
    """None: a document that this version cannot read."""
    try:
        return Heard(branch, device, received_at, online, _decoder.decode(document))
    except msgspec.DecodeError:
        return None
