from pathlib import Path

import pytest

from signage.config.load import BadConfiguration
from signage.config.score_file import load_rules

SHIPPED = Path("config/branch-score.toml")


def test_the_shipped_rules_make_a_hundred() -> None:
    rules = load_rules(SHIPPED)
    assert sum(part.weight for part in rules.parts) == 100
    assert [part.figure for part in rules.parts if part.imported] == ["off-counter-share"]
    assert rules.talk_above == 3.0


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("best = 0.98", "best = 0.80", "[[part]] 1, key best: found 0.8, wanted something else than `worst`"),
        ('figure = "response-rate"', 'figure = "satisfaction"', "wanted each figure once"),
        ('zh = "满意率", ', "", "wanted a title in Chinese, zh"),
        ("weight = 25", "weight = 0", "key weight: found 0, wanted a weight, above 0 and at most 100"),
        ("talk_above", "talk_over", "key talk_over: found a key that is not known"),
        ('version = "2026-1"', "", "key version: found nothing"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, old: str, new: str, line: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "rules.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadConfiguration) as refused:
        load_rules(tmp_path / "rules.toml")
    assert any(line in one for one in refused.value.lines), refused.value.lines
