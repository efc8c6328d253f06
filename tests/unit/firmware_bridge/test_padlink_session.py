"""The host's side of one line, call by call."""

import pytest

from firmware_bridge.padlink import frames as f
from firmware_bridge.padlink.session import PadlinkSession
from firmware_bridge.sessions import (
    Condition,
    Heard,
    Knock,
    Lapse,
    Look,
    Lost,
    Note,
    Online,
    OpenPrompt,
    PadFault,
    PadId,
    Press,
    Turn,
    View,
)
from tests.unit.firmware_bridge.pads import EVERYTHING, SERIAL, START, Line, after, hello, sent

PAD = PadId("a1b2c3d4e5f60718", 7)


def codes(turn: Turn) -> list[tuple[str, bool]]:
    return [(one.code, one.on) for one in turn.outcomes if isinstance(one, PadFault)]


def open_line(stars: dict[int, int] | None = None) -> Line:
    return Line(PadlinkSession("1", stars, serial=SERIAL.hex()))


def press(n: int = 1, **changes: int | None) -> f.PressFrame:
    fields: dict[str, int | None] = {"boot": 7, "prompt": 0, "key": 4, "age_ms": 0, **changes}
    return f.PressFrame(n=n, **fields)  # type: ignore[arg-type]  # fields of one frame


def test_a_pad_is_asked_for_at_once_and_told_everything_once_let_in() -> None:
    line = open_line()
    view = View(Look.SUSPENDED, 3, ("暂停服务", ""), OpenPrompt(9, after(15)))
    assert line.session.show("1", view, START) == Turn()
    assert sent(line.session.opened(START)) == [f.Identify()]
    (knock,) = line.say(hello()).outcomes
    assert knock == Knock("1", PAD, "1.2.3")
    turn = line.session.admit(knock, after(0.2))
    assert sent(turn) == [
        f.Welcome(SERIAL, 7),
        f.State(f.PadState.SUSPENDED, 3),
        f.Show(1, "暂停服务"),
        f.Show(2, ""),
        f.PromptFrame(9, 15),
        f.Sound(f.Clip.PLEASE_RATE),
    ]
    assert turn.outcomes == (Online("1", PAD),)


def test_every_hello_is_answered_with_the_whole_state_again() -> None:
    line = open_line()
    first, _ = line.welcome(hello(caps=f.Caps(0)))
    assert first == [f.Welcome(SERIAL, 7), f.State(f.PadState.CLOSED, 0)]
    again, _ = line.welcome(hello(boot=8, caps=f.Caps(0)))
    assert again == [f.Welcome(SERIAL, 8), f.State(f.PadState.CLOSED, 0)]


def test_frames_before_hello_bring_identify_once_a_second() -> None:
    line = open_line()
    line.session.opened(START)
    beat = f.Beat(1, f.BeatFlags(0), 0)
    assert sent(line.say(beat, at=after(0.5))) == []
    assert sent(line.say(press(), beat, at=after(1.1))) == [f.Identify()]
    assert sent(line.say(press(), at=after(2.0))) == []
    assert sent(line.say(press(), at=after(-5))) == [f.Identify()]  # the clock was set back


def test_a_press_is_told_with_its_moment_and_acknowledged_only_when_stored() -> None:
    line = open_line()
    line.welcome()
    turn = line.say(press(1, prompt=9, age_ms=2500), at=after(10))
    told = Press("1", PAD, 1, 9, 4, after(7.5))
    assert turn == Turn(b"", (told,))
    assert sent(line.session.stored(told, START)) == [f.Ack(7, 1), f.Sound(f.Clip.THANK_YOU)]
    assert line.say(press(1, prompt=9, age_ms=2700), at=after(10.2)).outcomes == (told,)
    assert sent(line.session.stored(told, START)) == [f.Ack(7, 1)]  # thanked once


def test_a_press_of_unknown_age_was_made_when_it_came() -> None:
    line = open_line()
    line.welcome()
    (told,) = line.say(press(1, boot=3, age_ms=None), at=after(10)).outcomes
    assert told == Press("1", PadId(PAD.name, 3), 1, 0, 4, after(10))


def test_the_help_key_is_a_press_without_stars() -> None:
    line = open_line()
    line.welcome()
    (told,) = line.say(press(2, key=f.HELP_KEY)).outcomes
    assert isinstance(told, Press)
    assert told.stars is None
    assert sent(line.session.stored(told, START)) == [f.Ack(7, 2)]


def test_a_key_that_the_pad_does_not_have_is_acknowledged_and_a_fault() -> None:
    line = open_line()
    line.welcome()
    turn = line.say(press(3, key=6))
    assert sent(turn) == [f.Ack(7, 3)]
    assert [(one.code, one.on) for one in turn.outcomes if isinstance(one, PadFault)] == [("pad-key", True)]
    assert line.say(press(3, key=6)).outcomes == ()
    assert line.say(f.Beat(1, f.BeatFlags(0), 0)).outcomes == ()
    over, _ = line.say(hello()).outcomes
    assert over == PadFault("1", "pad-key", on=False, text="sent key 6, but has 5 keys; the press is not kept")


