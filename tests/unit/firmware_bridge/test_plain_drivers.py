"""ff68, lines and strips: what every driver holds, and what is theirs alone."""

from typing import ClassVar

import pytest

from firmware_bridge.drivers import PAD_DRIVERS, Recalled, session_of
from firmware_bridge.ff68.codec import Frame, encode, stars
from firmware_bridge.ff68.session import Ff68Session, Set
from firmware_bridge.identity import event_id
from firmware_bridge.lines.session import LinesSession, Printer
from firmware_bridge.padlink import frames as f
from firmware_bridge.padlink.session import PadlinkSession
from firmware_bridge.pauses import Pause, Pauses, order_of
from firmware_bridge.plain import PlainSession
from firmware_bridge.prompts import PromptBook, Wanted
from firmware_bridge.rivals import Rivals
from firmware_bridge.sessions import (
    Key,
    Keypad,
    Knock,
    Look,
    Note,
    OpenPrompt,
    PadFault,
    PadId,
    Press,
    Session,
    Turn,
    View,
)
from firmware_bridge.settings import PadSettings, StripSettings
from firmware_bridge.strip_at.codec import Line
from firmware_bridge.strip_at.codec import encode as strip
from signage.wire.messages import Health, PadStatus, Status
from tests.unit.firmware_bridge.conformance import Conformance
from tests.unit.firmware_bridge.pads import START, after, sent
from tests.unit.firmware_bridge.pads import Line as Line_

ASK = encode(Frame(5, 1, b"\x0b"))


class TestFf68(Conformance):
    PRESS: ClassVar[bytes] = encode(Frame(5, 0x11, b"\x03"))
    OTHER: ClassVar[bytes] = encode(Frame(5, 0x11, b"\x00"))
    REPLY: ClassVar[bytes] = encode(Frame(5, 0x01, b"\x03"))
    STARS: ClassVar[int] = 5

    def make(self, notes: dict[str, str] | None = None) -> Ff68Session:
        return Ff68Session("b", (Set("1", 5), Set("2", 9, {"0": 1})), notes=notes)

    def test_a_frame_in_between_ends_the_repeating(self) -> None:
        session = self.open()
        self.press(session, self.PRESS)
        self.press(session, self.OTHER, 0.2)
        assert self.press(session, self.PRESS, 0.4).n == 3

    def test_an_opening_in_between_ends_the_repeating_and_is_told_once(self) -> None:
        session = self.open()
        session.stored(self.press(session, self.PRESS), START)
        asking = View(level=3, prompt=OpenPrompt(7, after(15)))
        turn = session.show("1", asking, after(0.1))
        assert turn == Turn(encode(stars(5, 3)) + ASK, (Note("told:5", "7"), Note("5", "[]")))
        assert session.show("1", asking, after(0.2)) == Turn()
        assert self.press(session, self.PRESS, 0.3).n == 2
        assert self.open({"told:5": "7"}).show("1", asking, START).send == encode(stars(5, 3))

    def test_the_keypad_s_own_opening_is_its_echo(self) -> None:
        session = self.open()
        (asked,) = session.received(ASK, START).outcomes
        assert isinstance(asked, Keypad)
        assert asked.key is Key.PLEASE_RATE
        assert session.show("1", View(level=0, prompt=OpenPrompt(7, after(15))), START).send == encode(stars(5, 0))
        assert session.stored(asked, START).send == ASK
        turn = session.received(ASK, after(0.3))
        assert (turn.send, turn.outcomes) == (ASK, ())  # 0B again: the repeat, not a second opening

    def test_our_bytes_read_back_are_an_echo_once_and_for_100_ms(self) -> None:
        session = self.open()
        asking = View(prompt=OpenPrompt(7, after(15)))
        session.show("1", View(), START)
        assert session.show("1", asking, after(1)).send == ASK
        assert session.received(ASK, after(1.1)).outcomes == ()
        assert session.discarded["echo"] == 10
        assert len(session.received(ASK, after(1.11)).outcomes) == 1
        session.show("1", View(prompt=OpenPrompt(8, after(30))), after(10))
        assert len(session.received(ASK, after(10.2)).outcomes) == 1

    def test_keys_stars_and_strangers(self) -> None:
        session = self.open()
        turn = session.received(encode(Frame(5, 0x11, b"\x09")), START)
        assert turn.send == encode(Frame(5, 1, b"\x09"))
        assert [one.on for one in turn.outcomes if isinstance(one, PadFault)] == [True]
        again = session.received(encode(Frame(5, 0x11, b"\x09")), after(1))
        assert again.send == turn.send
        session.received(encode(Frame(5, 0x11, b"\x08")), after(2))
        back = session.received(self.PRESS, after(3)).outcomes
        assert [one.on for one in back if isinstance(one, PadFault)] == [False]
        assert self.press(session, encode(Frame(9, 0x11, b"\x00")), 4).stars == 1
        session.received(encode(Frame(7, 0x11, b"\x00")), after(4))
        assert session.discarded == {"address": 1}
        odd = session.received(encode(Frame(5, 0x40, b"")), after(5))
        assert odd == Turn(outcomes=(Note("5", '["40"]'),))
        assert session.received(encode(Frame(5, 0x40, b"")), after(5.1)) == Turn()
        (pause,) = session.received(encode(Frame(5, 6, b"\x12")), after(6)).outcomes
        assert isinstance(pause, Keypad)
        assert pause.key is Key.PAUSE
        session.unstored(pause)
        assert session.received(encode(Frame(5, 6, b"\x12")), after(6.5)).outcomes == (pause,)
        assert session.stored(pause, after(7)).send == encode(Frame(5, 6, b"\x12"))

    def test_a_set_is_told_its_stars_when_the_port_opens(self) -> None:
        session = self.make()
        assert session.show("1", View(level=4, prompt=OpenPrompt(3, after(9))), START) == Turn()
        assert session.opened(START).send == encode(stars(5, 4))


