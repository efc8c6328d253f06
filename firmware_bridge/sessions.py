"""What every pad driver's session looks like to the bridge: bytes and instants in, outcomes and bytes out.

A session does no I/O and reads no clock. The bridge commits what a turn brought before it calls `admit` or `stored`;
only those two release what a pad takes for a promise (contract: a press is delivered exactly once).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from signage.core.instants import Instant


class Look(Enum):
    """What a counter is to the customer before it."""

    CLOSED = "closed"
    OPEN = "open"
    SUSPENDED = "suspended"
    PAUSED = "paused"


@dataclass(frozen=True)
class OpenPrompt:
    """A rating is asked for until `until`; `number` names it on the wire."""

    number: int
    until: Instant


@dataclass(frozen=True)
class View:
    """All that one counter's pad shows: `level` is the teller's star grade, `lines` go to displays that have text."""

    look: Look = Look.CLOSED
    level: int = 0
    lines: tuple[str, ...] = ()
    prompt: OpenPrompt | None = None
    strip: str = ""  # what a window strip says


@dataclass(frozen=True)
class PadId:
    """`name` is the pad in events, `boot` its count of power-ups, None where it keeps none."""

    name: str
    boot: int | None = None


@dataclass(frozen=True)
class Note:
    """What a session must find again after a restart: `text` under `key`, in the place of what was there."""

    key: str
    text: str


@dataclass(frozen=True)
class Knock:
    """A pad asks to be let in. Answer with `admit` once its boot is durable, or `refuse`."""

    counter: str
    pad: PadId
    firmware: str


@dataclass(frozen=True)
class Press:
    """A key was pressed at `at`. `stars` is None for the help key.

    `prompt`: the number that the pad names, 0 where none was open; None from a pad that knows no numbers: then the prompt
    that is open at its counter is meant. `n` counts presses: within a boot, or since the program started. `note` is
    written down together with the press.
    """

    counter: str
    pad: PadId
    n: int
    prompt: int | None
    stars: int | None
    at: Instant
    note: Note | None = None


class Key(Enum):
    """A teller's key on a keypad beside the pad."""

    PLEASE_RATE = "please-rate"
    CALL = "call"
    CALL_AGAIN = "call-again"
    CANCEL = "cancel"
    CONFIRM = "confirm"
    ONE_METRE = "one-metre"
    PAUSE = "pause"
    TRANSFER = "transfer"


@dataclass(frozen=True)
class Keypad:
    """The teller at `counter` pressed `key` (None: one without a meaning) at `at`. `note` as in Press."""

    counter: str
    pad: PadId
    n: int
    key: Key | None
    at: Instant
    note: Note | None = None


Deed = Press | Keypad


@dataclass(frozen=True)
class Lapse:
    """Prompt `number` ran out on the pad with no answer."""

    counter: str
    number: int


@dataclass(frozen=True)
class Online:
    """The pad answers again, and has been told the whole state."""

    counter: str
    pad: PadId


@dataclass(frozen=True)
class Lost:
    """The pad is gone. `why` is silence or port."""

    counter: str
    why: str


@dataclass(frozen=True)
class PadFault:
    """Something about a pad that a technician should see to; `on` False when it is over."""

    counter: str
    code: str
    on: bool
    text: str


Outcome = Knock | Press | Keypad | Note | Lapse | Online | Lost | PadFault


@dataclass(frozen=True)
class Turn:
    """What one call brought: bytes for the line, and outcomes in order."""

    send: bytes = b""
    outcomes: tuple[Outcome, ...] = ()


class Condition(Enum):
    """`absent`: never heard since the program started."""

    ONLINE = "online"
    LOST = "lost"
    ABSENT = "absent"


@dataclass(frozen=True)
class Heard:
    """One pad as the status shows it."""

    condition: Condition
    pad: str | None
    last_seen: Instant | None


class Session(Protocol):
    """One driver on one port. Several counters share a session where several pads share a line."""

    @property
    def discarded(self) -> Mapping[str, int]:
        """Bytes thrown away and frames missed, by reason."""

    def heard(self, counter: str) -> Heard:
        """How that counter's pad is."""

    def opened(self, now: Instant) -> Turn:
        """The port was opened, perhaps with another pad behind it."""

    def closed(self, now: Instant) -> Turn:
        """The port is gone."""

    def received(self, data: bytes, now: Instant) -> Turn:
        """Bytes arrived, cut anywhere."""

    def admit(self, knock: Knock, now: Instant) -> Turn:
        """The knocking pad's boot is durable and no other port has it: greet it and tell it everything."""

    def refuse(self, knock: Knock) -> None:
        """It stays outside; whatever it sends is not taken."""

    def dismiss(self, counter: str) -> None:
        """Another bridge has that counter: a pad that keeps its presses is let go, and keeps them."""

    def invite(self, counter: str, now: Instant) -> Turn:
        """The counter is ours again: ask the pad that was let go to introduce itself."""

    def show(self, counter: str, view: View, now: Instant) -> Turn:
        """What the counter's pad is to show from now on."""

    def stored(self, deed: Deed, now: Instant) -> Turn:
        """That is on durable storage, now or since earlier."""

    def unstored(self, deed: Deed) -> None:
        """That could not be stored: it has not happened; the pad will tell it again."""

    def tick(self, now: Instant) -> Turn:
        """Time passed; call it at `deadline` at the latest."""

    def deadline(self) -> Instant | None:
        """When `tick` has something to do if nothing arrives."""