def test_four_keys_need_a_table() -> None:
    line = open_line({1: 2, 2: 3, 3: 4, 4: 5})
    line.welcome(hello(keys=4))
    (told,) = line.say(press(1, key=3)).outcomes
    assert isinstance(told, Press)
    assert told.stars == 4


@pytest.mark.parametrize("stars", [None, {1: 2, 2: 3, 3: 4}])
def test_without_a_whole_table_such_a_pad_stays_outside(stars: dict[int, int] | None) -> None:
    line = open_line(stars)
    line.session.opened(START)
    (fault,) = line.say(hello(keys=4)).outcomes
    assert isinstance(fault, PadFault)
    assert (fault.code, fault.on) == ("pad-stars", True)
    assert line.say(press(1, key=3), f.Beat(1, f.BeatFlags(0), 0)) == Turn()
    assert line.session.heard("1").condition is Condition.LOST
    over, knock = line.say(hello()).outcomes  # a pad with five keys in its place
    assert isinstance(over, PadFault)
    assert not over.on
    assert isinstance(knock, Knock)


def test_a_press_from_a_later_boot_means_that_a_hello_was_lost() -> None:
    line = open_line()
    line.welcome()
    turn = line.say(press(1, boot=8), at=after(2))
    assert turn.outcomes == ()
    assert sent(turn) == [f.Identify()]


def test_a_refused_pad_is_not_listened_to() -> None:
    line = open_line()
    line.session.opened(START)
    (knock,) = line.say(hello()).outcomes
    assert isinstance(knock, Knock)
    line.session.refuse(knock)
    assert line.say(press(1)) == Turn()
    assert line.session.stored(Press("1", PAD, 1, 0, 4, START), START) == Turn()


def test_an_old_knock_lets_nobody_in() -> None:
    line = open_line()
    assert line.session.admit(Knock("1", PAD, ""), START) == Turn()
    line.session.opened(START)
    (knock, other) = line.say(hello(), hello(boot=8)).outcomes
    assert isinstance(knock, Knock)
    assert isinstance(other, Knock)
    assert line.session.admit(knock, START) == Turn()
    assert line.session.admit(other, START).outcomes == (Online("1", PadId(PAD.name, 8)),)
    assert line.session.admit(other, START) == Turn()


def test_twelve_seconds_of_silence_and_it_is_lost() -> None:
    line = open_line()
    assert line.session.deadline() is None
    line.welcome()
    line.say(f.Beat(1, f.BeatFlags(0), 0), at=after(5))
    assert line.session.deadline() == after(17)
    assert line.session.tick(after(16.999)) == Turn()
    assert line.session.heard("1") == Heard(Condition.ONLINE, PAD.name, after(5))
    assert line.session.tick(after(17)) == Turn(outcomes=(Lost("1", "silence"),))
    assert line.session.tick(after(30)) == Turn()
    assert line.session.heard("1") == Heard(Condition.LOST, PAD.name, after(5))
    assert sent(line.say(press(1), at=after(31))) == [f.Identify()]
    line.say(hello(), at=after(32))
    assert line.session.deadline() == after(44)


def test_a_pad_that_never_answers_is_absent_and_then_lost() -> None:
    line = open_line()
    line.session.opened(START)
    assert line.session.heard("1") == Heard(Condition.ABSENT, None, None)
    assert line.session.deadline() == after(10)
    assert codes(line.session.tick(after(10))) == [("pad-silent", True)]
    assert line.session.tick(after(11)) == Turn()
    assert line.session.tick(after(12)).outcomes == (Lost("1", "silence"),)
    assert line.session.heard("1").condition is Condition.LOST
    assert codes(line.session.closed(after(13))) == [("pad-silent", False)]
    line.session.opened(after(20))
    line.session.tick(after(30))
    assert codes(line.say(hello(), at=after(31))) == [("pad-silent", False)]
    line.session.opened(after(40))
    line.say(hello(), at=after(49))
    assert line.session.tick(after(50)) == Turn()


def test_another_pad_at_the_same_port_is_told_and_at_home_after_an_hour() -> None:
    line = Line(PadlinkSession("1"))
    first, other = hello(), hello(serial=b"another1")
    _, outcomes = line.welcome(first)
    assert outcomes[0] == Note("serial", SERIAL.hex())
    _, outcomes = line.welcome(first)
    assert outcomes == (Online("1", PAD),)
    for at in (1, 2):  # it serves at once
        line.session.opened(after(at))
        told = line.say(other, at=after(at))
        assert isinstance(told.outcomes[-1], Knock)
        assert codes(told) == ([("pad-other", True)] if at == 1 else [])
        assert line.session.admit(told.outcomes[-1], after(at)).outcomes == (Online("1", told.outcomes[-1].pad),)
    assert line.say(f.Beat(1, f.BeatFlags(0), 0), at=after(3)).outcomes == ()
    line.session.opened(after(4))
    assert codes(line.say(first, at=after(4))) == [("pad-other", False)]
    assert line.session.deadline() == after(16)
    line.welcome(other, at=after(5))
    line.say(f.Beat(1, f.BeatFlags(0), 0), at=after(3600))
    assert line.session.deadline() == after(3605)
    home = line.session.tick(after(3605))
    assert home.outcomes[0] == Note("serial", b"another1".hex())
    assert codes(home) == [("pad-other", False)]
    line.session.opened(after(4000))
    assert codes(line.say(other, at=after(4000))) == []