class TestLines(Conformance):
    PRESS: ClassVar[bytes] = b"A KEY 2\r\n"
    OTHER: ClassVar[bytes] = b"A KEY 1\r\n"
    REPLY: ClassVar[bytes] = b"OK 2\r"
    STARS: ClassVar[int] = 5

    def make(self, notes: dict[str, str] | None = None) -> LinesSession:
        pattern = r"(?P<address>[A-Z]) KEY ?(?P<key>\d)?"
        printers = [Printer(n, pattern, {"1": 1, "2": 5}, r"OK {key}\r", a) for n, a in (("1", "A"), ("2", "B"))]
        return LinesSession("b", tuple(printers), notes=notes)

    def test_addresses_unknown_keys_and_other_lines(self) -> None:
        session = self.open()
        assert self.press(session, b"B KEY 1\r").counter == "2"
        session.received(b"hello\rC KEY 1\rA KEY \r", START)
        turn = session.received(b"A KEY 7\r", START)
        assert turn.send == b"OK 7\r"
        assert [one.on for one in turn.outcomes if isinstance(one, PadFault)] == [True]
        assert session.discarded == {"key": 1, "pattern": 3}
        self.press(session, self.PRESS)
        self.press(session, self.OTHER)
        assert session.received(self.PRESS, after(1)).outcomes == ()  # the same line, whatever stands in between
        assert session.show("1", View(), START) == Turn()
        session.refuse(Knock("1", PadId("x"), ""))
        session.dismiss("1")
        assert session.invite("1", START) == session.admit(Knock("1", PadId("x"), ""), START) == Turn()


def line() -> Session:
    pads = (PadSettings("1", "ff68", "/p", 9600, bridge="b", address=5),)
    return session_of(
        pads, (StripSettings("1", "strip-at", "/p", 3), StripSettings("2", "strip-at", "/p", 4)), Recalled()
    )


