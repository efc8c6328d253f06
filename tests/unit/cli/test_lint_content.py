"""What `signage lint` checks: an author's file with or without head office's media, its draft, or what the controller keeps."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from signage.branch.store import FILE
from signage.link.clock import now
from tests.system.office_box import OfficeBox
from tests.unit.cli.test_hours_lint import branch, said

BAD = """
[[item]]
asset = "1-0.png"
screens = ["wal"]
until = 2126-01-01

[[item]]
text = { zh = "保证收益最高的理财" }
daypart = "20:00-22:00"

[[item]]
asset = "gone.png"
class = "house"
from = 2127-01-01
until = 2126-01-01
"""

BARE = (
    'note: screen "fascia": nothing is scheduled on it; schedule a house item there, or leave it to the built-in slides'
)


@pytest.fixture
def office(tmp_path: Path) -> OfficeBox:
    (tmp_path / "office").mkdir()
    box = OfficeBox(tmp_path / "office", 1, (("hz-0571-001", "city"),))
    box.publish(b"one")
    return box


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    file = tmp_path / "programme.toml"
    file.write_text(BAD, encoding="utf-8")
    return file


def linted(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, list[str]]:
    code, out, error = said(capsys, "lint", *words)
    assert error == ""
    return code, [line for line in out.splitlines() if "known_until" not in line]


def test_an_authors_file_is_checked_before_anybody_signs_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, programme: Path
) -> None:
    code, lines = linted(capsys, "--config", branch(tmp_path), "--content", programme)
    assert code == 1
    told = "\n".join(lines)
    for words in (
        "no screen or kind wal",
        "its words say 保证",
        "show it as a picture with --risk-text",
        "its daypart '20:00-22:00' meets no opening hours within four weeks",
        'item "3-gone.png": it would begin at 2127-01-01 00:00, after its end 2126-01-02 00:00',
        "note: programme.toml: whether 1-0.png, gone.png may be shown, and until when, cannot be told here",
    ):
        assert words in told
    assert "is not signed" not in told


def test_beside_head_offices_media_what_is_not_there_is_an_error(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, programme: Path, office: OfficeBox
) -> None:
    asked = ("--config", branch(tmp_path), "--content", programme, "--repository", office.repository.folder)
    told = "\n".join(linted(capsys, *asked)[1])
    assert "error: item \"3-gone.png\": its asset 'gone.png' is not signed" in told
    assert "cannot be told here" not in told
    assert "'1-0.png' is not signed" not in told


def test_head_offices_draft_is_checked_for_a_branch(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, office: OfficeBox
) -> None:
    asked = ("--config", branch(tmp_path), "--repository", office.repository.folder)
    code, lines = linted(capsys, *asked)
    assert (code, lines) == (0, [BARE])


def keeping(folder: Path, office: OfficeBox) -> Path:
    """A branch whose controller keeps what `office` published."""
    with sqlite3.connect(folder / FILE) as database:
        database.execute("CREATE TABLE content_files (name TEXT, data BLOB)")
        files = office.repository.files_since(None)
        database.executemany("INSERT INTO content_files VALUES (?, ?)", files.items())
    database.close()
    content = f'[content]\ntrusted_root = "{office.folder / "root.json"}"\n\n[broker]'
    return branch(folder, ('directory = "var/branch"', f'directory = "{folder}"'), ("[broker]", content))


def test_what_the_controller_keeps_is_checked_unasked(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, office: OfficeBox
) -> None:
    """Two pictures, and nothing heard from head office for ten days: said once."""
    office.publish(b"two")
    config = keeping(tmp_path, office)
    assert linted(capsys, "--config", config) == (0, [BARE])
    code, lines = linted(capsys, "--config", config, "--at", str(now() + timedelta(days=10))[:10])
    assert (code, ["nothing fresher is here" in line for line in lines if "content:" in line]) == (0, [True])


def test_a_mistake_in_the_file_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "programme.toml").write_text("[[item]]\nasset = 3\n")
    code, out, error = said(capsys, "lint", "--config", branch(tmp_path), "--content", tmp_path / "programme.toml")
    assert (code, out, len(error.splitlines()), "mend that place" in error) == (65, "", 1, True)
