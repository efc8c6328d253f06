"""The host's side of one padlink line: who is there, what it pressed, what it shows (contract: padlink, Life)."""

from collections.abc import Mapping
from datetime import timedelta
from enum import Enum
from typing import Final

from firmware_bridge.padlink import frames as f
from firmware_bridge.padlink.codec import Reader, encode
from firmware_bridge.padlink.display import Display
from firmware_bridge.sessions import (
    Condition,
    Deed,
    Heard,
    Knock,
    Lapse,
    Lost,
    Note,
    Online,
    Outcome,
    PadFault,
    PadId,
    Press,
    Turn,
    View,
)
from signage.core.instants import Instant

SILENCE: Final = timedelta(seconds=12)  # contract
IDENTIFY_EVERY: Final = timedelta(seconds=1)  # as often as a pad says HELLO by itself

_FLAG_CODES: Final[Mapping[f.BeatFlags, tuple[str, str]]] = {
    f.BeatFlags.ON_BATTERY: ("pad-battery", "runs on its battery"),
    f.BeatFlags.KEY_STUCK: ("pad-stuck", "has a stuck key"),
    f.BeatFlags.MEMORY_FAULT: ("pad-memory", "reports a memory fault"),
    f.BeatFlags.OVERFLOWED: ("pad-overflow", "had more presses than its queue holds"),
}
HELLO_WITHIN: Final = timedelta(seconds=10)  # of the port's opening
AT_HOME_AFTER: Final = timedelta(hours=1)  # then another pad is this port's pad
_SETTLED_BY_HELLO: Final = frozenset({"pad-key", "pad-stars", "pad-silent", "pad-other"})
_OWN_CODES: Final = _SETTLED_BY_HELLO | {code for code, _ in _FLAG_CODES.values()}
_FLAGS: Final = frozenset(code for code, _ in _FLAG_CODES.values())
SERIAL_NOTE: Final = "serial"


class Phase(Enum):
    """SHUT: no port. STRANGER: nobody introduced. OUTSIDE: introduced, not let in. INSIDE: welcomed."""

    SHUT = "shut"
    STRANGER = "stranger"
    OUTSIDE = "outside"
    INSIDE = "inside"


