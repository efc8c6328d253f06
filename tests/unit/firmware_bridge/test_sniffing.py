"""What a technician sees of a line."""

import pytest

from firmware_bridge.ff68.codec import Frame, encode
from firmware_bridge.padlink import codec
from firmware_bridge.padlink import frames as f
from firmware_bridge.sniffing import EARS, Seen, recorded, replayed
from firmware_bridge.strip_at.codec import Line
from firmware_bridge.strip_at.codec import encode as strip
from tests.unit.firmware_bridge.pads import START, after


def test_padlink_is_read_in_both_directions() -> None:
    ears = EARS["padlink"]()
    ask, lapse = codec.encode(f.Identify(), 3), codec.encode(f.LapseFrame(9), 4)
    assert ears(ask[:2], START) == []
    found = ears(ask[2:] + b"\0" + lapse + b"\x11\x22\0", START)
    assert [(one.raw, one.bad) for one in found] == [(ask, None), (lapse, None), (b"\x11\x22\0", "cobs")]
    assert found[0].text == "  3 Identify()"


def test_the_others_say_what_they_drop() -> None:
    frame = encode(Frame(5, 3))
    assert EARS["ff68"]()(b"\x01" + frame, START) == [
        Seen("1 dropped", bad="noise"),
        Seen(str(Frame(5, 3)), frame),
    ]
    assert EARS["lines"]()(b"\xff\rab\r", START) == [Seen("1 dropped", bad="encoding"), Seen("'ab'", b"ab")]
    assert EARS["strip-at"]()(strip(Line(1, "a")), START) == [Seen(str(Line(1, "a")), strip(Line(1, "a")))]
    assert EARS["raw"]()(b"a", START) == [Seen("", b"a")]


def test_a_recording_comes_back_with_its_instants() -> None:
    text = recorded(b"\x00\xff", START) + "\n" + recorded(b"a", after(1.5)) + "\n"
    assert list(replayed(text)) == [(START, b"\x00\xff"), (after(1.5), b"a")]
    with pytest.raises(ValueError, match="line 3"):
        list(replayed(text + "{}"))
