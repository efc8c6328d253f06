"""What an author writes is checked when it is written, and what an approver does not want is not signed."""

import io
import os
import pty
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from signage.cli.main import run
from signage.content.keys import Keys
from signage.content.pictures import picture_blobs
from signage.content.repository import Repository
from signage.core.exits import Exit
from tests.attacks.blobs import png


class House:
    """Head office with two publishers and a roster of one branch. `founded`: a folder with what such a one was founded with."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], founded: Path | None = None) -> None:
        self.folder, self.config, self._capsys = folder, folder / "h.toml", capsys
        (folder / "branches.csv").write_text("id,name,region,groups\nhz-1,高新支行,浙江,city\n")
        self.config.write_text(
            f'[content]\nrepository = "{folder / "r"}"\nkeys = "{folder / "k"}"\n'
            f'[roster]\nfile = "{folder / "branches.csv"}"\n'
        )
        if founded is None:
            assert self.content("init", "--publisher", "alice", "--publisher", "bob") == Exit.DONE
        else:
            for part in ("r", "k"):
                shutil.copytree(founded / part, folder / part, symlinks=True)
        (folder / "ad.png").write_bytes(png(400, 300))
        self.repository = Repository(folder / "r")

    def content(self, *words: str) -> int:
        return run(["content", *words, "--config", str(self.config)])

    def programme(self, text: str, *words: str) -> int:
        (self.folder / "p.toml").write_text(text)
        return self.content("programme", str(self.folder / "p.toml"), "--by", "alice", *words)

    def said(self) -> str:
        found = self._capsys.readouterr()
        return found.out + found.err


_founded: list[Path] = []  # made by the first test, for it takes as long as all the rest


@pytest.fixture
def house(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]) -> House:
    if not _founded:
        _founded.append(House(tmp_path_factory.mktemp("founded"), capsys).folder)
        capsys.readouterr()
    return House(tmp_path, capsys, _founded[0])


TEXT = '[[item]]\ntext = {{ zh = "{}" }}\nclass = "notice"\n'


def test_a_daypart_is_read_when_it_is_written(house: House) -> None:
    good = TEXT.format("早上好") + 'daypart = "Mo-Fr 09:00-12:00"\n'
    assert house.programme(good + TEXT.format("午") + 'daypart = "Mo-Fr 25:00"\n') == Exit.BAD_DATA
    said = house.said().strip()
    assert "item 2: daypart: " in said
    assert "such as Mo-Fr 09:00-12:00" in said
    assert "\n" not in said.splitlines()[-1]
    assert house.programme(good) == Exit.DONE


def test_words_in_a_programme_are_held_to_what_pictures_are(house: House) -> None:
    bad = TEXT.format("您好") + TEXT.format("保证收益，稳赚")
    assert house.programme(bad) == Exit.BAD_DATA
    said = house.said()
    assert "item 2: forbidden words 保证收益, 稳赚, 保证" in said
    assert "--allow-word 保证收益 --allow-word 稳赚" in said
    assert house.programme(bad, "--allow-word", "稳赚") == Exit.BAD_DATA
    house.said()
    every = [word for one in ("保证收益", "稳赚", "保证") for word in ("--allow-word", one)]
    assert house.programme(bad, *every) == Exit.DONE
    assert house.content("approve", "--by", "bob") == Exit.DONE
    assert "含敏感词“稳赚”, alice let it through" in house.said()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--command", "reboot", "--branches", "all"), "'reboot' is no command; wanted suspend, resume, notice.post"),
        (("--command", "suspend", "--branches", "hz-9"), "has no 'hz-9'; wanted an id, group-<tag>, or all"),
        (("--command", "suspend", "--branches", "city"), "has no 'city'"),
    ],
)
def test_an_operations_key_reaches_what_there_is(house: House, words: tuple[str, ...], said: str) -> None:
    assert house.content("operations-key", "add", "night", "--by", "alice", *words) == Exit.WRONG_USE
    assert said in house.said()
    assert not Keys(house.folder / "k").has("operations-night")


@pytest.mark.parametrize("reach", ["all", "hz-1", "group-city"])
def test_an_operations_key_that_two_have_signed(house: House, reach: str) -> None:
    add = ("operations-key", "add", "night", "--by", "alice", "--command", "suspend", "--branches", reach)
    assert house.content(*add, "--until", "2099-01-01") == Exit.DONE
    assert house.content("approve", "--by", "bob") == Exit.DONE
    (key,) = house.repository.catalogue().declarations.operations
    assert (key.commands, key.branches) == (("suspend",), (reach,))
    assert house.content("operations-key", "remove", "night", "--by", "bob") == Exit.DONE
    assert house.content("approve", "--by", "alice") == Exit.DONE
    assert house.repository.catalogue().declarations.operations == ()


def test_a_language_that_no_screen_speaks_is_refused(house: House) -> None:
    add = ("add", str(house.folder / "ad.png"), "--by", "alice", "--title", "贷款", "--until", "2099-01-01", "--locale")
    assert house.content(*add, "klingon") == Exit.WRONG_USE
    assert "wanted en, zh" in house.said()
    assert house.content(*add, "en") == Exit.DONE


def test_what_is_declared_replaces_what_was_and_keys_stay(house: House) -> None:
    add = ("operations-key", "add", "night", "--by", "alice", "--command", "suspend", "--branches", "all")
    assert house.content(*add) == Exit.DONE
    file = house.folder / "d.toml"
    file.write_text(
        '[[template]]\nid = "leave"\ntext = { zh = "请立即离开" }\nemergency = true\n'
        '[[day]]\ndate = "2027-02-06"\ntype = "makeup"\n'
        '[[exception]]\nfirst = "2027-02-01"\nlast = "2027-02-03"\nrules = { personal = "off" }\n'
    )
    assert house.content("declare", str(file), "--by", "alice") == Exit.DONE
    assert house.content("approve", "--by", "bob") == Exit.DONE
    said = house.said()
    assert "请立即离开" in said
    found = house.repository.catalogue().declarations
    assert [one.id for one in found.templates] == ["leave"]
    assert (found.days[0].date, found.exceptions[0].rules) == ("2027-02-06", {"personal": "off"})
    assert len(found.operations) == 1
    file.write_text('[[day]]\ndate = "2027-02-07"\ntype = "makeup"\n')
    assert house.content("declare", str(file), "--by", "bob") == Exit.DONE
    assert house.content("approve", "--by", "alice") == Exit.DONE
    again = house.repository.catalogue().declarations
    assert (again.templates, again.exceptions, len(again.days), len(again.operations)) == ((), (), 1, 1)


@pytest.mark.parametrize("text", ["[[song]]\na = 1", "[[day]]\ndate = 5", "x", '[[template]]\nid = "a"'])
def test_a_declaration_is_refused_by_name(house: House, text: str) -> None:
    (house.folder / "d.toml").write_text(text)
    assert house.content("declare", str(house.folder / "d.toml"), "--by", "alice") == Exit.BAD_DATA
    assert "d.toml" in house.said()


def test_a_picture_of_another_profile_becomes_srgb(tmp_path: Path) -> None:
    """The same red by other numbers: a reader that ignores the profile would show it far too dark."""
    linear = _linear_profile()
    red = Image.new("RGB", (400, 300), (200, 40, 40))
    source = ImageCms.createProfile("sRGB")
    written = ImageCms.profileToProfile(red, source, ImageCms.ImageCmsProfile(io.BytesIO(linear)), outputMode="RGB")
    assert written is not None
    written.save(tmp_path / "a.png", icc_profile=linear)
    numbers: Any = written.getpixel((5, 5))
    assert numbers[0] < 160
    with Image.open(io.BytesIO(picture_blobs(tmp_path / "a.png")[0].content)) as again:
        found: Any = again.getpixel((100, 100))
        assert max(abs(a - b) for a, b in zip(found, (200, 40, 40), strict=True)) <= 4
        assert "icc_profile" not in again.info


def test_a_broken_profile_says_nothing(tmp_path: Path) -> None:
    Image.new("RGB", (400, 300), (200, 40, 40)).save(tmp_path / "a.png", icc_profile=b"no profile")
    with Image.open(io.BytesIO(picture_blobs(tmp_path / "a.png")[0].content)) as again:
        found: Any = again.getpixel((100, 100))
    assert max(abs(a - b) for a, b in zip(found, (200, 40, 40), strict=True)) <= 4


@pytest.mark.parametrize(("orientation", "corner"), [(1, "tl"), (2, "tr"), (3, "br"), (6, "tr"), (8, "bl")])
def test_a_picture_stands_as_its_camera_was_held(tmp_path: Path, orientation: int, corner: str) -> None:
    """A red mark at the file's upper left."""
    picture = Image.new("RGB", (800, 400), "white")
    picture.paste("red", (0, 0, 200, 100))
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(tmp_path / "a.jpg", exif=exif, quality=95)
    with Image.open(io.BytesIO(picture_blobs(tmp_path / "a.jpg")[0].content)) as again:
        width, height = again.size
        assert (width > height) is (orientation < 5)
        x, y = (width - 40 if "r" in corner else 40), (height - 40 if "b" in corner else 40)
        found: Any = again.getpixel((x, y))
    assert found[0] > 200
    assert found[1] < 80


