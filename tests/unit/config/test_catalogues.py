"""Where the catalogues are, and what is said when one is missing or broken."""

from pathlib import Path

import pytest

from signage.config import catalogues
from signage.config.catalogues import LOCALES, assets_directory, load_catalogue, load_catalogues, read_catalogue
from signage.core.exits import Exit, Refusal


def test_both_are_there_chinese_first() -> None:
    assert (assets_directory() / "locale").is_dir()
    assert list(load_catalogues()) == ["zh", "en"] == list(LOCALES)
    assert load_catalogue("zh").text("state.open") == "营业中"
    assert load_catalogue("en").locale == "en"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "No such file"),
        (b'msgid "a"\nmsgstr "\xff"\n', "zh.po"),
        (b'msgid "a"\nnonsense\n', "zh.po"),
    ],
)
def test_a_broken_one_is_named(tmp_path: Path, content: bytes | None, words: str) -> None:
    path = tmp_path / "zh.po"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refusal, match=words) as refusal:
        read_catalogue(path, "zh")
    assert refusal.value.code is Exit.CONFIGURATION
    assert str(path) in refusal.value.lines[0]


def test_installed_assets_are_found_and_missing_ones_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogues, "__file__", str(tmp_path / "a" / "b" / "c.py"))
    monkeypatch.setattr("sys.prefix", str(tmp_path / "venv"))
    assets_directory.cache_clear()
    try:
        with pytest.raises(Refusal, match="install the package again"):
            assets_directory()
        (tmp_path / "venv" / "share" / "branch-signage" / "assets" / "locale").mkdir(parents=True)
        assert assets_directory() == tmp_path / "venv" / "share" / "branch-signage" / "assets"
    finally:
        assets_directory.cache_clear()
