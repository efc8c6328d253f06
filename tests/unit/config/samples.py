"""The examples of `config/`, to be changed in one place at a time."""

from pathlib import Path

ROOT = Path(__file__).parents[3]
BRANCH = (ROOT / "config" / "branch.toml").read_text(encoding="utf-8")
HEAD_OFFICE = (ROOT / "config" / "head-office.toml").read_text(encoding="utf-8")


def changed(text: str, old: str, new: str) -> str:
    """`text` with its first `old` replaced. Fails if there is none."""
    assert old in text
    return text.replace(old, new, 1)
