"""The messages between a node and its parent (contract: topics and messages). BranchState stands in signage.core.model.

``data`` of an event and ``args`` of a command stay plain JSON objects here: their kinds are read by who acts on them.
"""

from typing import Any, Literal

from msgspec import Raw, Struct

from signage.core.instants import Instant

Role = Literal["controller", "bridge", "screen"]
SceneName = Literal["ad", "notice", "suspended", "closed", "rating", "home", "rates", "case", "desk", "safe"]


class Message(Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """Base of everything on the wire. No message holds itself, so the collector need not walk them: see `Model`."""


class Health(Message, frozen=True, omit_defaults=True, kw_only=True):
    cpu: float  # percent of one core
    memory_mb: float
    disk_free_mb: float
    temperature: float | None = None


class Fault(Message, frozen=True, omit_defaults=True, kw_only=True):
    code: str
    since: Instant
    text: str


class ScreenStatus(Message, frozen=True, omit_defaults=True, kw_only=True):
    """What is on the glass: `revision` and `content` are those whose pixels were drawn."""

    scene: SceneName
    revision: int
    content: int
    frame_age_ms: int
    fps: float
    locale: str
    elder: bool
    local: Instant | None = None  # the newest LocalState that stands on the glass; an addition
    touched_at: Instant | None = None  # when somebody last touched it: a dead panel is not touched; an addition
    stall_ms: int = (
        0  # for how long the drawing loop was busy at a stretch, at most, in the last half minute; an addition
    )
    renderer: str | None = None  # as OpenGL names it; an addition
    presenting: Literal["parts", "whole"] | None = None  # of each frame: what changed, or all of it; an addition
    decoder: str | None = None  # of the last film: FFmpeg's name for one in hardware, or processor; an addition


class PadStatus(Message, frozen=True, omit_defaults=True, kw_only=True):
    counter: str
    driver: str
    port: str
    state: Literal["online", "lost", "absent"]
    last_seen: Instant | None
    discarded: dict[str, int]
    serial: str | None = None


class BranchStatus(Message, frozen=True, omit_defaults=True, kw_only=True):
    revision: int
    state: str  # open | suspended | closed
    counters: dict[str, Literal["open", "suspended", "closed", "lost"]]
    backlog: int


class DeliveryStatus(Message, frozen=True, omit_defaults=True, kw_only=True):
    """How far head office's content has come at this node; an addition. Versions are the snapshot's, 0: none.

    `received`: the newest bundle that arrived whole; `verified`: the newest that was found trusted; `staged`: the newest
    whose next pictures lie ready here; what is on the glass stands in `screen.content`. Bytes are those of `verified`.
    """

    received: int = 0
    verified: int = 0
    staged: int = 0
    bytes_here: int = 0
    bytes_all: int = 0
    refused: str | None = None  # why the newest bundle was not trusted: a code, a colon, a sentence


class Status(Message, frozen=True, omit_defaults=True, kw_only=True):
    node: str
    session: str
    online: bool
    at: Instant
    started_at: Instant
    software: str
    role: Role
    health: Health
    faults: tuple[Fault, ...]
    screen: ScreenStatus | None = None
    pads: tuple[PadStatus, ...] | None = None
    branch: BranchStatus | None = None
    delivery: DeliveryStatus | None = None
    v: Literal[1]


class Event(Message, frozen=True, omit_defaults=True, kw_only=True):
    id: str
    at: Instant
    kind: str
    origin: str
    origin_epoch: str
    origin_seq: int
    prev: str
    data: dict[str, Any]


class Batch(Message, frozen=True, omit_defaults=True, kw_only=True):
    """`events` stay raw: an event is never rejected, even one that cannot be read."""

    node: str
    epoch: str
    oldest: int
    first: int
    events: tuple[Raw, ...]
    v: Literal[1]


class Receipt(Message, frozen=True, omit_defaults=True, kw_only=True):
    epoch: str
    upto: int
    final: int
    v: Literal[1]


class Alive(Message, frozen=True, omit_defaults=True, kw_only=True):
    """`started_at` is an addition: two parents of one tree tell by it who was first."""

    session: str
    at: Instant
    started_at: Instant | None = None
    revision: int | None = None
    content: int | None = None
    v: Literal[1]


class Sync(Message, frozen=True, omit_defaults=True, kw_only=True):
    session: str
    revision: int | None = None
    content: int | None = None
    epoch: str | None = None
    sent: int | None = None
    commands_since: Instant | None = None
    v: Literal[1]


class Signature(Message, frozen=True, omit_defaults=True, kw_only=True):
    keyid: str
    sig: str


class Command(Message, frozen=True, omit_defaults=True, kw_only=True):
    id: str
    issuer: str
    target: str
    issued_at: Instant
    expires_at: Instant
    name: str
    args: dict[str, Any]
    actor: str | None = None
    token: str | None = None
    signature: Signature | None = None
    v: Literal[1]


class ReplyError(Message, frozen=True, omit_defaults=True, kw_only=True):
    code: str
    text: str


class Reply(Message, frozen=True, omit_defaults=True, kw_only=True):
    id: str
    ok: bool
    error: ReplyError | None = None
    result: dict[str, Any] | None = None
    v: Literal[1]


class LocalState(Message, frozen=True, omit_defaults=True, kw_only=True):
    screen: str
    at: Instant
    actor: str
    scope: str
    on: bool
    reason: str
    until: Instant | None = None
    v: Literal[1]


class Content(Message, frozen=True, omit_defaults=True, kw_only=True):
    version: int
    sha256: str
    size: int
    inline: str | None = None
    v: Literal[1]


class BlobRequest(Message, frozen=True, omit_defaults=True, kw_only=True):
    sha256: str
    size: int
    offset: int
    count: int
    chunk: int
    v: Literal[1]