def test_strips_are_told_at_changes_and_every_minute_beside_pads() -> None:
    session = line()
    assert session.show("2", View(strip="暂停服务"), START) == Turn()
    assert session.opened(START).send == strip(Line(4, "暂停服务"))
    assert session.show("1", View(strip="热情为您服务"), after(1)).send == encode(stars(5, 0)) + strip(
        Line(3, "热情为您服务")
    )
    assert session.show("1", View(strip="热情为您服务"), after(2)) == Turn()
    assert session.deadline() == after(60)
    assert session.tick(after(59)) == Turn()
    assert session.tick(after(60)).send == strip(Line(4, "暂停服务")) + strip(Line(3, "热情为您服务"))
    press = session.received(encode(Frame(5, 0x11, b"\x01")), after(61)).outcomes[0]
    assert isinstance(press, Press)
    session.unstored(press)
    assert session.stored(press, after(61)) == Turn()
    assert session.discarded == {}
    knock = Knock("1", PadId("x"), "")
    session.refuse(knock)
    for counter in ("1", "2"):
        session.dismiss(counter)
        assert session.invite(counter, after(61)) == session.admit(knock, after(61)) == Turn()
        session.heard(counter)
    assert len(session.closed(after(62)).outcomes) == 1
    assert session.tick(after(200)) == Turn()


@pytest.mark.parametrize("driver", PAD_DRIVERS)
def test_every_driver_of_the_register_makes_a_session(driver: str) -> None:
    pad = PadSettings("1", driver, "/p", bridge="b", address=5, pattern="(?P<key>.)", stars={"1": 5})
    assert session_of((pad,), (), Recalled()).heard("1").last_seen is None
    alone = session_of((), (StripSettings("1", "strip-at", "/p", 3),), Recalled())
    assert alone.opened(START) == alone.received(b"x", START) == Turn()
    assert alone.show("1", View(Look.OPEN, strip="a"), START).send == strip(Line(3, "a"))
    assert alone.discarded == {}
    deed = Press("1", PadId("x"), 1, None, 5, START)
    assert alone.stored(deed, START) == Turn()
    alone.unstored(deed)
    assert event_id(deed) == event_id(deed) != event_id(Press("1", PadId("x"), 1, None, 5, after(1)))
    plain = PlainSession({"1": PadId("x")})
    assert plain.show("1", View(), START) == plain.tick(START) == Turn()
    assert plain.deadline() is None


def test_a_press_without_a_number_answers_the_prompt_that_was_open() -> None:
    book = PromptBook()
    assert book.answer_open("1", START) is None
    book.want(Wanted("1", "p", after(15)), START)
    first, second = book.answer_open("1", after(1)), book.answer_open("1", after(2))
    assert first is not None
    assert second is not None
    assert (first.counts, second.counts) == (True, False)
    assert book.answer_open("1", after(15)) is None
    assert PromptBook([first.asked]).answer_open("1", after(3)) is not None


def test_a_padlink_pad_that_is_let_go_keeps_its_presses_and_comes_back() -> None:
    pad = Line_(PadlinkSession("1"))
    pad.session.dismiss("1")
    assert pad.session.invite("1", START) == Turn()
    pad.welcome()
    pad.session.dismiss("1")
    assert pad.say(f.PressFrame(7, 1, 0, 4, 0)) == Turn()
    assert sent(pad.session.invite("1", START)) == [f.Identify()]
    pad.session.unstored(Press("1", PadId("x", 7), 1, 0, 4, START))


