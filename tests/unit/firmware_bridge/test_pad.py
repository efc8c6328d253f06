"""The simulated pad, against the contract's words; frames are read with the host's own reader."""

from pathlib import Path

import pytest

from firmware_bridge.padlink import frames as f
from firmware_bridge.padlink.codec import Reader, encode
from firmware_bridge.simulator import wire
from firmware_bridge.simulator.memory import Flash, InFile, InMemory, Kept
from firmware_bridge.simulator.noise import Noise
from firmware_bridge.simulator.pad import HELP, QUEUE, Model, Pad
from firmware_bridge.simulator.rig import Cable, Rig
from firmware_bridge.simulator.script import Drain, Mute, Press, SetNoise, Wait, read_script

SERIAL = b"\x01\x02\x03\x04\x05\x06\x07\x08"
MODEL = Model(SERIAL)


def said(pad: Pad) -> list[f.Frame]:
    reader = Reader(f.Sender.PAD)
    return [numbered.frame for numbered in reader.feed(pad.take_out())]


def told(pad: Pad, *frames: f.Frame, at: int = 0) -> list[f.Frame]:
    pad.received(b"".join(encode(frame, 0) for frame in frames), at)
    return said(pad)


def welcomed(memory: InMemory | None = None) -> Pad:
    pad = Pad(MODEL, memory or InMemory(), 0)
    told(pad, f.Welcome(SERIAL, pad.boot))
    pad.tick(0)
    return pad


def presses(frames: list[f.Frame]) -> list[f.PressFrame]:
    return [frame for frame in frames if isinstance(frame, f.PressFrame)]


def test_hello_every_second_until_the_right_welcome() -> None:
    pad = Pad(MODEL, InMemory(), 0)
    pad.press(4, 0)
    hello = f.Hello(1, SERIAL, 1, (1, 0, 0), 5, f.Caps(15))
    assert said(pad) == [hello]
    pad.tick(999)
    assert said(pad) == []
    assert pad.deadline() == 1000
    pad.tick(1000)
    assert said(pad) == [hello]
    assert told(pad, f.Welcome(SERIAL, 2), f.Welcome(bytes(8), 1), at=1100) == []
    assert not pad.welcomed
    assert told(pad, f.Welcome(SERIAL, 1), at=1200) == [f.PressFrame(1, 1, 0, 4, 1200)]
    assert told(pad, f.Welcome(SERIAL, 1), at=1300) == [f.PressFrame(1, 1, 0, 4, 1300)]
    assert told(pad, f.Identify(), at=1400) == [hello]
    assert not pad.welcomed


def test_a_press_is_repeated_on_its_schedule_until_its_ack() -> None:
    pad = welcomed()
    said(pad)
    pad.press(5, 10_000)
    moments = []
    for at in range(10_000, 32_001, 50):
        pad.tick(at)
        moments += [at - 10_000 for frame in presses(said(pad)) if frame.age_ms == at - 10_000]
    assert moments == [0, 200, 600, 1400, 3000, 6200, 11200, 16200, 21200]
    told(pad, f.Ack(1, 2), f.Ack(2, 1), at=32_000)
    assert pad.pending == 1
    told(pad, f.Ack(1, 1), at=32_000)
    assert pad.pending == 0


def test_presses_survive_a_power_cut_under_their_boot_with_unknown_age() -> None:
    memory = InMemory()
    pad = welcomed(memory)
    pad.press(2, 100)
    pad.press(HELP, 200)
    again = Pad(MODEL, memory, 0)
    assert again.boot == 2
    assert told(again, f.Welcome(SERIAL, 2)) == [
        f.PressFrame(1, 1, 0, 2, None),
        f.PressFrame(1, 2, 0, HELP, None),
    ]


def test_the_queue_holds_sixteen_and_says_when_it_had_to_refuse() -> None:
    pad = welcomed()
    for _ in range(QUEUE):
        assert pad.press(1, 0)
    assert not pad.press(1, 0)
    pad.stuck = pad.on_battery = True
    said(pad)
    pad.tick(5000)
    beats = [frame for frame in said(pad) if isinstance(frame, f.Beat)]
    assert beats == [f.Beat(5, f.BeatFlags.ON_BATTERY | f.BeatFlags.KEY_STUCK | f.BeatFlags.OVERFLOWED, QUEUE)]


def test_a_prompt_takes_one_answer_and_is_not_opened_again() -> None:
    pad = welcomed()
    told(pad, f.PromptFrame(9, 15))
    assert pad.prompt(14_999) == 9
    assert pad.deadline() == 5000
    pad.press(HELP, 100)
    pad.press(5, 200)
    pad.press(4, 300)
    assert {frame.n: frame.prompt for frame in presses(said(pad))} == {1: 0, 2: 9, 3: 0}
    told(pad, f.PromptFrame(9, 15), at=400)
    assert pad.prompt(400) is None


def test_a_prompt_lapses_once_or_is_cancelled() -> None:
    pad = welcomed()
    told(pad, f.PromptFrame(9, 1))
    assert pad.deadline() == 1000
    told(pad, f.Cancel(8), at=500)
    pad.tick(1000)
    assert said(pad) == [f.LapseFrame(9)]
    told(pad, f.PromptFrame(10, 1), f.Cancel(10), at=2000)
    pad.tick(4000)
    assert said(pad) == []


