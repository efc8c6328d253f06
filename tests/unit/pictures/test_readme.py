"""Where the README's pictures come from."""

from pathlib import Path

from tests.pictures.readme import _told


def test_a_picture_of_the_demo_is_found_behind_its_step_s_number(tmp_path: Path) -> None:
    for name in ("05-pad-3-pulled-lobby-wall", "06-pad-3-back-lobby-wall", "pad-3-pulled-wall"):
        (tmp_path / f"{name}.png").touch()
    assert _told(tmp_path, "pad-3-pulled-lobby-wall").name == "05-pad-3-pulled-lobby-wall.png"
    assert not _told(tmp_path, "opening-lobby-wall").exists()