def test_a_pause_is_told_until_it_is_answered_and_ended_by_the_next_call() -> None:
    pauses = Pauses()
    assert pauses.pressed("1", Key.CALL) is None
    pause = pauses.pressed("1", Key.PAUSE)
    assert pause == Pause("1", suspended=True)
    pauses.keep(pause)
    (order,) = pauses.due(START)
    assert (order.name, order.args) == ("suspend", {"scope": "counter:1", "reason": "break"})
    pauses.sent(order, "c1", START)
    assert pauses.due(after(9)) == ()
    assert pauses.deadline() == after(10)
    assert len(pauses.due(after(10))) == 1
    assert pauses.answered("other", ok=True) is None
    told = pauses.answered("c1", ok=True)
    assert told == Pause("1", suspended=True, told=True)
    pauses.keep(told)
    assert pauses.due(after(11)) == ()
    over = Pauses([told]).pressed("1", Key.PLEASE_RATE)
    assert over == Pause("1", suspended=False)
    pauses.keep(over)
    (order,) = pauses.due(after(12))
    assert (order.name, order.args) == ("resume", {"scope": "counter:1"})
    pauses.sent(order, "c2", after(12))
    ended = pauses.answered("c2", ok=False)
    assert ended is not None
    pauses.keep(ended)
    assert pauses.pressed("1", Key.CALL) is None


def test_a_wish_under_way_is_not_sent_again_when_it_is_written_down() -> None:
    """A resumption goes out before what the same key asks for next; its commit must not send a second one."""
    pauses = Pauses([Pause("1", suspended=True, told=True)])
    over = pauses.pressed("1", Key.PLEASE_RATE)
    assert over is not None
    pauses.sent(order_of(over), "c1", START)
    pauses.keep(over)
    assert pauses.due(after(1)) == ()
    pauses.keep(Pause("1", suspended=True))  # paused again before the answer: that is another wish
    (order,) = pauses.due(after(1))
    assert order.name == "suspend"


def test_a_set_that_is_not_configured_is_told_once_and_over_after_an_hour() -> None:
    session = Ff68Session("b", (Set("1", 5), Set("2", 9)))
    session.opened(START)
    strange = encode(Frame(7, 0x11, b"\x03"))
    (fault,) = session.received(strange * 3, after(1)).outcomes
    assert isinstance(fault, PadFault)
    assert (fault.counter, fault.code, fault.on) == ("1", "pad-address", True)
    assert "set 7" in fault.text
    assert session.received(strange, after(60)).outcomes == ()
    assert session.deadline() == after(3660)
    assert session.tick(after(3659)) == Turn()
    (over,) = session.tick(after(3660)).outcomes
    assert isinstance(over, PadFault)
    assert (over.code, over.on) == ("pad-address", False)
    assert session.deadline() is None
    assert session.discarded == {"address": 4}
    again = Ff68Session("b", (Set("1", 5),), faults=frozenset({("1", "pad-address")}))
    again.opened(START)
    again.opened(after(1))
    assert again.deadline() == after(3600)
    assert len(again.tick(after(3600)).outcomes) == 1


def test_who_began_later_is_refused_the_counter() -> None:
    def status(node: str, seconds: float, *counters: str, online: bool = True, role: str = "bridge") -> Status:
        pads = tuple(
            PadStatus(counter=one, driver="ff68", port="p", state="online", last_seen=None, discarded={})
            for one in counters
        )
        return Status(
            node=node, session="s", online=online, at=START, started_at=after(seconds), software="", role=role,  # type: ignore[arg-type]  # a word of the contract
            health=Health(cpu=0, memory_mb=0, disk_free_mb=0), faults=(), pads=pads, v=1,
        )  # fmt: skip

    rivals = Rivals("bridge-2", after(10), frozenset({"1", "2"}))
    assert not rivals.hear(status("bridge-2", 0, "1"))
    assert not rivals.hear(status("wall", 0, "1", role="screen"))
    assert not rivals.hear(status("bridge-1", 0, "3"))
    assert rivals.hear(status("bridge-1", 0, "1", "3"))
    assert rivals.hear(status("bridge-3", 20, "2"))
    assert rivals.refused() == {"1": "bridge-1"}
    assert rivals.hear(status("bridge-1", 0, "1", online=False))
    assert rivals.refused() == {}
