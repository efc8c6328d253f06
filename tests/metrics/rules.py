"""The alert rules as data, and the names of metrics in their expressions."""

import re
from pathlib import Path
from typing import Any, Final

import yaml

RULES: Final = Path(__file__).parents[2] / "config" / "alerts.yml"
_TEXT: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_MATCHERS: Final = re.compile(r"\{[^}]*\}|\[[^\]]*\]")
_LABELS: Final = re.compile(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")
_NAME: Final = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*(?!\w)(?!\s*\()")
_WORDS: Final = frozenset({"and", "or", "unless", "bool", "offset", "sum", "count", "min", "max", "avg"})


def rules() -> dict[str, dict[str, Any]]:
    """Each alert under its name."""
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return {rule["alert"]: rule for group in groups for rule in group["rules"]}


def names(expression: str) -> set[str]:
    """The metrics that an expression reads: its words that are no function, operator, label or text."""
    bare = _TEXT.sub('""', expression)
    for part in (_MATCHERS, _LABELS):
        bare = part.sub(" ", bare)
    return {name for name in _NAME.findall(bare) if name not in _WORDS}
