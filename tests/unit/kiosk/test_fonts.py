from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from kiosk.design.fonts import FontMissingError, font_files


def test_a_machine_without_the_fonts_is_told_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(FontMissingError) as caught:
        font_files(tmp_path / "cache", [tmp_path, tmp_path / "nowhere"])
    assert str(caught.value) == "fonts: NotoSansCJK-Regular.ttc not found; install the package fonts-noto-cjk"


def test_the_simplified_faces_are_taken_out_once(tmp_path: Path) -> None:
    files = font_files(tmp_path)
    assert TTFont(files.bold, lazy=True)["name"].getDebugName(4) == "Noto Sans CJK SC Bold"
    made = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert len(made) == 2
    assert font_files(tmp_path) == files
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == made
