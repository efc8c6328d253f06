import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signage.config.branch_file import BranchConfig
from signage.config.load import BadConfiguration, load_branch, load_either, load_head_office
from signage.config.office_file import HeadOfficeConfig
from signage.core.exits import Exit
from tests.unit.config.samples import BRANCH, HEAD_OFFICE, changed

NOBODY = 65534


def write(path: Path, text: str) -> Path:
    file = path / "branch.toml"
    file.write_text(text, encoding="utf-8")
    return file


def lines_of(path: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(BadConfiguration) as caught:
        load_branch(write(path, text))
    assert caught.value.code is Exit.CONFIGURATION
    assert all("\n" not in line for line in caught.value.lines)
    return caught.value.lines


def only_line(path: Path, text: str) -> str:
    lines = lines_of(path, text)
    assert len(lines) == 1, lines
    return lines[0]


def test_the_examples_are_read(tmp_path: Path) -> None:
    branch = load_branch(write(tmp_path, BRANCH))
    assert branch.nodes == (
        "lobby-touch",
        "lobby-wall",
        "counter-1",
        "counter-2",
        "counter-3",
        "fascia",
        "strip-1",
        "bridge-1",
    )
    assert branch.screen[0].state_directory == "var/screen-lobby-touch"
    assert branch.bridge[0].pad[2].counter == "3"
    office = load_head_office(write(tmp_path, HEAD_OFFICE))
    assert office.broker.port == 1884
    assert isinstance(load_either(write(tmp_path, HEAD_OFFICE)), HeadOfficeConfig)
    assert isinstance(load_either(write(tmp_path, BRANCH)), BranchConfig)


MISTAKES = {
    "unknown key": ('hotline = "95599"', 'hotlin = "95599"', "[branch], key hotlin", 'wanted "hotline"'),
    "unknown table": ("[ratings]", "[rating]", "top level, key rating", 'wanted "ratings"'),
    "missing key": ('hotline = "95599"', "", "[branch], key hotline: found nothing", "a text"),
    "wrong type": ("port = 1883", 'port = "1883"', '[broker], key port: found "1883"', "1 to 65535"),
    "port too large": ("port = 1883", "port = 70000", "[broker], key port: found 70000", "1 to 65535"),
    "not a table": ("[staff]", "[[staff]]", "[staff]: found", "a table"),
    "not a list": ("[[rule]]", "[rule]", "top level, key rule", "[[rule]]"),
    "node name": ('name = "lobby-touch"', 'name = "Lobby"', '[[screen]] 1 "Lobby", key name', "a node name"),
    "reserved name": ('name = "lobby-touch"', 'name = "all"', '[[screen]] 1 "all", key name', "a node name"),
    "newline in name": ('name = "lobby-touch"', 'name = "lobby\\n"', "key name", "a node name"),
    "kind": ('kind = "touch"', 'kind = "tuch"', 'found "tuch"', '"touch", "wall"'),
    "teller's grade": (
        '[[counter]]\nnumber = "1"',
        '[[teller]]\nid = "7"\nname = { zh = "李" }\ngrade = 6\n[[counter]]\nnumber = "1"',
        '[[teller]] 1 "7", key grade: found 6',
        "0 to 5",
    ),
    "teller's photo": (
        '[[counter]]\nnumber = "1"',
        '[[teller]]\nid = "7"\nname = { zh = "李" }\nphoto = "li.bmp"\n[[counter]]\nnumber = "1"',
        'key photo: found "li.bmp"',
        ".jpg, .jpeg, .png or .webp",
    ),
    "twice the teller": (
        '[[counter]]\nnumber = "1"',
        '[[teller]]\nid = "7"\nname = { zh = "李" }\n[[teller]]\nid = "7"\nname = { zh = "王" }\n[[counter]]\nnumber = "1"',
        "which [[teller]] 1",
        "a staff number of its own",
    ),
    "brand": ('# brand = "green"', 'brand = "red"', '[branch], key brand: found "red"', '"green" or "blue"'),
    "size": ("size = [1080, 1920]", "size = [1080]", "key size: found [1080]", "a list"),
    "reason": ('reason = "fault"', 'reason = "fire"', '[[rule]] 1 "pad-3", key reason', '"power"'),
    "twice the device": ('name = "lobby-wall"', 'name = "lobby-touch"', "which [[screen]] 1", "a name of its own"),
    "twice the counter": ('number = "2"', 'number = "1"', "which [[counter]] 1", "a number of its own"),
    "device like branch": ('name = "bridge-1"', 'name = "hz-0571-001"', "which [branch] has", "a user of the broker"),
    "pads of one counter": (
        'counter = "2"\ndriver',
        'counter = "1"\ndriver',
        '[[bridge.pad]] 2 "1" of bridge "bridge-1"',
        "one pad for each counter",
    ),
    "unknown counter": ('counter = "3"\n\n[[rule]]', 'counter = "8"\n\n[[rule]]', '[[probe]] 3 "pad-3"', '"1", "2"'),
    "unknown probe": ('when = "pad-3"', 'when = "pad3"', '[[rule]] 1 "pad3", key when', '"pad-3"'),
    "unknown scope": ('suspend = "counter:3"', 'suspend = "counter:9"', "key suspend", "counter:<n>"),
    "no scope": ('suspend = "counter:3"', 'suspend = "everything"', "key suspend", '"branch", "counter:<n>"'),
    "unknown device": ('suspend = "counter:3"', 'suspend = "device:lobby-wal"', "key suspend", '"lobby-wall"'),
    "screen's counter": ('counter = "1"\n\n[[screen]]', "\n[[screen]]", '"counter-1", key counter', "stands at"),
    "counter for a wall": (
        "size = [1920, 1080]",
        'size = [1920, 1080]\ncounter = "1"',
        '"lobby-wall", key counter',
        "no counter",
    ),
    "hours": ('personal = "Mo-Fr 09:00-17:00', 'personal = "Mo-Fr 09:00-', "[hours], key personal", "opening_hours"),
    "quiet hours": (
        'quiet = "Mo-Su 12:00-13:30"',
        'quiet = "at noon"',
        '[sound], key quiet: found "at noon"',
        "opening_hours",
    ),
    "holiday": ('date = "2027-02-06"', 'date = "2027-02-30"', '"2027-02-30", key date', "a date that exists"),
    "bare date": ('date = "2027-02-06"', "date = 2027-02-06", "found 2027-02-06", "in quotes"),
    "exception backwards": ('to = "2027-02-07"', 'to = "2027-01-07"', "key to", "2027-02-05 or later"),
    "exception without hours": (
        'personal = "off", corporate = "off", ',
        "",
        '[[hours.exceptions]] 1 "2027-02-05"',
        "personal, corporate or both",
    ),
    "corporate hours": ("\ncorporate =", "\n#", '[[counter]] 3 "3", key hours', "corporate hours"),
    "timezone": ('"Asia/Shanghai"', '"Asia/Shanghia"', "[branch], key timezone", "a time zone"),
    "timezone outside": ('"Asia/Shanghai"', '"../../etc/passwd"', "[branch], key timezone", "a time zone"),
    "half a key pair": (
        'root = "bank/v1"',
        'root = "bank/v1"\ncert_file = "c"\nca_file = "a"',
        "key key_file",
        "together",
    ),
    "certificate alone": (
        'root = "bank/v1"',
        'root = "bank/v1"\ncert_file = "c"\nkey_file = "k"',
        "[broker], key ca_file",
        "authority",
    ),
    "root": ('root = "bank/v1"', 'root = "bank.v1/"', "[broker], key root", "a topic root"),
    "probe's key": (
        'path = "var/cash',
        'ups = "a@b"\npath = "var/cash',
        '"cash-handover-idle", key ups',
        "no such key",
    ),
    "probe's need": ('address = "127.0.0.1:9443"', "", '"core-system", key address: found nothing', '"tcp" needs'),
    "shared line": ("usb-PAD-0002", "usb-PAD-0001", "key port", "a port of its own"),
    "pad's speed": ("PAD-0001", 'PAD-0001"\nbaud = 4800 #', "key baud: found 4800", "9600 to 921600"),
    "ff68 without address": ('driver = "padlink"', 'driver = "ff68"', "key address: found nothing", '"ff68" needs'),
    "ff68 address": ('driver = "padlink"', 'driver = "ff68"\naddress = 300', "key address: found 300", "0 to 255"),
    "padlink with address": ('driver = "padlink"', 'driver = "padlink"\naddress = 3', "key address", "no such key"),
    "pattern": (
        'driver = "padlink"',
        'driver = "lines"\nstars = { a = 5 }\npattern = "K(\\\\d)"',
        "key pattern",
        "a group called key",
    ),
    "no pattern": (
        'driver = "padlink"',
        'driver = "lines"\nstars = { a = 5 }\npattern = "K(?P<key>"',
        "key pattern",
        "a regular expression",
    ),
    "too many stars": ('driver = "padlink"', 'driver = "padlink"\nstars = { "1" = 6 }', "key stars", "1…5 stars"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_line_with_place_and_cure(tmp_path: Path, name: str) -> None:
    old, new, *said = MISTAKES[name]
    line = next(line for line in lines_of(tmp_path, changed(BRANCH, old, new)) if said[0] in line)
    assert line.startswith(str(tmp_path / "branch.toml"))
    assert all(words in line for words in said), line


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = changed(BRANCH, 'hotline = "95599"', 'hotlin = "95599"')
    text = changed(text, 'kind = "touch"', 'kind = "tuch"')
    text = changed(text, 'when = "pad-3"', 'when = "pad-4"')
    text = changed(text, 'reason = "fault"', 'reason = "none"')
    text = changed(text, 'number = "2"', "number = 2")
    text = changed(text, "counter:3", "counter:4")
    places = [line.split(": found")[0].split(": ", 1)[1] for line in lines_of(tmp_path, text)]
    assert {
        "[branch], key hotlin",
        "[branch], key hotline",
        '[[screen]] 1 "lobby-touch", key kind',
        '[[rule]] 1 "pad-4", key when',
        '[[rule]] 1 "pad-4", key reason',
        '[[rule]] 1 "pad-4", key suspend',
        '[[counter]] 2 "2", key number',
    } <= set(places)


def test_several_addressed_pads_share_a_line(tmp_path: Path) -> None:
    text = BRANCH
    for number in (1, 2, 3):
        old = f'driver = "padlink"\nport = "/dev/serial/by-id/usb-PAD-000{number}"'
        text = changed(text, old, f'driver = "ff68"\naddress = {number}\nport = "/dev/ttyS0"')
    assert len(load_branch(write(tmp_path, text)).bridge[0].pad) == 3
    twice = changed(text, "address = 2", "address = 1")
    assert "an address of its own" in only_line(tmp_path, twice)
    fast = changed(text, "address = 2", "address = 2\nbaud = 19200")
    assert "the same speed" in only_line(tmp_path, fast)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="there is no such file") as caught:
        load_branch(tmp_path / "nowhere.toml")
    assert len(caught.value.lines) == 1


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="cannot be read"):
        load_branch(tmp_path)


@contextmanager
def as_anybody() -> Iterator[None]:
    """Root may read everything: be nobody for a moment."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


def test_a_file_that_may_not_be_read() -> None:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        file = write(Path(folder), BRANCH)
        file.chmod(0)
        with as_anybody(), pytest.raises(BadConfiguration, match="cannot be read: Permission denied"):
            load_branch(file)


def test_no_toml_no_utf8_no_end(tmp_path: Path) -> None:
    assert "not TOML" in only_line(tmp_path, "[branch\n")
    assert "larger than 1 MiB" in only_line(tmp_path, "#" * 1_100_000)
    file = tmp_path / "latin.toml"
    file.write_bytes("[branch]\nname = 'ü'".encode("latin-1"))
    with pytest.raises(BadConfiguration, match="not UTF-8"):
        load_branch(file)


def test_the_other_sort_of_file_is_named(tmp_path: Path) -> None:
    assert "head office's file" in only_line(tmp_path, HEAD_OFFICE)
    with pytest.raises(BadConfiguration, match="a branch's file"):
        load_head_office(write(tmp_path, BRANCH))


def test_a_database_of_another_make(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="key url"):
        load_head_office(write(tmp_path, '[database]\nurl = "mysql://x"'))


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
    st.lists(st.dictionaries(st.sampled_from(["name", "kind", "counter", "from"]), st.text(max_size=3)), max_size=2),
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of the parsed example."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, part in inside for place in places(part, (*path, key)))]


PARSED = tomllib.loads(BRANCH)
PLACES = places(PARSED)[1:]


@given(st.lists(st.tuples(st.sampled_from(PLACES), VALUES), min_size=1, max_size=5))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_there_it_is_read_or_refused_in_lines(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    from signage.config import load  # noqa: PLC0415 - the raw reader is this test's own

    raw = deepcopy(PARSED)
    for path, value in changes:
        here: Any = raw
        for key in path[:-1]:
            try:
                here = here[key]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(here, dict) and value is None:
                here.pop(path[-1], None)
            elif (isinstance(here, list) and isinstance(path[-1], int) and path[-1] < len(here)) or isinstance(
                here, dict
            ):
                here[path[-1]] = value
    lines: tuple[str, ...] = ()
    try:
        load._read(raw, BranchConfig, Path("branch.toml"))
    except BadConfiguration as error:
        lines = error.lines or ("no line",)
    assert all(line.startswith("branch.toml: ") and "\n" not in line for line in lines)


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_refused_in_lines(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("any") / "branch.toml"
    file.write_bytes(content)
    with pytest.raises(BadConfiguration):
        load_branch(file)


def test_an_exception_of_one_day(tmp_path: Path) -> None:
    text = changed(BRANCH, 'to = "2027-02-07"', 'to = "2027-02-05"')
    assert load_branch(write(tmp_path, text)).hours.exceptions[0].last == "2027-02-05"


def test_days_of_retention_are_named_by_kind(tmp_path: Path) -> None:
    office = load_head_office(write(tmp_path, HEAD_OFFICE.replace("# play = 200", "play = 200")))
    assert (office.retention.play, office.retention.rating) == (200, None)
    with pytest.raises(BadConfiguration) as caught:
        load_head_office(write(tmp_path, HEAD_OFFICE.replace("# play = 200", "play = 0\nweather = 3")))
    play, weather = sorted(caught.value.lines)
    assert "[retention], key play: found 0, wanted days, 1 or more" in play
    assert "[retention], key weather: found a key" in weather