class PadlinkSession:
    """One port with one pad at one counter. `stars`: key → stars, needed where the pad has not five keys."""

    def __init__(
        self,
        counter: str,
        stars: Mapping[int, int] | None = None,
        faults: frozenset[str] = frozenset(),
        serial: str | None = None,
    ) -> None:
        """`faults`: codes of what was wrong with the pad when the program ended; `serial`: whose port it was, in hex."""
        self._counter = counter
        self._stars = stars
        self._reader = Reader(f.Sender.PAD)
        self._display = Display()
        self._phase = Phase.SHUT
        self._hello: f.Hello | None = None
        self._silent = False
        self._last_heard: Instant | None = None
        self._silence_from: Instant | None = None
        self._hello_until: Instant | None = None  # since the opening nobody has introduced itself
        self._at_home = serial
        self._other_since: Instant | None = None
        self._identified: Instant | None = None
        self._faults: dict[str, str] = dict.fromkeys(faults & _OWN_CODES, "no longer so")
        self._next_seq_in: int | None = None
        self._lost_frames = 0
        self._seq_out = 0
        self._last_acked: tuple[PadId, int] | None = None

    @property
    def discarded(self) -> Mapping[str, int]:
        """Runs of bytes thrown away by reason, and `lost_frames`, the gaps in the pad's numbering."""
        counts = {str(reason): count for reason, count in sorted(self._reader.discarded.items())}
        return counts | ({"lost_frames": self._lost_frames} if self._lost_frames else {})

    def heard(self, counter: str) -> Heard:
        assert counter == self._counter
        if self._phase is Phase.INSIDE:
            condition = Condition.ONLINE
        else:
            condition = Condition.LOST if self._silent or self._hello else Condition.ABSENT
        return Heard(condition, self._hello.serial.hex() if self._hello else None, self._last_heard)

    def opened(self, now: Instant) -> Turn:
        """Ask at once who is there: a pad that was welcomed before the program started waits for nothing."""
        self._reader.restart()
        self._phase = Phase.STRANGER
        self._next_seq_in = None
        self._silence_from = now
        self._hello_until = Instant.of(now + HELLO_WITHIN)
        self._identified = now
        return Turn(self._encode(f.Identify()))

    def closed(self, now: Instant) -> Turn:  # noqa: ARG002 - the instant belongs to every session's interface
        was_inside = self._phase is Phase.INSIDE
        self._phase = Phase.SHUT
        self._silence_from = self._hello_until = None
        over = self._faults_now({code: text for code, text in self._faults.items() if code != "pad-silent"})
        return Turn(outcomes=((Lost(self._counter, "port"),) if was_inside else ()) + over)

    def received(self, data: bytes, now: Instant) -> Turn:
        if self._phase is Phase.SHUT:  # read before the port went
            return Turn()
        send = b""
        outcomes: list[Outcome] = []
        for numbered in self._reader.feed(data):
            self._last_heard = self._silence_from = now
            self._count_gap(numbered)
            turn = self._take(numbered.frame, now)
            send += turn.send
            outcomes += turn.outcomes
        return Turn(send, tuple(outcomes))

    def admit(self, knock: Knock, now: Instant) -> Turn:
        if self._hello is None or knock.pad != self._pad(self._hello) or self._phase is not Phase.OUTSIDE:
            return Turn()
        self._phase = Phase.INSIDE
        self._display.pad_started(self._hello.caps)
        send = self._encode(f.Welcome(self._hello.serial, self._hello.boot), *self._display.differences(now))
        home = self._comes_home(self._hello) if self._at_home is None else ()
        return Turn(send, (*home, Online(self._counter, knock.pad)))

    def refuse(self, knock: Knock) -> None:
        """Nothing to say to it: a pad without WELCOME keeps its presses."""

    def dismiss(self, counter: str) -> None:
        """Without an ACK it keeps its presses, too."""
        assert counter == self._counter
        if self._phase is Phase.INSIDE:
            self._phase = Phase.OUTSIDE

    def invite(self, counter: str, now: Instant) -> Turn:
        assert counter == self._counter
        self._identified = None
        return self._ask(now) if self._phase is Phase.OUTSIDE else Turn()

    def show(self, counter: str, view: View, now: Instant) -> Turn:
        assert counter == self._counter
        self._display.show(view)
        return Turn(self._encode(*self._display.differences(now)) if self._phase is Phase.INSIDE else b"")

    def stored(self, deed: Deed, now: Instant) -> Turn:  # noqa: ARG002 - the instant belongs to every session's interface
        """Acknowledge; a rating's first acknowledgement also thanks aloud."""
        if self._phase is not Phase.INSIDE or not isinstance(deed, Press) or deed.pad.boot is None:
            return Turn()
        frames: list[f.Frame] = [f.Ack(deed.pad.boot, deed.n)]
        if deed.stars is not None and self._last_acked != (deed.pad, deed.n):
            frames += self._display.thanks()
        self._last_acked = (deed.pad, deed.n)
        return Turn(self._encode(*frames))

    def unstored(self, deed: Deed) -> None:
        """Without an ACK the pad sends it again."""

    def tick(self, now: Instant) -> Turn:
        outcomes: list[Outcome] = []
        if self._hello_until is not None and now >= self._hello_until:
            self._hello_until = None
            text = "no HELLO within 10 s of opening its port: look at its plug, its speed and that it is a padlink pad"
            outcomes += self._faults_now(self._faults | {"pad-silent": text})
        if self._silence_from is not None and now >= self._silence_from + SILENCE:
            self._silence_from = None
            self._silent = True
            self._phase = Phase.STRANGER
            outcomes.append(Lost(self._counter, "silence"))
        if self._other_since is not None and now >= self._other_since + AT_HOME_AFTER and self._hello:
            outcomes += self._comes_home(self._hello)
            outcomes += self._faults_now({code: text for code, text in self._faults.items() if code != "pad-other"})
        return Turn(outcomes=tuple(outcomes))

    def deadline(self) -> Instant | None:
        silent = None if self._silence_from is None else Instant.of(self._silence_from + SILENCE)
        at_home = None if self._other_since is None else Instant.of(self._other_since + AT_HOME_AFTER)
        return min((at for at in (silent, self._hello_until, at_home) if at is not None), default=None)

    def _take(self, frame: f.Frame, now: Instant) -> Turn:
        if isinstance(frame, f.Hello):
            return self._knock(frame, now)
        if self._phase is Phase.STRANGER or self._hello is None:
            return self._ask(now)
        if self._phase is not Phase.INSIDE:
            return Turn()
        match frame:
            case f.PressFrame():
                return self._press(frame, self._hello, now)
            case f.LapseFrame():
                self._display.closed(frame.prompt)
                return Turn(outcomes=(Lapse(self._counter, frame.prompt),))
            case _:
                assert isinstance(frame, f.Beat)  # the reader takes a pad's frames only
                return Turn(outcomes=self._beat_faults(frame.flags))

    def _knock(self, hello: f.Hello, now: Instant) -> Turn:
        self._hello = hello
        self._hello_until = None
        self._phase = Phase.OUTSIDE
        faults = {code: text for code, text in self._faults.items() if code in _FLAGS}
        if self._is_other(hello, now):
            text = (
                f"pad {hello.serial.hex()} answers where pad {self._at_home} was; it serves, and is at home in an hour"
            )
            faults["pad-other"] = text
        missing = [] if hello.keys == 5 else [k for k in range(1, hello.keys + 1) if k not in (self._stars or {})]
        if missing:
            text = f"has {hello.keys} keys; `stars` names none for key {', '.join(map(str, missing))}: not let in"
            return Turn(outcomes=self._faults_now(faults | {"pad-stars": text}))
        firmware = ".".join(map(str, hello.firmware))
        return Turn(outcomes=(*self._faults_now(faults), Knock(self._counter, self._pad(hello), firmware)))

    def _is_other(self, hello: f.Hello, now: Instant) -> bool:
        """Whether another pad answers than the one at home here."""
        if self._at_home in (None, hello.serial.hex()):
            self._other_since = None
        elif self._other_since is None:
            self._other_since = now
        return self._other_since is not None

    def _comes_home(self, hello: f.Hello) -> tuple[Outcome, ...]:
        self._at_home = hello.serial.hex()
        self._other_since = None
        return (Note(SERIAL_NOTE, self._at_home),)

    def _press(self, frame: f.PressFrame, hello: f.Hello, now: Instant) -> Turn:
        if frame.boot > hello.boot:  # it started again and its HELLO was lost
            return self._ask(now)
        self._display.closed(frame.prompt)
        stars = self._stars_of(frame.key, hello)
        if stars is None and frame.key != f.HELP_KEY:
            text = f"sent key {frame.key}, but has {hello.keys} keys; the press is not kept"
            faults = self._faults_now(self._faults | {"pad-key": text})
            return Turn(self._encode(f.Ack(frame.boot, frame.n)), faults)
        pressed = Instant.from_ms(now.ms - (frame.age_ms or 0))
        pad = PadId(hello.serial.hex(), frame.boot)
        return Turn(outcomes=(Press(self._counter, pad, frame.n, frame.prompt, stars, pressed),))

    def _stars_of(self, key: int, hello: f.Hello) -> int | None:
        if key > hello.keys:
            return None
        return key if hello.keys == 5 else (self._stars or {})[key]

    def _ask(self, now: Instant) -> Turn:
        if self._identified is not None and self._identified <= now < self._identified + IDENTIFY_EVERY:
            return Turn()
        self._identified = now
        return Turn(self._encode(f.Identify()))

    def _beat_faults(self, flags: f.BeatFlags) -> tuple[Outcome, ...]:
        told = {code: text for flag, (code, text) in _FLAG_CODES.items() if flag & flags}
        kept = {code: text for code, text in self._faults.items() if code not in _FLAGS}
        return self._faults_now(told | kept)

    def _faults_now(self, faults: dict[str, str]) -> tuple[Outcome, ...]:
        begun = [PadFault(self._counter, code, on=True, text=text) for code, text in faults.items()]
        over = [PadFault(self._counter, code, on=False, text=text) for code, text in self._faults.items()]
        changed = [one for one in begun if one.code not in self._faults] + [
            one for one in over if one.code not in faults
        ]
        self._faults = faults
        return tuple(changed)

    def _count_gap(self, numbered: f.Numbered) -> None:
        if self._next_seq_in is not None and not isinstance(numbered.frame, f.Hello):
            self._lost_frames += (numbered.seq - self._next_seq_in) & 0xFF
        self._next_seq_in = (numbered.seq + 1) & 0xFF

    def _pad(self, hello: f.Hello) -> PadId:
        return PadId(hello.serial.hex(), hello.boot)

    def _encode(self, *frames: f.Frame) -> bytes:
        wire = b""
        for frame in frames:
            wire += encode(frame, self._seq_out)
            self._seq_out = (self._seq_out + 1) & 0xFF
        return wire