def test_a_port_that_goes_takes_its_pad_along_at_once() -> None:
    line = open_line()
    line.session.opened(START)
    assert line.session.closed(START) == Turn()
    line.welcome()
    assert line.session.closed(after(1)) == Turn(outcomes=(Lost("1", "port"),))
    assert line.session.deadline() is None
    assert line.say(press(1), at=after(1)) == Turn()  # read before the port went
    assert line.session.heard("1").condition is Condition.LOST


def test_a_lapse_is_told() -> None:
    line = open_line()
    line.welcome()
    assert line.say(f.LapseFrame(9)).outcomes == (Lapse("1", 9),)


def test_flags_of_a_beat_are_faults_until_they_are_gone() -> None:
    line = open_line()
    line.welcome()
    flags = f.BeatFlags.KEY_STUCK | f.BeatFlags.ON_BATTERY
    told = line.say(f.Beat(5, flags, 0)).outcomes
    assert [(one.code, one.on) for one in told if isinstance(one, PadFault)] == [
        ("pad-battery", True),
        ("pad-stuck", True),
    ]
    assert line.say(f.Beat(10, flags, 0)).outcomes == ()
    told = line.say(f.Beat(15, f.BeatFlags.OVERFLOWED | f.BeatFlags.MEMORY_FAULT | f.BeatFlags.KEY_STUCK, 0)).outcomes
    assert [(one.code, one.on) for one in told if isinstance(one, PadFault)] == [
        ("pad-memory", True),
        ("pad-overflow", True),
        ("pad-battery", False),
    ]


def test_what_is_thrown_away_and_what_is_missing_is_counted() -> None:
    line = open_line()
    line.welcome()
    assert line.session.discarded == {}
    line.session.received(b"\x11\x22\x33\x00", START)
    line.seq += 3
    line.say(f.LapseFrame(1))
    assert line.session.discarded == {"cobs": 1, "lost_frames": 3}
    line.seq = 0
    line.say(hello(boot=8))  # a pad that starts counts anew
    assert line.session.discarded == {"cobs": 1, "lost_frames": 3}


def test_only_differences_are_sent_to_a_pad_that_knows_the_rest() -> None:
    line = open_line()
    line.welcome()
    show = line.session.show
    first = View(Look.OPEN, 4, ("欢迎光临", "工号 8"))
    assert sent(show("1", first, START)) == [f.State(f.PadState.OPEN, 4), f.Show(1, "欢迎光临"), f.Show(2, "工号 8")]
    assert show("1", first, START) == Turn()
    assert sent(show("1", View(Look.PAUSED, 4, ("欢迎光临",)), START)) == [f.State(f.PadState.PAUSED, 4), f.Show(2, "")]


def test_a_prompt_is_sent_once_cancelled_when_withdrawn_and_replaced() -> None:
    line = open_line()
    line.welcome(hello(caps=f.Caps(0)))
    show = line.session.show
    asking = View(prompt=OpenPrompt(9, after(400)))
    assert sent(show("1", asking, START)) == [f.PromptFrame(9, 255)]
    assert show("1", asking, after(1)) == Turn()
    other = View(prompt=OpenPrompt(10, after(20.5)))
    assert sent(show("1", other, after(10))) == [f.Cancel(9), f.PromptFrame(10, 11)]
    assert sent(show("1", View(), after(11))) == [f.Cancel(10)]
    assert show("1", View(prompt=OpenPrompt(11, after(12))), after(12)) == Turn()  # too late to ask


@pytest.mark.parametrize("answer", [press(1, prompt=9), f.LapseFrame(9)])
def test_a_prompt_that_the_pad_ended_is_neither_cancelled_nor_asked_again(answer: f.PadFrame) -> None:
    line = open_line()
    line.welcome(hello(caps=EVERYTHING))
    asking = View(prompt=OpenPrompt(9, after(15)))
    line.session.show("1", asking, START)
    line.say(answer)
    assert line.session.show("1", asking, after(1)) == Turn()
    assert line.session.show("1", View(), after(1)) == Turn()
    line.say(press(2, prompt=3))  # an older press, told late
    assert sent(line.session.show("1", View(prompt=OpenPrompt(10, after(15))), after(1)))[0] == f.PromptFrame(10, 14)