def test_lamps_text_and_sound_are_noted_and_nonsense_is_dropped() -> None:
    pad = welcomed()
    told(pad, f.State(f.PadState.SUSPENDED, 4), f.Show(1, "暂停服务"), f.Sound(f.Clip.BEEP))
    assert (pad.state, pad.level, pad.lines) == ("suspended", 4, {1: "暂停服务"})
    pad.received(wire.frame(0x83, 0, b"\x09\x00") + wire.frame(0x86, 0, b"\x01\xff") + wire.frame(0x82, 0, b"\x01"), 0)
    pad.received(wire.frame(0x7F, 0, b"") + b"\x05\x01\x00" + b"\xff" * 300 + b"\x00\x00", 0)
    assert [one.what for one in pad.notables][-4:] == ["sound", "unreadable", "unreadable", "unreadable"]


@pytest.mark.parametrize("data", [b"", b"\0", b"\0\0", b"a\0b", bytes(range(1, 255)), b"x" * 254, b"x" * 600 + b"\0"])
def test_both_framings_agree(data: bytes) -> None:
    from cobs import cobs  # noqa: PLC0415 - the host's library, here as the oracle

    assert wire.stuff(data) in (cobs.encode(data), cobs.encode(data) + b"\x01")
    assert wire.unstuff(wire.stuff(data)) == data
    assert wire.unstuff(cobs.encode(data)) == data


def test_a_file_keeps_the_memory_and_another_file_is_named(tmp_path: Path) -> None:
    memory = InFile(tmp_path / "pad.json")
    assert memory.read() == Flash()
    memory.write(Flash(3, (Kept(2, 5, 0, 4),)))
    assert InFile(tmp_path / "pad.json").read() == Flash(3, (Kept(2, 5, 0, 4),))
    (tmp_path / "pad.json").write_text("[]")
    with pytest.raises(ValueError, match=r"pad\.json"):
        memory.read()


def test_scripts_are_read_in_words() -> None:
    steps = read_script(" press 5;wait 2s ; wait 200ms\nnoise 1.5%; mute; unmute; drain 3s;; ")
    assert steps == (Press(5), Wait(2000), Wait(200), SetNoise(0.015), Mute(on=True), Mute(on=False), Drain(3000))
    assert len(read_script("help; unplug; plug; reboot; stuck; unstuck; quit")) == 7
    for wrong in ("pres 5", "press", "press 0", "press 999", "wait 2"):
        with pytest.raises(ValueError, match=wrong.split()[0]):
            read_script(wrong)


def rig(script: str, battery: bool = False) -> Rig:
    made = Rig(MODEL, InMemory(), Noise(1), 0, battery)
    made.add(read_script(script))
    return made


def whats(one: Rig) -> list[str]:
    return [notable.what for notable in one.take_notables()]


def test_a_cable_pulled_without_a_battery_is_a_power_cut() -> None:
    one = rig("press 3; unplug; press 4; stuck; noise 0%; plug; wait 1s; stuck; press 5; quit; press 1")
    out = one.tick(0)
    assert out == b""
    assert one.cable is Cable.UNPLUGGED
    assert one.deadline() == 50
    one.received(encode(f.Identify(), 0), 1)
    assert one.tick(50) != b""
    assert one.deadline() == 1050
    assert whats(one) == ["pressed", "unplugged", "dead", "plugged", "started"]
    assert not one.idle
    one.tick(1050)
    assert one.ended
    assert one.pad is not None
    assert one.pad.stuck
    assert one.counts["pressed"] == 2


def test_with_a_battery_it_lives_on() -> None:
    one = rig("unplug; press 4; plug", battery=True)
    one.tick(0)
    assert one.pad is not None
    pad = one.pad
    before = pad.on_battery
    one.tick(50)
    assert (before, pad.on_battery) == (True, False)
    assert one.pad is pad
    assert one.idle


def test_off_and_idle_there_is_nothing_to_wait_for() -> None:
    one = rig("unplug; unplug; reboot; unplug; wait 1s; plug")
    for at in (0, 50, 100):
        assert one.tick(at) == b""
    assert one.deadline() == 150
    one.tick(150)
    assert one.deadline() == 1150
    late = rig("unplug")
    late.tick(0)
    late.tick(50)
    assert late.deadline() is None


def test_muted_nothing_passes_and_a_drain_waits_for_acks() -> None:
    one = rig("mute; press 1; drain 30ms; unmute; drain 10s; help")
    assert one.tick(0) == b""
    one.received(encode(f.Identify(), 0), 1)
    assert one.tick(10) == b""
    assert one.deadline() == 30
    one.tick(30)  # unmuted
    assert one.tick(1000) != b""
    one.received(encode(f.Welcome(SERIAL, 1), 0) + encode(f.Ack(1, 1), 0), 1040)
    one.tick(1040)
    assert one.counts["pressed"] == 2


def test_noise_is_the_same_for_the_same_seed() -> None:
    data = bytes(range(256)) * 20
    assert Noise(1).over(data) == data
    assert Noise(1, 0.1).over(data) == Noise(1, 0.1).over(data)
    assert Noise(1, 0.1).over(data) != Noise(2, 0.1).over(data)
    lengths = {len(Noise(seed, 0.5).over(b"abc")) for seed in range(50)}
    assert lengths & {1, 2} and lengths & {4, 5}  # noqa: PT018 - bytes are lost and added
