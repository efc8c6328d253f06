"""Chinese set as a printer would: no double blanks between marks, no lonely last letter, no number torn from its word.

Which marks may begin or end a line is the renderer's business (it follows Unicode's line breaking); the rest stands here.
"""

import re
from itertools import zip_longest
from typing import Final

from markupsafe import Markup, escape

_CLOSING: Final = frozenset("、。，．：；！？）》」』】〕”’")
_OPENING: Final = frozenset("（《「『【〔“‘")
_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_TORN: Final = re.compile(rf"(?<=[\d%]) (?=[{_HAN}])|(?<=[{_HAN}]) (?=\d)")
_KEPT_TOGETHER: Final = 4  # letters that a paragraph's last line has at least


def chinese(text: str) -> Markup:
    """A paragraph's words as markup: marks side by side at half width, numbers with their words, the end kept together."""
    tied = _TORN.sub("\u00a0", text)
    if len(tied) <= _KEPT_TOGETHER:
        return _squeezed(tied, "")
    head, tail = tied[:-_KEPT_TOGETHER], tied[-_KEPT_TOGETHER:]
    while head and tail[0] in _CLOSING:  # a mark stays with the letter before it
        head, tail = head[:-1], head[-1] + tail
    return Markup("{}<span class=kept>{}</span>").format(_squeezed(head, tail[0]), _squeezed(tail, ""))


def _squeezed(text: str, follows: str) -> Markup:
    """The blank half of a mark goes where another mark stands beside it."""
    parts = [
        Markup("<span class=half>{}</span>").format(mark) if _doubles(mark, after) else escape(mark)
        for mark, after in zip_longest(text, text[1:] + follows, fillvalue="")
    ]
    return Markup("").join(parts)


def _doubles(mark: str, after: str) -> bool:
    if mark in _CLOSING:
        return after in _CLOSING or after in _OPENING
    return mark in _OPENING and after in _OPENING


def clauses(text: str) -> Markup:
    """A short text that breaks at its commas, or not at all."""
    parts = [f"{part}，" for part in text.split("，")]
    parts[-1] = parts[-1][:-1]
    return Markup("").join(Markup("<span class=kept>{}</span>").format(part) for part in parts)