def test_at_a_terminal_an_approver_is_asked(house: House) -> None:
    assert house.programme(TEXT.format("您好")) == Exit.DONE
    assert "not signed" in _typed(house, b"no\n", Exit.NOT_PERMITTED)
    assert house.repository.published() == 1
    assert "content 2: signed by alice and bob" in _typed(house, b"yes\n", Exit.DONE)
    assert house.programme(TEXT.format("再见")) == Exit.DONE
    assert "content 3" in _typed(house, b"", Exit.DONE, "--yes")


def _typed(house: House, keys: bytes, code: Exit, *words: str) -> str:
    main, terminal = pty.openpty()
    os.write(main, keys)
    command = [sys.executable, "-c", "import sys; from signage.cli.main import run; sys.exit(run(sys.argv[1:]))"]
    try:
        done = subprocess.run(
            [*command, "content", "approve", "--by", "bob", *words, "--config", str(house.config)],
            stdin=terminal, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    finally:
        os.close(terminal)
        os.close(main)
    assert done.returncode == code, done.stderr
    return done.stdout + done.stderr


def _linear_profile() -> bytes:
    """sRGB's colours with a straight tone curve, as cameras' raw developers write them."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    at = plain.index(b"para\0\0\0\0\0\3\0\0") + 12
    straight = struct.pack(">5i", 1 << 16, 1 << 16, 0, 1 << 16, 0)  # exponent, factor, and the part near black
    return plain[:at] + straight + plain[at + len(straight) :]
