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


def test_the_others_mark_bad_bytes_where_they_stand() -> None:
    frame = encode(Frame(5, 3))
    good = Seen(str(Frame(5, 3)), frame)
    ears = EARS["ff68"]()
    assert ears(frame + b"\x01\x02" + frame, START) == [good, Seen("", b"\x01\x02", "noise"), good]
    assert ears(frame[:5], after(1)) == []
    assert ears(b"", after(1.2)) == [Seen("", frame[:1], "tail"), Seen("", frame[1:5], "noise")]
    assert EARS["lines"]()(b"ab\r\xff\rab\r" + b"x" * 300 + b"\n", START) == [
        Seen("'ab'", b"ab"),
        Seen("", b"\xff", "encoding"),
        Seen("'ab'", b"ab"),
        Seen("", b"x" * 257, "overrun"),
    ]
    line = strip(Line(1, "a"))
    assert EARS["strip-at"]()(line + b"@1\r" + line, START) == [
        Seen(str(Line(1, "a")), line),
        Seen("", b"@1", "noise"),
        Seen(str(Line(1, "a")), line),
    ]
    assert EARS["raw"]()(b"a", START) == [Seen("", b"a")]


def test_a_recording_comes_back_with_its_instants() -> None:
    text = recorded(b"\x00\xff", START) + "\n" + recorded(b"a", after(1.5)) + "\n"
    assert list(replayed(text)) == [(START, b"\x00\xff"), (after(1.5), b"a")]
    with pytest.raises(ValueError, match="line 3"):
        list(replayed(text + "{}"))
    with pytest.raises(ValueError, match="line 1"):
        list(replayed("[" * 100_000))
