"""Where lines break: Chinese between any two characters but before closing marks, Latin between words. Pure."""

import re
from collections.abc import Callable
from typing import Final

Measure = Callable[[str], float]
ELLIPSIS: Final = "…"

_NO_START: Final = "，。、；：！？）》」』】〉”’…—·,.;:!?)]}%"
_NO_END: Final = "（《「『【〈“‘([{"
_ATOMS: Final = re.compile(r"\s+|[0-9A-Za-z.:/%+\-–'’]+|.", re.DOTALL)


def _wide(char: str) -> bool:
    return ord(char) >= 0x2E80


def atoms(text: str) -> list[str]:
    """What may not be torn apart: words and figures, a character with the marks that cling to it."""
    out: list[str] = []
    for piece in _ATOMS.findall(text):
        space = piece.isspace()
        clings = bool(out) and not out[-1].isspace() and not space
        if clings and (piece[0] in _NO_START or out[-1][-1] in _NO_END or not _breakable(out[-1][-1], piece[0])):
            out[-1] += piece
        else:
            out.append(" " if space else piece)
    return out


def _breakable(before: str, after: str) -> bool:
    return _wide(before) or _wide(after)


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """Lines no wider than `width`, as far as atoms allow. A newline begins a new line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for atom in atoms(paragraph):
            if not line or measure((line + atom).rstrip()) <= width:
                line = line + atom if line else atom.lstrip()
            else:
                lines.append(line.rstrip())
                line = atom.lstrip()
        lines.append(line.rstrip())
    return lines


def fits(lines: list[str], width: float, count: int, measure: Measure) -> bool:
    """Whether there are few enough lines, all narrow enough."""
    return len(lines) <= count and all(measure(line) <= width for line in lines)


def clip(lines: list[str], width: float, count: int, measure: Measure) -> list[str]:
    """The last resort: at most `count` lines, each cut with an ellipsis where it is too wide or goes on."""
    kept = lines[:count]
    out = []
    for index, line in enumerate(kept):
        goes_on = index == len(kept) - 1 and len(lines) > count
        text = line + ELLIPSIS if goes_on else line
        while measure(text) > width and len(text) > 1:
            text = text.rstrip(ELLIPSIS)[:-1].rstrip() + ELLIPSIS
        out.append(text)
    return out


def balance(text: str, width: float, measure: Measure) -> list[str]:
    """Lines as even as they come, without taking more lines than `wrap`: no widow on a headline's last line."""
    lines = wrap(text, width, measure)
    if len(lines) < 2 or "\n" in text:
        return lines
    low, high = width / len(lines) / 2, width
    while high - low > max(1.0, width / 100):
        middle = (low + high) / 2
        trial = wrap(text, middle, measure)
        if fits(trial, middle, len(lines), measure):
            high = middle
        else:
            low = middle
    return wrap(text, high, measure)
