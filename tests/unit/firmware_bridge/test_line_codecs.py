"""Text lines and window strips, byte by byte."""

from hypothesis import given
from hypothesis import strategies as st

from firmware_bridge.lines import codec as lines
from firmware_bridge.strip_at import codec as strip


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


def test_cr_lf_and_both_end_a_line() -> None:
    for size in (1, 2, 100):
        reader = lines.Reader()
        assert [one for piece in cut(b"KEY 1\rKEY 2\nKEY 3\r\n\r\n\nKEY 4", size) for one in reader.feed(piece)] == [
            "KEY 1",
            "KEY 2",
            "KEY 3",
        ]
        reader.restart()
        assert reader.feed(b"KEY 5\r") == ["KEY 5"]
        assert not reader.discarded


def test_a_line_of_256_bytes_is_one_and_of_257_is_none() -> None:
    reader = lines.Reader()
    assert reader.feed(b"x" * 256 + b"\r" + b"y" * 257 + b"\rz\r" + b"a" * 100_000 + b"\nb\n") == ["x" * 256, "z", "b"]
    assert reader.discarded == {lines.Discard.OVERRUN: 2}


def test_what_is_not_utf_8_is_thrown_away() -> None:
    reader = lines.Reader()
    assert reader.feed(b"\xff\xfe\r" + "满意\r".encode()) == ["满意"]
    assert reader.discarded == {lines.Discard.ENCODING: 1}


@given(
    st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=60)),
    st.integers(1, 9),
)
def test_lines_come_through_however_they_are_cut(sent: list[str], size: int) -> None:
    reader = lines.Reader()
    data = b"".join(one.encode() + b"\r\n" for one in sent)
    assert [one for piece in cut(data, size) for one in reader.feed(piece)] == [one for one in sent if one]


def test_a_reply_knows_three_escapes() -> None:
    assert lines.reply(r"OK {key}\r\n", "4") == b"OK 4\r\n"
    assert lines.reply("{other}\\t%s{0}", "4") == b"{other}\\t%s{0}"
    assert lines.reply("", "4") == b""


def test_a_strip_is_told_in_gbk() -> None:
    wire = strip.encode(strip.Line(1, "暂停服务"))
    assert wire == b"@01" + "暂停服务".encode("gbk") + b"\r"
    assert strip.encode(strip.Line(99, "😀好\r\n")) == b"@99?" + "好".encode("gbk") + b"  \r"


def test_a_strip_s_text_is_cut_at_a_character() -> None:
    assert strip.text_bytes("a" + "好" * 40) == b"a" + "好".encode("gbk") * 31
    assert len(strip.text_bytes("好" * 40)) == 64


@given(st.integers(0, 99), st.text(max_size=80))
def test_whatever_a_strip_is_told_it_can_read(address: int, text: str) -> None:
    wire = strip.encode(strip.Line(address, text))
    assert len(wire) <= 3 + strip.TEXT_LIMIT_BYTES + 1
    reader = strip.Reader()
    (line,) = [one for piece in cut(wire, 3) for one in reader.feed(piece)]
    assert strip.encode(line) == wire
    assert not reader.discarded


def test_a_strip_throws_away_what_is_no_frame() -> None:
    reader = strip.Reader()
    bad = [b"", b"@1\r", b"x01a", b"@a1a", b"@01\xff", b"@01" + b"x" * 65, b"@01" + b"x" * 10_000]
    assert reader.feed(b"\r".join(bad) + b"\r@07ok\r") == [strip.Line(7, "ok")]
    assert reader.discarded == {"noise": 8}
