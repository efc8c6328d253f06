"""Pads without press numbers, a bad line, a session that is killed: events are what the contract's repeat rule makes.

The model reads the contract, not the code: it is told which whole frames reached the host and when, and says which of
them are presses. The pads know nothing of the host; the line loses, spoils, doubles, delays and echoes; the disk
fails; both sides start again.
"""

from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from firmware_bridge.ff68.codec import Frame, encode
from firmware_bridge.ff68.session import Ff68Session, Set
from firmware_bridge.lines.session import LinesSession, Printer
from firmware_bridge.sessions import Keypad, Note, Press, Session, Turn
from tests.unit.firmware_bridge.pads import after

WITHIN_MS = 1500
LIMIT = 300  # presses that a run remembers


@dataclass
class Rule:
    """The contract's: the same said by the same pad within 1.5 s of the last is that repeat.

    `alone`: anything else from that pad ends it. After a restart the 1.5 s count from the port's opening.
    """

    alone: bool
    last: dict[str, dict[str, int]] = field(default_factory=dict)
    events: list[tuple[str, str]] = field(default_factory=list)

    def hears(self, at_ms: int, pad: str, said: str) -> None:
        known = self.last.setdefault(pad, {})
        again = said in known and at_ms - known[said] <= WITHIN_MS
        if not again:
            self.events.append((pad, said))
            if self.alone:
                known.clear()
            for other in [one for one, heard in known.items() if at_ms - heard > WITHIN_MS]:
                del known[other]  # written down no more: a restart does not bring it back
        known[said] = at_ms

    def restarts(self, at_ms: int) -> None:
        """Whatever was the last before counts from now."""
        for known in self.last.values():
            for said in known:
                known[said] = at_ms


class PlainPads(RuleBasedStateMachine):
    """`wire` and `make` are the driver's."""

    ALONE: bool
    PADS: tuple[str, ...]
    SAYINGS: tuple[str, ...]

    def make(self, notes: dict[str, str]) -> Session:
        raise NotImplementedError

    def wire(self, pad: str, said: str) -> bytes:
        raise NotImplementedError

    def said(self, deed: Press | Keypad) -> tuple[str, str]:
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        self.ms = 0
        self.notes: dict[str, str] = {}
        self.found: list[tuple[str, str]] = []
        self.model = Rule(self.ALONE)
        self.on_line: list[tuple[str, str]] = []  # delayed
        self.echoes = self.disk_fails = False
        self.start()

    def start(self) -> None:
        self.session = self.make(self.notes)
        self.turn(self.session.opened(after(self.ms / 1000)))

    def turn(self, turn: Turn) -> None:
        """What the bridge does: commit, then tell the pad; or fail to, and tell the session so."""
        now = after(self.ms / 1000)
        if turn.send:
            self.comes_back(turn.send)
        for one in turn.outcomes:
            match one:
                case Note():
                    self.notes[one.key] = one.text
                case Press() | Keypad() if self.disk_fails:
                    self.session.unstored(one)
                    self.disk_fails = False  # the pad says it again
                    self.turn(self.session.received(self.wire(*self.said(one)), now))
                case Press() | Keypad():
                    assert one.note is not None
                    self.notes[one.note.key] = one.note.text
                    self.found.append(self.said(one))
                    answer = self.session.stored(one, now)
                    assert answer.send  # heard and stored: the pad is told
                    self.comes_back(answer.send)
                case _:
                    pass

    def comes_back(self, sent: bytes) -> None:
        """An adapter that hears itself; only ff68's are like that."""
        if self.ALONE and self.echoes:
            assert self.session.received(sent, after(self.ms / 1000)) == Turn()

    def arrives(self, pad: str, said: str, pieces: int = 1) -> None:
        if len(self.found) >= LIMIT:
            return
        self.ms += 200  # sooner, ff68 takes it for the echo of its own answer, as the contract says
        data = self.wire(pad, said)
        size = max(1, len(data) // pieces)
        for at in range(0, len(data), size):
            self.turn(self.session.received(data[at : at + size], after(self.ms / 1000)))
        self.model.hears(self.ms, pad, said)

    @rule(
        data=st.data(),
        times=st.integers(1, 3),
        gap_ms=st.sampled_from([0, 300, 1299, 1301, 1400]),
        pieces=st.integers(1, 9),
    )
    def press(self, data: st.DataObject, times: int, gap_ms: int, pieces: int) -> None:
        """A pad says it up to three times, as one does that gets no answer."""
        pad, said = data.draw(st.sampled_from(self.PADS)), data.draw(st.sampled_from(self.SAYINGS))
        for _ in range(times):
            self.arrives(pad, said, pieces)
            self.ms += gap_ms

    @rule(data=st.data())
    def is_delayed(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.PADS)), data.draw(st.sampled_from(self.SAYINGS))
        self.on_line = [*self.on_line, one][-8:]

    @rule(twice=st.booleans())
    def what_was_delayed_arrives(self, twice: bool) -> None:
        late, self.on_line = self.on_line, []
        for one in late * (2 if twice else 1):
            self.arrives(*one)

    @rule(data=st.data(), cut=st.integers(3, 6))
    def is_spoilt(self, data: st.DataObject, cut: int) -> None:
        """Half a frame and noise: nothing arrives, and nothing that comes later is lost by it."""
        wire = self.wire(data.draw(st.sampled_from(self.PADS)), data.draw(st.sampled_from(self.SAYINGS)))
        self.turn(self.session.received(wire[:-cut] + b"\xfe\r\n", after(self.ms / 1000)))
        self.wait(250)

    @rule(ms=st.sampled_from([10, 500, 1500, 5000]))
    def wait(self, ms: int) -> None:
        self.ms += ms
        while (due := self.session.deadline()) is not None and due <= after(self.ms / 1000):
            self.turn(self.session.tick(due))

    @rule(echoes=st.booleans(), fails=st.booleans())
    def adapter_or_disk(self, echoes: bool, fails: bool) -> None:
        """From now on what we send is heard by ourselves; the next press cannot be stored at once."""
        self.echoes, self.disk_fails = echoes, fails

    @rule()
    def host_is_killed(self) -> None:
        self.ms += 1
        self.start()
        self.model.restarts(self.ms)

    @rule()
    def port_goes_and_comes(self) -> None:
        self.session.closed(after(self.ms / 1000))
        self.ms += 100
        self.turn(self.session.opened(after(self.ms / 1000)))

    @invariant()
    def events_are_what_the_rule_makes(self) -> None:
        if hasattr(self, "found"):
            assert self.found == self.model.events

    @invariant()
    def nothing_grows(self) -> None:
        if hasattr(self, "notes"):
            assert len(self.notes) <= 2 * len(self.PADS)
            assert all(len(text) < 1000 for text in self.notes.values())


