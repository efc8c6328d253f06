"""What every driver's session must hold: subclass `Conformance` with a way to make one and a press that it reads."""

from typing import ClassVar

from firmware_bridge.sessions import Condition, Look, OpenPrompt, Press, Session, View
from tests.unit.firmware_bridge.pads import START, after


class Conformance:
    """A driver of pads that bear no press numbers. `PRESS`: the bytes of one press at `COUNTER`; `REPLY`: the answer."""

    COUNTER: ClassVar[str] = "1"
    PRESS: ClassVar[bytes]
    OTHER: ClassVar[bytes]
    REPLY: ClassVar[bytes]
    STARS: ClassVar[int]

    def make(self, notes: dict[str, str] | None = None) -> Session:
        raise NotImplementedError

    def open(self, notes: dict[str, str] | None = None) -> Session:
        session = self.make(notes)
        session.opened(START)
        return session

    def press(self, session: Session, data: bytes, seconds: float = 0) -> Press:
        (press,) = (one for one in session.received(data, after(seconds)).outcomes if isinstance(one, Press))
        return press

    def test_a_press_is_answered_only_when_stored(self) -> None:
        session = self.open()
        turn = session.received(self.PRESS, after(1))
        assert turn.send == b""
        press = self.press(self.open(), self.PRESS, 1)
        assert (press.counter, press.stars, press.at) == (self.COUNTER, self.STARS, after(1))
        assert session.stored(press, after(1)).send == self.REPLY
        assert session.stored(press, after(1)).send == b""

    def test_its_repeat_is_answered_again_and_is_no_press(self) -> None:
        session = self.open()
        press = self.press(session, self.PRESS)
        assert session.received(self.PRESS, after(0.4)).outcomes == ()  # it is being stored
        session.stored(press, after(0.5))
        for at in (1.0, 2.5, 4.0):  # each within 1.5 s of the last
            turn = session.received(self.PRESS, after(at))
            assert (turn.send, turn.outcomes) == (self.REPLY, ())
        assert self.press(session, self.PRESS, 5.501) != press

    def test_what_was_not_stored_is_told_again_as_the_same_press(self) -> None:
        session = self.open()
        press = self.press(session, self.PRESS)
        session.unstored(press)
        assert session.received(b"", after(0.1)).outcomes == ()
        assert self.press(session, self.PRESS, 0.5) == press
        assert session.stored(press, after(0.6)).send == self.REPLY
        assert session.received(self.PRESS, after(0.7)).send == self.REPLY

    def test_after_a_restart_the_time_counts_from_the_opening(self) -> None:
        press = self.press(self.open(), self.PRESS)
        assert press.note is not None
        notes = {press.note.key: press.note.text}
        assert self.open(notes).received(self.PRESS, after(1.5)).send == self.REPLY
        assert self.press(self.open(notes), self.PRESS, 1.501).note is not None
        assert self.press(self.open({press.note.key: "no json"}), self.PRESS).stars == self.STARS

    def test_another_press_is_another_press(self) -> None:
        session = self.open()
        press, other = self.press(session, self.PRESS), self.press(session, self.OTHER)
        assert press != other
        assert session.stored(press, START).send == self.REPLY

    def test_it_is_there_while_its_port_is(self) -> None:
        session = self.make()
        assert session.heard(self.COUNTER).condition is Condition.ABSENT
        assert session.received(self.PRESS, START).outcomes == ()
        session.opened(START)
        assert session.heard(self.COUNTER).condition is Condition.ONLINE
        press = self.press(session, self.PRESS)
        assert session.heard(self.COUNTER).last_seen == START
        assert len(session.closed(after(1)).outcomes) >= 1
        assert session.closed(after(1)).outcomes == ()
        assert session.heard(self.COUNTER).condition is Condition.LOST
        assert session.stored(press, after(1)).send == b""

    def test_no_bytes_raise_and_what_is_thrown_away_is_counted(self) -> None:
        session = self.open()
        session.show(self.COUNTER, View(Look.OPEN, 3, prompt=OpenPrompt(7, after(15))), START)
        for one in range(256):
            session.received(bytes((one,)) * 300 + b"\r", after(one))
        while (due := session.deadline()) is not None:
            session.tick(due)
        assert sum(session.discarded.values()) > 0
        assert self.press(session, self.PRESS, 300).stars == self.STARS
