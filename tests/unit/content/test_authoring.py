"""A publisher's files: what is refused and why, and what becomes of what is taken."""

import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from PIL import Image, ImageFile

from signage.cli.main import run
from signage.content.catalogue import EMPTY
from signage.content.pictures import picture_blobs
from signage.content.programme_file import read_programme
from signage.content.review import differences
from signage.core.exits import Exit, Refusal
from tests.attacks.blobs import png, png_bomb

ZONE = ZoneInfo("Asia/Shanghai")


def test_a_picture_stands_upright_without_metadata(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "a secret"
    Image.new("RGB", (800, 400), "red").save(tmp_path / "a.jpg", exif=exif)
    blobs = picture_blobs(tmp_path / "a.jpg")
    master = blobs[0].rendition
    assert master.height == 2 * master.width
    assert master.height <= 2 * 800
    with Image.open(io.BytesIO(blobs[0].content)) as again:
        assert not again.getexif()
        assert again.size == (master.width, master.height)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"#!/bin/sh", "no picture"),
        (png_bomb(13_000, 13_000), "pixels"),
        (png(20, 20), "at least"),
        (png(400, 400)[:-30], "no picture"),
    ],
)
def test_a_picture_is_refused(tmp_path: Path, content: bytes, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also beside a library that asks for leniency with torn pictures."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(Refusal, match=said):
        picture_blobs(tmp_path / "a.png")


def test_a_programme(tmp_path: Path) -> None:
    file = tmp_path / "programme.toml"
    file.write_text(
        '[[item]]\nasset = "ad.png"\nshare = 0.5\nuntil = 2027-01-01\n[[item]]\ntext = { zh = "好" }\nclass = "notice"\n'
    )
    timetable, texts = read_programme(file, ZONE)
    assert timetable.items[0].share == 500
    assert str(timetable.items[0].until) == "2027-01-01T16:00:00.000Z"
    assert texts[timetable.items[1].asset].uses == ("notice",)


def test_a_programme_for_pages(tmp_path: Path) -> None:
    file = tmp_path / "programme.toml"
    file.write_text(
        '[[item]]\nasset = "step.png"\npage = "demonstration"\n'
        '[[item]]\npage = "rates"\ntitle = { zh = "存款" }\nrisk = { zh = "以柜面为准" }\nfrom = 2026-05-20\n'
        'rates = [{ name = { zh = "活期" }, value = "0.05%" }]\n'
        '[[item]]\npage = "pledge"\ntext = { zh = "一\\n二" }\n'
    )
    timetable, made = read_programme(file, ZONE)
    assert [(item.page, item.cls) for item in timetable.items] == [
        ("demonstration", "house"),
        ("rates", "house"),
        ("pledge", "house"),
    ]
    table, pledge = (made[item.asset] for item in timetable.items[1:])
    assert (table.kind, table.rows[0].value, table.title, table.uses) == ("rates", "0.05%", {"zh": "存款"}, ("house",))
    assert str(table.start) == "2026-05-19T16:00:00.000Z"
    assert (pledge.kind, pledge.text) == ("text", {"zh": "一\n二"})
    assert set(read_programme(file, ZONE)[1]) == set(made)
    file.write_text(file.read_text().replace("0.05%", "0.06%"))
    assert set(read_programme(file, ZONE)[1]) != set(made)
    lines = list(differences(EMPTY, replace(EMPTY, assets=made, timetable=timetable)))
    assert any("活期 0.05%" in line for line in lines)
    assert any("on the page rates" in line for line in lines)
    assert any("一 / 二" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('asset = "a"\npage = "rates"\nclass = "campaign"', "wanted house, since a page is no campaign"),
        ('asset = "a"\nrates = [{ name = { zh = "x" }, value = "1" }]', "one of asset, text and rates"),
        ('asset = "a"\ntitle = { zh = "x" }', "stand with rates only"),
        ('asset = "a"\npage = "home"', "page"),
    ],
)
def test_a_page_that_does_not_fit_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "p.toml").write_text(f"[[item]]\n{text}\n")
    with pytest.raises(Refusal, match=said):
        read_programme(tmp_path / "p.toml", ZONE)


@pytest.mark.parametrize(
    "text", ["[[item]]", '[[item]]\nasset = "a"\nclass = "x"', '[[item]]\nasset = "a"\nuntil = 5', "x"]
)
def test_a_programme_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.toml").write_text(text)
    with pytest.raises(Refusal, match=r"p\.toml"):
        read_programme(tmp_path / "p.toml", ZONE)


def test_the_contracts_command_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config, picture = tmp_path / "h.toml", tmp_path / "ad.png"
    config.write_text(f'[content]\nrepository = "{tmp_path / "r"}"\nkeys = "{tmp_path / "k"}"\n')
    picture.write_bytes(png(400, 300))
    programme = tmp_path / "programme.toml"
    programme.write_text('[[item]]\nasset = "ad.png"\n')

    def content(*words: str) -> int:
        return run(["content", *words, "--config", str(config)])

    assert content("init", "--publisher", "alice") == Exit.WRONG_USE
    assert content("init", "--publisher", "alice", "--publisher", "bob") == Exit.DONE
    add = ("add", str(picture), "--by", "alice", "--until", "2099-01-01", "--title")
    assert content(*add, "保证收益") == Exit.BAD_DATA
    assert content(*add, "理财", "--wealth") == Exit.BAD_DATA
    assert content(*add, "春季贷款", "--use", "song") == Exit.WRONG_USE
    assert content("programme", str(programme), "--by", "alice") == Exit.BAD_DATA
    assert content(*add, "春季贷款") == Exit.DONE
    assert content("programme", str(programme), "--by", "alice") == Exit.DONE
    assert content("approve", "--by", "alice") == Exit.NOT_PERMITTED
    assert content("approve", "--by", "mallory") == Exit.NOT_PERMITTED
    assert content("approve", "--by", "bob") == Exit.DONE
    assert content("push") == Exit.DONE
    assert "+ picture ad.png" in capsys.readouterr().out
    with Image.open(tmp_path / "r" / "sheets" / "sheet.png") as sheet:
        assert sheet.width == 1280
    assert (tmp_path / "k" / "alice.pem").stat().st_mode & 0o777 == 0o600
    (tmp_path / "k" / "alice.pem").chmod(0o644)
    assert content("remove", "ad.png", "--by", "alice") == Exit.BAD_DATA
    assert content(*add, "夏季贷款") == Exit.NOT_PERMITTED