class Ff68Pads(PlainPads):
    ALONE = True
    PADS = ("5", "9")
    SAYINGS = ("1100", "1103", "010c", "0112")

    def make(self, notes: dict[str, str]) -> Session:
        return Ff68Session("b", (Set("1", 5), Set("2", 9)), notes=notes)

    def wire(self, pad: str, said: str) -> bytes:
        raw = bytes.fromhex(said)
        return encode(Frame(int(pad), raw[0], raw[1:]))

    def said(self, deed: Press | Keypad) -> tuple[str, str]:
        what = (
            {2: "1100", 5: "1103"}[deed.stars or 0]
            if isinstance(deed, Press)
            else {"call": "010c", "pause": "0112"}[deed.key.value if deed.key else ""]
        )
        return deed.pad.name.removeprefix("b/"), what


class LinesPads(PlainPads):
    ALONE = False
    PADS = ("1", "2")
    SAYINGS = ("1", "2", "3")

    def make(self, notes: dict[str, str]) -> Session:
        stars = {"1": 1, "2": 3, "3": 5}
        pattern = r"P(?P<address>\d) KEY (?P<key>\d)"
        return LinesSession("b", tuple(Printer(one, pattern, stars, "OK {key}", one) for one in self.PADS), notes=notes)

    def wire(self, pad: str, said: str) -> bytes:
        return f"P{pad} KEY {said}\r\n".encode()

    def said(self, deed: Press | Keypad) -> tuple[str, str]:
        assert isinstance(deed, Press)
        return deed.counter, {1: "1", 3: "2", 5: "3"}[deed.stars or 0]


Ff68Pads.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
LinesPads.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestFf68 = Ff68Pads.TestCase
TestLines = LinesPads.TestCase
