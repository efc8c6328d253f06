"""What a screen is told at its start: by its clerk from the branch's file, or as it was told last, while that is still true."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk import clerk, remembered
from kiosk.clerk import ClerkError, sent
from kiosk.composing import learn
from kiosk.guard.place import pictures_of
from kiosk.remembered import Start, keep, recall
from kiosk.starting import Words, plain
from signage.core.exits import Exit, Refusal

BRANCH = """
[branch]
id = "hz-1"
name = { zh = "杭州一支行" }
hotline = "95599"
timezone = "Asia/Shanghai"
[hours]
personal = "24/7"
[broker]
password_file = "passwords"
[staff]
pins_file = "pins"
emergency_pin_file = "emergency"
[content]
trusted_root = "root.json"
[[counter]]
number = "1"
business = { zh = "个人业务" }
[[teller]]
id = "7"
name = { zh = "李" }
photo = "li.JPG"
[[screen]]
name = "wall"
kind = "wall"
size = [1920, 1080]
[[screen]]
name = "c-1"
kind = "counter"
counter = "1"
size = [800, 480]
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "passwords").write_text("wall:secret\nc-1:secret\n")
    path = tmp_path / "branch.toml"
    path.write_text(BRANCH)
    return path


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--config b.toml --screen wall", Words(Path("b.toml"), "wall")),
        ("--screen=wall --log-json --config=b.toml --bare", Words(Path("b.toml"), "wall", log_json=True)),
        ("--config b.toml", None),
        ("--config b.toml --screen", None),
        ("--config b.toml --screen --bare", None),
        ("--config b.toml --screen wall --screen touch", None),
        ("--config b.toml --screen wall --help", None),
        ("--config b.toml --screen wall more", None),
        ("--version", None),
        ("", None),
    ],
)
def test_the_words_of_a_plain_start_are_read_and_anything_else_is_left_to_the_command(
    line: str, words: Words | None
) -> None:
    assert plain(line.split()) == words


@pytest.mark.parametrize("screen", ["wall", "c-1"])
def test_a_start_is_remembered_as_it_was(file: Path, tmp_path: Path, screen: str) -> None:
    told = learn(file, screen)
    assert recall(file, screen, tmp_path) is None
    keep(file, screen, told, tmp_path)
    assert recall(file, screen, tmp_path) == told
    assert recall(file, "c-1" if screen == "wall" else "wall", tmp_path) is None
    (kept,) = tmp_path.glob("*.json")
    assert kept.stat().st_mode & 0o777 == 0o600


def _another_password(folder: Path) -> None:
    (folder / "passwords").write_text("wall:another secret\nc-1:secret\n")


CHANGES: dict[str, Callable[[Path], object]] = {
    "the branch's file": lambda folder: (folder / "branch.toml").write_text(BRANCH + "# more\n"),
    "a password": _another_password,
    "a PIN's file comes": lambda folder: (folder / "emergency").write_text("x"),
    "a file goes": lambda folder: (folder / "passwords").unlink(),
    "what is kept is torn": lambda folder: next(folder.glob("*.json")).write_text('{"settings":'),
    "another program's file": lambda folder: next(folder.glob("*.json")).write_text("[]"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_no_longer_true_is_not_remembered(file: Path, tmp_path: Path, change: str) -> None:
    keep(file, "wall", learn(file, "wall"), tmp_path)
    assert recall(file, "wall", tmp_path) is not None
    CHANGES[change](tmp_path)
    assert recall(file, "wall", tmp_path) is None


def test_another_working_directory_is_another_start(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the file names lies in it."""
    keep(file, "wall", learn(file, "wall"), tmp_path)
    monkeypatch.chdir("/")
    assert recall(file, "wall", tmp_path) is None


def test_few_starts_are_kept_and_a_disk_that_refuses_is_no_harm(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "_FILES_AT_MOST", 2)
    told = learn(file, "wall")
    for number in range(4):
        keep(file, f"wall-{number}", told, tmp_path / "starts")
        os.utime(next(iter((tmp_path / "starts").glob("*.json"))))
    assert len(list((tmp_path / "starts").iterdir())) == 4  # each beside where its pictures lie
    keep(file, "wall", told, tmp_path / "passwords")
    assert recall(file, "wall", tmp_path / "passwords") is None


def test_a_guard_finds_the_pictures_of_the_start_before(file: Path, tmp_path: Path) -> None:
    assert pictures_of(file, "wall", tmp_path) == ""
    told = learn(file, "wall")
    keep(file, "wall", told, tmp_path)
    assert pictures_of(file, "wall", tmp_path) == str(told.settings.directory.resolve())
    assert pictures_of(file, "c-1", tmp_path) == ""


def test_the_clerk_tells_what_was_learnt_or_why_not(file: Path) -> None:
    told = sent("learn", file, "wall")
    assert isinstance(told, Start)
    assert told == learn(file, "wall")
    assert told.settings.broker.password == "secret"
    with pytest.raises(Refusal, match="it has wall, c-1") as caught:
        sent("learn", file, "elsewhere")
    assert caught.value.code is Exit.WRONG_USE
    assert len(caught.value.lines) == 1


def test_a_clerk_that_ends_without_an_answer_is_told_of(file: Path) -> None:
    with pytest.raises(ClerkError, match="learn: its process ended with 1"):
        sent("learn", file)
    with pytest.raises(ClerkError, match="timed out"):
        sent("learn", file, "wall", within_s=0.01)


def test_no_errand_but_those_it_knows() -> None:
    assert set(clerk._DOES) == {"learn", "recollect", "examine"}
    with pytest.raises(ClerkError, match="ended with 1"):
        sent("system", "true")  # type: ignore[arg-type]  # none that it knows
